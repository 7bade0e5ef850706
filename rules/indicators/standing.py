"""Standing: how an indicator stands to the target of a year, by the values measured in that year, and what it may come
to by the year's end."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from rules.days import day_en, day_vi
from rules.indicators.target import NotComparable, Target, target, unit_of
from rules.indicators.value import NotAValue, Value, said_amount, value
from rules.programme import Indicator
from rules.wording import Wording

_WITHIN_A_YEAR = re.compile(r"\b(?:mỗi năm|hằng năm|hàng năm|trong năm)\b", re.IGNORECASE)
_PLACES = 2
SHORTEST_SPAN = timedelta(days=28)
"""No line is drawn through values that lie closer together: their difference would be multiplied many times over."""


class Attained(StrEnum):
    """How an indicator stands to a target. What is not reached is on the way until the year is over, below then."""

    NOT_MEASURED = "not_measured"
    ON_THE_WAY = "on_the_way"
    BELOW = "below"
    REACHED = "reached"
    INCOMPARABLE = "incomparable"


ATTAINED: dict[Attained, Wording] = {
    Attained.NOT_MEASURED: Wording("Chưa có số liệu", "Not measured"),
    Attained.ON_THE_WAY: Wording("Đang thực hiện", "On the way"),
    Attained.BELOW: Wording("Chưa đạt", "Below"),
    Attained.REACHED: Wording("Đạt", "Reached"),
    Attained.INCOMPARABLE: Wording("Không so sánh được", "Cannot be compared"),
}


@dataclass(frozen=True, slots=True)
class Measured:
    """A value of an indicator on the day for which it was measured."""

    on: date
    value: Value


@dataclass(frozen=True, slots=True)
class Forecast:
    """What the straight line through the first and the last of some values comes to on a day: an estimate, no more."""

    on: date
    number: Decimal
    measure: str
    first: date
    last: date
    is_reached: bool | None

    @property
    def said(self) -> str:
        """Return the number with what it counts."""
        return said_amount(self.number, self.measure, places=_PLACES)

    @property
    def words(self) -> Wording:
        """Return it with where it comes from."""
        vi, en = ([said(day) for day in (self.on, self.first, self.last)] for said in (day_vi, day_en))
        return Wording(
            f"Ước tính đến {vi[0]}: khoảng {self.said} "
            f"(kéo thẳng từ số liệu ngày {vi[1]} và {vi[2]}; chỉ để tham khảo)",
            f"Estimate for {en[0]}: about {self.said} (a straight line through the values of {en[1]} and {en[2]})",
        )


@dataclass(frozen=True, slots=True)
class YearStanding:
    """How an indicator stands to the target of a year. `last` is the value that it is judged by."""

    year: int
    target: Target | NotComparable
    attained: Attained
    last: Measured | None = None
    forecast: Forecast | None = None
    reason: Wording | None = None
    """Why the two cannot be compared."""

    @property
    def due(self) -> date:
        """Return the day by which it is to be reached."""
        return date(self.year, 12, 31)


def measured_of(indicator: Indicator, values: Iterable[tuple[date, str]]) -> list[Measured]:
    """Return the values of an indicator, as recorded, read in its unit; those that a newer edition of the rules makes
    unreadable stay, as text."""
    return [Measured(on, read_again(text, unit_of(indicator))) for on, text in values]


def read_again(text: str, unit: str) -> Value:
    """Return a recorded value read in a unit, which may have changed since; as bare text where it does not fit it."""
    try:
        return value(text, unit)
    except NotAValue:
        return Value(text)


def standings(indicator: Indicator, values: Sequence[Measured], *, today: date) -> list[YearStanding]:
    """Return how an indicator stands to each of its targets; `values` in the order of their days.

    A year is judged by the last value measured in it: an earlier one may be out of date, and where something is counted
    anew each year it is another count.
    """
    counts_anew = is_counted_yearly(indicator)
    return [_standing(indicator, year, values, counts_anew, today) for year in sorted(indicator.targets)]


def is_counted_yearly(indicator: Indicator) -> bool:
    """Say whether it is counted anew each year: `Số đơn đăng ký sáng chế mỗi năm`."""
    return bool(_WITHIN_A_YEAR.search(f"{indicator.title} {indicator.unit}"))


def forecast(values: Sequence[Measured], wanted: Target, *, on: date) -> Forecast | None:
    """Return what the values come to on a day by a straight line through the first and the last; None where these
    are closer together than SHORTEST_SPAN, of those that are measured as the target is, or the day is not after
    them."""
    fit = [one for one in values if one.value.number is not None and wanted.is_reached(one.value) is not None]
    if not fit or fit[-1].on - fit[0].on < SHORTEST_SPAN or fit[-1].on >= on:
        return None
    first, last = fit[0], fit[-1]
    assert first.value.number is not None
    assert last.value.number is not None
    slope = (last.value.number - first.value.number) / (last.on - first.on).days
    number = last.value.number + slope * (on - last.on).days
    number = round(_bounded(number, [one.value for one in fit]), _PLACES)
    return Forecast(on, number, wanted.measure, first.on, last.on, wanted.is_met_by(number))


def _standing(
    indicator: Indicator, year: int, values: Sequence[Measured], counts_anew: bool, today: date
) -> YearStanding:
    wanted = target(indicator.targets[year], indicator.unit)
    known = [one for one in values if one.on <= date(year, 12, 31)]
    of_year = [one for one in known if one.on.year == year]
    # Until the year has a value of its own the latest one is shown, and judges nothing.
    last = of_year[-1] if of_year else (known[-1] if known and not counts_anew and year >= today.year else None)
    if isinstance(wanted, NotComparable):
        return YearStanding(year, wanted, Attained.INCOMPARABLE, last, None, wanted.reason)
    wanted = _in_unit(wanted, indicator)
    if last is None:
        return YearStanding(year, wanted, Attained.NOT_MEASURED)
    coming = None
    if wanted.number is not None and today <= date(year, 12, 31):
        coming = forecast(of_year if counts_anew else known, wanted, on=date(year, 12, 31))
    reached = wanted.is_reached(last.value)
    if reached is None:
        return YearStanding(year, wanted, Attained.INCOMPARABLE, last, None, _unlike(wanted, last.value))
    if reached and of_year:
        return YearStanding(year, wanted, Attained.REACHED, last, coming)
    attained = Attained.BELOW if today.year > year else Attained.ON_THE_WAY
    return YearStanding(year, wanted, attained, last, coming)


def _in_unit(wanted: Target, indicator: Indicator) -> Target:
    """Return a target that names no measure as one of what the indicator's other targets are measured in."""
    found = target(wanted.written, unit_of(indicator))
    return found if isinstance(found, Target) else wanted


def _bounded(number: Decimal, values: Sequence[Value]) -> Decimal:
    """Return the number within what it can be: a count is not below nothing, a share of a whole not above it."""
    given = [one.number for one in values if one.number is not None]
    if values[0].is_growth or min(given) < 0:
        return number
    number = max(number, Decimal(0))
    return min(number, Decimal(100)) if values[0].measure == "%" and max(given) <= 100 else number


def _unlike(wanted: Target, found: Value) -> Wording:
    return Wording(
        f"số liệu “{found.written}” không cùng loại với mức “{wanted.written}”",
        f"the value {found.written!r} is not of the kind of the target, {wanted.written!r}",
    )
