"""Serving: the pages, within the daemon's loop. That they cannot be served stops no letter."""

import asyncio
import contextlib
import logging
import socket
from collections.abc import Iterator

import uvicorn
from starlette.applications import Starlette
from starlette.types import ASGIApp

from db.engine import read_only
from scheduler.clock import Clock
from scheduler.desk import OfficeDesk
from scheduler.office import Office
from scheduler.unreadable import Unreadable
from scheduler.web_part import Web
from web.app import create_app

AGAIN = 30.0
"""Seconds after which a port that was taken is tried again: another daemon on this machine may have let it go."""
LAST = 5
"""Seconds that requests under way are given to end."""
MOST_AT_ONCE = 200

log = logging.getLogger("dondoc.web")


class _Server(uvicorn.Server):
    """Leaves signals to the daemon."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


async def serve_pages(office: Office, clock: Clock, stop: asyncio.Event) -> None:
    """Serve the pages until told to stop, if they are to be served; what goes wrong is logged and tried again."""
    web = office.config.web
    if not web.serve:
        return
    while not stop.is_set():
        try:
            app = create_app(OfficeDesk(office, clock), office.config.pages())
            counting = asyncio.create_task(asyncio.to_thread(_count, app))
            await serve(app, web, listener(web), stop)
            await counting
        except Unreadable as fault:
            log.error("the pages cannot be served: %s", fault)
        except OSError as fault:
            log.warning("the pages cannot be served at %s:%s: %s", web.host, web.port, fault.strerror or fault)
        except Exception:
            log.exception("the pages are not served")
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), AGAIN)


def _count(app: Starlette) -> None:
    """Count all obligations once, so that no reader waits for it; what goes wrong is told when they ask."""
    hall = app.state.hall
    with contextlib.suppress(Exception), read_only(hall.desk.engine).connect() as connection:
        hall.tallies.now(connection, hall.desk.engine, now=hall.desk.now())


def listener(web: Web) -> socket.socket:
    """Return a socket that listens where the settings say; OSError when it cannot."""
    family = socket.AF_INET6 if ":" in web.host else socket.AF_INET
    return socket.create_server((web.host, web.port), family=family, backlog=256)


async def serve(app: ASGIApp, web: Web, listening: socket.socket, stop: asyncio.Event) -> None:
    """Serve an application on that socket until told to stop, then close it."""
    server = _Server(_settings(app, web))
    running = asyncio.create_task(server.serve([listening]))
    stopping = asyncio.create_task(stop.wait())
    try:
        log.info("pages at %s", web.public_url)
        await asyncio.wait({running, stopping}, return_when=asyncio.FIRST_COMPLETED)
        server.should_exit = True
        await running
    finally:
        stopping.cancel()
        listening.close()


def _settings(app: ASGIApp, web: Web) -> uvicorn.Config:
    # Paths hold links, and links hold who may act: nobody writes a line about a request, whatever handlers there are.
    logging.getLogger("uvicorn.access").disabled = True
    return uvicorn.Config(
        app,
        lifespan="off",
        access_log=False,
        log_config=None,
        server_header=False,
        proxy_headers=bool(web.proxies),
        forwarded_allow_ips=list(web.proxies),
        timeout_graceful_shutdown=LAST,
        timeout_keep_alive=15,
        limit_concurrency=MOST_AT_ONCE,
        ssl_certfile=web.tls_certificate,
        ssl_keyfile=web.tls_key,
    )
