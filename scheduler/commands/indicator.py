"""`dondoc indicator`: values measured of the indicators, beside what they are to reach."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from scheduler.commands.negatives import MINUS, TakesNegatives
from scheduler.commands.options import (
    ByOption,
    ConfigOption,
    FormatOption,
    NoteOption,
    OnOption,
    PastDayOption,
    UnitOption,
    moment_on,
    new_app,
)

if TYPE_CHECKING:
    from scheduler.attaining import Attaining
    from scheduler.measuring import Kept

app = new_app()
IndicatorArgument = Annotated[
    str, typer.Argument(metavar="[PROGRAMME/]INDICATOR", help="The indicator, as lam-dong-nq57/I.1.")
]
ProgrammeOption = Annotated[str | None, typer.Option("--programme", metavar="PROGRAMME", help="Only this programme.")]
EvidenceOption = Annotated[
    list[str] | None,
    typer.Option("--evidence", metavar="FILE_OR_LINK", help="A proof: a file up to 25 MB, or a link; repeatable."),
]


@app.callback(epilog="Example: dondoc indicator record lam-dong-nq57/I.1 72,5 --on 2026-06-30 --source 'Báo cáo 15/BC'")
def indicator() -> None:
    """Record and list what was measured of the indicators. Nothing is ever deleted."""


@app.command("list", epilog="Example: dondoc indicator list lam-dong-nq57/I.1 --format json")
def listing(
    indicator: Annotated[
        str | None, typer.Argument(metavar="[PROGRAMME/]INDICATOR", help="All values of this one; otherwise of all.")
    ] = None,
    on: PastDayOption = None,
    programme: ProgrammeOption = None,
    unit: UnitOption = None,
    config: ConfigOption = None,
    format: FormatOption = "table",
) -> None:
    """List the indicators with their last values and how they stand to the next target; or all values of one."""
    from scheduler.attaining import attaining
    from scheduler.clock import system_clock
    from scheduler.commands.database import office
    from scheduler.commands.measured import print_standing, print_values
    from scheduler.commands.naming import find_indicator, find_programme, find_unit
    from scheduler.commands.printing import print_json_lines
    from scheduler.commands.remembered import past_or_refused

    with office(config) as opened, opened.engine.connect() as connection:
        at = moment_on(on, opened.config.policy.zone, now=system_clock())
        then = past_or_refused(connection, opened.config, at=at)
        if programme is not None:
            find_programme(programme, then.rulebook)
        if unit is not None:
            find_unit(unit, then.rulebook)
        if indicator is not None:
            print_values(connection, *find_indicator(indicator, then.rulebook), until=at, format=format)
            return
        found = list(attaining(connection, then, programme=programme, unit=unit))
    if format == "json":
        print_json_lines(line for one in found for line in one.as_json())
    else:
        print_standing(found, at.astimezone(opened.config.policy.zone).year)


@app.command(
    cls=TakesNegatives, epilog="Example: dondoc indicator record I.1 '72,5 %' --on 2026-06-30 --evidence bao-cao.pdf"
)
def record(
    indicator: IndicatorArgument,
    value: Annotated[
        str, typer.Argument(metavar="VALUE", help="82,5 · 1.200 · -5 · 14,5% GRDP · 'tăng 10%' · Có · Không")
    ],
    on: OnOption = None,
    source: Annotated[str | None, typer.Option("--source", metavar="TEXT", help="Where the number comes from.")] = None,
    evidence: EvidenceOption = None,
    note: NoteOption = None,
    unit: UnitOption = None,
    by: ByOption = None,
    config: ConfigOption = None,
) -> None:
    """Record a value for a day; it answers what asks for a value of that day."""
    from rules.calendar import local_day
    from rules.indicators.entry import Entry, WrongDay, checked_day, checked_value, on_behalf_of
    from rules.indicators.value import NotAValue
    from scheduler.clock import system_clock
    from scheduler.commands.database import office, whoever
    from scheduler.commands.doubting import print_doubt
    from scheduler.commands.naming import find_indicator
    from scheduler.commands.proven import proofs
    from scheduler.measuring import measured
    from scheduler.recording import Said

    with office(config) as opened:
        programme, found = find_indicator(indicator, opened.rulebook)
        now = system_clock()
        today = local_day(now, opened.config.policy.zone)
        if unit is not None and unit not in found.owner:
            message = f"{unit!r} does not own {programme.id}/{found.id}; it is owned by {', '.join(found.owner)}"
            raise typer.BadParameter(message, param_hint="--unit")
        try:
            day, checked = checked_day(on or today, today=today), checked_value(found, value.replace(MINUS, "-"))
        except WrongDay as fault:
            raise typer.BadParameter(fault.reason.en, param_hint="--on") from fault
        except NotAValue as fault:
            raise typer.BadParameter(fault.reason.en, param_hint="VALUE") from fault
        entry = Entry(programme.id, found, day, checked, unit or on_behalf_of(found), source, note)
        found_proofs = proofs(opened, evidence or [])
        kept = measured(opened, [entry], Said(whoever(by), now, note), proofs={0: found_proofs})
    _print_kept(kept[0], f"{programme.id}/{found.id}", day, checked.said)
    print_doubt(entry)


@app.command(epilog="Example: dondoc indicator retract 12 --note 'nhầm kỳ số liệu'")
def retract(
    number: Annotated[int, typer.Argument(metavar="NUMBER", help="The value, as `dondoc indicator list` numbers it.")],
    note: NoteOption = None,
    by: ByOption = None,
    config: ConfigOption = None,
) -> None:
    """Take back a value recorded by mistake; what it alone had answered is open again."""
    from db.facts import measurement
    from scheduler.clock import system_clock
    from scheduler.commands.database import office, whoever
    from scheduler.commands.reading import Refused
    from scheduler.measuring import taken_back
    from scheduler.recording import Said

    with office(config) as opened:
        with opened.engine.connect() as connection:
            found = measurement(connection, number)
        try:
            reopened = taken_back(opened, number, Said(whoever(by), system_clock(), note))
        except LookupError:
            why = "was taken back before" if found is not None else "does not exist"
            raise Refused(f"value {number} {why}: see `dondoc indicator list INDICATOR`") from None
    assert found is not None
    typer.echo(f"taken back: {found.programme}/{found.indicator}, {found.measured_on}: {found.value}")
    for stored in reopened:
        typer.echo(f"open again: {stored.key}")


@app.command("import", epilog="Example: dondoc indicator import so-lieu-quy-2.xlsx --by 'Phòng Chuyển đổi số'")
def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE.xlsx", help="As `dondoc indicator template` writes it.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only look at the sheet; record nothing.")] = False,
    note: NoteOption = None,
    by: ByOption = None,
    config: ConfigOption = None,
) -> None:
    """Record the values of a filled-in sheet: all of them, or, where one cell is wrong, none; what stands already is
    left."""
    from rules.calendar import local_day
    from rules.evidence import MOST_BYTES
    from rules.value_sheet import read
    from scheduler.clock import system_clock
    from scheduler.commands.database import office, whoever
    from scheduler.commands.doubting import print_doubt
    from scheduler.commands.printing import counted
    from scheduler.measuring import measured, standing_already
    from scheduler.recording import Said

    try:
        with file.open("rb") as opened_file:
            data = opened_file.read(MOST_BYTES + 1)
    except OSError as fault:
        raise typer.BadParameter(f"{file}: {fault.strerror}", param_hint="FILE.xlsx") from fault
    if len(data) > MOST_BYTES:
        raise typer.BadParameter(f"{file} is larger than {MOST_BYTES // 1024 // 1024} MB", param_hint="FILE.xlsx")
    with office(config) as opened:
        now = system_clock()
        found = read(data, opened.rulebook, today=local_day(now, opened.config.policy.zone))
        for wrong in found.faults:
            typer.echo(f"{file.name}: {wrong}", err=True)
        if found.faults:
            typer.echo(f"{counted(len(found.faults), 'problem')}; nothing was recorded", err=True)
            raise typer.Exit(1)
        with opened.engine.connect() as connection:
            stands = standing_already(connection, found.entries)
        for place, number in stands.items():
            entry = found.entries[place]
            typer.echo(f"stands already as number {number}: {entry.name}, {entry.on}: {entry.value.said}")
        entries = [entry for place, entry in enumerate(found.entries) if place not in stands]
        if not dry_run:
            kept = measured(opened, entries, Said(whoever(by), now, note))
            for entry, one in zip(entries, kept, strict=True):
                _print_kept(one, entry.name, entry.on, entry.value.said)
        for entry in entries:
            print_doubt(entry)
    typer.echo(f"{counted(len(entries), 'value')}{' would be' if dry_run else ''} recorded")


@app.command(epilog="Example: dondoc indicator template --unit so-khcn --out so-lieu.xlsx")
def template(
    out: Annotated[Path, typer.Option("--out", "-o", metavar="FILE.xlsx", help="Where to write it.")],
    programme: ProgrammeOption = None,
    unit: UnitOption = None,
    force: Annotated[bool, typer.Option("--force", help="Replace a file that is there.")] = False,
    config: ConfigOption = None,
) -> None:
    """Write the sheet that the owners fill in: their indicators, targets and last values."""
    from rules.calendar import local_day
    from rules.value_sheet import Asked
    from rules.value_sheet import template as written
    from scheduler.attaining import attaining
    from scheduler.clock import system_clock
    from scheduler.commands.database import office
    from scheduler.commands.naming import find_programme, find_unit
    from scheduler.commands.printing import counted
    from scheduler.commands.reading import Refused
    from scheduler.commands.remembered import past_or_refused

    if out.suffix.lower() != ".xlsx":
        raise typer.BadParameter(f"{out.name!r} does not end in .xlsx", param_hint="--out")
    if out.exists() and not force:
        raise typer.BadParameter(f"{out} exists already; replace it with --force", param_hint="--out")
    with office(config) as opened, opened.engine.connect() as connection:
        now = system_clock()
        if programme is not None:
            find_programme(programme, opened.rulebook)
        if unit is not None:
            find_unit(unit, opened.rulebook)
        then = past_or_refused(connection, opened.config, at=now)
        found = list(attaining(connection, then, programme=programme, unit=unit))
        today = local_day(now, opened.config.policy.zone)
    if not found:
        raise Refused("no indicator is meant: nothing is written")
    asked = [Asked(one.programme, one.indicator, _last(one)) for one in found]
    try:
        out.write_bytes(written(asked, on=today))
    except OSError as fault:
        raise typer.BadParameter(f"{out}: {fault.strerror}", param_hint="--out") from fault
    typer.echo(f"{out}: {counted(len(found), 'indicator')}")


def _print_kept(kept: "Kept", name: str, on: date, value: str) -> None:
    typer.echo(f"recorded as number {kept.number}: {name}, {on}: {value}")
    for stored in kept.answered:
        typer.echo(f"done: {stored.key}")


def _last(one: "Attaining") -> str:
    from rules.days import day_vi

    return f"{one.last.value} ({day_vi(one.last.measured_on)})" if one.last else ""
