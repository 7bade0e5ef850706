"""Stories for `explain`: how each obligation is shown, for people and for programs."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

import typer

from rules.explain import Reader, RungStory
from rules.lines import citation, clause
from rules.obligation import Facts
from rules.roster import Followed
from scheduler.commands.naming import Narrowed
from scheduler.commands.printing import local, print_table

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked: `task` as `PROGRAMME/TASK` or a task id alone."""

    task: str
    narrowed: Narrowed
    assumed: tuple[str, ...] = ()
    """What `--assume` says."""


@dataclass(frozen=True, slots=True)
class Told:
    """One obligation with its story. `facts` are those of the database, or none."""

    followed: Followed
    facts: Facts
    rungs: tuple[RungStory, ...]
    is_rehearsed: bool
    has_ended: bool = False
    """Whether it is the last occurrence of a recurrence that has run out."""


def story_json(told: Told, zone: ZoneInfo) -> Json:
    """Return the story of one obligation; the names are a contract (design.md §5)."""
    followed = told.followed
    key, programme = followed.key, followed.programme
    return {
        "programme": key.programme,
        "task": key.task,
        "part": key.part,
        "unit": key.unit,
        "occurrence": key.occurrence,
        "title": followed.task.title,
        "programme_title": programme.title,
        "term": _term_json(followed, zone),
        "rungs": [_rung_json(rung, zone) for rung in told.rungs],
        "sources": _sources_json(followed),
        "ledger": not told.is_rehearsed,
        "has_ended": told.has_ended,
    }


def _term_json(followed: Followed, zone: ZoneInfo) -> Json:
    term = followed.term
    return {
        "kind": term.kind,
        "start": term.starts,
        "due": term.due,
        "strict": term.strict,
        "at": term.at.isoformat("minutes") if term.at else None,
        "remind_by": term.remind_by,
        "grace_until": term.grace_until,
        "due_at": local(term.due_at, zone) if term.due_at else None,
        "late_at": local(term.late_at, zone) if term.late_at else None,
        "why": term.why.vi,
        "why_en": term.why.en,
        "provisional": term.provisional,
    }


def _rung_json(rung: RungStory, zone: ZoneInfo) -> Json:
    return {
        "id": rung.rung,
        "when": rung.when,
        "turn": rung.turn,
        "at": local(rung.nominal, zone),
        "opens": local(rung.opens, zone),
        "state": rung.state,
        "to": [_reader_json(reader, zone) for reader in rung.readers if reader.as_ == "to"],
        "cc": [_reader_json(reader, zone) for reader in rung.readers if reader.as_ == "cc"],
        "reason": rung.reason,
    }


def _reader_json(reader: Reader, zone: ZoneInfo) -> Json:
    return {
        "role": reader.role,
        "unit": reader.unit,
        "title": reader.title,
        "email": reader.email,
        "state": reader.state,
        "reason": reader.reason,
        "at": local(reader.at, zone) if reader.at else None,
    }


def _sources_json(followed: Followed) -> Json:
    task, programme = followed.task, followed.programme
    return {
        "task": str(task.source),
        "deadline": str(task.deadline_source),
        "ladder": str(followed.ladder.source),
        "ladder_id": followed.ladder.id,
        "calendar": str(followed.table.calendar.source),
        "directory": str(followed.directory.source),
        "document": citation(programme.document),
        "clause": clause(task.section, task.named),
        "basis": task.basis,
        "stated": task.stated,
        "product": task.product,
        "amended": [{"until": a.until_on, "document": a.document, "why": a.why} for a in task.amended],
    }


def print_stories(told: Iterable[Told], zone: ZoneInfo) -> None:
    """Print each story for people."""
    for number, one in enumerate(told):
        if number:
            typer.echo("")
        _print_story(one, zone)


def _print_story(told: Told, zone: ZoneInfo) -> None:
    followed, term = told.followed, told.followed.term
    typer.echo(f"{followed.key}: {followed.task.title}")
    typer.echo(f"  {term.why.vi}")
    typer.echo(f"  {term.why.en}")
    days = {
        "starts": term.starts,
        "due": term.due,
        "strict": term.strict,
        "remind by": term.remind_by,
        "grace until": term.grace_until,
    }
    said = ", ".join(f"{name} {day}" for name, day in days.items() if day)
    if said:
        typer.echo(f"  {said}" + (" (provisional)" if term.provisional else ""))
    if told.has_ended:
        typer.echo("  the series has ended: this is its last occurrence")
    _print_rungs(told.rungs, zone)
    document, place = citation(followed.programme.document), clause(followed.task.section, followed.task.named)
    ladder = followed.ladder
    typer.echo(f"  {document}, {place}; {followed.task.deadline_source}; ladder {ladder.id}, {ladder.source}")


def _print_rungs(rungs: tuple[RungStory, ...], zone: ZoneInfo) -> None:
    """Print a row for each reader; the time by the rule only where a mail leaves at another one."""
    heads = ("rung", "when", "by the rule", "opens", "state", "", "post", "address")
    rows = [_row(name, rung, reader, zone) for name, rung in _condensed(rungs) for reader in rung.readers]
    if not rows:
        return
    shown = [number for number, head in enumerate(heads) if head != "by the rule" or any(row[number] for row in rows)]
    print_table([heads[number] for number in shown], [[row[number] for number in shown] for row in rows])


def _condensed(rungs: tuple[RungStory, ...]) -> Iterator[tuple[str, RungStory]]:
    """Yield the rungs, each with its name; of repetitions that have come only the latest: `late ×27`."""
    repeated = [rung for rung in rungs if rung.turn and rung.state != "coming"]
    turns = Counter(rung.rung for rung in repeated)
    latest = {rung.rung: rung for rung in repeated}
    for rung in rungs:
        if not rung.turn or rung.state == "coming":
            yield f"{rung.rung} #{rung.turn + 1}" if rung.turn else rung.rung, rung
        elif latest[rung.rung] is rung:
            yield f"{rung.rung} {'#' if turns[rung.rung] == 1 else '×'}{rung.turn + 1}", rung


def _row(name: str, rung: RungStory, reader: Reader, zone: ZoneInfo) -> tuple[object, ...]:
    state = f"{reader.state}: {reader.reason}" if reader.reason else reader.state
    nominal, opens = (f"{at.astimezone(zone):%Y-%m-%d %H:%M}" for at in (rung.nominal, rung.opens))
    by_rule = nominal if nominal != opens else None
    return name, rung.when, by_rule, opens, state, reader.as_, f"{reader.role} {reader.unit}", reader.email
