"""`dondoc replies`: letters that answer letters, and what became of them."""

from typing import Annotated

import typer

from scheduler.commands.options import ConfigOption, FormatOption, new_app

app = new_app()
LimitOption = Annotated[int, typer.Option("--limit", min=1, max=10_000, help="So many at most, the newest first.")]


@app.callback(epilog="Example: dondoc replies fetch && dondoc replies list")
def replies() -> None:
    """Answers by mail, from the mailbox that the settings name under [imap]."""


@app.command(epilog="Example: dondoc replies fetch")
def fetch(config: ConfigOption = None, format: FormatOption = "table") -> None:
    """Read the mailbox once, by hand or from cron, as the daemon does every minute."""
    from scheduler.clock import system_clock
    from scheduler.commands.database import office
    from scheduler.commands.printing import print_json_lines
    from scheduler.commands.reading import Misconfigured, Refused
    from scheduler.mailbox import MailboxFault
    from scheduler.mailbox import fetch as fetched

    with office(config) as opened:
        if opened.config.mail.imap is None:
            raise Misconfigured("no mailbox is configured: name its server in the settings, [imap] host")
        try:
            done = fetched(opened, system_clock)
        except MailboxFault as fault:
            raise Refused(f"the mailbox cannot be read: {fault}") from None
    if format == "json":
        print_json_lines([{**done.counts, "left": done.left}])
    else:
        typer.echo(done.told or "nothing came in")
        if done.left:
            typer.echo(f"{done.left} more wait in the mailbox: run it again, or leave them to the daemon")


@app.command("list", epilog="Example: dondoc replies list --limit 20")
def listing(limit: LimitOption = 100, config: ConfigOption = None, format: FormatOption = "table") -> None:
    """List the letters that came in, what became of each, and why."""
    from db.engine import open_reader
    from db.incoming import newest
    from scheduler.commands.database import office
    from scheduler.commands.printing import local, minute, print_json_lines, print_table

    with office(config, open_reader) as opened, opened.engine.connect() as connection:
        found, zone = newest(connection, limit), opened.config.policy.zone
    if format == "json":
        print_json_lines(
            {
                "id": one.id,
                "at": local(one.received_at, zone),
                "from": one.sender,
                "subject": one.subject,
                "outcome": one.outcome,
                "reason": one.reason,
                "text": one.text,
                "message": one.message_id,
                "seen_to_by": one.seen_to_by,
            }
            for one in found
        )
        return
    heads = ("id", "at", "from", "outcome", "reason", "subject")
    print_table(
        heads,
        [
            (one.id, minute(one.received_at, zone), one.sender, one.outcome, one.reason, (one.subject or "")[:60])
            for one in found
        ],
    )
