"""Rows: obligations of a list as they are shown, printed and exported."""

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import NamedTuple

from db.lists import Listed
from rules.calendar import hour_on, local_day
from rules.due_day import DueDay
from rules.programme import Rulebook
from rules.status import AHEAD, NAMES, Status, Timeliness
from rules.wording import Wording
from web.showing.names import number_of, task_of, title_of, unit_name
from web.visit import Visit


class Row(NamedTuple):
    """An obligation of a list. `days_late` counts as in letters; 0 where it is not late."""

    id: int
    number: str
    title: str
    product: str
    programme: str
    section: str
    units: str
    occurrence: str
    due: date | None
    at: time | None
    """The hour at which it is due, if it has one."""
    strict: date | None
    """The day before, where the document says *before* the due day."""
    status: Status
    days_late: int
    is_open: bool
    is_ahead: bool
    """Whether it recurs and its stretch of time has not begun: reports do not count it yet."""

    @property
    def progress(self) -> Wording:
        """Return the word of its progress, with that it has not begun."""
        name = NAMES[self.status.progress]
        return Wording(f"{name.vi} ({AHEAD.vi})", f"{name.en} ({AHEAD.en})") if self.is_ahead else name

    @property
    def due_day(self) -> DueDay | None:
        """Return the due day as it is said, None where there is none."""
        return DueDay(self.due, self.at, self.strict) if self.due else None


def rows_of(visit: Visit, listed: Iterable[Listed]) -> list[Row]:
    """Return the rows of what was listed."""
    return [_row(visit, one) for one in listed]


def _row(visit: Visit, one: Listed) -> Row:
    rulebook: Rulebook = visit.desk.rulebook
    key, task = one.key, task_of(rulebook, one.key)
    programme = rulebook.programmes.get(key.programme)
    return Row(
        id=one.id,
        number=number_of(rulebook, key),
        title=title_of(rulebook, key),
        product=(task.product or "") if task else "",
        programme=programme.title if programme else key.programme,
        section=task.section if task else "",
        units=unit_name(rulebook, programme, key.unit),
        occurrence=key.occurrence,
        due=one.due,
        at=hour_on(one.due, one.due_at, visit.desk.zone) if one.due and one.due_at else None,
        strict=one.strict,
        status=one.status,
        days_late=_days_late(visit, one),
        is_open=one.status.progress.value in ("not_begun", "in_progress", "suspended"),
        is_ahead=one.is_ahead,
    )


def _days_late(visit: Visit, one: Listed) -> int:
    """Return by how many days it is late: from the day lateness counts from, which `late_at` ends."""
    if one.status.timeliness is not Timeliness.LATE or one.late_at is None:
        return 0
    zone = visit.desk.zone
    ends: datetime = one.late_at.astimezone(zone)
    counted_from = local_day(one.late_at, zone)
    days = (local_day(visit.now, zone) - counted_from).days
    return max(days + (1 if ends.time() == time.min else 0), 0)
