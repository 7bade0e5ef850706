"""Period: the week, month or quarter a summary is of, as written (`2026-W14`, `2026-04`, `2026-Q2`)."""

import re
from datetime import date, timedelta
from typing import Literal, NamedTuple

from rules.calendar import Calendar
from rules.days import month_day, month_index
from rules.load.mistake import Mistake, quoted, refused, suggestion
from rules.load.periods import period_of, rewritten
from rules.wording import Wording

PeriodKind = Literal["week", "month", "quarter"]
KINDS: tuple[PeriodKind, ...] = ("week", "month", "quarter")
ACCEPTED = Wording(
    "một tuần, tháng hoặc quý, như 2026-W14, 2026-04, 2026-Q2",
    "a week, month or quarter, as in 2026-W14, 2026-04, 2026-Q2",
)

_WEEK = re.compile(r"(\d{4})-?W(\d{2})", re.ASCII | re.IGNORECASE)
_MONTHS: dict[PeriodKind, int] = {"month": 1, "quarter": 3}
_ROMAN = ("I", "II", "III", "IV")


class Period(NamedTuple):
    """A stretch of whole days, `first` and `last` included; weeks are those of ISO 8601, Monday to Sunday."""

    kind: PeriodKind
    first: date
    last: date

    def __str__(self) -> str:
        match self.kind:
            case "week":
                year, week, _ = self.first.isocalendar()
                return f"{year}-W{week:02d}"
            case "month":
                return f"{self.first:%Y-%m}"
            case "quarter":
                return f"{self.first.year}-Q{(self.first.month + 2) // 3}"

    @property
    def name(self) -> Wording:
        """Return it in words: `tuần 14 năm 2026`."""
        year = self.first.year
        match self.kind:
            case "week":
                year, week, _ = self.first.isocalendar()
                return Wording(f"tuần {week} năm {year}", f"week {week} of {year}")
            case "month":
                return Wording(f"tháng {self.first.month} năm {year}", f"month {self.first.month} of {year}")
            case "quarter":
                number = (self.first.month + 2) // 3
                return Wording(f"quý {_ROMAN[number - 1]} năm {year}", f"quarter {number} of {year}")

    @property
    def following(self) -> "Period":
        """Return the next one of its kind."""
        return covering(self.kind, self.last + timedelta(1))

    @property
    def preceding(self) -> "Period":
        """Return the one of its kind before."""
        return covering(self.kind, self.first - timedelta(1))

    def worked(self, calendar: Calendar) -> tuple[date, date]:
        """Return its first and its last working day, of a week within Monday to Friday; where none is worked, its
        first and last day."""
        last = self.first + timedelta(4) if self.kind == "week" else self.last
        begins, ends = calendar.on_or_after(self.first), calendar.on_or_before(last)
        return (begins, ends) if begins <= ends else (self.first, last)


def covering(kind: PeriodKind, day: date) -> Period:
    """Return the period of that kind that `day` lies in."""
    if kind == "week":
        monday = day - timedelta(day.weekday())
        return Period(kind, monday, monday + timedelta(6))
    months = _MONTHS[kind]
    index = month_index(day) // months * months
    return Period(kind, month_day(index, 1), month_day(index + months - 1, 31))


def read_period(text: str) -> Period:
    """Return the period that a text names; Mistake when it names none."""
    if found := _WEEK.fullmatch(text):
        return _week(text, int(found[1]), int(found[2]))
    known = period_of(text)
    if known is not None and known.kind in ("month", "quarter"):
        return covering("month" if known.kind == "month" else "quarter", known.start)
    near = rewritten(text)
    near = near if near and re.fullmatch(r"\d{4}-(\d{2}|Q\d)", near) else None
    raise Mistake(refused(text, ACCEPTED, suggestion(near)))


def _week(text: str, year: int, week: int) -> Period:
    try:
        return covering("week", date.fromisocalendar(year, week, 1))
    except (ValueError, OverflowError):
        said = Wording(
            f"{quoted(text)}: năm {year} không có tuần {week}; được ghi: {ACCEPTED.vi}",
            f"{quoted(text)}: the year {year} has no week {week}; accepted: {ACCEPTED.en}",
        )
        raise Mistake(said) from None
