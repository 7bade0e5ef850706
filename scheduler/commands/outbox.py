"""`dondoc outbox`: the letters: which wait, which left, which were set aside."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from scheduler.commands.options import ByOption, ConfigOption, FormatOption, new_app

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from db.outbox import StoredMessage

app = new_app()
State = Literal["pending", "sending", "sent", "parked", "dropped", "empty"]
NumbersArgument = Annotated[list[int], typer.Argument(metavar="NUMBER…", help="As `dondoc outbox list` numbers them.")]


@app.callback(epilog="Example: dondoc outbox list --state parked")
def outbox() -> None:
    """Look at the letters, try those again that were set aside, or drop them with a reason."""


@app.command("list", epilog="Example: dondoc outbox list --state parked --format json")
def listing(
    state: Annotated[State | None, typer.Option(help="Only in this state.")] = None,
    to: Annotated[str | None, typer.Option("--to", metavar="ADDRESS", help="Only to this address.")] = None,
    limit: Annotated[int, typer.Option(min=1, metavar="N", help="At most so many, the newest first.")] = 100,
    config: ConfigOption = None,
    format: FormatOption = "table",
) -> None:
    """List letters, newest first."""
    from db.outbox import listing as stored
    from scheduler.commands.database import office
    from scheduler.commands.printing import print_json_lines, print_table

    with office(config) as opened, opened.engine.connect() as connection:
        found = stored(connection, states=[state] if state else None, person=to, limit=limit)
    if format == "json":
        print_json_lines(map(_as_json, found))
        return
    zone = opened.config.policy.zone
    rows = [
        (m.id, m.state, f"{(m.sent_at or m.next_try_at).astimezone(zone):%Y-%m-%d %H:%M}", m.person, _said(m))
        for m in found
    ]
    print_table(("number", "state", "sent or next", "to", "subject or error"), rows)


@app.command(epilog="Example: dondoc outbox show 12")
def show(
    number: Annotated[int, typer.Argument(metavar="NUMBER", help="As `dondoc outbox list` numbers it.")],
    output: Annotated[Path | None, typer.Option("-o", metavar="FILE", help="Write it: .eml, .html or .txt.")] = None,
    open: Annotated[bool, typer.Option("--open", help="Show it in the browser.")] = False,
    config: ConfigOption = None,
) -> None:
    """Show a letter as it went out, without the part of its links that is its reader's alone."""
    from db.outbox import body_of
    from notifications.discretion import discreet_letter
    from scheduler.commands.database import office
    from scheduler.commands.reading import Refused
    from scheduler.commands.showing import present

    with office(config) as opened, opened.engine.connect() as connection:
        message = _existing(connection, [number])[0]
        content = body_of(connection, number)
    if content is None:
        raise Refused(
            f"letter {number} to {message.person} has not been written yet: it is put into words when it leaves"
        )
    present(discreet_letter(content), output, browser=open)


@app.command(epilog="Example: dondoc outbox retry 12 13")
def retry(
    numbers: NumbersArgument,
    config: ConfigOption = None,
) -> None:
    """Have letters that were set aside, or that wait for another try, tried at once."""
    from db.facts import Said
    from scheduler.clock import system_clock
    from scheduler.commands.database import office, whoever
    from scheduler.posting import retried

    with office(config) as opened:
        with opened.engine.connect() as connection:
            _waiting(connection, numbers)
        count = retried(opened, numbers, Said(by=whoever(None), at=system_clock(), note=None, via="cli"))
    typer.echo(f"{count} to be tried with the next delivery")


@app.command(epilog='Example: dondoc outbox drop 12 --reason "địa chỉ cũ"')
def drop(
    numbers: NumbersArgument,
    reason: Annotated[str, typer.Option(metavar="TEXT", help="Why.")],
    by: ByOption = None,
    config: ConfigOption = None,
) -> None:
    """Drop letters that wait or were set aside; what they would have told counts as not sent, dropped."""
    from db.facts import Said
    from scheduler.clock import system_clock
    from scheduler.commands.database import office, whoever
    from scheduler.posting import dropped

    with office(config) as opened:
        with opened.engine.connect() as connection:
            _waiting(connection, numbers)
        count = dropped(opened, numbers, Said(by=whoever(by), at=system_clock(), note=reason, via="cli"))
    typer.echo(f"{count} dropped")


def _existing(connection: "Connection", numbers: list[int]) -> "list[StoredMessage]":
    from db.outbox import by_ids
    from scheduler.commands.reading import Refused

    found = by_ids(connection, numbers)
    missing = [str(number) for number in numbers if number not in found]
    if missing:
        raise Refused(f"there is no letter {', '.join(missing)}: see `dondoc outbox list`")
    return [found[number] for number in numbers]


def _waiting(connection: "Connection", numbers: list[int]) -> None:
    """Refuse letters that neither wait nor were set aside."""
    from scheduler.commands.reading import Refused

    over = [m for m in _existing(connection, numbers) if m.state not in ("pending", "parked")]
    if over:
        names = ", ".join(f"{m.id} ({m.state})" for m in over)
        raise Refused(f"only letters that wait (pending) or were set aside (parked) can be meant, not {names}")


def _said(message: "StoredMessage") -> str | None:
    if message.state in ("pending", "parked"):
        return message.last_error or message.verdict or message.subject
    return message.subject or message.verdict


def _as_json(message: "StoredMessage") -> dict[str, object]:
    return {
        "number": message.id,
        "state": message.state,
        "to": message.person,
        "kind": message.kind,
        "subject": message.subject,
        "created_at": message.created_at,
        "next_try_at": message.next_try_at if message.state == "pending" else None,
        "sent_at": message.sent_at,
        "attempts": message.attempts,
        "message_id": message.smtp_id,
        "verdict": message.verdict,
        "error": message.last_error,
        "possible_duplicate": message.possible_duplicate,
    }
