"""Measuring: values of indicators are recorded, all of a sheet in one transaction, and answer what was asked for; one
recorded by mistake is taken back, and what it alone had answered is open again."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy.engine import Connection

from db.facts import (
    Proof,
    Said,
    last_reports,
    measurements,
    note_action,
    record_measurement,
    record_proofs,
    record_report,
    retract_measurement,
)
from db.facts.reports import ReportKind
from db.leader import lead
from db.obligations import Filter, ObligationState, StoredObligation, listing
from db.once import use_once
from rules.calendar import local_day
from rules.days import day_en, day_vi
from rules.indicators.duties import task_id
from rules.indicators.entry import Entry
from rules.obligation import Facts
from rules.roster import Roster
from rules.wording import Language, Wording
from scheduler.office import Office
from scheduler.syncing import sync_programme


class Kept(NamedTuple):
    """A value as recorded: its number, and what it answered."""

    number: int
    answered: tuple[StoredObligation, ...]


def measured(
    office: Office, entries: Sequence[Entry], said: Said, *, proofs: Mapping[int, Sequence[Proof]] | None = None
) -> list[Kept]:
    """Record values, all or none; `proofs` are those of an entry, by its place. UsedUp where it was said before."""
    with office.engine.begin() as connection:
        # Before any row is held: a pass holds them after this, and each would wait for the other.
        lead(connection)
        if said.once is not None:
            use_once(connection, said.once, purpose="indicator measured", person=said.by, at=said.at)
        roster = office.roster(connection, now=said.at)
        return [
            _record(connection, roster, entry, said, (proofs or {}).get(place, ()), office.config.language)
            for place, entry in enumerate(entries)
        ]


def standing_already(connection: Connection, entries: Sequence[Entry]) -> dict[int, int]:
    """Return, by their place, the entries that say what stands already, of the same day and source, with the number it
    stands under: a sheet that is sent twice."""
    stands = measurements(connection, {entry.programme for entry in entries})
    numbers = {
        (programme, indicator, one.measured_on, one.value, one.source): one.id
        for (programme, indicator), values in stands.items()
        for one in values
    }
    keys = [(one.programme, one.indicator.id, one.on, one.value.written, one.source) for one in entries]
    return {place: numbers[key] for place, key in enumerate(keys) if key in numbers}


def taken_back(office: Office, number: int, said: Said) -> list[StoredObligation]:
    """Take a value back, and return what is open again; LookupError where no such value stands."""
    with office.engine.begin() as connection:
        lead(connection)
        if said.once is not None:
            use_once(connection, said.once, purpose="indicator retracted", person=said.by, at=said.at)
        found = retract_measurement(
            connection, number, recorded_by=said.by, recorded_at=said.at, via=said.via, note=said.note
        )
        subject = f"{found.programme}/{found.indicator}"
        _note(connection, said, "indicator retracted", subject, f"{found.measured_on}: {found.value}")
        standing = measurements(connection, [found.programme]).get((found.programme, found.indicator), ())
        days = {one.measured_on for one in standing}
        roster, reopened = office.roster(connection, now=said.at), []
        today = local_day(said.at, roster.policy.zone)
        for stored in _asked(connection, roster, found.programme, found.indicator, found.measured_on, "done"):
            report = last_reports(connection, [stored.id])[stored.id]
            first, last = _span(roster, stored)
            # What was reported by itself, or is answered by another value too, stays done.
            if report.recorded_at == found.recorded_at and not any(first <= day <= last for day in days):
                _report(connection, stored, "reopened", said, on=today, note=f"Rút số liệu {found.value}")
                reopened.append(stored)
        if reopened:
            # What is open again is owed by the rules in force, which may be others than when it was answered.
            sync_programme(connection, office, found.programme, task_id(found.indicator), now=said.at)
    return reopened


def _record(
    connection: Connection, roster: Roster, entry: Entry, said: Said, proofs: Sequence[Proof], language: Language
) -> Kept:
    """Record a value, and what it answers as done, in words of the office's language."""
    number = record_measurement(
        connection,
        programme=entry.programme,
        indicator=entry.indicator.id,
        measured_on=entry.on,
        value=entry.value.written,
        unit=entry.unit,
        source=entry.source,
        note=entry.note,
        recorded_by=said.by,
        recorded_at=said.at,
        via=said.via,
    )
    record_proofs(connection, proofs, recorded_by=said.by, recorded_at=said.at, measurement_id=number)
    subject = f"{entry.programme}/{entry.indicator.id}"
    _note(connection, said, "indicator measured", subject, f"{entry.on}: {entry.value.written}")
    answered = tuple(_asked(connection, roster, entry.programme, entry.indicator.id, entry.on, "open"))
    for stored in answered:
        of = Wording(f"Số liệu ngày {day_vi(entry.on)}", f"Value of {day_en(entry.on)}")
        told = f"{of.say(language)}: {entry.value.said}"
        told += f" ({entry.source})" if entry.source else ""
        _report(connection, stored, "done", said, on=local_day(said.at, roster.policy.zone), note=told)
    return Kept(number, answered)


def _asked(
    connection: Connection, roster: Roster, programme: str, indicator: str, on: date, state: ObligationState
) -> Iterator[StoredObligation]:
    """Yield what asks, or asked, for a value of that day: what began by then, and was due on that day or later."""
    which = Filter(programme=programme, task=task_id(indicator), kinds=("indicator",))
    for stored in listing(connection, which):
        first, last = _span(roster, stored)
        if stored.state == state and first <= on <= last:
            yield stored


def _span(roster: Roster, stored: StoredObligation) -> tuple[date, date]:
    """Return the days of which a value answers; none where the rules no longer know it."""
    today = local_day(stored.watched_from, roster.policy.zone)
    followed = roster.follow(stored.key, Facts(stored.watched_from), today=today)
    term = followed.term if followed else None
    if term is None or term.starts is None or term.due is None:
        return date.max, date.min
    return term.starts, term.due


def _report(
    connection: Connection, stored: StoredObligation, kind: ReportKind, said: Said, *, on: date, note: str
) -> None:
    record_report(
        connection,
        stored.id,
        kind=kind,
        said_on=on,
        unit=stored.key.unit,
        recorded_by=said.by,
        recorded_at=said.at,
        note=note,
        via=said.via,
        announce=True,
    )


def _note(connection: Connection, said: Said, action: str, subject: str, detail: str) -> None:
    note_action(
        connection,
        at=said.at,
        person=said.by,
        action=action,
        subject=subject,
        via=said.via,
        origin=said.origin,
        detail=detail,
    )
