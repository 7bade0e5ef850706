"""Indicators as pages show them: what a form about a value comes to, and the chart of values against targets."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from rules.indicators.standing import Forecast, Measured, YearStanding
from rules.indicators.target import Target
from rules.indicators.value import said_amount

WIDTH, HEIGHT = 420, 230
"""Small enough for its letters to be read where a telephone makes it smaller still."""
LEFT, RIGHT, TOP, BOTTOM = 14, 40, 28, 28
WIDE, TALL = 56, 14
"""How much room a number takes."""


class Dot(NamedTuple):
    """A point of the chart: where it lies, its number as written, and its day."""

    x: float
    y: float
    text: str
    on: date


@dataclass(frozen=True, slots=True)
class Chart:
    """Values as a line, targets as marks, the estimate as a dashed line; all numbers stand beside their marks."""

    values: tuple[Dot, ...]
    targets: tuple[Dot, ...]
    estimate: Dot | None
    years: tuple[Dot, ...]
    """Where each first of January lies."""
    width: int = WIDTH
    height: int = HEIGHT

    @property
    def floor(self) -> int:
        """Return where nothing lies."""
        return self.height - BOTTOM

    @property
    def line(self) -> str:
        """Return the line through the values as SVG has it."""
        return " ".join(f"{dot.x:.1f},{dot.y:.1f}" for dot in self.values)

    def label(self, dot: Dot) -> float:
        """Return where the number of a value stands: above it, of the first of several below, but never on a target."""
        above, below = round(dot.y - 9, 1), round(dot.y + 18, 1)
        wanted, other = (below, above) if dot == self.values[0] != self.values[-1] else (above, below)
        return other if self._is_taken(dot.x, wanted) and not self._is_taken(dot.x, other) else wanted

    def _is_taken(self, x: float, y: float) -> bool:
        """Say whether a target, with its number, or the axis lies where a number would stand."""
        on_a_target = any(abs(x - aim.x) < WIDE and y - TALL < aim.y + 6 and aim.y - 24 < y for aim in self.targets)
        return on_a_target or y > self.floor


def chart(values: Sequence[Measured], years: Sequence[YearStanding]) -> Chart | None:
    """Return the chart of an indicator; None where no number is to be shown, as of yes and no."""
    targets = [(year.due, year.target) for year in years if isinstance(year.target, Target)]
    aims = [(on, one.number, one.measure) for on, one in targets if one.number is not None]
    found = [(one.on, one.value.number, one.value.measure) for one in values if one.value.number is not None]
    if not aims:
        return None
    coming = next((year.forecast for year in years if year.forecast is not None), None)
    days = [on for on, *_ in (*aims, *found)]
    frame = _Frame(
        date(min(days).year, 1, 1), max(days), [number for _, number, _ in (*aims, *found)] + _numbers(coming)
    )
    return Chart(
        tuple(frame.dot(*one) for one in found),
        tuple(frame.dot(*one) for one in aims),
        frame.dot(coming.on, coming.number, coming.measure) if coming else None,
        tuple(frame.dot(date(year, 1, 1), Decimal(0), "") for year in range(frame.first.year, frame.last.year + 1)),
    )


class _Frame:
    def __init__(self, first: date, last: date, numbers: Sequence[Decimal]) -> None:
        self.first, self.last = first, last
        self.least, self.most = min(*numbers, Decimal(0)), max(*numbers, Decimal(0))

    def dot(self, on: date, number: Decimal, measure: str) -> Dot:
        wide, high = WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM
        along = (on - self.first).days / max((self.last - self.first).days, 1)
        up = float((number - self.least) / ((self.most - self.least) or 1))
        return Dot(
            round(LEFT + wide * along, 1), round(TOP + high * (1 - up), 1), said_amount(number, measure, places=2), on
        )


def _numbers(coming: Forecast | None) -> list[Decimal]:
    return [coming.number] if coming else []
