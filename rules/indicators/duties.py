"""Duties: what is asked of an indicator's owners, as a task that is followed like any other: a value by the day of each
yearly target, and one at every occurrence of its `measure`. A recorded value answers it."""

from datetime import date

from rules.deadline import Deadline, Every, MonthDay, Named, OnDay, Period, Span, Weekday, YearDay
from rules.indicators.target import said_targets, unit_of
from rules.programme import Indicator, Lead, Task

PREFIX = "indicator:"
"""What the id of such a task begins with; no id in a rule file has a colon."""
_ASKED_FROM = (10, 1)
"""From this day of the year on a value is one for the year's target: before the last quarter it is too early."""
_LATE = 15
"""A day of the month from which on a value stands for the whole of it."""


def task_id(indicator: str) -> str:
    """Return the id under which facts and ledger know what is asked of an indicator."""
    return f"{PREFIX}{indicator}"


def indicator_id(task: str) -> str | None:
    """Return the indicator that a task asks for, None where it is another task."""
    return task.removeprefix(PREFIX) if task.startswith(PREFIX) else None


def duty(indicator: Indicator) -> Task | None:
    """Return what is asked of the owners, its ladder still to be settled; None where nobody owns the indicator.

    A year whose last occurrence of `measure` falls on the target's own days is not asked for twice.
    """
    if not indicator.owner:
        return None
    deadlines: dict[str, Deadline] = {}
    if indicator.measure is not None:
        deadlines[""] = indicator.measure
    for year in sorted(indicator.targets):
        if indicator.measure is None or not reaches_year_end(indicator.measure):
            deadlines[f"năm {year}"] = _by_year_end(year)
    unit = unit_of(indicator)
    return Task(
        id=task_id(indicator.id),
        number=f"chỉ tiêu {indicator.id}",
        section=indicator.section,
        title=f"Số liệu chỉ tiêu: {indicator.title}" + (f" ({unit})" if unit else ""),
        lead=Lead(indicator.owner, False, indicator.owner_named),
        deadlines=deadlines,
        product=_product(indicator),
        basis=indicator.source,
        note=indicator.note,
        indicator=indicator.id,
        source=indicator.place,
        deadline_source=indicator.measure_place or indicator.place,
    )


def reaches_year_end(measure: Every) -> bool:
    """Say whether a rhythm asks for a value late in every December; one that is bounded or skips periods may not."""
    is_whole = measure.count == 1 and measure.from_ is None and measure.until is None
    return is_whole and (measure.unit in ("day", "week") or not measure.on or any(map(_is_late, measure.on)))


def _is_late(on: OnDay) -> bool:
    match on:
        case MonthDay(day=day):
            return day >= _LATE
        case YearDay(month=month, day=day):
            return month == 12 and day >= _LATE
        case Named(name=name):
            return name in ("last", "last working day")
        case Weekday(last=last):
            return last


def _by_year_end(year: int) -> Span:
    first, last = date(year, *_ASKED_FROM), date(year, 12, 31)
    return Span(Period("day", first, first, str(first)), Period("day", last, last, str(last)))


def _product(indicator: Indicator) -> str:
    targets = "; ".join(f"năm {year}: {text}" for year, text in said_targets(indicator))
    return f"Giá trị đo được, nguồn số liệu, minh chứng (mục tiêu {targets})"
