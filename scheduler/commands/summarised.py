"""The summary of a period for `dondoc summary`: as it was sent or as it stands, in every form."""

from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

import typer

from rules.calendar import local_day
from rules.load.mistake import Mistake, did_you_mean, listed
from rules.periodic.drawing import of_unit
from rules.periodic.period import Period, covering, read_period
from rules.periodic.snapshot import Snapshot
from rules.periodic.telling import tell
from rules.periodic.told import Told
from rules.programme import Rulebook
from rules.wording import Wording
from scheduler.clock import system_clock
from scheduler.commands.database import office
from scheduler.commands.naming import find_programme, find_unit
from scheduler.commands.options import last_moment, moment_on
from scheduler.commands.printing import print_json, print_table, raw_output
from scheduler.commands.reading import Refused
from scheduler.config import Config
from scheduler.office import Office
from scheduler.periodic.bureaus import Bureau, bureaus
from scheduler.periodic.files import facts_of, file_of, lines_of
from scheduler.periodic.gathering import snapshot_at
from scheduler.periodic.writing import kept

BY_ENDING = {".docx": "docx", ".xlsx": "xlsx", ".html": "html", ".json": "json"}


class Asked(NamedTuple):
    """What the options say."""

    period: str | None
    on: date | None
    programme: str | None
    unit: str | None
    standing: str | None
    anew: bool
    out: Path | None
    form: str | None


class Found(NamedTuple):
    """The summary that is meant; `step` says how far it has come, `live` that it is drawn up for this once, `anew`
    that it was asked for so."""

    step: str
    snapshot: Snapshot
    anew: bool = False


def summarised(config: Path | None, asked: Asked) -> None:
    """Print the summary that is asked for, or write it to a file."""
    form = _form(asked)
    with office(config) as opened:
        now = system_clock()
        if asked.unit is not None:
            find_unit(asked.unit, opened.rulebook)
        bureau = bureau_meant(opened.rulebook, asked.standing, asked.programme)
        found = _found(opened, bureau, asked, now)
        if asked.unit is not None:
            found = found._replace(snapshot=of_unit(found.snapshot, asked.unit))
        _hand_over(opened.config, bureau, found, form, asked.out, now)


def period_meant(text: str | None, zone: ZoneInfo, *, now: datetime) -> Period:
    """Return the period that is named, the present week where none is; BadParameter when it is none."""
    if text is None:
        return covering("week", local_day(now, zone))
    try:
        return read_period(text)
    except Mistake as mistake:
        raise typer.BadParameter(str(mistake), param_hint="--period") from None


def bureau_meant(rulebook: Rulebook, name: str | None, programme: str | None = None) -> Bureau:
    """Return the standing office that is named, that of a programme, or the only one; BadParameter otherwise."""
    found = bureaus(rulebook)
    names = [str(bureau.office) for bureau in found]
    if programme is not None:
        find_programme(programme, rulebook)
        found = [bureau for bureau in found if programme in {one.id for one in bureau.programmes}]
    if name is not None:
        found = [bureau for bureau in found if name in (str(bureau.office), bureau.office.unit)]
        if not found:
            hint = did_you_mean(name, names).en
            raise typer.BadParameter(
                f"unknown standing office {name!r}; known: {listed(names)}{hint}", param_hint="--office"
            )
    if len(found) == 1:
        return found[0]
    raise typer.BadParameter(f"say which standing office: {listed(names) or 'there is none'}", param_hint="--office")


def _form(asked: Asked) -> str:
    """Return the form that is asked for, by the ending of the file where no option says; BadParameter where the two
    contradict each other or a file is needed."""
    ending = BY_ENDING.get(asked.out.suffix.lower()) if asked.out else None
    form = asked.form or ending or "table"
    if asked.out and asked.form is None and ending is None:
        raise typer.BadParameter(f"{asked.out.name!r} ends in none of {listed(BY_ENDING)}", param_hint="--out")
    if ending in ("docx", "xlsx") and form != ending:
        raise typer.BadParameter(f"{asked.out} would be no {ending}: it is asked for as {form}", param_hint="--out")
    return form


def _found(opened: Office, bureau: Bureau, asked: Asked, now: datetime) -> Found:
    """Return the summary as it is kept, unless it is to be drawn up anew, for a past day or for one programme."""
    zone = opened.config.policy.zone
    period, name = period_meant(asked.period, zone, now=now), str(bureau.office)
    at = moment_on(asked.on, zone, now=now)
    if not (asked.on or asked.anew):
        at = min(at, last_moment(period.last, zone))
    if period.first > local_day(now, zone):
        raise Refused(f"{period} has not begun")
    with opened.engine.connect() as connection:
        known = None if asked.anew or asked.on or asked.programme else kept(connection, name, period)
        if known is not None:
            return Found(*known)
        snapshot = snapshot_at(connection, opened.config, name, period, at=at, programme=asked.programme)
    if snapshot is None:
        raise Refused(f"{name} followed nothing yet on {local_day(at, zone)}")
    return Found("live", snapshot, asked.anew)


def _hand_over(config: Config, bureau: Bureau, found: Found, form: str, out: Path | None, now: datetime) -> None:
    zone, language = config.policy.zone, config.language
    match form:
        case "docx" | "xlsx":
            _write(out, file_of(config, found.step, found.snapshot, form), form)
        case "html":
            _write(out, _page(config, bureau, found, now).encode(), form)
        case "json":
            if out:
                _write(out, file_of(config, found.step, found.snapshot, form), form)
            else:
                print_json(facts_of(config, found.step, found.snapshot))
        case _:
            _print(
                tell(found.snapshot, language, zone=zone), _STEPS["anew" if found.anew else found.step].say(language)
            )


def _page(config: Config, bureau: Bureau, found: Found, now: datetime) -> str:
    """Return the letter as the standing office itself would get it."""
    from notifications.summary import page
    from rules.digest import Recipient
    from scheduler.periodic.mails import letter_of

    reader = Recipient(bureau.name, "", bureau.name)
    step = "sent" if found.step in ("sent", "confirmed") else "draft"
    return page(letter_of(config, bureau, found.snapshot, reader, step=step, now=now), config.letters())


def _write(out: Path | None, content: bytes, form: str) -> None:
    """Write a file whole or not at all; without one, to the output, which must be no terminal for what is no text."""
    import sys

    if out is None:
        if form in ("docx", "xlsx") and sys.stdout.isatty():
            raise typer.BadParameter(
                f"a {form} file is nothing to look at here: name one with --out", param_hint="--out"
            )
        raw_output()(content)
        return
    beside = out.with_name(f".{out.name}.part")
    try:
        beside.write_bytes(content)
        beside.replace(out)
    except OSError as fault:
        beside.unlink(missing_ok=True)
        raise typer.BadParameter(f"{out}: {fault.strerror}", param_hint="--out") from None
    typer.echo(f"{out}")


def _print(told: Told, step: str) -> None:
    typer.echo(f"{told.title} ({told.span}); {told.as_of}; {step}")
    for part in told.parts:
        typer.echo(f"\n{part.number}. {part.title}")
        for figures in part.figures:
            print_table(figures.heads, figures.rows, title=figures.heading)
        for line in lines_of(part):
            typer.echo(line)
    for note in told.notes:
        typer.echo(note)


_STEPS = {
    "sent": Wording("đã gửi", "sent"),
    "confirmed": Wording("đã xác nhận", "confirmed"),
    "draft": Wording("dự thảo", "draft"),
    "live": Wording("chưa lập", "not drawn up"),
    "anew": Wording("theo số liệu lúc này", "as all stands now"),
}
