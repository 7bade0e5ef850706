"""`dondoc extend`: requests for later deadlines, and what is decided of them."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from scheduler.commands.options import (
    ByOption,
    ConfigOption,
    FormatOption,
    OccurrenceOption,
    PartOption,
    TaskArgument,
    UnitOption,
    day,
    new_app,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from db.obligations import StoredObligation
    from rules.requests import Request, Verdict
    from scheduler.office import Office

app = new_app()
NumberArgument = Annotated[int, typer.Argument(metavar="NUMBER", help="The request, by its number in the list.")]
ProgrammeOption = Annotated[str | None, typer.Option(metavar="PROGRAMME", help="Of this programme only.")]


@app.callback(epilog="Example: dondoc extend ask dong-thap-2026/A.14 --to 2026-04-20 --reason 'chờ thẩm định vốn'")
def extend() -> None:
    """Ask for a later deadline, grant or refuse it. A grant moves the deadline of one unit's task; nobody decides what
    they or their own unit asked for."""


@app.command(epilog="Example: dondoc extend ask dong-thap-2026/A.14 --to 2026-04-20 --reason 'chờ thẩm định vốn'")
def ask(
    task: TaskArgument,
    to: Annotated[date, typer.Option("--to", metavar="DATE", parser=day, help="The new day.")],
    reason: Annotated[str, typer.Option(metavar="TEXT", help="Why.")],
    unit: UnitOption = None,
    part: PartOption = None,
    occurrence: OccurrenceOption = None,
    exception: Annotated[
        bool, typer.Option("--exception", help="It is asked for on the due day or after it, as an exception.")
    ] = False,
    by: ByOption = None,
    config: ConfigOption = None,
) -> None:
    """Ask for a later deadline; whoever decides it is told in the next letter."""
    from db.facts import NotExtended
    from rules.calendar import local_day
    from scheduler.clock import system_clock
    from scheduler.commands.database import office, whoever
    from scheduler.commands.meant import begun, called_in, chosen, obligations
    from scheduler.commands.naming import Narrowed
    from scheduler.commands.reading import Refused
    from scheduler.extending import asked_extension
    from scheduler.recording import Said

    which = Narrowed(unit, part, occurrence)
    with office(config) as opened:
        now = system_clock()
        found = obligations(opened, task, which, ("open", "done", "closed", "withdrawn"))
        still_open = [one for one in found if one.state == "open"] or found
        if occurrence is None:
            still_open = begun(opened, still_open, task, local_day(now, opened.config.policy.zone), now=now)
        [meant] = chosen(opened, still_open, task, state="is followed", earliest=True)
        try:
            allowed = asked_extension(
                opened, meant, to, Said(whoever(by), now, reason), as_exception=exception, unit=unit
            )
        except NotExtended as fault:
            raise Refused(f"{called_in(opened, meant)}: {_said(fault)}") from None
        name = called_in(opened, meant)
    typer.echo(f"asked: {name} until {to}{', as an exception' if allowed.is_exception else ''}")
    if allowed.suggested is not None:
        typer.echo(f"{to} is a day off; {allowed.suggested} would be a working day")
    if allowed.is_flagged:
        typer.echo(f"this is request {allowed.number} for it: whoever decides is told so")


@app.command(epilog="Example: dondoc extend grant 12 --document 15/SKHCN-VP --to 2026-04-15")
def grant(
    number: NumberArgument,
    document: Annotated[str, typer.Option(metavar="NUMBER", help="The document that grants it.")],
    to: Annotated[
        date | None, typer.Option("--to", metavar="DATE", parser=day, help="Until another day than was asked for.")
    ] = None,
    note: Annotated[str | None, typer.Option(metavar="TEXT", help="What else is to be known.")] = None,
    by: ByOption = None,
    config: ConfigOption = None,
) -> None:
    """Grant a request: the deadline moves at once, and the unit is told."""
    _decide(config, number, "granted", note=note, by=by, due=to, document=document)


@app.command(epilog="Example: dondoc extend refuse 12 --reason 'gắn với kỳ họp HĐND'")
def refuse(
    number: NumberArgument,
    reason: Annotated[str, typer.Option(metavar="TEXT", help="Why not; the unit reads it.")],
    by: ByOption = None,
    config: ConfigOption = None,
) -> None:
    """Refuse a request; the unit is told why."""
    _decide(config, number, "refused", note=reason, by=by)


@app.command(epilog="Example: dondoc extend withdraw 12 --by cds.skhcn@dongthap.example")
def withdraw(
    number: NumberArgument,
    note: Annotated[str | None, typer.Option(metavar="TEXT", help="What else is to be known.")] = None,
    by: ByOption = None,
    config: ConfigOption = None,
) -> None:
    """Take a request back that nobody has decided: its unit alone may."""
    _decide(config, number, "withdrawn", note=note, by=by)


@app.command("list", epilog="Example: dondoc extend list --task dong-thap-2026/A.14")
def listing(
    task: Annotated[str | None, typer.Option(metavar="[PROGRAMME/]TASK", help="All requests for this task.")] = None,
    programme: ProgrammeOption = None,
    config: ConfigOption = None,
    format: FormatOption = "table",
) -> None:
    """List the requests that wait for a decision, the oldest first; with --task, all there ever were for it."""
    from scheduler.commands.database import office
    from scheduler.commands.printing import print_json_lines, print_table

    with office(config) as opened:
        rows = [_row(opened, *found, as_json=format == "json") for found in _found(opened, task, programme)]
    heads = (
        "number", "task", "part", "unit", "occurrence", "request", "due", "wanted", "at", "asked", "by", "exception",
        "flagged", "reason", "verdict", "granted", "document", "decided_by", "answer",
    )  # fmt: skip
    if format == "json":
        print_json_lines(dict(zip(heads, row, strict=True)) for row in rows)
    else:
        # Of what waits there is no decision to show.
        columns = len(heads) if task is not None else heads.index("verdict")
        print_table(heads[:columns], [row[:columns] for row in rows])


def _found(opened: "Office", task: str | None, programme: str | None) -> "Iterator[tuple[Request, StoredObligation]]":
    from db.facts import open_requests, requests_of
    from db.obligations import by_ids
    from scheduler.commands.meant import ALL, obligations
    from scheduler.commands.naming import Narrowed, find_programme

    if task is not None:
        of_task = {one.id: one for one in obligations(opened, task, Narrowed(None, None, None), ALL)}
        with opened.engine.connect() as connection:
            found = requests_of(connection, of_task)
        yield from sorted(
            ((request, of_task[id_]) for id_, requests in found.items() for request in requests),
            key=lambda one: one[0].id,
        )
        return
    wanted = None if programme is None else [find_programme(programme, opened.rulebook).id]
    with opened.engine.connect() as connection:
        waiting = open_requests(connection, wanted)
        of = by_ids(connection, [request.obligation_id for request in waiting])
    yield from ((request, of[request.obligation_id]) for request in waiting)


def _row(opened: "Office", request: "Request", of: "StoredObligation", *, as_json: bool) -> tuple[object, ...]:
    from rules.lateness import hour_due
    from scheduler.commands.printing import local, minute

    zone, key, decided = opened.config.policy.zone, of.key, request.decided
    hour = hour_due(of.due_at, zone)
    asked_at = local(request.at, zone) if as_json else minute(request.at, zone)
    return (
        request.id, f"{key.programme}/{key.task}", key.part, request.unit, key.occurrence, request.number,
        request.due_before, request.due_wanted, f"{hour:%H:%M}" if hour else None, asked_at, request.by,
        request.is_exception if as_json else "yes" if request.is_exception else "",
        request.is_flagged if as_json else "yes" if request.is_flagged else "",
        request.reason,
        *((decided.verdict, decided.due, decided.document, decided.by, decided.reason) if decided else (None,) * 5),
    )  # fmt: skip


def _decide(
    config: Path | None,
    number: int,
    verdict: "Verdict",
    *,
    note: str | None,
    by: str | None,
    due: date | None = None,
    document: str | None = None,
) -> None:
    from db.facts import NotExtended
    from scheduler.clock import system_clock
    from scheduler.commands.database import office, whoever
    from scheduler.commands.reading import Refused
    from scheduler.extending import decided_extension
    from scheduler.recording import Said

    with office(config) as opened:
        said = Said(whoever(by), system_clock(), note)
        try:
            request = decided_extension(opened, number, verdict, said, due=due, document=document)
        except LookupError as fault:
            raise Refused(f"{fault}: see `dondoc extend list`") from None
        except NotExtended as fault:
            raise Refused(f"request {number}: {_said(fault)}") from None
        until = f" until {due or request.due_wanted}" if verdict == "granted" else ""
    typer.echo(f"{verdict}: request {number}{until}")


def _said(fault: Exception) -> str:
    """Return a refusal as the other messages of the program are written."""
    text = str(fault).rstrip(".")
    return text[:1].lower() + text[1:]
