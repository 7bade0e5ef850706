"""`dondoc web`: the keys that sign links, and the sessions of the pages."""

from typing import Annotated

import typer

from scheduler.commands.options import ByOption, ConfigOption, new_app

app = new_app()


@app.callback(epilog="Example: dondoc web new-key")
def web() -> None:
    """Keep the keys and sessions of the pages."""


@app.command("new-key", epilog="Example: dondoc web new-key --keep 1")
def new_key(
    keep: Annotated[
        int, typer.Option("--keep", metavar="N", min=0, max=20, help="How many of the old keys still verify.")
    ] = 1,
    config: ConfigOption = None,
) -> None:
    """Have links and forms signed by a new key from now on; what the kept keys signed stays good.

    With `--keep 0` every link sent so far is void at once: for when the file of keys may have been read by others.
    """
    from scheduler.commands.reading import Misconfigured, configuration
    from scheduler.unreadable import Unreadable
    from scheduler.web_secret import add_key

    settings = configuration(config)
    file = settings.web.secret_file
    try:
        count = add_key(file, keep=keep)
    except Unreadable as fault:
        raise Misconfigured(fault.line(settings.language)) from None
    except OSError as fault:
        raise Misconfigured(f"web.secret_file {file}: {fault.strerror}") from None
    others = f"; {count - 1} of the old ones still verify" if count > 1 else "; no other one verifies"
    typer.echo(f"{file}: a new key signs{others}")


@app.command("sign-out", epilog="Example: dondoc web sign-out gd.a@tinh.example")
def sign_out(
    address: Annotated[str, typer.Argument(metavar="ADDRESS", help="Whose sessions end.")],
    by: ByOption = None,
    config: ConfigOption = None,
) -> None:
    """End all sessions of an address, as when a telephone is lost. Links in letters stay good: `new-key --keep 0`."""
    from db.facts import note_action
    from db.sessions import end_sessions_of
    from scheduler.clock import system_clock
    from scheduler.commands.database import office, whoever

    person, now = address.strip().casefold(), system_clock()
    with office(config) as opened, opened.engine.begin() as connection:
        count = end_sessions_of(connection, person, at=now)
        note_action(
            connection, at=now, person=whoever(by), action="signed out", subject=person, via="cli", detail=f"{count}"
        )
    typer.echo(f"{person}: {count} sessions ended")
