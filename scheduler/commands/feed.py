"""`dondoc feed`: the addresses of private calendars."""

from typing import TYPE_CHECKING, Annotated

import typer

from scheduler.commands.options import ByOption, ConfigOption, FormatOption, new_app

if TYPE_CHECKING:
    from rules.access import Roles
    from scheduler.office import Office

app = new_app()
PersonArgument = Annotated[str, typer.Argument(metavar="PERSON", help="The address of somebody in the directory.")]


@app.callback(epilog="Example: dondoc feed url gd@tinh.example")
def feed() -> None:
    """Private calendars: whoever has such an address reads the calendar, so it is for its person alone."""


@app.command(epilog="Example: dondoc feed url gd@tinh.example --format json")
def url(
    person: PersonArgument, by: ByOption = None, config: ConfigOption = None, format: FormatOption = "table"
) -> None:
    """Print the addresses of a person's calendars: their own work, their units, the programmes they may see.

    Where there are none yet they are made; made once, they stay until they are revoked.
    """
    from db.facts import Said
    from notifications.feeds import feed_url
    from rules.feeds import scopes
    from scheduler.clock import system_clock
    from scheduler.commands.database import office, whoever
    from scheduler.commands.printing import print_json_lines
    from scheduler.feeds import feed_in_force
    from web.feeds import name_of

    with office(config) as opened:
        roles = _roles(opened, person)
        found = feed_in_force(opened, roles.person, Said(whoever(by), system_clock()))
        links, language = opened.config.links(), opened.config.language
        rows = [
            (
                scope.kind,
                scope.of,
                name_of(scope, opened.rulebook).say(language),
                feed_url(links, roles.person, scope, number=found.number, begun_at=found.begun_at),
            )
            for scope in scopes(roles, opened.rulebook)
        ]
    heads = ("kind", "of", "name", "url")
    if format == "json":
        print_json_lines(dict(zip(heads, row, strict=True)) for row in rows)
    else:
        # An address is copied whole: no table cuts it.
        for _, _, name, address in rows:
            typer.echo(f"{name}\n  {address}")


@app.command(epilog="Example: dondoc feed revoke gd@tinh.example")
def revoke(person: PersonArgument, by: ByOption = None, config: ConfigOption = None) -> None:
    """Make all addresses of a person's calendars void, at once; 1 when there were none."""
    from db.facts import Said
    from scheduler.clock import system_clock
    from scheduler.commands.database import office, whoever
    from scheduler.feeds import feed_ended

    with office(config) as opened:
        ended = feed_ended(opened, person.casefold(), Said(whoever(by), system_clock()))
    typer.echo(f"the calendars of {person} are void" if ended else f"{person} has no calendars")
    if not ended:
        raise typer.Exit(1)


def _roles(opened: "Office", person: str) -> "Roles":
    from rules.access import roles_of
    from rules.calendar import local_day
    from scheduler.clock import system_clock
    from scheduler.commands.reading import Refused

    config = opened.config
    today = local_day(system_clock(), config.policy.zone)
    roles = roles_of(opened.rulebook, person, today, admins=config.mail.admins)
    if not roles.is_known:
        raise Refused(f"{person!r} holds no post of a directory today, so there is nothing to put into a calendar")
    return roles
