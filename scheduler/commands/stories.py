"""Stories for `explain`: which obligations are meant, and how each is shown."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import typer

from rules.calendar import local_day
from rules.events import events_known
from rules.explain import BEGINNING, Reader, RungStory, story
from rules.lines import citation, clause
from rules.obligation import Facts, ObligationKey
from rules.programme import Occurred, Programme, Rulebook, Task
from rules.roster import Followed, Known, Roster, owing_units
from rules.simulate import Assumption
from scheduler.commands.naming import Narrowed, check_narrowed, find_task
from scheduler.commands.printing import local, print_table
from scheduler.commands.reading import Reading, assumptions

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


def rehearsed(read: Reading, question: Question, *, now: datetime) -> list[Told]:
    """Return the story of each obligation meant, by the rules alone."""
    programme, task = find_task(question.task, read.rulebook)
    check_narrowed(question.narrowed, task)
    policy = read.config.policy
    known = _events(programme, read.rulebook, assumptions(question.assumed, read.rulebook), policy.zone)
    roster = Roster(read.rulebook, policy, {programme.id: known})
    facts, today = Facts(BEGINNING), local_day(now, policy.zone)
    found = []
    for key in filter(question.narrowed.lets_through, _keys(programme, task, question, roster, now)):
        followed = roster.follow(key, facts, today=today)
        if followed is not None:
            found.append(Told(followed, facts, story(followed, facts, roster, None, now=now), is_rehearsed=True))
    if not found:
        raise typer.BadParameter(
            f"{task.id} has no occurrence {question.narrowed.occurrence!r}", param_hint="--occurrence"
        )
    return found


def _events(programme: Programme, rulebook: Rulebook, assumed: Iterable[Assumption], zone: ZoneInfo) -> Known:
    recorded: dict[str, tuple[Occurred, ...]] = defaultdict(tuple)
    for said in assumed:
        if said.programme == programme.id:
            recorded[said.event] += (Occurred(said.on),)
    return events_known(programme, recorded, {}, calendar=rulebook.calendars[programme.calendar], zone=zone)


def _keys(
    programme: Programme, task: Task, question: Question, roster: Roster, now: datetime
) -> Iterable[ObligationKey]:
    """Yield the obligations meant: those that exist now, or of the occurrence asked for."""
    narrowed = question.narrowed
    if narrowed.occurrence is not None:
        for part in task.deadlines:
            for unit in owing_units(task):
                yield ObligationKey(programme.id, task.id, part, unit, narrowed.occurrence)
        return
    today = local_day(now, roster.policy.zone)
    for wanted in roster.wanted(programme, task, since=today, today=today):
        yield wanted.key


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
        "clause": clause(task.section, task.id),
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
    rows = [_row(rung, reader, zone) for rung in told.rungs for reader in rung.readers]
    if rows:
        print_table(("rung", "when", "opens", "state", "", "post", "address"), rows)
    document, place = citation(followed.programme.document), clause(followed.task.section, followed.task.id)
    ladder = followed.ladder
    typer.echo(f"  {document}, {place}; {followed.task.deadline_source}; ladder {ladder.id}, {ladder.source}")


def _row(rung: RungStory, reader: Reader, zone: ZoneInfo) -> tuple[object, ...]:
    state = f"{reader.state}: {reader.reason}" if reader.reason else reader.state
    name = f"{rung.rung} #{rung.turn + 1}" if rung.turn else rung.rung
    opens = f"{rung.opens.astimezone(zone):%Y-%m-%d %H:%M}"
    return name, rung.when, opens, state, reader.as_, f"{reader.role} {reader.unit}", reader.email
