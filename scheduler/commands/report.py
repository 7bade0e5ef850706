"""`dondoc report`: what units say of their obligations."""

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from scheduler.commands.options import (
    ByOption,
    ConfigOption,
    FormatOption,
    NoteOption,
    OccurrenceOption,
    OnOption,
    PartOption,
    TaskArgument,
    UnitOption,
    new_app,
)

if TYPE_CHECKING:
    from db.facts.reports import ReportKind
    from db.obligations import StoredObligation
    from rules.obligation import ObligationKey
    from scheduler.commands.naming import Narrowed
    from scheduler.office import Office

app = new_app()
EvidenceOption = Annotated[
    str | None, typer.Option(metavar="REFERENCE", help="The proof: a document's number, a link.")
]
AllOption = Annotated[bool, typer.Option("--all", help="All that match, where several do.")]


@app.callback(epilog="Example: dondoc report done dong-thap-2026/A.14 --evidence 15/BC-BCĐ")
def report() -> None:
    """Record what units report. Done is not accepted: that is for the standing office to say."""


@app.command(epilog="Example: dondoc report done dong-thap-2026/A.14 --on 2026-03-30 --evidence 15/BC-BCĐ")
def done(
    task: TaskArgument,
    unit: UnitOption = None,
    part: PartOption = None,
    occurrence: OccurrenceOption = None,
    on: OnOption = None,
    evidence: EvidenceOption = None,
    note: NoteOption = None,
    all: AllOption = False,
    by: ByOption = None,
    config: ConfigOption = None,
) -> None:
    """Record that a task is done: nobody is reminded of it any more."""
    from scheduler.commands.naming import Narrowed

    which = Narrowed(unit, part, occurrence)
    _record(config, task, which, "done", on=on, evidence=evidence, note=note, every=all, by=by)


@app.command(epilog="Example: dondoc report reopen dong-thap-2026/A.14 --note 'thiếu phụ lục'")
def reopen(
    task: TaskArgument,
    unit: UnitOption = None,
    part: PartOption = None,
    occurrence: OccurrenceOption = None,
    note: NoteOption = None,
    all: AllOption = False,
    by: ByOption = None,
    config: ConfigOption = None,
) -> None:
    """Record that a task is not done after all: its reminders go on."""
    from scheduler.commands.naming import Narrowed

    _record(config, task, Narrowed(unit, part, occurrence), "reopened", note=note, every=all, by=by)


@app.command("list", epilog="Example: dondoc report list dong-thap-2026/A.14")
def listing(
    task: TaskArgument, unit: UnitOption = None, config: ConfigOption = None, format: FormatOption = "table"
) -> None:
    """List what was reported of a task."""
    from db.facts import reports
    from scheduler.commands.database import office
    from scheduler.commands.naming import Narrowed
    from scheduler.commands.printing import print_json_lines, print_table

    with office(config) as opened, opened.engine.connect() as connection:
        found = _obligations(opened, task, Narrowed(unit), ("open", "done", "closed", "withdrawn"))
        told = [(obligation.key, report) for obligation in found for report in reports(connection, obligation.id)]
    heads = ("unit", "part", "occurrence", "said", "on", "recorded_by", "evidence", "note")
    rows = [(k.unit, k.part, k.occurrence, r.kind, r.said_on, r.recorded_by, r.evidence, r.note) for k, r in told]
    if format == "json":
        print_json_lines(dict(zip(heads, row, strict=True)) for row in rows)
    else:
        print_table(heads, rows)


def _record(
    config: Path | None,
    task: str,
    which: "Narrowed",
    kind: "ReportKind",
    *,
    on: date | None = None,
    evidence: str | None = None,
    note: str | None,
    every: bool,
    by: str | None,
) -> None:
    from rules.calendar import local_day
    from scheduler.clock import system_clock
    from scheduler.commands.database import office, whoever
    from scheduler.recording import Said, reported

    with office(config) as opened:
        found = _obligations(opened, task, which, ("open", "closed") if kind == "done" else ("done",))
        now = system_clock()
        today = local_day(now, opened.config.policy.zone)
        if on is not None and on > today:
            raise typer.BadParameter(f"{on} has not come yet", param_hint="--on")
        if kind == "done" and which.occurrence is None:
            found = _begun(opened, found, task, on or today, now=now)
        meant = _chosen(opened, found, task, kind, every=every)
        reported(opened, meant, kind, Said(whoever(by), now, note), on=on or today, evidence=evidence)
        names = [_called(opened, obligation) for obligation in meant]
    for name in names:
        typer.echo(f"{kind}: {name}")


def _obligations(opened: "Office", task: str, which: "Narrowed", states: tuple[str, ...]) -> "list[StoredObligation]":
    from db.obligations import Filter
    from db.obligations import listing as stored
    from scheduler.commands.naming import check_narrowed, find_task

    programme, found = find_task(task, opened.rulebook)
    check_narrowed(which, found)
    with opened.engine.connect() as connection:
        of_task = stored(connection, Filter(programme=programme.id, task=found.id))
    return [obligation for obligation in which.chosen(of_task) if obligation.state in states]


def _begun(
    opened: "Office", found: "list[StoredObligation]", task: str, on: date, *, now: datetime
) -> "list[StoredObligation]":
    """Return those that can be meant by a report of that day: an occurrence that begins later has to be named."""
    from rules.calendar import local_day
    from rules.obligation import Facts
    from scheduler.commands.reading import Refused

    with opened.engine.connect() as connection:
        roster = opened.roster(connection, now=now)
    today, begun, later = local_day(now, roster.policy.zone), [], []
    for obligation in found:
        followed = roster.follow(obligation.key, Facts(obligation.watched_from), today=today)
        term = followed.term if followed else None
        if term and term.kind == "recurring" and term.starts and term.starts > on:
            later.append((term.starts, obligation.key.occurrence, _called(opened, obligation)))
        else:
            begun.append(obligation)
    if later and not begun:
        starts, occurrence, name = min(later)
        raise Refused(
            f"nothing of {task} that had begun on {on} is open: {name} begins on {starts}; "
            f"if it is meant, name it: --occurrence {occurrence}"
        )
    return begun


def _chosen(
    opened: "Office", found: "list[StoredObligation]", task: str, kind: str, *, every: bool
) -> "list[StoredObligation]":
    """Return what is meant: the only one, all if said so, or of one unit's occurrences the earliest that is open."""
    from scheduler.commands.reading import Refused

    if not found:
        state = "is open" if kind == "done" else "is reported done"
        raise Refused(f"nothing of {task} {state}: see `dondoc status`")
    if every or len(found) == 1:
        return found
    still_open = [obligation for obligation in found if obligation.state != "closed"]
    if kind == "done" and len({_place(obligation.key) for obligation in found}) == 1 and still_open:
        return [min(still_open, key=lambda obligation: str(obligation.due_on or obligation.key.occurrence))]
    names = "; ".join(_called(opened, obligation) for obligation in found[:6])
    raise Refused(
        f"{len(found)} obligations are meant, narrow it down (--unit, --part, --occurrence) or say --all: {names}"
    )


def _called(opened: "Office", obligation: "StoredObligation") -> str:
    """Return what an obligation is called in the files."""
    from rules.called import called

    key = obligation.key
    programme = opened.rulebook.programmes.get(key.programme)
    return str(called(key, programme.tasks.get(key.task) if programme else None))


def _place(key: "ObligationKey") -> tuple[str, str]:
    return key.unit, key.part
