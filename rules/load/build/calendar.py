"""Calendars: days off and worked days, each with its source, none of them twice or both."""

from collections.abc import Collection
from datetime import date, timedelta

from rules.calendar import Calendar, DayOff
from rules.load.documents import Document
from rules.load.forms import WEEKDAYS
from rules.load.mistake import did_you_mean, listed, quoted
from rules.load.place import Faults, Place
from rules.load.shapes.calendar import CalendarShape, HolidayShape
from rules.wording import Wording, same

_LONGEST_RUN = 60


def calendar(document: Document[CalendarShape], faults: Faults) -> Calendar:
    """Return the calendar of a document."""
    shape, place = document.shape, document.place
    based_on = _country(shape.based_on, place / "based_on", faults)
    weekend = frozenset(shape.weekend)
    if len(weekend) == len(WEEKDAYS):
        said = Wording(
            "nghỉ hằng tuần lấy hết bảy ngày; phải còn ít nhất một ngày làm việc",
            "the weekend takes all seven days; at least one is worked",
        )
        faults.at(place / "weekend", said)
        weekend = frozenset()
    places: dict[date, Place] = {}
    holidays = _holidays(shape, place / "holidays", faults, places)
    found = Calendar(
        id=document.id,
        weekend=weekend,
        holidays=holidays,
        covers=frozenset(shape.covers),
        based_on=based_on,
        announced_until=shape.announced_until,
        source=place.source,
        announced_source=(place / "announced_until").key_source,
        worked=_worked(shape, holidays, place / "worked", faults, places),
        places={day: line.source for day, line in places.items()},
    )
    if not place.incomplete("weekend", "holidays", "covers", "based_on"):
        _check_worked(found, shape, place / "worked", faults)
    return found


def _country(code: str | None, place: Place, faults: Faults) -> str | None:
    # The one country known without asking: importing the package takes a tenth of a second.
    if code is None or code == "VN":
        return code
    from holidays import list_supported_countries

    known = list_supported_countries()
    if code in known:
        return code
    near = did_you_mean(code, known)
    said = Wording(
        f"không có nước {quoted(code)}; được ghi: mã nước hai chữ cái của gói holidays, như VN{near.vi}",
        f"unknown country {quoted(code)}; accepted: a two-letter country code of the holidays package, as in VN"
        f"{near.en}",
    )
    faults.at(place, said)
    return None


def _holidays(shape: CalendarShape, place: Place, faults: Faults, lines: dict[date, Place]) -> dict[date, DayOff]:
    """Return the days off by day, and note in `lines` where each stands."""
    found: dict[date, DayOff] = {}
    for index, line in enumerate(shape.holidays):
        if (place / index).incomplete("date", "from", "until"):
            continue
        for day in _days(line, place / index, faults):
            if day in found:
                first = lines[day].source.line
                said = Wording(
                    f"{day} đã là ngày nghỉ ở dòng {first}; giữ lại một",
                    f"{day} is a holiday already, in line {first}; keep one",
                )
                faults.at(place / index, said)
                break
            found[day] = DayOff(day, Wording(line.name, line.name), line.source)
            lines[day] = place / index
    return found


def _days(line: HolidayShape, place: Place, faults: Faults) -> list[date]:
    if line.date and (line.from_ or line.until):
        said = Wording(
            "ngày nghỉ ghi hoặc date, hoặc from và until; giữ lại một cách",
            "a holiday has either a date, or from and until",
        )
        faults.at(place, said)
    elif line.date:
        return [line.date]
    elif not line.from_ or not line.until:
        said = Wording("ngày nghỉ phải có date, hoặc from và until", "a holiday has a date, or from and until")
        faults.at(place, said)
    elif not timedelta(0) <= line.until - line.from_ < timedelta(_LONGEST_RUN):
        said = Wording(
            f"{line.until} không nằm trong {_LONGEST_RUN} ngày kể từ from: {line.from_}",
            f"{line.until} does not follow from: {line.from_} within {_LONGEST_RUN} days",
        )
        faults.at(place / "until", said)
    else:
        return [line.from_ + timedelta(n) for n in range((line.until - line.from_).days + 1)]
    return []


def _worked(
    shape: CalendarShape, holidays: dict[date, DayOff], place: Place, faults: Faults, lines: dict[date, Place]
) -> dict[date, str]:
    """Return the sources of the worked days by day, and note in `lines` where each stands."""
    found: dict[date, str] = {}
    for index, line in enumerate(shape.worked):
        if (place / index / "date").is_unread:
            continue
        if line.date in holidays:
            said = Wording(
                f"{line.date} vừa là ngày nghỉ vừa là ngày làm việc; giữ lại một",
                f"{line.date} is both a holiday and a worked day; keep one",
            )
            faults.at(place / index, said)
        elif line.date in found:
            said = Wording(
                f"{line.date} được ghi là ngày làm việc hai lần; giữ lại một",
                f"{line.date} is listed as worked twice; keep one",
            )
            faults.at(place / index, said)
        found[line.date] = line.source
        lines.setdefault(line.date, place / index)
    return found


def _check_worked(found: Calendar, shape: CalendarShape, place: Place, faults: Faults) -> None:
    """Add a problem for a day said to be worked that would be worked anyway: its date is wrong."""
    plain = Calendar(id=found.id, weekend=found.weekend, covers=found.covers, based_on=found.based_on)
    for index, line in enumerate(shape.worked):
        # Only a day of the working week can be wrong; a holiday of the package may be worked by decree.
        if (
            not (place / index / "date").is_unread
            and line.date.weekday() not in found.weekend
            and line.date not in found.holidays
            and plain.is_working_day(line.date)
        ):
            faults.at(place / index, _worked_anyway(line.date, found.weekend))


def _worked_anyway(day: date, weekend: Collection[int]) -> Wording:
    off = [WEEKDAYS[number] for number in sorted(weekend)]
    days = same(listed(off)) if off else Wording("không ngày nào", "none")
    weekday = WEEKDAYS[day.weekday()]
    return Wording(
        f"{day} là {weekday}, vốn là ngày làm việc; ngày nghỉ hằng tuần: {days.vi}",
        f"{day} is a {weekday}, worked anyway; days off each week: {days.en}",
    )
