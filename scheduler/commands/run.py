"""`dondoc run`: the daemon, and what it tells the screen of its work."""

import logging
import sys
from typing import TYPE_CHECKING

from scheduler.commands.options import ConfigOption, new_app

if TYPE_CHECKING:
    from scheduler.clock import Clock
    from scheduler.office import Office

app = new_app()


@app.command(epilog="Example: dondoc run --config /etc/dondoc/config.toml")
def run(config: ConfigOption = None) -> None:
    """Follow up day and night: passes, letters, changed rule files. Stop it with Ctrl-C or SIGTERM.

    SIGHUP reads the rule files again; so does a change in them. Broken ones leave the last good ones in force.
    """
    from db.migrate import migrate
    from scheduler.clock import system_clock
    from scheduler.commands.database import database, office
    from scheduler.commands.reading import configuration

    log_discreetly()
    settings = configuration(config, at_start=True)
    with database(settings) as engine:
        migrate(engine)
    with office(config) as opened:
        if settings.web.serve:
            # What cannot be read is told now, with exit code 2, and not in the log of a daemon that seems to run.
            settings.links()
            settings.pages()
        follow_up(opened, system_clock)


def follow_up(opened: "Office", clock: "Clock") -> None:
    """Run the daemon, and tell the screen of it."""
    from scheduler.commands.database import whoever
    from scheduler.commands.screen import Screen
    from scheduler.daemon import run_daemon
    from scheduler.origin import Origin
    from scheduler.reload import Watcher

    screen = Screen(opened)
    screen.overview(clock())
    origin = Origin(whoever(None), ", ".join(opened.config.rules))
    run_daemon(opened, clock, Watcher(origin), screen.told)


def log_discreetly() -> None:
    """Have what is logged go to standard error, as `discreet` leaves it."""
    from scheduler.discreet import DiscreetFormatter

    written = logging.StreamHandler(sys.stderr)
    written.setFormatter(DiscreetFormatter("%(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=logging.INFO, handlers=[written])
    for noisy in ("apscheduler", "alembic", "uvicorn", "httpx2"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
