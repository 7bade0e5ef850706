"""`dondoc tick`: one pass, by hand or from cron: what is owed by now is decided and sent."""

import asyncio
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from scheduler.commands.options import ConfigOption, instant_of, new_app

if TYPE_CHECKING:
    from scheduler.clock import Clock
    from scheduler.deliver import Delivered
    from scheduler.office import Office

app = new_app()


@app.command(epilog="Example: dondoc tick --rehearse --at 2026-06-30T07:00")
def tick(
    rehearse: Annotated[
        bool, typer.Option("--rehearse", help="Only say what would be sent, tried on a copy of the database.")
    ] = False,
    at: Annotated[
        str | None,
        typer.Option("--at", metavar="INSTANT", help="Rehearse as of then: 2026-03-31T09:00 (local), or a day."),
    ] = None,
    config: ConfigOption = None,
) -> None:
    """Make one pass and send what is due, as the daemon does every minute. It may run beside a daemon."""
    from db.engine import open_engine, open_reader
    from scheduler.clock import system_clock
    from scheduler.commands.database import office
    from scheduler.commands.printing import counted
    from scheduler.commands.switching import stopped
    from scheduler.passes import evaluate

    if at is not None and not rehearse:
        raise typer.BadParameter(
            "only a rehearsal can take place at another time: say --rehearse too", param_hint="--at"
        )
    with office(config, open_reader if rehearse else open_engine) as opened:
        policy = opened.config.policy
        now = instant_of(at, policy.zone, daily=policy.daily.isoformat()) or system_clock()
        if rehearse:
            _rehearse(opened, now)
            return
        counts = evaluate(opened, now=now)
        if counts is None:
            typer.echo("another process is making a pass")
        else:
            typer.echo(f"{counts.looked_at} looked at, {counts.owed} owed, {counts.not_sent} not sent")
        with opened.engine.connect() as connection:
            stop = stopped(connection, policy.zone)
        if stop:
            typer.echo(stop)
        done = asyncio.run(_deliver(opened, system_clock))
        typer.echo(f"{counted(done.sent, 'letter')} sent, {done.failed} failed, {done.parked} given up")
        if done.paused:
            typer.echo(f"the mail does not leave: {done.paused}", err=True)
            raise typer.Exit(1)


async def _deliver(opened: "Office", clock: "Clock") -> "Delivered":
    from notifications.transport import open_transport
    from scheduler.deliver import deliver_due

    async with open_transport(opened.config.transport()) as send:
        return await deliver_due(opened, send, clock)


def _rehearse(opened: "Office", now: datetime) -> None:
    from scheduler.commands.printing import counted, print_table
    from scheduler.rehearsing import rehearsal

    with rehearsal(opened, [now]) as written:
        letters = list(written)
    print_table(("to", "subject"), [(envelope.recipient, envelope.subject) for _, envelope in letters])
    typer.echo(f"{counted(len(letters), 'letter')} would be sent")
