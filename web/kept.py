"""Kept: the pages that answer forms, shown by a GET: whoever goes back in the browser finds every page again, and sends
nothing twice."""

import secrets
from collections import OrderedDict
from threading import Lock
from typing import NamedTuple

from starlette.responses import HTMLResponse, Response

NUMBER = "xem"
"""What in the address names a page that is kept."""
MOST, MOST_BYTES, MOST_OF_ONE = 2_000, 64 * 1024 * 1024, 20
"""How many pages are kept, how large together, and how many of one visitor; the oldest give way."""


class Shown(NamedTuple):
    """A page as it was answered, for whom its form was bound to."""

    bound_to: str
    status: int
    body: bytes


class Kept:
    """The pages kept by one process; gone with it, as nothing that was recorded hangs on them."""

    def __init__(self) -> None:
        self._pages: OrderedDict[str, Shown] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()

    def keep(self, bound_to: str, response: Response) -> str:
        """Keep a page and return its number."""
        number = secrets.token_hex(10)
        shown = Shown(bound_to, response.status_code, bytes(response.body))
        with self._lock:
            own = [name for name, one in self._pages.items() if one.bound_to == bound_to]
            for name in own[: len(own) + 1 - MOST_OF_ONE] if len(own) >= MOST_OF_ONE else ():
                self._drop(name)
            self._pages[number] = shown
            self._bytes += len(shown.body)
            while len(self._pages) > MOST or self._bytes > MOST_BYTES:
                self._drop(next(iter(self._pages)))
        return number

    def page(self, number: str, bound_to: str) -> HTMLResponse | None:
        """Return a page again, None where it is somebody else's or was given up."""
        with self._lock:
            shown = self._pages.get(number)
        if shown is None or shown.bound_to != bound_to:
            return None
        return HTMLResponse(shown.body, shown.status)

    def _drop(self, number: str) -> None:
        self._bytes -= len(self._pages.pop(number).body)
