"""`dondoc run`: the daemon, and what it tells the screen of its work."""

import logging
import sys
from datetime import timedelta
from typing import TYPE_CHECKING

import typer

from scheduler.commands.options import ConfigOption, new_app

if TYPE_CHECKING:
    from scheduler.deliver import Delivered
    from scheduler.office import Office
    from scheduler.passes import PassCounts

app = new_app()
SOON = timedelta(days=14)


@app.command(epilog="Example: dondoc run --config /etc/dondoc/config.toml")
def run(config: ConfigOption = None) -> None:
    """Follow up day and night: passes, letters, changed rule files. Stop it with Ctrl-C or SIGTERM.

    SIGHUP reads the rule files again; so does a change in them. Broken ones leave the last good ones in force.
    """
    from db.migrate import migrate
    from scheduler.applying import Origin
    from scheduler.clock import system_clock
    from scheduler.commands.database import database, office, whoever
    from scheduler.commands.reading import configuration
    from scheduler.daemon import run_daemon
    from scheduler.reload import Watcher

    logging.basicConfig(stream=sys.stderr, level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")
    for noisy in ("apscheduler", "alembic"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
    settings = configuration(config)
    with database(settings) as engine:
        migrate(engine)
    with office(config) as opened:
        screen = Screen(opened)
        screen.overview()
        run_daemon(opened, system_clock, Watcher(Origin(whoever(None), ", ".join(settings.rules))), screen.told)


class Screen:
    """What a person in front of the daemon sees: how things stand, and every pass and delivery that did something."""

    def __init__(self, office: "Office") -> None:
        self._office = office
        self._has_shown_how = False

    def overview(self) -> None:
        """Print how many obligations there are, what is late, what is due soon, and where letters go."""
        from db.obligations import Filter, count_open
        from db.switches import is_stopped
        from scheduler.clock import system_clock

        now = system_clock()
        with self._office.engine.connect() as connection:
            open_ = count_open(connection, now=now, soon_until=now + SOON, which=Filter(kinds=("task",)))
            stopped = is_stopped(connection)
        mail = self._office.config.mail
        where = f"files in {mail.maildir}" if mail.transport == "maildir" else f"{mail.smtp.host}:{mail.smtp.port}"
        typer.echo(f"{open_.total} obligations are open: {open_.late} late, {open_.due_soon} more due within 14 days")
        typer.echo(f"letters go to {where}" + ("; the stop switch is ON: none leaves" if stopped else ""))

    async def told(self, counts: "PassCounts | None", done: "Delivered | None") -> None:
        """Print what a pass decided or a delivery sent, when it did anything."""
        if counts is not None and (counts.looked_at or counts.daily):
            typer.echo(
                f"pass: {counts.looked_at} looked at, {counts.owed} notices owed, "
                f"{counts.not_sent} not sent, {counts.messages} new letters"
            )
        if done is not None:
            typer.echo(f"delivery: {done.sent} sent, {done.failed} failed, {done.parked} set aside")
            if done.paused:
                typer.echo(f"the mail does not leave, tried again in 5 minutes: {done.paused}", err=True)
        if done is not None and done.sent and not self._has_shown_how:
            self._has_shown_how = True
            typer.echo("look at them: dondoc outbox list, dondoc outbox show NUMBER; how things stand: dondoc status")
