"""Recording: what people say goes into the register and takes effect at once, in one transaction."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.engine import Connection

from db.facts import record_event, record_report, retract_event
from db.facts.reports import ReportKind
from db.leader import lead
from db.obligations import StoredObligation
from db.sync import sync
from rules.obligation import ObligationKey
from rules.programme import Occurred
from scheduler.office import Office
from scheduler.owed import watched
from scheduler.wanted import wanted_of


@dataclass(frozen=True, slots=True)
class Said:
    """Who says it, when, and in what words."""

    by: str
    at: datetime
    note: str | None = None


def happened(
    office: Office, programme: str, event: str, occurred: Occurred, said: Said, *, document: str | None = None
) -> int:
    """Record an event; deadlines that wait for it begin, what stood for them before is withdrawn. Return its number."""
    with office.engine.begin() as connection:
        number = record_event(
            connection,
            programme=programme,
            event=event,
            occurred=occurred,
            recorded_by=said.by,
            recorded_at=said.at,
            document=document,
            note=said.note,
        )
        _sync_programme(connection, office, programme, now=said.at)
    return number


def did_not_happen(office: Office, record: int, programme: str, said: Said) -> None:
    """Take a record of an event back, and withdraw what it had begun; LookupError when there is no such record."""
    with office.engine.begin() as connection:
        lead(connection)
        retract_event(connection, record, recorded_by=said.by, recorded_at=said.at, note=said.note)
        _sync_programme(connection, office, programme, now=said.at)


def reported(
    office: Office,
    obligations: Iterable[StoredObligation],
    kind: ReportKind,
    said: Said,
    *,
    on: date,
    evidence: str | None = None,
) -> None:
    """Record that obligations are done, or are not after all; events that follow from them take effect."""
    touched: set[str] = set()
    with office.engine.begin() as connection:
        # Before any row is held: a pass holds them after this, and each would wait for the other.
        lead(connection)
        for obligation in obligations:
            record_report(
                connection,
                obligation.id,
                kind=kind,
                said_on=on,
                unit=obligation.key.unit,
                recorded_by=said.by,
                recorded_at=said.at,
                note=said.note,
                evidence=evidence,
                announce=True,
            )
            if _starts_an_event(office, obligation.key):
                touched.add(obligation.key.programme)
        for programme in touched:
            _sync_programme(connection, office, programme, now=said.at)


def _starts_an_event(office: Office, key: ObligationKey) -> bool:
    programme = office.rulebook.programmes.get(key.programme)
    return programme is not None and any(event.when_done == key.task for event in programme.events.values())


def _sync_programme(connection: Connection, office: Office, programme_id: str, *, now: datetime) -> None:
    """Bring all obligations of a programme up to what is known now; those nothing calls for any more are withdrawn."""
    roster = office.roster(connection, now=now)
    programme = roster.rulebook.programmes[programme_id]
    followed = watched(connection, roster, [(programme.id, task) for task in programme.tasks], now=now)
    rows = [
        row
        for task in programme.tasks.values()
        for row in wanted_of(programme, task, roster, followed, running=True, now=now)
    ]
    sync(connection, rows, revision=office.revision, now=now, scope={programme_id})
