"""`dondoc silence`: stretches in which reminders are not sent."""

from datetime import datetime, time, timedelta
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from scheduler.commands.options import ByOption, ConfigOption, FormatOption, NoteOption, instant_of, new_app

app = new_app()


@app.callback(epilog='Example: dondoc silence add --task dong-thap-2026/A.14 --until 2026-05-01 --reason "chờ ý kiến"')
def silence() -> None:
    """Keep reminders back for a while. What a silence held back is in the ledger, as silenced."""


@app.command(epilog='Example: dondoc silence add --task dong-thap-2026/A.14 --until 2026-05-01 --reason "chờ ý kiến"')
def add(
    reason: Annotated[str, typer.Option(metavar="TEXT", help="Why.")],
    programme: Annotated[str | None, typer.Option(metavar="PROGRAMME", help="All of a programme.")] = None,
    task: Annotated[str | None, typer.Option(metavar="[PROGRAMME/]TASK", help="One task.")] = None,
    unit: Annotated[str | None, typer.Option(metavar="UNIT", help="What this unit owes; jointly owed: a+b.")] = None,
    person: Annotated[str | None, typer.Option(metavar="ADDRESS", help="All mail to this address.")] = None,
    from_: Annotated[str | None, typer.Option("--from", metavar="INSTANT", help="From then on; from now on.")] = None,
    until: Annotated[
        str | None, typer.Option(metavar="INSTANT", help="Until then (a day: its end); until lifted.")
    ] = None,
    suspend: Annotated[
        bool, typer.Option("--suspend", help="The work itself rests as long: it counts as suspended.")
    ] = False,
    by: ByOption = None,
    config: ConfigOption = None,
) -> None:
    """Silence a programme, a task, a unit or an address. From a bare day is from midnight, until one to its end."""
    from db.facts import record_silence
    from scheduler.clock import system_clock
    from scheduler.commands.database import office, whoever
    from scheduler.commands.meant import refuse_withdrawn
    from scheduler.commands.naming import find_programme, find_task, find_unit

    if not (programme or task or unit or person):
        raise typer.BadParameter("say what: --programme, --task, --unit or --person; `dondoc stop` silences all")
    if suspend and person:
        raise typer.BadParameter("work rests for everybody, not for one address", param_hint="--suspend")
    with office(config) as opened:
        zone, now = opened.config.policy.zone, system_clock()
        if programme is not None:
            find_programme(programme, opened.rulebook)
        if task is not None:
            named = f"{programme}/{task}" if programme and "/" not in task else task
            refuse_withdrawn(opened, named)
            found, one = find_task(named, opened.rulebook)
            programme, task = found.id, one.id
        if unit is not None:
            find_unit(unit, opened.rulebook)
        begins = instant_of(from_, zone, daily="00:00", option="--from") or now
        ends = instant_of(until, zone, daily="24:00", option="--until")
        if ends is not None and ends <= max(begins, now):
            raise typer.BadParameter(f"{until} is over before it begins", param_hint="--until")
        with opened.engine.begin() as connection:
            number = record_silence(
                connection,
                from_=begins,
                until=ends,
                reason=reason,
                recorded_by=whoever(by),
                recorded_at=now,
                programme=programme,
                task=task,
                unit=unit,
                person=person,
                suspends=suspend,
            )
    typer.echo(f"silence {number}: {f'until {_end(ends, zone)}' if ends else 'until it is lifted'}")


@app.command(epilog="Example: dondoc silence lift 2")
def lift(
    number: Annotated[int, typer.Argument(metavar="NUMBER", help="As `dondoc silence list` numbers it.")],
    note: NoteOption = None,
    by: ByOption = None,
    config: ConfigOption = None,
) -> None:
    """End a silence now."""
    from db.facts import lift_silence, silences
    from scheduler.clock import system_clock
    from scheduler.commands.database import office, whoever
    from scheduler.commands.reading import Refused

    with office(config) as opened, opened.engine.begin() as connection:
        now = system_clock()
        known = {found.id: found for found in silences(connection)}
        found = known.get(number)
        if found is None or (found.until is not None and found.until <= now):
            raise Refused(f"silence {number} {'is over' if found else 'does not exist'}: see `dondoc silence list`")
        lift_silence(connection, number, recorded_by=whoever(by), recorded_at=now, reason=note)
    typer.echo(f"silence {number} is lifted")


@app.command("list", epilog="Example: dondoc silence list --all")
def listing(
    all: Annotated[bool, typer.Option("--all", help="Those that are over too.")] = False,
    config: ConfigOption = None,
    format: FormatOption = "table",
) -> None:
    """List the silences in force and to come."""
    from db.facts import silences
    from scheduler.clock import system_clock
    from scheduler.commands.database import office
    from scheduler.commands.printing import local, minute, print_json_lines, print_table

    with office(config) as opened, opened.engine.connect() as connection:
        zone, now = opened.config.policy.zone, system_clock()
        found = [s for s in silences(connection) if all or s.until is None or s.until > now]
    heads = ("number", "programme", "task", "unit", "person", "from", "until", "suspends", "reason", "recorded_by")
    ends = local if format == "json" else _end
    begins = local if format == "json" else minute
    rows = [
        (
            *(s.id, s.programme, s.task, s.unit, s.person),
            *(begins(s.from_, zone), ends(s.until, zone) if s.until else None),
            *(s.suspends if format == "json" else "yes" if s.suspends else None, s.reason, s.recorded_by),
        )
        for s in found
    ]
    if format == "json":
        print_json_lines(dict(zip(heads, row, strict=True)) for row in rows)
    else:
        print_table(heads, rows)


def _end(at: datetime, zone: ZoneInfo) -> str:
    """Return the end of a silence; midnight belongs to the day it ends."""
    from scheduler.commands.printing import minute

    if at.astimezone(zone).time() == time.min:
        return minute(at - timedelta(minutes=1), zone).replace("23:59", "24:00")
    return minute(at, zone)
