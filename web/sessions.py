"""Sessions of the pages: the cookie, and whose it is."""

import secrets
from hashlib import sha256

from sqlalchemy.engine import Connection
from starlette.responses import Response

from db.engine import read_only
from db.facts import note_action
from db.once import use_once
from db.sessions import begin_session, end_session, session_person
from rules.access import Roles, roles_of
from rules.calendar import local_day
from rules.wording import Language
from web.settings import SESSION
from web.visit import Hall, Visit

LANGUAGE = "lang"
THEN = "then"
"""The cookie that keeps, during a sign-in, which page was asked for."""
LONGEST_PATH = 2_000
LONGEST = 200
YEAR = 365 * 24 * 60 * 60


def recognise(visit: Visit) -> None:
    """Find out in which language the visitor reads, and who it is; whoever is no longer in the directory is nobody."""
    visit.language = language_of(visit)
    value = visit.request.cookies.get(visit.hall.settings.cookie, "")
    if not value or len(value) > LONGEST:
        return
    hashed = _hashed(value)
    with read_only(visit.desk.engine).connect() as connection:
        person = session_person(connection, hashed, now=visit.now)
    roles = roles_now(visit, person) if person else None
    if roles is not None:
        visit.session, visit.roles = hashed, roles


def roles_now(visit: Visit, person: str) -> Roles | None:
    """Return what an address is today; None when it is nothing."""
    desk = visit.desk
    found = roles_of(desk.rulebook, person, local_day(visit.now, desk.zone), admins=desk.admins)
    return found if found.is_known else None


def language_of(visit: Visit) -> Language:
    """Return the language that is asked for, or was before, or that of the office."""
    asked = visit.request.query_params.get(LANGUAGE) or visit.request.cookies.get(LANGUAGE)
    match asked:
        case "vi" | "en":
            return asked
    return visit.hall.settings.language


def begin(visit: Visit, response: Response, person: str) -> None:
    """Sign a person in: keep the hash of a new value, and give the value to the browser."""
    value = secrets.token_urlsafe(32)
    with visit.desk.engine.begin() as connection:
        if visit.session is not None:
            end_session(connection, visit.session, at=visit.now)
        begin_session(connection, _hashed(value), person=person.casefold(), at=visit.now, until=visit.now + SESSION)
    settings = visit.hall.settings
    response.set_cookie(
        settings.cookie,
        value,
        max_age=int(SESSION.total_seconds()),
        path="/",
        secure=settings.is_secure,
        httponly=True,
        samesite="lax",
    )


def begin_noted(visit: Visit, person: str, *, by: str, once: str | None = None) -> Response:
    """Sign a person in and note it, and return the way on; UsedUp when `once` was used up before."""
    with visit.desk.engine.begin() as connection:
        if once is not None:
            use_once(connection, once, purpose="sign_in", person=person, at=visit.now)
        _note(connection, visit, person, "signed in", by)
    wanted = visit.request.cookies.get(THEN, "")
    response = visit.go(wanted if is_ours(wanted) else "/")
    response.delete_cookie(THEN, path="/")
    begin(visit, response, person)
    return response


def is_ours(path: str) -> bool:
    """Say whether a path, as a browser reads it, leads to a page of ours and nowhere else."""
    plain = path.isascii() and path.isprintable() and "\\" not in path and len(path) < LONGEST_PATH
    return plain and path.startswith("/") and not path.startswith("//")


def end(visit: Visit, response: Response) -> None:
    """Sign out."""
    if visit.session is not None:
        with visit.desk.engine.begin() as connection:
            end_session(connection, visit.session, at=visit.now)
            _note(connection, visit, visit.who.person, "signed out", "web")
    forget_cookie(visit.hall, response)


def forget_cookie(hall: Hall, response: Response) -> None:
    """Have the browser forget the session."""
    settings = hall.settings
    response.delete_cookie(settings.cookie, path="/", secure=settings.is_secure, httponly=True, samesite="lax")


def keep_language(visit: Visit, response: Response) -> None:
    """Have the browser keep the language that is asked for."""
    asked = visit.request.query_params.get(LANGUAGE)
    if asked in ("vi", "en"):
        response.set_cookie(
            LANGUAGE, asked, max_age=YEAR, secure=visit.hall.settings.is_secure, httponly=True, samesite="lax"
        )


def _note(connection: Connection, visit: Visit, person: str, action: str, subject: str) -> None:
    note_action(connection, at=visit.now, person=person, action=action, subject=subject, via="web", origin=visit.origin)


def _hashed(value: str) -> str:
    return sha256(value.encode(errors="replace")).hexdigest()
