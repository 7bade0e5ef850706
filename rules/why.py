"""The arithmetic of a term in words: what the file says, what day that is, every day off that moved it."""

from collections.abc import Sequence
from datetime import date, datetime, time
from itertools import groupby
from zoneinfo import ZoneInfo

from rules import words
from rules.calendar import PACKAGE, Calendar, DayOff
from rules.days import WEEKDAYS, clock, day_en, day_vi, full, plus, short_en, short_vi
from rules.deadline import Every, MonthDay, Offset, Period, YearDay
from rules.programme import Occurred
from rules.steps import is_anchored
from rules.wording import Wording

CONTINUOUS = Wording("Nhiệm vụ thường xuyên: không có hạn cuối, không tính trễ", "Continuous: no last day, never late")
REVIEWED = Wording("Nhiệm vụ thường xuyên, báo cáo định kỳ ", "Continuous, reviewed ")
NOTHING = Wording("", "")

PACKAGE_EN = "the holidays package, not checked against official notices"

NAMED_ONE_BY_ONE = 6
"""So many weekend days are named one by one; more of them are summed up."""


def moved(calendar: Calendar, remind_by: date, strict: date, due: date, grace_until: date) -> Wording:
    """Return what days off made of a due day: which one reminders count to, after which one it is late."""
    vi = en = ""
    if remind_by != strict:
        off, day = _bracketed(calendar.days_off(plus(remind_by, 1), strict)), full(remind_by)
        vi, en = f"; nhắc trước {day.vi}{off.vi}", f"; reminders count to {day.en}{off.en}"
    if grace_until != due:
        # What the reminder's part has named is not named again.
        first = plus(due, 1) if remind_by < due <= strict else due
        off, day = _bracketed(calendar.days_off(first, plus(grace_until, -1))), full(grace_until)
        vi, en = f"{vi}; tính trễ sau {day.vi}{off.vi}", f"{en}; late after {day.en}{off.en}"
    return Wording(vi, en)


def unsettled(calendar: Calendar) -> Wording:
    """Say that the count went beyond the days off that have been announced."""
    end = calendar.announced_until
    if end is None:
        return NOTHING
    return Wording(
        f"; lịch nghỉ sau ngày {day_vi(end)} chưa có thông báo chính thức",
        f"; days off after {day_en(end)} are not officially announced yet",
    )


def until(due: date, at: time | None, place: str = "") -> Wording:
    """Return `đến hết thứ Bảy 28/02/2026`, with a time `đến 17h00 …`; `place` goes before the day."""
    day = full(due)
    if at is None:
        return Wording(f"đến hết {place}{day.vi}", f"by the end of {day.en}")
    hour = clock(at)
    return Wording(f"đến {hour.vi} {place}{day.vi}", f"by {hour.en} on {day.en}")


def within(period: Period, at: time | None) -> Wording:
    """Say on which day a fixed day or a period ends."""
    end = period.end
    if period.kind == "span":
        return span(period.start, end, at)
    if period.kind == "day":
        vi, en = until(end, at)
        return Wording(words.sentence(vi), words.sentence(en))
    name, unit = words.period(period), words.WHOLE[period.kind]
    vi, en = until(end, at, f"ngày cuối {unit.vi}, ")
    return Wording(
        f"{words.sentence(name.vi)}: {vi}",
        f"{words.sentence(name.en)}: {en}, the last day of the {unit.en}",
    )


def span(first: date, last: date, at: time | None) -> Wording:
    """Say that both ends of a span belong to it."""
    vi, en = until(last, at)
    return Wording(f"Từ ngày {day_vi(first)} {vi}", f"From {day_en(first)} to {en.removeprefix('by ')}")


def before(period: Period, eve: date, at: time | None) -> Wording:
    """Say that `before` a period, or the first of a month, means the end of the day before."""
    name, (vi, en) = words.period(period), until(eve, at)
    return Wording(f"Trước {name.vi}: {vi}, ngày liền trước", f"Before {name.en}: {en}, the day before")


def before_named(period: Period, eve: date) -> Wording:
    """Say that reminders count to the day before the named one, lateness from the named day."""
    day, named = full(eve), full(period.start)
    return Wording(
        f"Trước ngày {day_vi(period.start)}: đến hết ngày liền trước, {day.vi}; "
        f"trong ngày ghi tại văn bản, {named.vi}, chưa tính trễ",
        f"Before {day_en(period.start)}: by the end of the day before, {day.en}; "
        f"not yet late on the named day, {named.en}",
    )


def before_time(on: date, at: time) -> Wording:
    """Say that `before` a time of day means that instant."""
    hour, day = clock(at), full(on)
    return Wording(
        f"Trước {hour.vi} {day.vi}: tính đến đúng thời điểm đó",
        f"Before {hour.en} on {day.en}: up to that instant",
    )


def set_by(text: str) -> Wording:
    """Say which document has the date."""
    return Wording(f"Thời hạn theo “{text}”, chưa xác định ngày", f"Set by “{text}”, not dated yet")


def triggered(title: str, on: date) -> Wording:
    """Say from which day on something undated is owed."""
    event, starts = full(on), full(plus(on, 1))
    return Wording(
        f"Sau “{title}” ({event.vi}): thực hiện từ {starts.vi}, chưa định hạn cuối",
        f"After “{title}” ({event.en}): from {starts.en} on, no last day is set",
    )


def after(offset: Offset, title: str, on: date, due: date, at: time | None, calendar: Calendar) -> Wording:
    """Say how the time after an event was counted (Điều 147: its own day is not)."""
    length, event, (vi, en) = words.offset(offset), full(on), until(due, at)
    counted = _counted(offset, calendar, on, due, plus(on, 1), due)
    return Wording(
        f"{length.vi} sau “{title}” ({event.vi}, không tính ngày này): {vi}{counted.vi}",
        f"{words.sentence(length.en)} after “{title}” ({event.en}, not counted): {en}{counted.en}",
    )


def ahead(offset: Offset, title: str, on: date, due: date, at: time | None, calendar: Calendar) -> Wording:
    """Say how the time before an event was counted."""
    length, event, (vi, en) = words.offset(offset), full(on), until(due, at)
    counted = _counted(offset, calendar, on, due, due, plus(on, -1))
    return Wording(
        f"{length.vi} trước “{title}” ({event.vi}): {vi}{counted.vi}",
        f"{words.sentence(length.en)} before “{title}” ({event.en}): {en}{counted.en}",
    )


def hours_after(offset: Offset, title: str, one: Occurred, due_at: datetime, zone: ZoneInfo) -> Wording:
    """Say from which instant the hours after an event were counted."""
    length, (vi, en) = words.offset(offset), _instant(due_at, zone)
    start = _since(one, zone, Wording("tính từ hết ngày", "counted from the end of the day"))
    return Wording(
        f"{length.vi} sau “{title}” ({start.vi}): đến {vi}",
        f"{words.sentence(length.en)} after “{title}” ({start.en}): by {en}",
    )


def hours_ahead(offset: Offset, title: str, one: Occurred, due_at: datetime, zone: ZoneInfo) -> Wording:
    """Say to which instant the hours before an event were counted back."""
    length, (vi, en) = words.offset(offset), _instant(due_at, zone)
    start = _since(one, zone, Wording("tính lùi từ đầu ngày", "counted back from the start of the day"))
    return Wording(
        f"{length.vi} trước “{title}” ({start.vi}): đến {vi}",
        f"{words.sentence(length.en)} before “{title}” ({start.en}): by {en}",
    )


def recurring(phrase: Wording, every: Every, nominal: date, due: date, calendar: Calendar) -> Wording:
    """Say on which day this occurrence ends, `phrase` being how often it recurs; why not on the nominal day."""
    vi, en = until(due, every.at)
    if due != nominal:
        first, last = (due, nominal) if due < nominal else (nominal, due)
        off = _bracketed(calendar.days_off(first, last))
        return Wording(f"{phrase.vi}: kỳ này {vi}{off.vi}", f"{phrase.en}: this time {en}{off.en}")
    clipped = _shorter(_wanted_day(every), nominal)
    return Wording(f"{phrase.vi}: kỳ này {vi}{clipped.vi}", f"{phrase.en}: this time {en}{clipped.en}")


def recurrence(every: Every, opening: Wording) -> Wording:
    """Return how often `every` recurs, as the beginning of a sentence."""
    vi, en = words.recurrence(every)
    return Wording(words.sentence(opening.vi + vi), words.sentence(opening.en + en))


def _wanted_day(every: Every) -> int:
    """Return the day of the month that a recurrence asks for, 0 when it asks for none or for several."""
    match every.on:
        case (MonthDay(day=day),) | (YearDay(day=day),):
            return day
        case () if every.unit not in ("day", "week") and is_anchored(every) and every.from_ is not None:
            return every.from_.start.day
    return 0


def _shorter(wanted: int, day: date) -> Wording:
    """Say that the month of `day` has no such day, when that is why an earlier one stands for it."""
    if wanted <= day.day:
        return NOTHING
    return Wording(f" (tháng này không có ngày {wanted})", f" (this month has no day {wanted})")


def _counted(offset: Offset, calendar: Calendar, on: date, due: date, first: date, last: date) -> Wording:
    """Say which days were left out of a count of working days, or that a month was too short (Điều 148.3)."""
    if offset.unit in ("months", "years"):
        return _shorter(on.day, due)
    if offset.unit != "working days":
        return NOTHING
    vi, en = "", ""
    if off := calendar.days_off(first, last):
        reasons = _reasons(off)
        vi, en = f"; không tính {reasons.vi}", f"; not counted: {reasons.en}"
    if worked := calendar.worked_days(first, last):
        days = [_worked(day, source) for day, source in worked]
        vi += f"; có tính {'; '.join(day.vi for day in days)}"
        en += f"; counted: {'; '.join(day.en for day in days)}"
    return Wording(vi, en)


def _worked(day: date, source: str) -> Wording:
    (vi, en), cited = WEEKDAYS[day.weekday()], _cited(source)
    return Wording(f"{vi} {short_vi(day)} làm bù{cited.vi}", f"{en} {short_en(day)}, a worked day{cited.en}")


def _bracketed(days: Sequence[DayOff]) -> Wording:
    if not days:
        return NOTHING
    vi, en = _reasons(days)
    return Wording(f" ({vi})", f" ({en})")


def _reasons(days: Sequence[DayOff]) -> Wording:
    """Name the days off: weekend days by weekday, holidays by name and source, a source once for its run."""
    weekend = [off.on for off in days if off.source is None]
    parts: list[Wording] = []
    if len(weekend) > NAMED_ONE_BY_ONE:
        parts.append(_summed_up(weekend))
        days = [off for off in days if off.source is not None]
    for source, run in groupby(days, key=lambda off: off.source):
        names = [_named(same) for same in _runs(list(run))]
        cited = NOTHING if source is None else _cited(source)
        parts.append(
            Wording(
                "; ".join(name.vi for name in names) + cited.vi,
                "; ".join(name.en for name in names) + cited.en,
            )
        )
    return Wording("; ".join(part.vi for part in parts), "; ".join(part.en for part in parts))


def _summed_up(weekend: Sequence[date]) -> Wording:
    first, last, number = weekend[0], weekend[-1], len(weekend)
    return Wording(
        f"{number} ngày nghỉ hằng tuần từ {short_vi(first)} đến {day_vi(last)}",
        f"{number} weekend days from {short_en(first)} to {day_en(last)}",
    )


def _runs(days: Sequence[DayOff]) -> list[list[DayOff]]:
    """Return the days cut into runs of one name without a day between."""
    cut = groupby(enumerate(days), key=lambda one: (one[1].name, one[1].on.toordinal() - one[0]))
    return [[off for _, off in run] for _, run in cut]


def _named(run: Sequence[DayOff]) -> Wording:
    name, first, last = run[0].name, run[0].on, run[-1].on
    vi, en = short_vi(first), short_en(first)
    if last != first:
        vi, en = f"từ {vi} đến {short_vi(last)}", f"{en} to {short_en(last)}"
    return Wording(f"{vi} là {name.vi}", f"{en} is {name.en}")


def _cited(source: str) -> Wording:
    return Wording(f", theo {source}", f", by {PACKAGE_EN if source == PACKAGE else source}")


def _instant(at: datetime, zone: ZoneInfo) -> Wording:
    """Return `09h30 thứ Hai 20/4/2026` in local time; midnight is the 24h00 of the day it ends."""
    local = at.astimezone(zone)
    if local.time() == time.min:
        day = full(plus(local.date(), -1))
        return Wording(f"24h00 {day.vi}", f"24:00 on {day.en}")
    hour, day = clock(local.time()), full(local.date())
    return Wording(f"{hour.vi} {day.vi}", f"{hour.en} on {day.en}")


def _since(one: Occurred, zone: ZoneInfo, day_only: Wording) -> Wording:
    if one.at is not None:
        return _instant(one.at, zone)
    day = full(one.on)
    return Wording(f"{day.vi}, {day_only.vi}", f"{day.en}, {day_only.en}")
