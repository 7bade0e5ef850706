"""Recurrence rules (RFC 5545) for the recurrences of the rule language. Hours are no part of them."""

from collections.abc import Sequence

from rules.deadline import Every, MonthDay, Named, OnDay, Weekday, YearDay

_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_WORKING = "MO,TU,WE,TH,FR"
_MONTHS = {"quarter": "3,6,9,12", "half": "6,12", "year": "12"}
_EACH = {"quarter": 3, "half": 6}
_NAMED = {
    "last": "BYMONTHDAY=-1",
    "last working day": f"BYDAY={_WORKING};BYSETPOS=-1",
    "first working day": f"BYDAY={_WORKING};BYSETPOS=1",
}


def rrules(every: Every) -> tuple[str, ...]:
    """Return the rules that together fall on the days of a recurrence; no day is added where it states none."""
    return tuple(f"{rule}{ending(every)}" for rule in _rules(every))


def ending(every: Every) -> str:
    """Return what a rule says of its last day, nothing where there is none."""
    return f";UNTIL={every.until.end:%Y%m%d}" if every.until else ""


def _rules(every: Every) -> tuple[str, ...]:
    match every.unit:
        case "day":
            if every.on:
                return (f"FREQ=WEEKLY;BYDAY={_WORKING}",)
            return (f"FREQ=DAILY{_interval(every.count)}",)
        case "week":
            days = [_DAYS[on.number] for on in every.on if isinstance(on, Weekday)]
            return (f"FREQ=WEEKLY{_interval(every.count)}{';BYDAY=' + ','.join(days) if days else ''}",)
        case "year" if any(isinstance(on, YearDay) for on in every.on):
            return tuple(_of_year(every))
        case _:
            return _of_months(every)


def _of_months(every: Every) -> tuple[str, ...]:
    if not every.on:
        if every.unit == "year":
            return (f"FREQ=YEARLY{_interval(every.count)}",)
        return (f"FREQ=MONTHLY{_interval(every.count * _EACH.get(every.unit, 1))}",)
    if every.unit == "month":
        head = f"FREQ=MONTHLY{_interval(every.count)}"
    else:
        head = f"FREQ=YEARLY;BYMONTH={_MONTHS[every.unit]}"
    return tuple(f"{head};{on}" for on in _days_of_month(every.on))


def _days_of_month(on: Sequence[OnDay]) -> list[str]:
    numbers = sorted({day.day for day in on if isinstance(day, MonthDay)})
    last = [-1] if numbers and Named("last") in on else []
    rules = [f"BYMONTHDAY={','.join(map(str, (*numbers, *last)))}"] if numbers else []
    for day in on:
        match day:
            case Named(name="last") if last:
                continue
            case Named(name=name) if name in _NAMED:
                rules.append(_NAMED[name])
            case Weekday(number=number):
                rules.append(f"BYDAY=-1{_DAYS[number]}")
    return rules


def _of_year(every: Every) -> list[str]:
    """Return one rule for each day of the month, with the months it falls in."""
    by_day: dict[int, list[int]] = {}
    for on in every.on:
        if isinstance(on, YearDay):
            by_day.setdefault(on.day, []).append(on.month)
    head = f"FREQ=YEARLY{_interval(every.count)}"
    return [
        f"{head};BYMONTH={','.join(map(str, sorted(set(months))))};BYMONTHDAY={day}"
        for day, months in sorted(by_day.items())
    ]


def nth_weekday(number: int, nth: int) -> str:
    """Return the rule for the n-th such day of every month."""
    return f"FREQ=MONTHLY;BYDAY={nth}{_DAYS[number]}"


def _interval(count: int) -> str:
    return f";INTERVAL={count}" if count > 1 else ""
