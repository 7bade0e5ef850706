"""Calendars: deadlines as events that any calendar program reads (RFC 5545, RFC 7986). Pure: the same entries, the same
bytes."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256

from icalendar import Alarm, Calendar, Event, vText, vUri

from rules.days import full
from rules.diary import DiaryEntry
from rules.obligation import ObligationKey
from rules.wording import Language, Wording

REFRESH = timedelta(hours=4)
"""How often a calendar program is asked to fetch the calendar anew."""
_SHOWN_ANEW = 1
"""How often it was changed which day of a deadline an event shows: where a program has one already, it is moved."""
PRODUCT = "-//dondoc//{name}//{language}"

_DUE = Wording("Hạn: {title}", "Due: {title}")
_DONE = Wording("✓ Đã báo cáo: {title}", "✓ Reported: {title}")
_WITHDRAWN = Wording("Đã rút: {title}", "Withdrawn: {title}")
_CLOSED = Wording("Hết kỳ, không báo cáo: {title}", "Closed unreported: {title}")
_SUMMARIES = {"open": _DUE, "done": _DONE, "withdrawn": _WITHDRAWN, "closed": _CLOSED}
_END = Wording("Hạn: {day}", "Due: {day}")
_FINISH_BY = Wording("Đề nghị hoàn thành trước hoặc trong {day}", "Please finish by {day}")
_DONE_ON = Wording("Đơn vị báo cáo hoàn thành {day}", "Reported done on {day}")
_BY = Wording("Đơn vị: {units}", "Unit: {units}")
_PROVISIONAL = Wording(
    "Ngày tạm tính: lịch nghỉ của năm đó chưa được công bố.",
    "Provisional: the holidays of that year are not announced.",
)
_ANSWER = Wording("Xem, trả lời: {url}", "See and answer: {url}")


@dataclass(frozen=True, slots=True)
class CalendarHead:
    """What a whole calendar is called and who made it; `refresh` None: it is a single file, not fetched again."""

    name: str
    language: Language = "vi"
    product: str = "feed"
    refresh: timedelta | None = REFRESH


def calendar_of(events: Iterable[Event], head: CalendarHead) -> bytes:
    """Return a calendar with these events, to be published: nobody is asked to accept anything."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT.format(name=head.product, language=head.language.upper()))
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", head.name)
    if head.refresh is not None:
        calendar.add("name", head.name)
        # As both the standard and the programs before it have it.
        calendar.add("refresh-interval", head.refresh, parameters={"VALUE": "DURATION"})
        calendar.add("x-published-ttl", vText(_duration(head.refresh)))
    for event in events:
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def deadlines(
    entries: Iterable[DiaryEntry],
    *,
    language: Language,
    made_at: datetime,
    url: Callable[[ObligationKey], str] | None = None,
) -> Iterator[Event]:
    """Yield the events of entries; `made_at` is when they were such (UTC), `url` tells the page of an obligation, ''
    where it has none."""
    for entry in entries:
        event = deadline_event(entry, language, url=url(entry.key) if url is not None else "")
        event.add("dtstamp", made_at)
        yield event


def deadline_event(entry: DiaryEntry, language: Language, *, url: str = "") -> Event:
    """Return the event of one entry, without the instant it was made."""
    event = Event()
    event.add("uid", uid("deadline", *entry.key))
    summary = _SUMMARIES[entry.state].say(language).format(title=entry.title)
    units = ", ".join(entry.units)
    event.add("summary", f"{summary} ({units})" if units else summary)
    if entry.at is not None:
        event.add("dtstart", entry.at)
    else:
        event.add("dtstart", entry.due.last)
        event.add("dtend", entry.due.last + timedelta(days=1))
    event.add("sequence", _SHOWN_ANEW + entry.sequence)
    event.add("description", "\n".join(_description(entry, language, url)))
    event.add("categories", [Wording("hạn", "deadline").say(language), *entry.key.units])
    # A deadline takes up nobody's time: who looks whether a day is free is told that it is.
    event.add("transp", "TRANSPARENT")
    event.add("status", _status(entry))
    if url:
        event.add("url", vUri(url))
    for at in entry.reminders:
        event.add_component(_alarm(at, summary))
    return event


def notice_event(of: tuple[str, ...], text: str, day: date, *, url: str) -> Event:
    """Return an event that tells the reader something on a day, without the instant it was made."""
    event = Event()
    event.add("uid", uid(*of))
    event.add("summary", text)
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("description", url)
    event.add("transp", "TRANSPARENT")
    event.add("url", vUri(url))
    return event


def uid(*parts: str) -> str:
    """Return a name that is the same whenever it is made of the same parts."""
    return f"{sha256(chr(0).join(parts).encode()).hexdigest()[:32]}@dondoc"


def _status(entry: DiaryEntry) -> str:
    if entry.state == "withdrawn":
        return "CANCELLED"
    return "TENTATIVE" if entry.provisional and entry.state == "open" else "CONFIRMED"


def _description(entry: DiaryEntry, language: Language, url: str) -> Iterator[str]:
    if place := entry.place.say(language):
        yield place
    yield _END.say(language).format(day=entry.due.words.say(language))
    is_earlier = entry.remind_by not in (entry.due.due, entry.due.last)
    if entry.remind_by is not None and is_earlier and entry.state == "open":
        yield _FINISH_BY.say(language).format(day=full(entry.remind_by).say(language))
    if entry.done_on is not None and entry.state == "done":
        yield _DONE_ON.say(language).format(day=full(entry.done_on).say(language))
    if entry.units:
        yield _BY.say(language).format(units=", ".join(entry.units))
    if why := entry.why.say(language):
        yield why
    if entry.provisional and entry.state == "open":
        yield _PROVISIONAL.say(language)
    if entry.source:
        yield entry.source
    if url:
        yield _ANSWER.say(language).format(url=url)


def _alarm(at: datetime, summary: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", summary)
    # An instant, not a distance from the day: that begins at another hour wherever the reader travels.
    alarm.add("trigger", at, parameters={"VALUE": "DATE-TIME"})
    return alarm


def _duration(length: timedelta) -> str:
    return f"PT{int(length.total_seconds()) // 3600}H"
