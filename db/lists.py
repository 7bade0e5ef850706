"""Lists: obligations filtered and sorted, page by page from a key, each page costing what it shows.

Each programme and state is asked apart, in the order of an index, and what comes is merged: so no stock is sorted.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Literal, NamedTuple, get_args

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from db import tables as t
from db.axes import AWAITS, HAS_DAY, IS_ACCEPTED, IS_CLOSED, IS_DONE, IS_RETURNED, LAST_DAY, Axes, Condition, o
from db.boards.seen import Seen
from db.obligations import ObligationKind, ObligationState
from db.tables.base import equals
from rules.obligation import ObligationKey
from rules.status import OPEN, REPORTED, SOON, Progress, Status, Timeliness, Verification

Order = Literal["due", "-due"]
ORDERS: tuple[Order, ...] = get_args(Order)
STATES: Mapping[Progress, tuple[ObligationState, ...]] = {
    Progress.NOT_BEGUN: ("open",),
    Progress.IN_PROGRESS: ("open",),
    Progress.SUSPENDED: ("open",),
    Progress.REPORTED: ("done", "closed"),
    Progress.DONE: ("done", "closed"),
    Progress.CLOSED: ("closed",),
    Progress.CANCELLED: ("withdrawn",),
}
USUAL: frozenset[Progress] = frozenset(Progress) - {Progress.CANCELLED}
"""What is listed where no progress is asked for."""
FEW_TASKS = 100
"""So many are looked up one by one, more are sought among what falls due day by day."""
_OF_DONE = frozenset({Timeliness.DONE_IN_TIME, Timeliness.DONE_LATE})


class Key(NamedTuple):
    """Where a page begins: after the obligation of that number, which is due on that day, or has none."""

    due: date | None
    id: int


class Listed(NamedTuple):
    """An obligation of a list."""

    id: int
    key: ObligationKey
    edition: int
    due: date | None
    due_at: datetime | None
    late_at: datetime | None
    strict: date | None
    """The day before, where the document says *before* the due day."""
    status: Status
    is_ahead: bool
    """Whether it recurs and has not begun."""

    @property
    def place(self) -> Key:
        """Return from where the next page begins if this is the last of its page."""
        return Key(self.due, self.id)


@dataclass(frozen=True, slots=True)
class Asked:
    """Which obligations are listed, of those seen; None lets all through. `units` are as obligations name them."""

    seen: Seen
    programmes: tuple[str, ...]
    tasks: Mapping[str, frozenset[str]] | None = None
    """Only these tasks of each programme; None: all."""
    units: frozenset[str] | None = None
    progress: frozenset[Progress] = frozenset()
    timeliness: frozenset[Timeliness] = frozenset()
    verification: frozenset[Verification] = frozenset()
    due_from: date | None = None
    due_to: date | None = None
    at_least_late: int | None = None
    at_most_late: int | None = None
    """Days by which it is late."""
    order: Order = "due"
    ahead: bool = False
    """Only what recurs and has not begun."""
    kind: ObligationKind = "task"
    """Tasks, or the values of indicators that are owed."""


def listed(
    connection: Connection, axes: Axes, asked: Asked, *, after: Key | None = None, limit: int = 50
) -> list[Listed]:
    """Return the obligations of a page, from the one after `after`."""
    columns = (o.id, *(o[name] for name in t.KEY), o.edition, o.due_on, o.due_at, o.late_at, o.strict_on)
    words = (
        sa.func.coalesce(axes.is_ahead, sa.false()).label("is_ahead"),
        axes.progress.label("progress"),
        axes.timeliness.label("timeliness"),
        axes.verification.label("verification"),
    )
    arms = []
    for has_day, conditions in _arms(axes, asked, after):
        rank = sa.literal_column("0" if has_day else "1", sa.Integer()).label("rank_")
        query = sa.select(rank, *columns, *words).where(*conditions)
        ordered = query.order_by(*_order(o.due_on, o.id, asked.order)).limit(limit)
        inner = ordered.subquery()
        arms.append(sa.select(inner))
    if not arms:
        return []
    all_ = sa.union_all(*arms).subquery()
    c = all_.c
    query = sa.select(all_).order_by(c.rank_, *_order(c.due_on, c.id, asked.order)).limit(limit)
    return [_listed(row) for row in connection.execute(query)]


def count(connection: Connection, axes: Axes, asked: Asked, *, most: int) -> int:
    """Return how many there are, counted no further than `most`."""
    arms = [sa.select(sa.select(o.id).where(*where).limit(most).subquery()) for _, where in _arms(axes, asked, None)]
    if not arms:
        return 0
    some = sa.select(sa.union_all(*arms).subquery()).limit(most).subquery()
    return int(connection.execute(sa.select(sa.func.count()).select_from(some)).scalar_one())


def by_day(connection: Connection, asked: Asked, first: date, last: date) -> dict[date, int]:
    """Return of how many open obligations each of these days is the last in time."""
    found: dict[date, int] = {}
    for programme in asked.programmes:
        where = [o.programme == programme, equals(o.kind, asked.kind), equals(o.state, "open"), *_within(first, last)]
        if programme not in asked.seen.whole:
            where.append(asked.seen.of(programme))
        query = sa.select(LAST_DAY, sa.func.count()).where(*where, *_narrowed(asked, programme)).group_by(LAST_DAY)
        for on, number in connection.execute(query):
            found[on] = found.get(on, 0) + number
    return found


def _arms(axes: Axes, asked: Asked, after: Key | None) -> Iterator[tuple[bool, list[Condition]]]:
    """Yield the conditions of each part that is asked apart, and whether what it finds has a day."""
    common = [*_timely(axes, asked), *_verified(asked.verification), *([axes.is_ahead] if asked.ahead else [])]
    for programme in asked.programmes:
        narrowed = _narrowed(asked, programme)
        if programme not in asked.seen.whole:
            narrowed.append(asked.seen.of(programme))
        for state, progress in _parts(axes, asked):
            of = [o.programme == programme, _of_kind(asked, programme), equals(o.state, state)]
            place = [*of, *narrowed, *common, *progress]
            for has_day in (True, False):
                days = _days(asked, after, has_day=has_day)
                if days is not None:
                    yield has_day, [*place, *days]


def _of_kind(asked: Asked, programme: str) -> Condition:
    """Return the condition on the kind, beside few tasks one that no index answers: SQLite, which keeps no figures of
    what is stored, would go through the days of the programme by `ix_obligation_by_day` and not look the tasks up."""
    if asked.tasks is not None and len(asked.tasks.get(programme, ())) <= FEW_TASKS:
        return o.kind.concat("") == asked.kind
    return equals(o.kind, asked.kind)


def _parts(axes: Axes, asked: Asked) -> Iterator[tuple[ObligationState, list[Condition]]]:
    """Yield each state with what narrows it to the progress asked for, no obligation in two of them."""
    if not asked.progress:
        for state in sorted({state for one in _meant(asked) for state in STATES[one]}):
            yield state, []
    for one in sorted(asked.progress):
        for state in STATES[one]:
            for conditions in _progress(axes, one):
                yield state, conditions


def _meant(asked: Asked) -> frozenset[Progress]:
    """Return the progress that is meant: with a word of time alone, what is open; it is done in time or late only when
    the word says so."""
    if asked.progress:
        return asked.progress
    meant = USUAL if not asked.ahead else frozenset({Progress.NOT_BEGUN})
    if asked.timeliness or asked.at_least_late is not None or asked.at_most_late is not None:
        meant &= (OPEN if asked.timeliness - _OF_DONE or not asked.timeliness else frozenset()) | (
            REPORTED if asked.timeliness & _OF_DONE else frozenset()
        )
    if asked.verification and asked.verification <= {Verification.AWAITING, Verification.ACCEPTED}:
        meant &= REPORTED
    return meant


def _days(asked: Asked, after: Key | None, *, has_day: bool) -> list[Condition] | None:
    """Return the conditions on the day, None where nothing can meet them."""
    if not has_day:
        is_dated = asked.ahead or asked.due_from or asked.due_to
        if is_dated or (asked.timeliness and Timeliness.UNDATED not in asked.timeliness):
            return None
        beyond = [] if after is None or after.due is not None else [_beyond(asked.order, after)]
        return [o.due_on.is_(None), *beyond]
    if asked.timeliness == {Timeliness.UNDATED} or (after is not None and after.due is None):
        return None
    days = [o.due_on.is_not(None), *_within(asked.due_from, asked.due_to)]
    return days if after is None else [*days, _beyond(asked.order, after)]


def _within(first: date | None, last: date | None) -> list[Condition]:
    """Return the conditions under which the last day in time is one of these days: of the due days, by which the index
    goes, one more."""
    found: list[Condition] = []
    if first:
        found += [o.due_on >= first, first <= LAST_DAY]
    if last:
        found += [o.due_on <= last + timedelta(days=last < date.max), last >= LAST_DAY]
    return found


def _beyond(order: Order, after: Key) -> Condition:
    """Return the condition that is met by what comes after `after` among what has a day, or has none, as it."""
    used = [(o.due_on, after.due), (o.id, after.id)] if after.due is not None else [(o.id, after.id)]
    here = sa.tuple_(*(value for _, value in used), types=[column.type for column, _ in used])
    row = sa.tuple_(*(column for column, _ in used))
    return row < here if order == "-due" else row > here


def _order(due: sa.ColumnElement[Any], id_: sa.ColumnElement[Any], order: Order) -> list[sa.ColumnElement[Any]]:
    return [due.desc(), id_.desc()] if order == "-due" else [due, id_]


def _narrowed(asked: Asked, programme: str) -> list[Condition]:
    found: list[Condition] = []
    if asked.units is not None:
        found.append(o.unit.in_(sorted(asked.units)))
    if asked.tasks is not None:
        found.append(o.task.in_(sorted(asked.tasks.get(programme, ()))))
    return found


def _progress(axes: Axes, wanted: Progress) -> tuple[list[Condition], ...]:
    """Return the conditions of that progress, in as many parts as are found by an index each."""
    has_begun = [o.has_begun.is_not(None), o.has_begun.is_(True)]
    not_begun = sa.not_(sa.func.coalesce(o.has_begun, sa.false()))
    goes_on = sa.not_(axes.is_suspended)
    match wanted:
        case Progress.NOT_BEGUN:
            return ([goes_on, not_begun, sa.not_(sa.func.coalesce(IS_RETURNED, sa.false()))],)
        case Progress.IN_PROGRESS:
            return [goes_on, *has_begun], [goes_on, not_begun, IS_RETURNED]
        case Progress.SUSPENDED:
            return ([axes.is_suspended],)
        case Progress.REPORTED:
            return ([IS_DONE, o.verdict.is_(None)],)
        case Progress.DONE:
            return ([IS_DONE, IS_ACCEPTED],)
        case Progress.CLOSED:
            return ([IS_CLOSED],)
        case Progress.CANCELLED:
            return ([],)


def _timely(axes: Axes, asked: Asked) -> list[Condition]:
    """Return the condition on the axis of time, with the days between which it can be met at all, for the index."""
    found: list[Condition] = []
    if asked.timeliness:
        found.append(axes.timeliness.in_([one.value for one in asked.timeliness]))
    pending = {Timeliness.LATE, Timeliness.DUE_TODAY, Timeliness.DUE_SOON}
    if asked.timeliness and asked.timeliness <= pending:
        last = axes.today + SOON if Timeliness.DUE_SOON in asked.timeliness else axes.today
        found.append(o.due_on <= last + timedelta(days=1))
        if Timeliness.LATE not in asked.timeliness and axes.since is not None:
            found.append(o.due_on >= axes.since)
    if asked.at_least_late is not None:
        found.append(axes.late_for(asked.at_least_late))
        found.append(o.due_on <= axes.today - timedelta(days=asked.at_least_late - 1))
    if asked.at_most_late is not None:
        found.append(sa.and_(HAS_DAY, sa.not_(axes.late_for(asked.at_most_late + 1))))
    return found


def _verified(wanted: Iterable[Verification]) -> list[Condition]:
    conditions: Mapping[Verification, Condition] = {
        Verification.NONE_ASKED: sa.and_(sa.not_(IS_DONE), sa.or_(o.verdict.is_(None), IS_ACCEPTED)),
        Verification.AWAITING: AWAITS,
        Verification.ACCEPTED: sa.and_(IS_DONE, o.verdict.is_not(None), IS_ACCEPTED),
        Verification.RETURNED: IS_RETURNED,
    }
    found: Sequence[Condition] = [conditions[one] for one in wanted]
    return [sa.or_(*found)] if found else []


def _listed(row: sa.Row[Any]) -> Listed:
    return Listed(
        row.id,
        ObligationKey(row.programme, row.task, row.part, row.unit, row.occurrence),
        row.edition,
        row.due_on,
        row.due_at,
        row.late_at,
        row.strict_on,
        Status(Progress(row.progress), Timeliness(row.timeliness), Verification(row.verification)),
        bool(row.is_ahead),
    )
