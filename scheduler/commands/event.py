"""`dondoc event`: the register of events: what has happened, and when."""

from typing import TYPE_CHECKING, Annotated

import typer

from scheduler.commands.options import (
    ByOption,
    ConfigOption,
    FormatOption,
    NoteOption,
    OnOption,
    instant_of,
    new_app,
)

if TYPE_CHECKING:
    from db.facts import RecordedEvent

app = new_app()
EventArgument = Annotated[str, typer.Argument(metavar="[PROGRAMME/]EVENT", help="The event as the rule file names it.")]


@app.callback(epilog="Example: dondoc event record de-an-an-ninh-mang --on 2026-06-10")
def event() -> None:
    """Record that an event has happened: the deadlines that wait for it begin. Nothing is ever deleted."""


@app.command(epilog='Example: dondoc event record dong-thap-2026/huong-dan-kpi --on 2026-06-10 --document "123/BKHCN"')
def record(
    event: EventArgument,
    on: OnOption = None,
    at: Annotated[str | None, typer.Option(metavar="INSTANT", help="Its hour, where deadlines count in hours.")] = None,
    document: Annotated[str | None, typer.Option(metavar="TEXT", help="The document that says so.")] = None,
    note: NoteOption = None,
    by: ByOption = None,
    config: ConfigOption = None,
) -> None:
    """Record that an event has happened, or the day set for one that a deadline lies ahead of.

    When that day is put off, take the record back and record the event anew.
    """
    from rules.calendar import local_day
    from rules.events import dated_ahead
    from rules.programme import Occurred
    from scheduler.clock import system_clock
    from scheduler.commands.database import office, whoever
    from scheduler.commands.naming import find_event
    from scheduler.recording import Said, happened

    if on is not None and at is not None:
        raise typer.BadParameter("the instant names its own day: leave --on out", param_hint="--at")
    with office(config) as opened:
        programme, found = find_event(event, opened.rulebook)
        zone, now = opened.config.policy.zone, system_clock()
        hour = instant_of(at, zone, daily="00:00")
        occurred = Occurred(local_day(hour, zone), hour) if hour else Occurred(on or local_day(now, zone))
        is_planned = occurred.on > local_day(now, zone)
        if is_planned and found.id not in dated_ahead(programme):
            why = "only what has happened is recorded, unless a deadline lies ahead of the event"
            raise typer.BadParameter(f"{occurred.on} has not come yet: {why}")
        number = happened(opened, programme.id, found.id, occurred, Said(whoever(by), now, note), document=document)
    typer.echo(f"recorded as number {number}: {found.title}, {'planned for ' if is_planned else ''}{occurred.on}")


@app.command(epilog="Example: dondoc event retract 3 --note 'nhầm ngày'")
def retract(
    number: Annotated[int, typer.Argument(metavar="NUMBER", help="The record, as `dondoc event list` numbers it.")],
    note: NoteOption = None,
    by: ByOption = None,
    config: ConfigOption = None,
) -> None:
    """Take back a record made by mistake; what it had begun is withdrawn."""
    from db.facts import event_records
    from scheduler.clock import system_clock
    from scheduler.commands.database import office, whoever
    from scheduler.commands.reading import Refused
    from scheduler.recording import Said, did_not_happen

    with office(config) as opened:
        with opened.engine.connect() as connection:
            known = {found.id: found for found in event_records(connection)}
        if number not in known or known[number].retracted:
            why = "was taken back before" if number in known else "does not exist"
            raise Refused(f"record {number} {why}: see `dondoc event list`")
        did_not_happen(opened, number, known[number].programme, Said(whoever(by), system_clock(), note))
    typer.echo(f"taken back: {known[number].event}, {known[number].occurred.on}")


@app.command("list", epilog="Example: dondoc event list --format json")
def listing(config: ConfigOption = None, format: FormatOption = "table") -> None:
    """List what was recorded, and the events still waited for."""
    from db.facts import event_records
    from scheduler.commands.database import office
    from scheduler.commands.printing import print_json_lines, print_table

    with office(config) as opened, opened.engine.connect() as connection:
        records = event_records(connection)
        have_happened = {(found.programme, found.event) for found in records if not found.retracted}
        waited_for = [
            (programme.id, event)
            for programme in opened.rulebook.programmes.values()
            for event in programme.events.values()
            if (programme.id, event.id) not in have_happened and not event.dates
        ]
    if format == "json":
        print_json_lines(map(_as_json, records))
        return
    rows: list[tuple[object, ...]] = [
        (
            r.id,
            f"{r.programme}/{r.event}",
            r.occurred.on,
            r.recorded_by,
            r.document,
            "taken back" if r.retracted else "",
        )
        for r in records
    ]
    rows += [
        (None, f"{programme}/{event.id}", None, None, event.title, "waited for") for programme, event in waited_for
    ]
    print_table(("number", "event", "happened", "recorded by", "document or title", ""), rows)


def _as_json(record: "RecordedEvent") -> dict[str, object]:
    return {
        "number": record.id,
        "programme": record.programme,
        "event": record.event,
        "on": record.occurred.on,
        "at": record.occurred.at,
        "recorded_at": record.recorded_at,
        "recorded_by": record.recorded_by,
        "document": record.document,
        "note": record.note,
        "retracted": record.retracted,
    }
