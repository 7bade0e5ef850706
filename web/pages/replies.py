"""Replies to be read: letters that nobody could make out, for the standing office to see to."""

from contextlib import suppress

from starlette.responses import Response

from db.incoming import StoredIncoming, about, waiting, why
from db.once import UsedUp
from rules.wording import Wording
from web.page import Page
from web.refusal import Refusal
from web.visit import Visit

HERE = "/thu-tra-loi"
NUMBER = "thu"


def show(visit: Visit) -> Response:
    """Show the letters that wait, the oldest first."""
    return visit.render("replies.html.j2", found=_mine(visit), why=why)


def act(visit: Visit) -> Response:
    """Note that a letter was seen to."""
    number, once = visit.text(NUMBER), visit.text("once")
    if not once or not (number.isascii() and number.isdecimal() and len(number) < 19):
        raise Refusal("missing")
    if any(one.id == int(number) for one in _mine(visit)):
        # Pressed twice: the first press did it.
        with suppress(UsedUp):
            visit.desk.reply_seen_to(int(number), visit.said(once=once))
    return visit.go(HERE)


def _mine(visit: Visit) -> list[StoredIncoming]:
    """Return those on programmes whose standing office who asks is of."""
    with visit.reading() as connection:
        return [one for one in waiting(connection) if not visit.who.standing.isdisjoint(about(one))]


PAGES = (Page(HERE, "verify", show, act, menu=Wording("Thư trả lời", "Replies")),)
