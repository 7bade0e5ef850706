"""Trial: a ladder climbed from every working day of a year, to see what its rungs come to."""

from datetime import date, time, timedelta
from functools import lru_cache

from rules.calendar import Calendar
from rules.dated import dated
from rules.ladder import Ladder
from rules.lint.subject import Subject
from rules.programme import Programme
from rules.term import TermContext
from rules.timetable import Timetable, timetable
from rules.why import NOTHING
from rules.window import Policy

_HOURS = (None, time(9), time(16))


def trials(subject: Subject, programme: Programme, ladder: Ladder) -> tuple[tuple[date, Timetable], ...]:
    """Return the timetable of a ladder for each day of the coming year on which something may be due.

    Where rungs are counted in hours, for deadlines in the morning and in the afternoon too.
    """
    calendar = subject.rulebook.calendars[programme.calendar]
    return _trials(ladder, calendar, subject.policy, programme.roll, subject.today)


@lru_cache(maxsize=64)
def _trials(
    ladder: Ladder, calendar: Calendar, policy: Policy, roll: bool, today: date
) -> tuple[tuple[date, Timetable], ...]:
    """Return the same for all programmes that count alike: several checks look at it, and `--watch` looks again."""
    context = TermContext(calendar, policy.zone, roll=roll)
    offsets = [rung.at.offset for rung in ladder.rungs]
    in_hours = any(offset is not None and offset.unit == "hours" for offset in offsets)
    days = (today + timedelta(days=count) for count in range(366))
    return tuple(
        (day, timetable(dated(context, "date", NOTHING, due=day, at=at), ladder, calendar=calendar, policy=policy))
        for day in days
        if calendar.is_working_day(day)
        for at in (_HOURS if in_hours else _HOURS[:1])
    )
