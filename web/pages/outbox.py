"""The letters, for administrators: which wait, which left, which were set aside and why; tried again or dropped."""

from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import get_args

from starlette.responses import Response

from db.ledger import told_in
from db.outbox import MessageState, StoredMessage, body_of, by_ids, count_waiting, listing
from notifications.links import redacted
from rules.wording import Wording
from web.page import Page
from web.refusal import Refusal
from web.showing.names import title_of
from web.showing.people import People
from web.visit import Visit

SHOWN = 50
STATES: dict[MessageState, Wording] = {
    "parked": Wording("tạm giữ", "set aside"),
    "pending": Wording("chờ gửi", "waiting"),
    "sending": Wording("đang gửi", "being sent"),
    "sent": Wording("đã gửi", "sent"),
    "dropped": Wording("đã bỏ", "dropped"),
    "empty": Wording("không còn gì để gửi", "nothing left to say"),
}
TONES = {"parked": "late", "pending": "soon", "sending": "soon", "sent": "good", "dropped": "calm", "empty": "calm"}
STEP, REASON = "lam", "ly_do"
RETRY, DROP = "gui_lai", "bo"


def show(visit: Visit) -> Response:
    """Show letters, the newest first: all, or those in a state or to an address."""
    query = visit.request.query_params
    state = next((one for one in get_args(MessageState) if one == query.get("trang_thai")), None)
    person, before = query.get("den", "").strip().casefold(), _number(query.get("truoc", ""))
    with visit.reading() as connection:
        found = listing(
            connection, states=[state] if state else None, person=person or None, before=before, limit=SHOWN + 1
        )
        waiting = count_waiting(connection)
    asked = {"trang_thai": state, "den": person or None}
    return visit.render(
        "outbox.html.j2",
        letters=found[:SHOWN],
        people=People(visit),
        more={**asked, "truoc": found[SHOWN - 1].id} if len(found) > SHOWN else None,
        waiting=waiting,
        asked=asked,
        states=STATES,
        letter_tones=TONES,
        before=before,
    )


def show_letter(visit: Visit) -> Response:
    """Show a letter as it went out, without the links by which its reader answers."""
    return _letter_page(visit)


def act(visit: Visit) -> Response:
    """Have a letter tried again, or drop it with a reason."""
    with visit.reading() as connection:
        letter = _letter(visit, by_ids(connection, [_asked(visit)]))
    reason = visit.text(REASON, longest=500)
    match visit.text(STEP):
        case "gui_lai":
            done = visit.desk.retried([letter.id], visit.said())
        case "bo" if reason:
            done = visit.desk.dropped([letter.id], visit.said(reason))
        case "bo":
            return _letter_page(visit, missing=True)
        case _:
            raise Refusal("missing")
    return visit.go(f"/hop-thu/{letter.id}", xong=visit.text(STEP) if done else "khong")


def _letter_page(visit: Visit, *, missing: bool = False) -> Response:
    number = _asked(visit)
    with visit.reading() as connection:
        letter = _letter(visit, by_ids(connection, [number]))
        content, owed = body_of(connection, number), told_in(connection, [number])[number]
    told = {one.obligation_id: title_of(visit.desk.rulebook, one.key) for one in owed if one.key.task}
    return visit.render(
        "letter.html.j2",
        status=400 if missing else 200,
        letter=letter,
        title=People(visit).at(letter.person, letter.created_at),
        text=redacted(_text(content)) if content is not None else None,
        told=told,
        states=STATES,
        letter_tones=TONES,
        can_act=letter.state in ("pending", "parked"),
        done=visit.request.query_params.get("xong", ""),
        missing=missing,
    )


def _letter(visit: Visit, found: dict[int, StoredMessage]) -> StoredMessage:
    letter = found.get(_asked(visit))
    if letter is None:
        raise Refusal("not_found")
    return letter


def _asked(visit: Visit) -> int:
    number = _number(str(visit.request.path_params["number"]))
    if number is None:
        raise Refusal("not_found")
    return number


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else None


def _text(content: bytes) -> str:
    letter = message_from_bytes(content, _class=EmailMessage, policy=policy.default)
    part = letter.get_body(("plain",))
    return str(part.get_content()) if part else ""


PAGES = (
    Page("/hop-thu", "see_outbox", show, menu=Wording("Hộp thư đi", "Outbox")),
    Page("/hop-thu/{number}", "see_outbox", show_letter, act),
)
