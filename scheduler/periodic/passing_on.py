"""Passing on: which tasks other units came to lead in a period, and by which document."""

from collections.abc import Iterable, Iterator

from sqlalchemy.engine import Connection

from db.changes import turns_between
from db.obligations import by_ids, of_tasks
from rules.calendar import local_day
from rules.fields import names_of
from rules.periodic.drawing import Frame
from rules.periodic.passed import HandedOver, Passed, Turn, document_of, handed_over
from rules.programme import Programme, Rulebook, Task
from scheduler.config import Config
from scheduler.past import A_MOMENT, Judges, Past
from scheduler.standing import Row


def passed(connection: Connection, config: Config, frame: Frame, rows: Iterable[Row], then: Past) -> Iterator[Passed]:
    """Yield them in the order of `rows`, each task once."""
    found = handed_over(_turns(connection, frame))
    if not found:
        return
    judges = Judges(connection, config, then)
    for row in rows:
        over = found.get(row.key[:2])
        if over is not None and row.facts.withdrawn_at is None:
            del found[row.key[:2]]
            yield _passed(row, over, frame, judges)


def _turns(connection: Connection, frame: Frame) -> list[Turn]:
    """Return what began and ended in the period of the tasks of which anything was withdrawn."""
    since, at = frame.since, frame.at
    changes = turns_between(connection, since, at)
    stored = by_ids(connection, {change.obligation_id for change in changes})
    turns = [
        Turn(stored[change.obligation_id].key, change.at, change.kind == "reopened")
        for change in changes
        if stored[change.obligation_id].kind == "task"
    ]
    tasks = {turn.key[:2] for turn in turns if not turn.begins}
    pages = of_tasks(connection, tasks) if tasks else ()
    begun = (
        Turn(one.key, one.recorded_at, True)
        for page in pages
        for one in page
        if one.recorded_at is not None and since < one.recorded_at <= at
    )
    return [*turns, *begun]


def _passed(row: Row, over: HandedOver, frame: Frame, judges: Judges) -> Passed:
    before, after = (judges.roster(at).rulebook for at in (over.at - A_MOMENT, over.at))
    programme, task = row.key[:2]
    was, is_ = (_led(rulebook, programme, task) for rulebook in (before, after))
    directory = before.directories.get(frame.office.directory)
    names = {**names_of(directory), **names_of(frame.directory)}
    names_before, names_after = (tuple(names.get(unit, unit) for unit in units) for units in over[:2])
    on = local_day(over.at, judges.config.policy.zone)
    document = document_of(was, is_) if was and is_ else ""
    named = (row.called.key.task, row.title, over.before, over.after)
    return Passed(programme, task, *named, names_before, names_after, on, document)


def _led(rulebook: Rulebook, programme: str, task: str) -> tuple[Programme, Task] | None:
    found = rulebook.programmes.get(programme)
    led = found.task(task) if found else None
    return (found, led) if found and led else None
