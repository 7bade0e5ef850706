"""Forms: a Deadline as a rule file writes it: plain texts, numbers and mappings, ready for YAML or JSON."""

from collections.abc import Mapping, Sequence
from datetime import time

from rules.days import WEEKDAYS
from rules.deadline import (
    After,
    AheadOf,
    Before,
    Continuous,
    Deadline,
    Every,
    MonthDay,
    Named,
    OnDay,
    Period,
    SetBy,
    Span,
    Weekday,
    Within,
    YearDay,
    unreported_by_default,
)
from rules.phrases.reading import Reading

Form = str | int | bool | Mapping[str, "Form"] | Sequence["Form"]

_PART = "hạn {}"


def form(deadline: Deadline) -> Form:
    """Return the deadline as it stands after `deadline:` in a rule file."""
    match deadline:
        case Within() | Before() | Span():
            return _dated(deadline)
        case After(event=event, within=within, at=at):
            return {"after": event, **({"within": str(within)} if within else {}), **_at(at)}
        case AheadOf(event=event, by=by, at=at):
            return {"ahead_of": event, "by": str(by), **_at(at)}
        case Every():
            return _every(deadline)
        case Continuous(review=review):
            return {"continuous": True, "review": _every(review)} if review else "continuous"
        case SetBy(text=text):
            return {"set_by": text}


def _dated(deadline: Within | Before | Span) -> Form:
    match deadline:
        case Within(period=period, at=None):
            return _period(period)
        case Within(period=period, at=at):
            return {"by": _period(period), **_at(at)}
        case Before(period=period, at=at):
            return {"before": _period(period), **_at(at)}
        case Span(start=start, end=end, at=at):
            return {"from": _period(start), "by": _period(end), **_at(at)}


def form_of(reading: Reading) -> Form | None:
    """Return the form of a reading; of one with several deadlines the mapping that stands after `deadlines:`.

    None when the rule language cannot say it, or nothing was understood.
    """
    if not reading.parts:
        return form(reading.deadline) if reading.deadline else None
    if any(part.deadline is None for part in reading.parts):
        return None
    names = _names([part.label for part in reading.parts])
    return {
        "deadlines": {
            name: form(part.deadline) for name, part in zip(names, reading.parts, strict=True) if part.deadline
        }
    }


def _names(labels: Sequence[str]) -> list[str]:
    """Return a name for each part: what the phrase calls it, or its number where it says no word, or the same again."""
    return [
        label if any(map(str.isalpha, label)) and labels.count(label) == 1 else _PART.format(number)
        for number, label in enumerate(labels, 1)
    ]


def _period(period: Period) -> Form:
    return period.text


def _at(at: time | None) -> dict[str, Form]:
    return {"at": f"{at:%H:%M}"} if at else {}


def _every(every: Every) -> dict[str, Form]:
    on = [_on(day) for day in every.on]
    plural = "halves" if every.unit == "half" else f"{every.unit}s"
    default = unreported_by_default(every.unit)
    return {
        "every": every.unit if every.count == 1 else f"{every.count} {plural}",
        **({"on": on[0] if len(on) == 1 else on} if on else {}),
        **_at(every.at),
        **({"from": _period(every.from_)} if every.from_ else {}),
        **({"until": _period(every.until)} if every.until else {}),
        **({"if_unreported": every.if_unreported} if every.if_unreported != default else {}),
        **({"rounding": "last day"} if every.rounding else {}),
    }


def _on(day: OnDay) -> Form:
    match day:
        case MonthDay(day=number):
            return number
        case YearDay(month=month, day=number):
            return f"{month:02}-{number:02}"
        case Weekday(number=number, last=last):
            return f"last {WEEKDAYS[number].en.lower()}" if last else WEEKDAYS[number].en.lower()
        case Named(name=name):
            return name
