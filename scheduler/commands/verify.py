"""`dondoc verify`: what the standing office says of the reports."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from scheduler.commands.options import (
    ByOption,
    ConfigOption,
    FormatOption,
    NoteOption,
    OccurrenceOption,
    PartOption,
    TaskArgument,
    UnitOption,
    new_app,
)

if TYPE_CHECKING:
    from db.facts import Verdict
    from scheduler.commands.naming import Narrowed

app = new_app()
DocumentOption = Annotated[
    str | None, typer.Option(metavar="NUMBER", help="The document that says so, if there is one.")
]
ProgrammeOption = Annotated[str | None, typer.Option(metavar="PROGRAMME", help="Of this programme only.")]


@app.callback(epilog="Example: dondoc verify return dong-thap-2026/A.14 --reason 'thiếu phụ lục'")
def verify() -> None:
    """Accept reports, or return them. What is accepted was done on the day the report names, not on that of the
    verdict."""


@app.command("list", epilog="Example: dondoc verify list --programme dong-thap-2026")
def listing(programme: ProgrammeOption = None, config: ConfigOption = None, format: FormatOption = "table") -> None:
    """List the reports that wait for a verdict, the oldest first."""
    from db.facts import awaiting, proofs_of
    from db.obligations import by_ids
    from rules.bare import bare_words
    from scheduler.commands.database import office
    from scheduler.commands.naming import find_programme
    from scheduler.commands.printing import local, minute, print_json_lines, print_table
    from scheduler.commands.told import backdated_cell

    with office(config) as opened, opened.engine.connect() as connection:
        wanted = None if programme is None else [find_programme(programme, opened.rulebook).id]
        found = awaiting(connection, wanted)
        of = by_ids(connection, [report.obligation_id for report in found])
        proofs = proofs_of(connection, [report.id for report in found])
        zone = opened.config.policy.zone
    heads = ("task", "part", "unit", "occurrence", "done_on", "reported", "by", "document", "evidence", "note")
    rows, backdated = [], []
    for report in found:
        key = of[report.obligation_id].key
        evidence = [proof.shown for proof in proofs.get(report.id, ())]
        place = (f"{key.programme}/{key.task}", key.part, key.unit, key.occurrence)
        at = local(report.recorded_at, zone) if format == "json" else minute(report.recorded_at, zone)
        backdated.append(report.days_backdated(zone))
        flag = "" if format == "json" else backdated_cell(backdated[-1])
        done = f"{report.said_on}{flag}" if flag else report.said_on
        bare = None if format == "json" else bare_words(report.note, report.document, report.evidence, evidence)
        note = report.note if bare is None else f"({bare.en})"
        rows.append((*place, done, at, report.recorded_by, report.document, evidence, note))
    if format == "json":
        print_json_lines(
            {**dict(zip(heads, row, strict=True)), "days_backdated": days}
            for row, days in zip(rows, backdated, strict=True)
        )
    else:
        print_table(heads, [["; ".join(cell) if isinstance(cell, list) else cell for cell in row] for row in rows])


@app.command(epilog="Example: dondoc verify accept dong-thap-2026/A.14 --document 20/TB-SKHCN")
def accept(
    task: TaskArgument,
    unit: UnitOption = None,
    part: PartOption = None,
    occurrence: OccurrenceOption = None,
    document: DocumentOption = None,
    note: NoteOption = None,
    by: ByOption = None,
    config: ConfigOption = None,
) -> None:
    """Accept the report of a task; the unit is told."""
    from scheduler.commands.naming import Narrowed

    _verify(config, task, Narrowed(unit, part, occurrence), "accepted", note=note, document=document, by=by)


@app.command("return", epilog="Example: dondoc verify return dong-thap-2026/A.14 --reason 'thiếu phụ lục'")
def return_(
    task: TaskArgument,
    reason: Annotated[str, typer.Option(metavar="TEXT", help="What is missing; the unit reads it.")],
    unit: UnitOption = None,
    part: PartOption = None,
    occurrence: OccurrenceOption = None,
    document: DocumentOption = None,
    by: ByOption = None,
    config: ConfigOption = None,
) -> None:
    """Return the report of a task: it is open again, its reminders go on, and the unit is told why."""
    from scheduler.commands.naming import Narrowed

    if not reason.strip():
        raise typer.BadParameter("say what is missing: the unit reads it", param_hint="--reason")
    _verify(config, task, Narrowed(unit, part, occurrence), "returned", note=reason, document=document, by=by)


def _verify(
    config: Path | None,
    task: str,
    which: "Narrowed",
    verdict: "Verdict",
    *,
    note: str | None,
    document: str | None,
    by: str | None,
) -> None:
    from db.facts import awaiting
    from scheduler.clock import system_clock
    from scheduler.commands.database import office, whoever
    from scheduler.commands.meant import called_in, chosen, obligations
    from scheduler.commands.reading import Refused
    from scheduler.recording import NothingToVerify, Said, verified

    with office(config) as opened:
        done = obligations(opened, task, which, ("done",))
        with opened.engine.connect() as connection:
            waiting = {report.obligation_id for report in awaiting(connection, {one.key.programme for one in done})}
        found = [one for one in done if one.id in waiting]
        [meant] = chosen(opened, found, task, state="waits for a verdict")
        name = called_in(opened, meant)
        try:
            verified(opened, meant, verdict, Said(whoever(by), system_clock(), note), document=document)
        except NothingToVerify:
            raise Refused(f"{name} does not wait for a verdict any more: see `dondoc verify list`") from None
    typer.echo(f"{verdict}: {name}")
