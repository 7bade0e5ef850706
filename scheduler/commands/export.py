"""`dondoc export`: a programme written back to Excel or Word with status columns, to be circulated."""

from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, NamedTuple

import typer

from scheduler.commands.options import ConfigOption, RulesOption, day, new_app

if TYPE_CHECKING:
    from datetime import datetime

    from rules.plans.exporting.sheet import Sheet
    from rules.plans.exporting.stands import Stand
    from rules.programme import Programme, Rulebook
    from scheduler.config import Config

app = new_app()
FORMS = (".xlsx", ".docx")


class _Known(NamedTuple):
    """What there is to write: the rules, the programme meant, how its obligations stand; `recorded`: with reports."""

    rulebook: "Rulebook"
    programme: "Programme"
    stands: "list[Stand]"
    recorded: bool


@app.command(epilog="Example: dondoc export dong-thap-2026 -o theo-doi.xlsx --on 2026-03-31")
def export(
    output: Annotated[Path, typer.Option("-o", "--output", metavar="FILE", help="Where to: .xlsx or .docx.")],
    programme: Annotated[
        str | None, typer.Argument(metavar="[PROGRAMME]", help="Which one; needless where there is one.")
    ] = None,
    on: Annotated[
        date | None,
        typer.Option(metavar="DATE", parser=day, help="As it stood at the end of that day; now by default."),
    ] = None,
    lang: Annotated[
        Literal["vi", "en"] | None, typer.Option(help="The language of headings and states; the office's by default.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace the file where there is one.")] = False,
    config: ConfigOption = None,
    rules: RulesOption = None,
) -> None:
    """Write a programme as an Excel or Word table in the layout offices use, with progress, timeliness, verification.

    The states are those of `dondoc status`; without a database, and with --rules, they are counted from the rule files
    alone, and the table says so.
    """
    from rules.calendar import instant, local_day
    from rules.plans.exporting.composing import compose
    from scheduler.clock import system_clock
    from scheduler.commands.printing import counted
    from scheduler.commands.reading import configuration

    _check(output, force=force)
    settings = configuration(config, rules)
    zone, now = settings.policy.zone, system_clock()
    # The last moment of that day: its end is the day after already, by which lateness would count.
    wanted = instant(on, None, zone) - timedelta(microseconds=1) if on else now
    at = min(now, wanted)
    known = _from_database(settings, programme, at) if rules is None else None
    if known is None:
        known, at = _from_rules(config, rules, programme, wanted), wanted
    sheet = compose(
        known.programme,
        known.rulebook.directories[known.programme.directory],
        known.stands,
        on=local_day(at, zone),
        language=lang or settings.language,
        recorded=known.recorded,
    )
    _write(output, sheet)
    found = known.programme
    counts = f"{counted(len(found.tasks), 'task')}, {counted(len(found.indicators), 'indicator')}"
    typer.echo(f"{output}: {found.id}, {counts}")


def _check(output: Path, *, force: bool) -> None:
    """Raise where the file cannot or must not be written."""
    if output.suffix.lower() not in FORMS:
        raise typer.BadParameter(f"{output.name!r} ends in neither .xlsx nor .docx", param_hint="-o")
    if output.is_dir() or not output.parent.is_dir():
        what = "is a folder" if output.is_dir() else f"lies in a folder that does not exist: {output.parent}"
        raise typer.BadParameter(f"{output} {what}", param_hint="-o")
    if output.exists() and not force:
        raise typer.BadParameter(f"{output} exists already; replace it with --force", param_hint="-o")


def _from_database(settings: "Config", wanted: str | None, at: "datetime") -> _Known | None:
    """Return what the database knew at `at`; None without one, or before the first rule files were applied."""
    from rules.plans.exporting.stands import Stand
    from scheduler.commands.database import database, is_applied
    from scheduler.commands.reading import Refused
    from scheduler.past import past
    from scheduler.standing import standing

    with database(settings) as engine:
        if not is_applied(engine):
            return None
        with engine.connect() as connection:
            then = past(connection, settings, at=at)
            if then is None:
                raise Refused("no rule files were in force on that day; write it from the rule files with --rules")
            programme = _programme(wanted, then.rulebook)
            rows = standing(connection, settings, at=at, programme=programme.id)
            stands = [Stand(row.key, row.term, row.status, row.days_late, row.done_on) for row in rows]
    return _Known(then.rulebook, programme, stands, recorded=True)


def _from_rules(config: Path | None, rules: Path | None, wanted: str | None, at: "datetime") -> _Known:
    from rules.events import events_known
    from rules.plans.exporting.byrules import standing_by_rules
    from rules.roster import Roster
    from scheduler.commands.reading import read_all

    read = read_all(config, rules)
    programme, policy = _programme(wanted, read.rulebook), read.config.policy
    calendar = read.rulebook.calendars[programme.calendar]
    events = events_known(programme, {}, {}, calendar=calendar, zone=policy.zone)
    roster = Roster(read.rulebook, policy, {programme.id: events})
    return _Known(read.rulebook, programme, list(standing_by_rules(programme, roster, now=at)), recorded=False)


def _programme(wanted: str | None, rulebook: "Rulebook") -> "Programme":
    """Return the programme of that id, or the only one."""
    from rules.load.mistake import did_you_mean, listed

    known = rulebook.programmes
    if wanted is None and len(known) == 1:
        [only] = known.values()
        return only
    if wanted is None:
        raise typer.BadParameter(f"say which programme: {listed(known, 12) or 'there is none'}", param_hint="PROGRAMME")
    if wanted not in known:
        names = listed(known, 12) or "none"
        raise typer.BadParameter(
            f"unknown programme {wanted!r}; known: {names}{did_you_mean(wanted, known).en}", param_hint="PROGRAMME"
        )
    return known[wanted]


def _write(output: Path, sheet: "Sheet") -> None:
    """Write the file whole or not at all."""
    from scheduler.commands.reading import Refused

    data = _bytes(output, sheet)
    beside = output.with_name(f".{output.name}.part")
    try:
        beside.write_bytes(data)
        beside.replace(output)
    except OSError as fault:
        beside.unlink(missing_ok=True)
        raise Refused(f"{output}: {fault.strerror}") from None


def _bytes(output: Path, sheet: "Sheet") -> bytes:
    if output.suffix.lower() == ".docx":
        from rules.plans.exporting.word import word

        return word(sheet)
    from rules.plans.exporting.workbook import workbook

    return workbook(sheet)
