"""`dondoc report`: what units say of their obligations."""

from datetime import date
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
    from collections.abc import Sequence

    from db.facts import Proof, RemarkKind
    from db.facts.reports import ReportKind
    from scheduler.commands.naming import Narrowed
    from scheduler.office import Office

app = new_app()
EvidenceOption = Annotated[
    list[str] | None,
    typer.Option(
        metavar="FILE_OR_LINK", help="The proof: a file, which is kept, or a link; repeatable.", show_default=False
    ),
]
DocumentOption = Annotated[
    str | None, typer.Option(metavar="NUMBER", help="Number and date of the document that is the product.")
]
AllOption = Annotated[bool, typer.Option("--all", help="All that match, where several do.")]
WordsOption = Annotated[str, typer.Option("--note", metavar="TEXT", help="In the unit's own words.")]


@app.callback(epilog="Example: dondoc report done dong-thap-2026/A.14 --document 15/BC-BCĐ --evidence bao-cao.pdf")
def report() -> None:
    """Record what units report. Done is not accepted: that is for the standing office to say (`dondoc verify`)."""


@app.command(
    epilog="Example: dondoc report done dong-thap-2026/A.14 --on 2026-03-30 --document 15/BC-BCĐ --evidence bao-cao.pdf"
)
def done(
    task: TaskArgument,
    unit: UnitOption = None,
    part: PartOption = None,
    occurrence: OccurrenceOption = None,
    on: OnOption = None,
    document: DocumentOption = None,
    evidence: EvidenceOption = None,
    note: NoteOption = None,
    all: AllOption = False,
    by: ByOption = None,
    config: ConfigOption = None,
) -> None:
    """Record that a task is done: nobody is reminded of it any more, unless the report is returned."""
    from scheduler.commands.database import office
    from scheduler.commands.naming import Narrowed
    from scheduler.commands.proven import proofs

    which = Narrowed(unit, part, occurrence)
    with office(config) as opened:
        found_proofs = proofs(opened, evidence or [])
        _record(opened, task, which, "done", on=on, proofs=found_proofs, document=document, note=note, every=all, by=by)


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
    """Record that a task is not done after all, as the unit itself says: its reminders go on."""
    from scheduler.commands.database import office
    from scheduler.commands.naming import Narrowed

    with office(config) as opened:
        _record(opened, task, Narrowed(unit, part, occurrence), "reopened", note=note, every=all, by=by)


@app.command(epilog="Example: dondoc report progress dong-thap-2026/A.14 --percent 60 --note 'đang lấy ý kiến'")
def progress(
    task: TaskArgument,
    percent: Annotated[int | None, typer.Option(metavar="PERCENT", min=0, max=100, help="How far it is.")] = None,
    note: NoteOption = None,
    unit: UnitOption = None,
    part: PartOption = None,
    occurrence: OccurrenceOption = None,
    by: ByOption = None,
    config: ConfigOption = None,
) -> None:
    """Record that a task is under way; reminders go on."""
    from scheduler.commands.naming import Narrowed

    if percent is None and not note:
        raise typer.BadParameter("say how far it is: --percent, --note or both")
    _remark(config, task, Narrowed(unit, part, occurrence), "progress", note=note, percent=percent, by=by)


@app.command(epilog="Example: dondoc report difficulty dong-thap-2026/A.14 --note 'chưa được bố trí kinh phí'")
def difficulty(
    task: TaskArgument,
    note: WordsOption,
    unit: UnitOption = None,
    part: PartOption = None,
    occurrence: OccurrenceOption = None,
    by: ByOption = None,
    config: ConfigOption = None,
) -> None:
    """Record a difficulty: the standing office is told, and the weekly summary names it until it is resolved."""
    from scheduler.commands.naming import Narrowed

    _remark(config, task, Narrowed(unit, part, occurrence), "difficulty", note=note, by=by)


@app.command(epilog="Example: dondoc report resolve dong-thap-2026/A.14 --note 'đã bố trí kinh phí'")
def resolve(
    task: TaskArgument,
    note: NoteOption = None,
    unit: UnitOption = None,
    part: PartOption = None,
    occurrence: OccurrenceOption = None,
    by: ByOption = None,
    config: ConfigOption = None,
) -> None:
    """Record that what was told of a task (a difficulty, not ours, another focal point) has been seen to."""
    from scheduler.commands.naming import Narrowed

    _remark(config, task, Narrowed(unit, part, occurrence), "resolved", note=note, by=by)


@app.command("not-ours", epilog="Example: dondoc report not-ours dong-thap-2026/A.14 --note 'thuộc Sở Tài chính'")
def not_ours(
    task: TaskArgument,
    note: WordsOption,
    unit: UnitOption = None,
    part: PartOption = None,
    occurrence: OccurrenceOption = None,
    by: ByOption = None,
    config: ConfigOption = None,
) -> None:
    """Record that a unit says a task is not its own: the standing office is told; until it decides, reminders go on."""
    from scheduler.commands.naming import Narrowed

    _remark(config, task, Narrowed(unit, part, occurrence), "not_ours", note=note, by=by)


@app.command(epilog="Example: dondoc report focal dong-thap-2026/A.14 --note 'Phòng Tổng hợp, tonghop@stc.example'")
def focal(
    task: TaskArgument,
    note: WordsOption,
    unit: UnitOption = None,
    part: PartOption = None,
    occurrence: OccurrenceOption = None,
    by: ByOption = None,
    config: ConfigOption = None,
) -> None:
    """Record another focal point that a unit names: the standing office is told, and puts it into the directory."""
    from scheduler.commands.naming import Narrowed

    _remark(config, task, Narrowed(unit, part, occurrence), "focal", note=note, by=by)


@app.command("list", epilog="Example: dondoc report list dong-thap-2026/A.14")
def listing(
    task: TaskArgument, unit: UnitOption = None, config: ConfigOption = None, format: FormatOption = "table"
) -> None:
    """List what was reported and remarked of a task, with the verdicts."""
    from scheduler.commands.database import office
    from scheduler.commands.meant import ALL, obligations
    from scheduler.commands.naming import Narrowed
    from scheduler.commands.printing import print_json_lines, print_table
    from scheduler.commands.told import HEADS, told

    with office(config) as opened, opened.engine.connect() as connection:
        rows = told(connection, obligations(opened, task, Narrowed(unit), ALL), opened.config.policy.zone)
    if format == "json":
        print_json_lines(row.as_json() for row in rows)
    else:
        print_table(HEADS, [row.as_cells() for row in rows])


def _record(
    opened: "Office",
    task: str,
    which: "Narrowed",
    kind: "ReportKind",
    *,
    on: date | None = None,
    proofs: "Sequence[Proof]" = (),
    document: str | None = None,
    note: str | None,
    every: bool,
    by: str | None,
) -> None:
    from rules.calendar import local_day
    from scheduler.clock import system_clock
    from scheduler.commands.database import whoever
    from scheduler.commands.meant import begun, called_in, chosen, obligations
    from scheduler.commands.reading import Refused
    from scheduler.recording import NotThatDay, Said, ValueAsked, reported

    is_done = kind == "done"
    found = obligations(opened, task, which, ("open", "closed") if is_done else ("done",))
    now = system_clock()
    today = local_day(now, opened.config.policy.zone)
    if is_done and which.occurrence is None:
        found = begun(opened, found, task, on or today, now=now)
    state = "is open" if is_done else "is reported done"
    meant = chosen(opened, found, task, state=state, every=every, earliest=is_done)
    said = Said(whoever(by), now, note)
    try:
        reported(opened, meant, kind, said, on=on or today, proofs=proofs, document=document)
    except ValueAsked as fault:
        raise Refused(
            f"{task} asks for a value, which answers it: dondoc indicator record {fault.indicator} VALUE --on DAY"
        ) from None
    except NotThatDay as fault:
        raise typer.BadParameter(fault.words.en, param_hint="--on") from None
    for obligation in meant:
        typer.echo(f"{kind}: {called_in(opened, obligation)}")


def _remark(
    config: Path | None,
    task: str,
    which: "Narrowed",
    kind: "RemarkKind",
    *,
    note: str | None,
    percent: int | None = None,
    by: str | None,
) -> None:
    from rules.calendar import local_day
    from scheduler.clock import system_clock
    from scheduler.commands.database import office, whoever
    from scheduler.commands.meant import begun, called_in, chosen, obligations
    from scheduler.commands.reading import Refused
    from scheduler.recording import NothingToResolve, Said, remarked

    with office(config) as opened:
        now = system_clock()
        found = obligations(opened, task, which, ("open",))
        if which.occurrence is None:
            found = begun(opened, found, task, local_day(now, opened.config.policy.zone), now=now)
        [meant] = chosen(opened, found, task, state="is open", earliest=True)
        try:
            remarked(opened, meant, kind, Said(whoever(by), now, note), percent=percent)
        except NothingToResolve:
            raise Refused(
                f"nothing that was told of {called_in(opened, meant)} waits to be resolved: see `dondoc report list`"
            ) from None
    typer.echo(f"{kind.replace('_', ' ')}: {called_in(opened, meant)}")
