"""Target: what a document wants an indicator to reach in a year, read from its own words and compared with values."""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from rules.indicators.value import NotAValue, Value, measured_in, said_amount, shown, value
from rules.programme import Indicator
from rules.wording import Wording

Comparison = Literal["≥", "≤", "=", ">", "<", "yes", "no"]

_LEADS: tuple[tuple[str, Comparison], ...] = (
    ("≥", "≥"), (">=", "≥"), ("=>", "≥"), ("≤", "≤"), ("<=", "≤"), ("=<", "≤"), (">", ">"), ("<", "<"), ("=", "="),
    ("tối thiểu", "≥"), ("ít nhất", "≥"), ("không thấp hơn", "≥"), ("không dưới", "≥"), ("không ít hơn", "≥"),
    ("từ", "≥"), ("tối đa", "≤"), ("không quá", "≤"), ("không vượt quá", "≤"), ("không cao hơn", "≤"),
    ("nhiều nhất", "≤"), ("trên", ">"), ("hơn", ">"), ("dưới", "<"), ("bằng", "="), ("đúng", "="),
)  # fmt: skip
_FILLERS = ("đạt được", "đạt", "phấn đấu", "còn", "ở mức", "mức", "tỷ lệ")
_SEVERAL = Wording("nêu nhiều số, chưa rõ số nào", "names several numbers, and not which counts")
_BEHIND = re.compile(r"\s*(?:trở lên|trở xuống)$")


@dataclass(frozen=True, slots=True)
class Target:
    """`number` is what values are compared with, in `measure`; None for yes and no. `written`: the document's text."""

    written: str
    comparison: Comparison
    number: Decimal | None = None
    measure: str = ""
    is_growth: bool = False

    @property
    def said(self) -> str:
        """Return it with its sign, as a page shows it: `≥ 100%`, `Có`."""
        if self.number is None:
            return "Có" if self.comparison == "yes" else "Không"
        growth = "tăng " if self.is_growth else ""
        return f"{self.comparison} {growth}{said_amount(self.number, self.measure)}"

    def is_reached(self, found: Value) -> bool | None:
        """Say whether a value reaches it; None where the two cannot be compared."""
        if self.number is None:
            return None if found.is_yes is None else found.is_yes == (self.comparison == "yes")
        if found.number is None or found.is_growth != self.is_growth or found.measure != self.measure:
            return None
        return self.is_met_by(found.number)

    def is_met_by(self, number: Decimal) -> bool:
        """Say whether a number, measured as the target is, reaches it."""
        assert self.number is not None
        match self.comparison:
            case "≥":
                return number >= self.number
            case "≤":
                return number <= self.number
            case ">":
                return number > self.number
            case "<":
                return number < self.number
        return number == self.number


@dataclass(frozen=True, slots=True)
class NotComparable:
    """A target that no value can be held against, and why."""

    written: str
    reason: Wording

    @property
    def said(self) -> str:
        """Return the document's own words: nothing else can be said of it."""
        return self.written


def target(text: str, unit: str = "") -> Target | NotComparable:
    """Return the target that a text names, or why it names none.

    A bare number is a level to be attained: more is no less. `tăng 10%` wants a growth of at least that, `giảm 5%` a
    fall of at least that.
    """
    written = " ".join(unicodedata.normalize("NFC", text).split())
    said = written.casefold()
    if said.endswith("trở xuống"):
        lead: Comparison | None = "≤"
    else:
        lead = "≥" if said.endswith("trở lên") else None
    said, comparison = _led(_BEHIND.sub("", said))
    comparison = lead or comparison
    if re.search(r"\d\s*(?:[-–—/÷]|đến|hoặc)\s*\d", said):
        return NotComparable(written, _SEVERAL)
    try:
        found = value(said, unit)
    except NotAValue as fault:
        if not re.search(r"\d", said):
            return NotComparable(written, Wording("không nêu con số nào", "names no number"))
        return NotComparable(written, fault.reason)
    if found.number is None:
        if comparison:
            return NotComparable(written, Wording("so sánh mà không nêu con số", "compares without a number"))
        return Target(written, "yes" if found.is_yes else "no")
    falls = found.is_growth and found.number < 0
    return Target(written, comparison or ("≤" if falls else "≥"), found.number, found.measure, found.is_growth)


def said_targets(indicator: Indicator, *, since: int = 0) -> list[tuple[int, str]]:
    """Return the targets with what they count, by year, as everybody reads them; the years before `since` left out."""
    years = sorted(year for year in indicator.targets if year >= since)
    return [(year, target(indicator.targets[year], unit_of(indicator)).said) for year in years]


def unit_of(indicator: Indicator) -> str:
    """Return what an indicator is measured in: its unit or, where that is blank, what its targets name."""
    if measured_in(indicator.unit):
        return indicator.unit
    found = (target(text) for _, text in sorted(indicator.targets.items()))
    return next((shown(one.measure) for one in found if isinstance(one, Target) and one.measure), "")


def wants_yes_or_no(indicator: Indicator) -> bool:
    """Say whether its values are yes and no: all of its targets are."""
    found = [target(text, indicator.unit) for text in indicator.targets.values()]
    return all(isinstance(one, Target) and one.number is None for one in found)


def _led(said: str) -> tuple[str, Comparison | None]:
    """Return the text without the words that lead to its number, and the comparison they make."""
    comparison: Comparison | None = None
    while True:
        filler = next((word for word in _FILLERS if said.startswith(f"{word} ")), None)
        if filler is not None:
            said = said[len(filler) :].lstrip()
            continue
        lead = next(((word, sign) for word, sign in _LEADS if _leads(said, word)), None)
        if lead is None or comparison is not None:
            return said, comparison
        said, comparison = said[len(lead[0]) :].lstrip(), lead[1]


def _leads(said: str, word: str) -> bool:
    return said.startswith(f"{word} ") if word[0].isalpha() else said.startswith(word)
