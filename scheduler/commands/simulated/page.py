"""Page: a simulation as one calendar page in Vietnamese, to be looked through: it loads nothing from elsewhere."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from rules.calendar import Calendar, days_between, local_day
from rules.days import WEEKDAYS, day_vi, short_vi
from rules.simulate import SimulatedMessage, Simulation
from scheduler.commands.subjects import Headings

TEMPLATES = Path(__file__).parent / "templates"
SHADES = 5
MOST_PERSONS = 40
"""So many persons stand in the table, those with the most mails."""


class Mail(NamedTuple):
    """One mail as the page shows it."""

    at: str
    to: str
    size: int
    subject: str


class Day(NamedTuple):
    """A cell of the calendar. `shade` 0 to 5: how many mails, against the fullest day. `off`: why it is not worked."""

    on: date
    name: str
    mails: int
    persons: int
    shade: int
    off: str
    due: int
    is_quarter_end: bool


class Week(NamedTuple):
    """The load of a week: `width` in per cent of the heaviest one."""

    first: str
    last: str
    mails: int
    due: int
    width: int
    has_quarter_end: bool


class Person(NamedTuple):
    """What one person gets; `most` on the fullest day, `fullest`."""

    email: str
    mails: int
    lines: int
    days: int
    most: int
    fullest: str


def page_of(found: Simulation, heading: Headings, *, first: date, last: date, person: str | None) -> str:
    """Return the page; with `person` only the mails of that person."""
    zone = found.world.policy.zone
    mails: dict[date, list[SimulatedMessage]] = defaultdict(list)
    for message in found.messages:
        if person in (None, message.to):
            mails[local_day(message.at, zone)].append(message)
    due = _due(found, first, last)
    days = _days(mails, due, _calendar(found), first, last)
    environment = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined)
    environment.filters["day"] = day_vi
    return environment.get_template("calendar.html.j2").render(
        first=first,
        last=last,
        person=person,
        count=sum(map(len, mails.values())),
        due_count=sum(due.values()),
        months=_months(days),
        weekdays=[_short(number) for number in range(7)],
        weeks=list(_weeks(days)),
        persons=_persons(mails)[:MOST_PERSONS],
        hidden=max(0, len(_persons(mails)) - MOST_PERSONS),
        cap=found.world.policy.daily_cap,
        opened=[(day, [_mail(m, heading, found) for m in mails[day.on]]) for day in days if day.mails],
    )


def _calendar(found: Simulation) -> Calendar | None:
    """Return the calendar that days are shown by, the first programme's; None without programmes."""
    programmes = found.world.rulebook.programmes.values()
    return next((found.world.roster.calendar(programme) for programme in programmes), None)


def _due(found: Simulation, first: date, last: date) -> Counter[date]:
    """Return how many obligations are due on each day."""
    terms = (entry.cohort.followed.term.due for entry in found.world.entries.values())
    return Counter(due for due in terms if due is not None and first <= due <= last)


def _days(
    mails: dict[date, list[SimulatedMessage]], due: Counter[date], calendar: Calendar | None, first: date, last: date
) -> list[Day]:
    fullest = max(map(len, mails.values()), default=1)
    return [_day(day, mails.get(day, []), due[day], calendar, fullest) for day in days_between(first, last)]


def _day(on: date, mails: list[SimulatedMessage], due: int, calendar: Calendar | None, fullest: int) -> Day:
    off = calendar.day_off(on) if calendar else None
    persons = len({message.to for message in mails})
    shade = -(-len(mails) * SHADES // fullest) if mails else 0
    ends = on.month % 3 == 0 and (on + timedelta(1)).month != on.month
    name = f"{WEEKDAYS[on.weekday()].vi} {day_vi(on)}"
    return Day(on, name, len(mails), persons, shade, off.name.vi if off else "", due, ends)


def _months(days: list[Day]) -> Iterator[tuple[str, int, list[Day]]]:
    """Yield each month with the cells before its first day."""
    by_month: dict[tuple[int, int], list[Day]] = defaultdict(list)
    for day in days:
        by_month[day.on.year, day.on.month].append(day)
    for (year, month), inside in by_month.items():
        yield f"Tháng {month}/{year}", inside[0].on.weekday(), inside


def _weeks(days: list[Day]) -> Iterator[Week]:
    by_week: dict[date, list[Day]] = defaultdict(list)
    for day in days:
        by_week[day.on - timedelta(day.on.weekday())].append(day)
    most = max((sum(day.mails for day in inside) for inside in by_week.values()), default=0) or 1
    for inside in by_week.values():
        count = sum(day.mails for day in inside)
        yield Week(
            short_vi(inside[0].on),
            day_vi(inside[-1].on),
            count,
            sum(day.due for day in inside),
            100 * count // most,
            any(day.is_quarter_end for day in inside),
        )


def _persons(mails: dict[date, list[SimulatedMessage]]) -> list[Person]:
    by_person: dict[str, dict[date, list[SimulatedMessage]]] = defaultdict(lambda: defaultdict(list))
    for day, messages in mails.items():
        for message in messages:
            by_person[message.to][day].append(message)
    found = [_person(email, days) for email, days in by_person.items()]
    return sorted(found, key=lambda one: (-one.mails, one.email))


def _person(email: str, days: dict[date, list[SimulatedMessage]]) -> Person:
    fullest = max(days, key=lambda day: (len(days[day]), sum(m.size for m in days[day])))
    mails = [message for messages in days.values() for message in messages]
    lines = sum(message.size for message in mails)
    return Person(email, len(mails), lines, len(days), len(days[fullest]), day_vi(fullest))


def _mail(message: SimulatedMessage, heading: Headings, found: Simulation) -> Mail:
    at = message.at.astimezone(found.world.policy.zone)
    return Mail(f"{at:%H:%M}", message.to, message.size, heading(message).subject)


def _short(number: int) -> str:
    return "CN" if number == 6 else f"T{number + 2}"
