"""`dondoc preview`: the very mail that a person would get."""

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from scheduler.commands.options import AssumeOption, ConfigOption, RulesOption, day, new_app

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rules.window import Policy
    from scheduler.config import Config
    from scheduler.office import Office

app = new_app()
LOOK_AHEAD = 14


@app.command(epilog="Example: dondoc preview --to gd.skhcn@dongthap.example --date 2026-03-31 -o thu.html")
def preview(
    to: Annotated[str, typer.Option("--to", metavar="ADDRESS", help="The person.")],
    date: Annotated[
        date | None,
        typer.Option(metavar="DATE", parser=day, help="The first letter from that day on; today by default."),
    ] = None,
    open: Annotated[bool, typer.Option("--open", help="Show it in the browser.")] = False,
    output: Annotated[Path | None, typer.Option("-o", metavar="FILE", help="Write it: .eml, .html or .txt.")] = None,
    assume: AssumeOption = None,
    config: ConfigOption = None,
    rules: RulesOption = None,
) -> None:
    """Show the next letter a person would get: from the database as things stand, or as on a first start that day where
    nothing was applied yet, and for a past DATE, --rules and --assume.

    Nothing is sent, nothing is changed. It looks two weeks ahead for a letter.
    """
    from rules.calendar import local_day
    from scheduler.clock import system_clock
    from scheduler.commands.reading import Refused, configuration
    from scheduler.commands.showing import check_form, present

    if output is not None:
        check_form(output)
    settings = configuration(config, rules)
    now = system_clock()
    first = date or local_day(now, settings.policy.zone)
    if rules is None and not assume and first >= local_day(now, settings.policy.zone) and _is_in_force(settings):
        found = _from_database(settings, to, first, now)
    else:
        found = _from_rules(config, rules, assume, to, first)
    if found is None:
        raise Refused(f"nobody writes to {to} from {first} on within {LOOK_AHEAD} days")
    at, content = found
    typer.echo(f"leaves {at.astimezone(settings.policy.zone):%Y-%m-%d %H:%M}", err=True)
    present(content, output, browser=open)


def _from_rules(
    config: Path | None, rules: Path | None, assume: list[str] | None, to: str, first: date
) -> tuple[datetime, bytes] | None:
    from notifications.compose import MessageIdentity, compose
    from rules.simulate import simulate
    from scheduler.commands.naming import check_address
    from scheduler.commands.reading import assumptions, read_all

    read = read_all(config, rules)
    check_address(to, read.rulebook)
    assumed = assumptions(assume, read.rulebook)
    last = first + timedelta(LOOK_AHEAD)
    run = simulate(read.rulebook, read.config.policy, first=first, last=last, assumed=assumed)
    message = next((found for found in run.messages if found.to == to), None)
    if message is None:
        return None
    identity = MessageIdentity.of(message.digest, key=f"preview {message.at} {to}", date=message.at)
    return message.at, compose(message.digest, identity=identity, settings=read.config.letters()).content


def _is_in_force(settings: "Config") -> bool:
    """Say whether there is a database with rules that were applied."""
    from db.engine import open_reader
    from scheduler.commands.database import database, is_applied

    with database(settings, open_reader) as engine:
        return is_applied(engine)


def _from_database(settings: "Config", to: str, first: date, now: datetime) -> tuple[datetime, bytes] | None:
    """Return the letter that passes on a copy of the database lead to, None when there is none."""
    from db.engine import open_reader
    from rules.calendar import local_day
    from scheduler.commands.database import database
    from scheduler.commands.naming import check_address
    from scheduler.office import open_office
    from scheduler.rehearsing import rehearsal

    with database(settings, open_reader) as engine:
        office: Office = open_office(settings, engine)
        check_address(to, office.rulebook)
        zone = settings.policy.zone
        with rehearsal(office, _instants(first, now, settings.policy)) as written:
            letters = (found for found in written if found[1].recipient == to)
            found = next((found for found in letters if local_day(found[0], zone) >= first), None)
    return (found[0], found[1].content) if found else None


def _instants(first: date, now: datetime, policy: "Policy") -> "Iterator[datetime]":
    """Yield now and every morning up to two weeks after `first`: what happens until then is rehearsed too."""
    from rules.calendar import local_day
    from rules.window import morning

    yield now
    today = local_day(now, policy.zone)
    for number in range((first - today).days + LOOK_AHEAD + 1):
        at = morning(today + timedelta(number), policy)
        if at > now:
            yield at
