"""Private calendars: each at an address of its own, and the page on which a person finds theirs or makes them void."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime
from functools import partial
from hashlib import sha256
from typing import NamedTuple

from starlette.responses import Response

from db.feeds import Feed, State, feed_of, state_now
from db.once import UsedUp
from notifications.feeds import feed_url
from notifications.links import LIVES
from rules.calendar import local_day
from rules.feeds import FeedScope, scopes
from rules.roster import Roster
from rules.wording import Language, Wording
from web.feeds import Asked, changed_at, content, name_of
from web.page import Page
from web.refusal import Refusal
from web.visit import Visit

HERE = "/lich-cua-toi"
ACT, RENEW, END = "viec", "lap", "thu-hoi"
MEDIA_TYPE = "text/calendar; charset=utf-8"
TICK = timedelta(seconds=2)
"""Within so short a time a date of HTTP, which knows whole seconds, cannot tell what came before."""


class Offered(NamedTuple):
    """One calendar as the page shows it: its address, and the same for programs that subscribe by a press."""

    name: Wording
    url: str
    subscribe: str


def feed(visit: Visit) -> Response:
    """Return a calendar, or that nothing changed since it was fetched."""
    assert visit.claim is not None
    scope = FeedScope.read(visit.claim.scope)
    with visit.reading() as connection:
        feed = feed_of(connection, visit.who.person)
        if scope is None or feed is None or feed.number != visit.claim.number:
            raise Refusal("feed_over")
        language = _language(visit)
        task_of = partial(visit.desk.task, connection)
        asked = Asked(scope, visit.who, feed, language, visit.hall.settings.public_url, task_of)
        state, roster = state_now(connection), visit.desk.roster(connection, now=visit.now)
        since = changed_at(asked, state.changed_at, roster, now=visit.now)
        headers = _headers(_tag(asked, state, roster, visit.now), since)
        if _is_known(visit, headers["ETag"], since):
            return Response(status_code=304, headers=headers)
        made = content(connection, asked, roster, now=visit.now, made_at=since)
    return Response(made, media_type=MEDIA_TYPE, headers=headers)


def show(visit: Visit) -> Response:
    """Show the addresses of a person's calendars, or how to get them."""
    with visit.reading() as connection:
        feed = feed_of(connection, visit.who.person)
    offered = [] if feed is None else _offered(visit, feed)
    until = None if feed is None else local_day(feed.begun_at + LIVES["feed"], visit.desk.zone)
    return visit.render("feeds.html.j2", feed=feed, offered=offered, until=until)


def act(visit: Visit) -> Response:
    """Begin a person's calendars anew, under addresses nobody knows yet, or make them void."""
    if not visit.text("once"):
        raise Refusal("missing")
    said = visit.said(once=visit.text("once"))
    try:
        match visit.text(ACT):
            case "lap":
                visit.desk.feed_begun(said)
            case "thu-hoi":
                visit.desk.feed_ended(said)
            case _:
                raise Refusal("missing")
    except UsedUp:
        # Pressed twice: the first press did it.
        pass
    return visit.go(HERE)


def _offered(visit: Visit, feed: Feed) -> list[Offered]:
    language = visit.language if visit.language != visit.hall.settings.language else None
    found = []
    for scope in scopes(visit.who, visit.desk.rulebook):
        url = feed_url(
            visit.hall.links,
            visit.who.person,
            scope,
            number=feed.number,
            begun_at=feed.begun_at,
            language=language,
        )
        found.append(Offered(name_of(scope, visit.desk.rulebook), url, f"webcal://{url.partition('://')[2]}"))
    return found


def _language(visit: Visit) -> Language:
    """Return the language that the address asks for, else that of the office: no cookie has a say in what is
    fetched."""
    match visit.request.query_params.get("lang"):
        case "vi":
            return "vi"
        case "en":
            return "en"
    return visit.hall.settings.language


def _tag(asked: Asked, state: State, roster: Roster, now: datetime) -> str:
    """Return the name of this state of a calendar: it hangs on the records, the day, the posts of its reader."""
    said = (state.mark, local_day(now, roster.policy.zone), asked.scope, asked.feed, asked.language, asked.pages)
    posts = (sorted(asked.roles.units), sorted(asked.roles.overseen), sorted(asked.roles.chaired))
    more = (sorted(asked.roles.standing), asked.roles.is_admin)
    return f'"{sha256(repr((*said, *posts, *more)).encode()).hexdigest()[:32]}"'


def _headers(tag: str, since: datetime) -> dict[str, str]:
    return {
        "ETag": tag,
        "Last-Modified": format_datetime(since.astimezone(UTC), usegmt=True),
        # Kept by who fetched it, asked about before it is used again.
        "Cache-Control": "private, no-cache",
        "Content-Disposition": 'inline; filename="don-doc.ics"',
    }


def _is_known(visit: Visit, tag: str, since: datetime) -> bool:
    headers = visit.request.headers
    if (tags := headers.get("if-none-match")) is not None:
        return any(one.strip().removeprefix("W/") in (tag, "*") for one in tags.split(","))
    try:
        fetched = parsedate_to_datetime(headers.get("if-modified-since", ""))
    except ValueError:
        return False
    return since.replace(microsecond=0) <= fetched.replace(tzinfo=UTC) and visit.now - since > TICK


PAGES = (
    Page("/lich/{token}.ics", "link", feed, purpose="feed"),
    Page(HERE, "person", show, act, menu=Wording("Lịch của tôi", "My calendar")),
)
