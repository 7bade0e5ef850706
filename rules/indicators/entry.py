"""Entry: a value that somebody wants to record, looked at before it is: the same for a page, a command and a sheet."""

from dataclasses import dataclass
from datetime import date

from rules.indicators.target import NotComparable, Target, target, unit_of, wants_yes_or_no
from rules.indicators.value import PERCENT, NotAValue, Value, value
from rules.programme import Indicator
from rules.wording import Wording

OLDEST_YEARS = 10
LONGEST_SOURCE = 500
LONGEST_NOTE = 2_000
WHOLE = 100


class WrongDay(ValueError):
    """A day that no value can be of; `reason` says why."""

    def __init__(self, vi: str, en: str) -> None:
        super().__init__(en)
        self.reason = Wording(vi, en)


@dataclass(frozen=True, slots=True)
class Entry:
    """A value to be recorded of an indicator, for a day; `unit` is on whose behalf."""

    programme: str
    indicator: Indicator
    on: date
    value: Value
    unit: str
    source: str | None = None
    note: str | None = None

    @property
    def name(self) -> str:
        """Return the programme and the indicator, as commands name it."""
        return f"{self.programme}/{self.indicator.id}"


def checked_value(indicator: Indicator, text: str) -> Value:
    """Return the value a text names; NotAValue where it is none, or not of the kind that the indicator has."""
    found = value(text, unit_of(indicator))
    if wants_yes_or_no(indicator) and found.is_yes is None:
        raise NotAValue(
            f"“{found.written}”: chỉ tiêu này ghi Có hoặc Không", f"{found.written!r}: this indicator is Có or Không"
        )
    if not wants_yes_or_no(indicator) and found.number is None:
        raise NotAValue(
            f"“{found.written}”: chỉ tiêu này ghi một số, ví dụ 82,5",
            f"{found.written!r}: this indicator is a number, as 82,5",
        )
    return found


def doubt(indicator: Indicator, found: Value) -> Wording | None:
    """Return what makes a value look mistaken though it can be recorded: a share of a whole (its targets are per cents
    up to 100) that is more than all of it, or less than nothing; None where nothing does."""
    if found.number is None or found.is_growth or found.measure != PERCENT or 0 <= found.number <= WHOLE:
        return None
    aims = [target(text, unit_of(indicator)) for text in indicator.targets.values()]
    if not all(_is_share(one) for one in aims):
        return None
    return Wording(
        f"Giá trị {found.said} nằm ngoài khoảng 0–100%, trong khi mục tiêu của chỉ tiêu là tỷ lệ: đề nghị xem lại.",
        f"{found.said} lies outside of 0–100%, and the targets of this indicator are shares: please look again.",
    )


def _is_share(wanted: Target | NotComparable) -> bool:
    if isinstance(wanted, NotComparable) or wanted.number is None or wanted.is_growth:
        return False
    return wanted.measure == PERCENT and 0 <= wanted.number <= WHOLE


def checked_day(on: date, *, today: date) -> date:
    """Return the day; WrongDay where it has not come yet, or lies too far back to be meant."""
    if on > today:
        raise WrongDay("Ngày số liệu chưa tới.", f"{on} has not come yet")
    if on.year < today.year - OLDEST_YEARS:
        raise WrongDay("Ngày số liệu quá xa: đề nghị xem lại năm.", f"{on} is long ago: look at the year")
    return on


def on_behalf_of(indicator: Indicator, units: frozenset[str] | None = None) -> str:
    """Return the owners that a value is recorded for: those among `units`, else all of them, joined by '+'."""
    own = [unit for unit in indicator.owner if units and unit in units]
    return "+".join(own or indicator.owner)
