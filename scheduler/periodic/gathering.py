"""Gathering: all that a snapshot is drawn from, as the database knew it at an instant."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy.engine import Connection

from db.facts import (
    contributions,
    difficulties,
    last_marks,
    outcomes_between,
    reported_between,
    wrote_first,
)
from db.obligations import by_ids
from db.summaries import last_sent
from rules.calendar import local_day
from rules.obligation import ObligationKey
from rules.periodic.drawing import Entered, Frame, Said, draw
from rules.periodic.period import Period
from rules.periodic.schedule import hours_or_usual
from rules.periodic.snapshot import Contribution, Entry, Measured, Outcome, Snapshot
from rules.periodic.stored import from_text
from rules.status import is_ahead
from scheduler.attaining import changes
from scheduler.config import Config
from scheduler.past import Past, past
from scheduler.periodic.bureaus import Bureau, bureau_of
from scheduler.periodic.happening import happened
from scheduler.periodic.moving import moved
from scheduler.periodic.passing_on import passed
from scheduler.standing import Row, standing_then


def snapshot_at(
    connection: Connection, config: Config, office: str, period: Period, *, at: datetime, programme: str | None = None
) -> Snapshot | None:
    """Return the snapshot of a period as all stood and was known at `at`, of one programme or of all; None when no
    rules of that standing office were in force yet. The same at any later time, whatever is said meanwhile."""
    then = past(connection, config, at=at)
    bureau = bureau_of(then.rulebook, office) if then else None
    if then is None or bureau is None:
        return None
    if programme is not None:
        bureau = replace(bureau, programmes=tuple(one for one in bureau.programmes if one.id == programme))
    return _drawn(connection, config, bureau, period, then, is_whole=programme is None)


def _drawn(
    connection: Connection, config: Config, bureau: Bureau, period: Period, then: Past, *, is_whole: bool
) -> Snapshot:
    zone, at, schedule = config.policy.zone, then.at, config.summaries.schedule
    closes = hours_or_usual(schedule, period, bureau.calendar, zone)
    sent = last_sent(connection, str(bureau.office), period.kind, but=str(period), until=at)
    # One programme alone is not compared with all of them.
    before = from_text(sent.snapshot) if sent and is_whole else None
    first, last = period.worked(bureau.calendar)
    frame = Frame(
        period=period,
        office=bureau.office,
        first=first,
        last=last,
        today=local_day(at, zone),
        # With none before, from when that one would have left: what was reported after that hour is nobody else's.
        since=before.at if before else hours_or_usual(schedule, period.preceding, bureau.calendar, zone).send_at,
        at=at,
        contributions_by=closes.contributions_by,
        revision=then.revision,
        directory=bureau.directory,
        programmes=bureau.programmes,
    )
    rows = [row for one in bureau.programmes for row in standing_then(connection, config, then, programme=one.id)]
    return draw(
        (_entry(row, bureau, frame.today) for row in rows), frame, _said(connection, config, frame, rows, then), before
    )


def _entry(row: Row, bureau: Bureau, today: date) -> Entry:
    units = bureau.directory.units
    return Entry(
        key=row.key,
        number=row.called.key.task,
        title=row.title,
        units=tuple(units[unit].name if unit in units else unit for unit in row.key.units),
        status=row.status,
        due=row.due,
        hour=row.term.at,
        strict=row.term.strict,
        done_on=row.done_on,
        days_backdated=row.days_backdated,
        days_late=row.days_late,
        percent=row.percent,
        provisional=row.term.provisional,
        source=row.source,
        is_ahead=is_ahead(row.key, row.term, row.status, today=today),
    )


def _said(connection: Connection, config: Config, frame: Frame, rows: Sequence[Row], then: Past) -> Said:
    at = frame.at
    closed = ((row.key, row.facts.closed_at) for row in rows)
    lapsed: dict[ObligationKey, Outcome] = {key: "lapsed" for key, closed_at in closed if _is_in(closed_at, frame)}
    outcomes = outcomes_between(connection, frame.since, at)
    newly = reported_between(connection, frame.since, at)
    troubles, marks = difficulties(connection, until=at), last_marks(connection, until=at)
    keys = _keys(connection, {*outcomes, *troubles, *marks})
    period, directory = str(frame.period), frame.office.directory
    return Said(
        reported=frozenset(keys[id_] for id_ in newly),
        outcomes=lapsed | {keys[id_]: outcome for id_, outcome in outcomes.items()},
        difficulties={keys[id_]: remark.note or "…" for id_, remark in troubles.items()},
        marks={keys[id_]: Entered(mark.entered_on, mark.state) for id_, mark in marks.items()},
        contributions=_contributions(connection, frame),
        wrote_first=wrote_first(connection, period, directory, until=at),
        measured=tuple(_measured(connection, frame, then)),
        moved=tuple(moved(connection, frame, rows, zone=config.policy.zone)),
        passed=tuple(passed(connection, config, frame, rows, then)),
        happened=tuple(happened(connection, frame, rows, then)),
    )


def _measured(connection: Connection, frame: Frame, then: Past) -> Iterator[Measured]:
    """Yield the indicators of which a new value holds since the summary before."""
    for programme in frame.programmes:
        for found in changes(connection, then, since=frame.since, programme=programme.id):
            yield Measured(
                programme=found.programme,
                indicator=found.indicator,
                title=found.title,
                measured_in=found.unit,
                on=found.on,
                value=found.value,
                before=found.before,
                target=found.target,
                owners=found.owner,
            )


def _is_in(at: datetime | None, frame: Frame) -> bool:
    return at is not None and frame.since < at <= frame.at


def _keys(connection: Connection, ids: set[int]) -> Mapping[int, ObligationKey]:
    return {id_: found.key for id_, found in by_ids(connection, ids).items()}


def _contributions(connection: Connection, frame: Frame) -> tuple[Contribution, ...]:
    """Return what units wrote, in the order of the directory."""
    units = frame.directory.units
    order = {unit: number for number, unit in enumerate(units)}
    found = contributions(connection, str(frame.period), frame.office.directory, until=frame.at)
    return tuple(
        Contribution(one.unit, units[one.unit].name, one.section, one.content, one.recorded_at)
        for one in sorted(found, key=lambda one: order.get(one.unit, len(order)))
        if one.unit in units
    )
