"""Working days: weekends, holidays, worked Saturdays, with their sources. The only local→UTC conversion."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from rules.days import WEEKDAYS, OutOfCalendarError, plus
from rules.problem import Source
from rules.wording import Wording

PACKAGE = "gói holidays, chưa đối chiếu thông báo chính thức"
"""The source of days that no line of the calendar file says and the `holidays` package supplies."""

SATURDAY_AND_SUNDAY = frozenset({5, 6})


@dataclass(frozen=True, slots=True)
class DayOff:
    """A day that is not worked, with its name and the document that says so (None for a weekend)."""

    on: date
    name: Wording
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Calendar:
    """Which days are worked, and who says so.

    Its own lines win over the `holidays` package of the country `based_on`, which is not asked about years in
    `covers` and knows Vietnam's holidays up to 2100. `weekend` holds weekday numbers, 0 is Monday; `worked`
    maps the days worked in spite of it to the document that says so.
    """

    id: str
    weekend: frozenset[int] = SATURDAY_AND_SUNDAY
    holidays: Mapping[date, DayOff] = field(default_factory=dict)
    worked: Mapping[date, str] = field(default_factory=dict)
    covers: frozenset[int] = frozenset()
    based_on: str | None = None
    announced_until: date | None = None
    source: Source = Source("")
    announced_source: Source = field(default=Source(""), compare=False)
    """Where its file says until when it is announced; the calendar's own place where it does not."""
    places: Mapping[date, Source] = field(default_factory=dict, repr=False, compare=False)
    """Where its file says that a day is off or worked, of the days that it names."""
    _off: dict[int, dict[date, DayOff]] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Refuse a week without a working day: counting would never end."""
        if self.weekend >= frozenset(range(7)):
            raise ValueError(f"calendar {self.id}: the weekend leaves no working day")

    def __hash__(self) -> int:
        """Hash by name, so that what follows from a calendar can be remembered; equality still compares all."""
        return hash(self.id)

    def day_off(self, day: date) -> DayOff | None:
        """Return why `day` is not worked, None when it is; ValueError when `based_on` is no known country."""
        off = self._off.get(day.year)
        if off is None:
            off = self._off[day.year] = self._days_off_of(day.year)
        return off.get(day)

    def is_working_day(self, day: date) -> bool:
        """Return True when `day` is worked."""
        return self.day_off(day) is None

    def on_or_before(self, day: date) -> date:
        """Return the last working day up to `day`."""
        while self.day_off(day):
            day = plus(day, -1)
        return day

    def on_or_after(self, day: date) -> date:
        """Return the first working day from `day` on (Điều 148.5 BLDS 2015)."""
        while self.day_off(day):
            day = plus(day, 1)
        return day

    def shift(self, day: date, n: int) -> date:
        """Return the n-th working day after `day` (before it when negative), without `day`; `day` for 0."""
        step = 1 if n > 0 else -1
        for _ in range(abs(n)):
            day = plus(day, step)
            while self.day_off(day):
                day = plus(day, step)
        return day

    def days_off(self, first: date, last: date) -> tuple[DayOff, ...]:
        """Return the days off from `first` to `last`, both included; none when `last` comes first."""
        found = map(self.day_off, days_between(first, last))
        return tuple(off for off in found if off is not None)

    def worked_by(self, day: date) -> str | None:
        """Return the source by which a day of the weekend is worked, None for any other day."""
        if day.weekday() not in self.weekend or not self.is_working_day(day):
            return None
        return self.worked.get(day, PACKAGE)

    def worked_days(self, first: date, last: date) -> tuple[tuple[date, str], ...]:
        """Return the weekend days from `first` to `last` that are worked, each with its source."""
        found = ((day, self.worked_by(day)) for day in days_between(first, last))
        return tuple((day, source) for day, source in found if source is not None)

    def is_announced(self, day: date) -> bool:
        """Return False when `day` lies beyond what official notices have settled."""
        return self.announced_until is None or day <= self.announced_until

    def _days_off_of(self, year: int) -> dict[date, DayOff]:
        days = days_between(date(year, 1, 1), date(year, 12, 31))
        off = {day: DayOff(day, WEEKDAYS[day.weekday()]) for day in days if day.weekday() in self.weekend}
        if self.based_on is not None and year not in self.covers:
            named, worked = _package_year(self.based_on, year)
            off.update(named)
            for day in worked:
                off.pop(day, None)
        for day in self.worked:
            off.pop(day, None)
        off.update((day, line) for day, line in self.holidays.items() if day.year == year)
        return off


@lru_cache(maxsize=8192)
def instant(day: date, at: time | None, zone: ZoneInfo) -> datetime:
    """Return the UTC instant of `at` on `day` in `zone`; without `at` its end, 24:00 (Điều 148.6 BLDS 2015).

    A time that the clocks skip is the first instant after the gap, one that comes twice the first of the two.
    OutOfCalendarError beyond the years 1 to 9999.
    """
    wall = datetime.combine(plus(day, 1), time.min) if at is None else datetime.combine(day, at)
    first, second = wall.replace(tzinfo=zone), wall.replace(tzinfo=zone, fold=1)
    try:
        early, late = first.astimezone(UTC), second.astimezone(UTC)
    except OverflowError:
        raise OutOfCalendarError(f"{wall} leads out of the years 1 to 9999") from None
    return early if early <= late else _end_of_gap(late, early, zone)


@lru_cache(maxsize=8192)
def hour_on(due: date, due_at: datetime, zone: ZoneInfo) -> time | None:
    """Return the hour at which a day is due that ends at `due_at`, None where it is open to its end."""
    wall = due_at.astimezone(zone)
    return wall.time() if wall.date() <= due else None


def local_day(moment: datetime, zone: ZoneInfo) -> date:
    """Return the day `moment` falls on in `zone`; the 24:00 of a day is already the next one."""
    return moment.astimezone(zone).date()


def days_between(first: date, last: date) -> Iterable[date]:
    """Return the days from `first` to `last`, both included."""
    return map(date.fromordinal, range(first.toordinal(), last.toordinal() + 1))


def _end_of_gap(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    """Return the first whole second after the clocks jumped, by halving the time between."""
    before, after = before.replace(microsecond=0), after.replace(microsecond=0)
    offset = after.astimezone(zone).utcoffset()
    while after - before > timedelta(seconds=1):
        middle = before + timedelta(seconds=(after - before) // timedelta(seconds=2))
        if middle.astimezone(zone).utcoffset() == offset:
            after = middle
        else:
            before = middle
    return after


@lru_cache(maxsize=512)
def _package_year(country: str, year: int) -> tuple[dict[date, DayOff], frozenset[date]]:
    """Return the country's days off and worked weekend days of one year, as the package has them."""
    # The import alone takes a tenth of a second: a calendar that covers its years never pays it.
    import holidays

    def known(language: str | None) -> holidays.HolidayBase:
        return holidays.country_holidays(country, years=year, expand=False, language=language)

    try:
        plain = known(None)
    except NotImplementedError:
        raise ValueError(f"the holidays package does not know the country {country!r}") from None
    # Left to itself the package follows the locale of the process: the languages are named.
    vi, en = (
        known(language if language in plain.supported_languages else plain.default_language)
        for language in ("vi", "en_US")
    )
    days = {
        day: DayOff(day, Wording(name, en[day]), PACKAGE)
        for day, name in vi.items()
        if day.year == year and not _made_up_without_law(country, day)
    }
    return days, frozenset(day for day in vi.weekend_workdays if day.year == year)


def _made_up_without_law(country: str, day: date) -> bool:
    """Return True for a day off in lieu of 24 November, which the package invents.

    Điều 111.3 BLLĐ 2019 makes up the holidays of Điều 112.1 only; 24 November comes from Nghị quyết
    28/2026/QH16 Điều 2.
    """
    return country == "VN" and day.month == 11 and day.day != 24
