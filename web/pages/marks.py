"""Marks: the standing office says when it entered the state of an obligation in the national system."""

from datetime import date

from starlette.responses import Response

from db.once import UsedUp, use_of
from rules.wording import Wording
from web.answers.about import About, about
from web.page import Page
from web.pages.answer import of_path
from web.refusal import Refusal
from web.showing.marked import Marked, marked
from web.visit import Visit

DAY, NOTE = "ngay", "ghi_chu"
LONGEST = 1_000


def show(visit: Visit) -> Response:
    """Show the form, with the last mark there is."""
    found, last = _found(visit)
    return _page(visit, found, last, found.today.isoformat(), "")


def act(visit: Visit) -> Response:
    """Record the mark, once, and show the obligation."""
    found, last = _found(visit)
    day, note, once = visit.text(DAY), visit.text(NOTE, longest=LONGEST), visit.text("once")
    if not once:
        raise Refusal("missing")
    with visit.reading() as connection:
        earlier = use_of(connection, once)
    if earlier is not None and earlier.person == visit.who.person:
        return _to_task(visit, found)
    on = _day(day, found.today)
    if isinstance(on, Wording):
        return _page(visit, found, last, day, note, fault=on, status=400)
    try:
        if not visit.desk.entered(found.stored, on, visit.said(note or None, once=once)):
            return _page(visit, found, last, day, note, fault=GONE, status=409)
    except UsedUp:
        pass
    return _to_task(visit, found)


GONE = Wording(
    "Quy tắc đang áp dụng không còn nhiệm vụ này, nên chưa ghi được.",
    "The rules in force no longer have this task, so nothing was recorded.",
)


def _day(text: str, today: date) -> date | Wording:
    """Return the day, or what is wrong with what was written."""
    try:
        on = date.fromisoformat(text)
    except ValueError:
        return Wording("Đề nghị chọn ngày đã nhập.", "Choose the day on which it was entered.")
    if on > today:
        return Wording("Ngày này chưa tới.", "That day has not come yet.")
    if (today - on).days > 3 * 366:
        return Wording("Ngày này quá xa: đề nghị xem lại năm.", "That is long ago: look at the year.")
    return on


def _found(visit: Visit) -> tuple[About, Marked | None]:
    with visit.reading() as connection:
        found = about(visit, connection, of_path(visit))
        visit.demand("mark_national", found.subject)
        return found, marked(connection, found)


def _page(
    visit: Visit,
    found: About,
    last: Marked | None,
    day: str,
    note: str,
    *,
    fault: Wording | None = None,
    status: int = 200,
) -> Response:
    return visit.render("mark.html.j2", status=status, about=found, last=last, written=(day, note), fault=fault)


def _to_task(visit: Visit, found: About) -> Response:
    return visit.go(f"/nhiem-vu/{found.stored.id}")


PAGES = (Page("/nhiem-vu/{id}/da-nhap", "mark_national", show, act),)
