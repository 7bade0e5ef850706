"""Page: a path with what it shows (GET) and what it does (POST), and who may come. One door for all of them: no page
is reached but through the checks that stand here."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from anyio import CapacityLimiter, to_thread
from anyio.lowlevel import RunVar
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from notifications.links import Fault, Purpose, redacted
from rules.access import ACTIONS, Action, Roles, may
from rules.wording import Wording
from web.forms import is_form_token, is_from_here
from web.kept import NUMBER
from web.limits import BAD_LINK, count
from web.refusal import Refusal
from web.refused import refused, status_refusal
from web.sessions import keep_language, recognise, roles_now
from web.visit import Entry, Hall, Visit

Handler = Callable[[Visit], Response]
Door = Literal["anyone", "person", "link"]
"""Who comes in: anyone; whoever is signed in; whoever holds a signed link, in the path as `{token}`."""

AT_ONCE = 5
"""Visits answered at a time, the others waiting: with two connections each they leave the daemon a third of those to
the database, so that passes and letters go on however many come."""
SMALL = 64 * 1024
MOST_FIELDS = 200
REDIRECTS = (302, 303)

log = logging.getLogger("dondoc.web")


@dataclass(frozen=True)
class Page:
    """One page. `door` may also be an action: whoever is signed in and may do that to anything at all; what it is done
    to the handler asks by `visit.demand`.

    `show` must change nothing: scanners of mail open links. Handlers run in threads and may read the database.
    """

    path: str
    door: Door | Action
    show: Handler | None = None
    act: Handler | None = None
    purpose: Purpose | None = None
    """What the link of a door `link` must be for."""
    menu: Wording | None = None
    """What it is called in the menu; None: not in it."""
    largest: int = SMALL
    """Bytes that a form may have."""
    largest_field: int = SMALL
    """Bytes that a field of it may have, as browsers write them: nine for a Vietnamese letter."""
    largest_files: int = 0
    """How many files a form may carry."""

    def __post_init__(self) -> None:
        if (self.door == "link") != (self.purpose is not None) or (self.door == "link") != ("{token}" in self.path):
            raise ValueError(f"{self.path}: a page reached by a link has a purpose, and {{token}} in its path")

    @property
    def action(self) -> Action | None:
        """Return the action that one must be allowed to come in, None where the door asks for none."""
        return self.door if self.door in ACTIONS else None

    @property
    def entry(self) -> Entry | None:
        """Return its entry in the menu, None where it has none."""
        return Entry(self.path, self.menu, self.action) if self.menu is not None else None

    def is_open_to(self, roles: Roles) -> bool:
        """Say whether somebody signed in may come in."""
        return self.action is None or may(roles, self.action)

    def route(self, hall: Hall) -> Route:
        """Return what the application finds it by."""
        methods = [*(["GET"] if self.show else []), *(["POST"] if self.act else [])]

        async def endpoint(request: Request) -> Response:
            return await _enter(self, hall, request)

        return Route(self.path, endpoint, methods=methods, max_body_size=self.largest, name=self.path)


async def _enter(page: Page, hall: Hall, request: Request) -> Response:
    visit = Visit(hall, request, hall.desk.now())
    try:
        if request.method == "POST":
            if not is_from_here(request.headers, hall.settings.origin):
                raise Refusal("origin")
            visit.form = await _form(page, request)
        return await to_thread.run_sync(_answer, page, visit, limiter=_room())
    except Refusal as refusal:
        return refused(visit, refusal)
    except HTTPException as fault:
        return refused(visit, status_refusal(fault.status_code))
    except ClientDisconnect:
        return Response(status_code=400)
    except Exception:
        log.exception("%s %s failed", request.method, redacted(request.url.path))
        return refused(visit, Refusal("broken"))
    finally:
        await visit.form.close()


_ROOM: RunVar[CapacityLimiter] = RunVar("dondoc.web.room")


def _room() -> CapacityLimiter:
    """Return what lets visits in, one for each event loop."""
    try:
        return _ROOM.get()
    except LookupError:
        room = CapacityLimiter(AT_ONCE)
        _ROOM.set(room)
        return room


async def _form(page: Page, request: Request) -> FormData:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in ("application/x-www-form-urlencoded", "multipart/form-data"):
        raise Refusal("form")
    try:
        return await request.form(
            max_files=page.largest_files, max_fields=MOST_FIELDS, max_part_size=page.largest_field
        )
    except HTTPException as fault:
        # The parser says 400 of too many fields or files, and of what is no form at all.
        raise Refusal("too_large" if fault.status_code == 413 else "form") from fault
    except UnicodeDecodeError as fault:
        raise Refusal("form") from fault


def _answer(page: Page, visit: Visit) -> Response:
    recognise(visit)
    if page.door == "link":
        _read_link(page, visit)
    elif page.door != "anyone":
        if visit.roles is None:
            return visit.go("/dang-nhap", then=_then(visit))
        if not page.is_open_to(visit.roles):
            raise Refusal("not_allowed")
    response = _acted(page, visit) if visit.request.method == "POST" else _shown(page, visit)
    keep_language(visit, response)
    return response


def _shown(page: Page, visit: Visit) -> Response:
    """Return what a GET shows: the page, or the one that answered a form sent before."""
    assert page.show is not None
    number = visit.request.query_params.get(NUMBER)
    if number is None:
        return page.show(visit)
    return visit.hall.kept.page(number, visit.bound_to) or visit.go(visit.here)


def _acted(page: Page, visit: Visit) -> Response:
    """Return what a form leads to: always another page, by GET."""
    if not is_form_token(visit.desk.keys, visit.text("form_token"), visit.bound_to):
        raise Refusal("form")
    assert page.act is not None
    response = page.act(visit)
    if response.status_code in REDIRECTS:
        return response
    on = visit.go(visit.here, **{NUMBER: visit.hall.kept.keep(visit.bound_to, response)})
    on.background = response.background
    return on


def _read_link(page: Page, visit: Visit) -> None:
    """Take what the link says for who asks; Refusal where it is no good, or another person is signed in."""
    assert page.purpose is not None
    claim = visit.hall.links.read(visit.request.path_params["token"], purpose=page.purpose, now=visit.now)
    if isinstance(claim, Fault):
        if claim is Fault.FORGED:
            count(visit, BAD_LINK, visit.origin or "")
        raise Refusal(claim.value)
    if page.purpose != "sign_in" and visit.roles is not None and visit.roles.person != claim.person.casefold():
        raise Refusal("foreign")
    visit.claim = claim
    visit.roles = roles_now(visit, claim.person)
    if visit.roles is None:
        raise Refusal("no_longer")


def _then(visit: Visit) -> str | None:
    """Return where to go after the sign-in: the page that was asked for, if it was only to be looked at."""
    request = visit.request
    if request.method == "POST" or request.url.path == "/":
        return None
    return f"{request.url.path}?{request.url.query}" if request.url.query else request.url.path
