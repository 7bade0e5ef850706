"""Trial: a ladder climbed from every working day of a year, to see what its rungs come to."""

from collections.abc import Iterator
from datetime import date, time, timedelta

from rules.dated import dated
from rules.ladder import Ladder
from rules.lint.subject import Subject
from rules.programme import Programme
from rules.timetable import Timetable, timetable
from rules.why import NOTHING

_HOURS = (None, time(9), time(16))


def trials(subject: Subject, programme: Programme, ladder: Ladder) -> Iterator[tuple[date, Timetable]]:
    """Yield the timetable of a ladder for each day of the coming year on which something may be due.

    Where rungs are counted in hours, for deadlines in the morning and in the afternoon too.
    """
    context = subject.context(programme)
    offsets = [rung.at.offset for rung in ladder.rungs]
    in_hours = any(offset is not None and offset.unit == "hours" for offset in offsets)
    for count in range(366):
        day = subject.today + timedelta(days=count)
        if context.calendar.is_working_day(day):
            for at in _HOURS if in_hours else _HOURS[:1]:
                term = dated(context, "date", NOTHING, due=day, at=at)
                yield day, timetable(term, ladder, calendar=context.calendar, policy=subject.policy)
