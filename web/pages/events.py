"""Events: what starts deadlines, recorded by the standing office, or by the unit that a letter asks."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date
from typing import NamedTuple

from starlette.responses import Response

from db.facts import RecordedEvent, event_records
from db.once import UsedUp, use_of
from notifications.answering import SEPARATOR
from rules.access import Subject
from rules.calendar import local_day
from rules.days import day_vi
from rules.programme import Event, Occurred, Programme
from rules.prompts import question
from rules.wording import Wording
from web.page import Page
from web.refusal import Refusal
from web.visit import Visit

DAY, DOCUMENT, NOTE, STEP, RECEIPT = "ngay", "so_van_ban", "noi_dung", "buoc", "nhan"
LONGEST = 1_000


class Asked(NamedTuple):
    """An event of a programme with what was recorded of it, and the tasks that wait for it."""

    programme: Programme
    event: Event
    records: tuple[RecordedEvent, ...]
    waiting: tuple[str, ...]
    is_ahead: bool
    """Whether a deadline lies ahead of it: its day is recorded as soon as it is set."""
    today: date


class Written(NamedTuple):
    """What the form holds; `fault` is what is wrong with the day, if anything is."""

    day: str = ""
    document: str = ""
    note: str = ""
    fault: Wording | None = None


Which = Callable[[Visit], tuple[str, str]]
"""What tells the programme and the event that a visit is about."""


def listing(visit: Visit) -> Response:
    """Show the events of the programmes whose standing office who asks speaks for: those waited for first."""
    waited: list[Asked] = []
    recorded: list[Asked] = []
    with visit.reading() as connection:
        records = event_records(connection)
    for programme in visit.desk.rulebook.programmes.values():
        if programme.id not in visit.who.standing:
            continue
        for event in programme.events.values():
            if event.dates or event.after or event.when_done:
                continue
            asked = _about(visit, programme, event, records)
            (recorded if asked.records else waited).append(asked)
    return visit.render("events.html.j2", waited=waited, recorded=recorded)


def show(visit: Visit, which: Which) -> Response:
    """Show an event with the form that records it, or the receipt of what was recorded."""
    with visit.reading() as connection:
        asked = _found(visit, which, event_records(connection))
        number = visit.request.query_params.get(RECEIPT)
        use = use_of(connection, number) if number is not None else None
    if number is not None and (use is None or use.person != visit.who.person):
        raise Refusal("not_found")
    return visit.render("event.html.j2", asked=asked, step="", written=Written(), use=use)


def act(visit: Visit, which: Which) -> Response:
    """Take the form, ask whether it is meant so, and record the event when that was confirmed."""
    with visit.reading() as connection:
        asked = _found(visit, which, event_records(connection))
        earlier = use_of(connection, visit.text("once"))
    if earlier is not None and earlier.person == visit.who.person:
        return _receipt(visit)
    written = Written(visit.text(DAY), visit.text(DOCUMENT, longest=LONGEST), visit.text(NOTE, longest=LONGEST))
    on = _day(written.day, asked)
    if isinstance(on, Wording):
        return visit.render(
            "event.html.j2", status=400, asked=asked, step="", written=written._replace(fault=on), use=None
        )
    step = visit.text(STEP)
    if step != "ghi" or not visit.text("once"):
        shown = "" if step == "sua" else "xem"
        return visit.render("event.html.j2", asked=asked, step=shown, written=written, use=None, on=on)
    said = visit.said(written.note or None, once=visit.text("once"))
    with suppress(UsedUp):
        visit.desk.happened(asked.programme.id, asked.event.id, Occurred(on), said, document=written.document or None)
    return _receipt(visit)


def _receipt(visit: Visit) -> Response:
    return visit.go(visit.here, **{RECEIPT: visit.text("once")})


def _found(visit: Visit, which: Which, records: list[RecordedEvent]) -> Asked:
    """Return the event that is meant; Refusal where there is none, or who asks is not who is asked."""
    programme_id, event_id = which(visit)
    programme = visit.desk.rulebook.programmes.get(programme_id)
    event = programme.events.get(event_id) if programme else None
    if programme is None or event is None or event.dates or event.after or event.when_done:
        raise Refusal("not_found")
    units = (event.watch.ask,) if event.watch else ()
    visit.demand("answer_event", Subject(programme.directory, programme.id, units))
    return _about(visit, programme, event, records)


def _about(visit: Visit, programme: Programme, event: Event, records: list[RecordedEvent]) -> Asked:
    of_it = tuple(
        one for one in records if (one.programme, one.event) == (programme.id, event.id) and not one.retracted
    )
    asks = question(event, programme)
    return Asked(programme, event, of_it, asks.waiting_tasks, asks.is_ahead, local_day(visit.now, visit.desk.zone))


def _day(text: str, asked: Asked) -> date | Wording:
    """Return the day of an event, or what is wrong with what was written."""
    try:
        on = date.fromisoformat(text)
    except ValueError:
        return Wording("Đề nghị chọn ngày diễn ra.", "Choose the day on which it happened.")
    if on > asked.today and not asked.is_ahead:
        return Wording(
            "Ngày này chưa tới: chỉ ghi việc đã diễn ra.",
            "That day has not come yet: only what has happened is recorded.",
        )
    if (asked.today - on).days > 3 * 366:
        return Wording("Ngày này quá xa: đề nghị xem lại năm.", "That is long ago: look at the year.")
    if any(one.occurred.on == on for one in asked.records):
        told = day_vi(on)
        return Wording(f"Ngày {told} đã được ghi nhận trước đó.", f"{on} was recorded before.")
    return on


def _of_link(visit: Visit) -> tuple[str, str]:
    assert visit.claim is not None
    programme, _, event = visit.claim.scope.partition(SEPARATOR)
    return programme, event


def _of_path(visit: Visit) -> tuple[str, str]:
    return str(visit.request.path_params["programme"]), str(visit.request.path_params["event"])


PAGES = (
    Page("/su-kien", "record_event", listing, menu=Wording("Sự kiện", "Events")),
    Page(
        "/su-kien/{programme}/{event}",
        "answer_event",
        lambda visit: show(visit, _of_path),
        lambda visit: act(visit, _of_path),
    ),
    Page(
        "/sk/{token}",
        "link",
        lambda visit: show(visit, _of_link),
        lambda visit: act(visit, _of_link),
        purpose="event",
    ),
)
