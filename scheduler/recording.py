"""Recording: what people say goes into the register and takes effect at once, in one transaction."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime

from sqlalchemy.engine import Connection
from sqlalchemy.exc import IntegrityError

from db.facts import NothingToResolve as NothingToResolve
from db.facts import NothingToVerify as NothingToVerify
from db.facts import NotSo as NotSo
from db.facts import NotThatDay as NotThatDay
from db.facts import (
    Proof,
    RemarkKind,
    Verdict,
    is_unresolved,
    last_reports,
    note_action,
    record_event,
    record_proofs,
    record_remark,
    record_report,
    retract_event,
    verify,
)
from db.facts import Said as Said
from db.facts import ValueAsked as ValueAsked
from db.facts.reports import ReportKind
from db.leader import lead
from db.obligations import ObligationState, StoredObligation, by_ids
from db.once import use_once
from rules.backdated import day_fault, first_day
from rules.calendar import local_day
from rules.indicators.duties import indicator_id
from rules.obligation import Facts, ObligationKey
from rules.programme import Occurred
from rules.roster import Roster
from rules.status import Answered, Timeliness, status
from scheduler.office import Office
from scheduler.syncing import sync_programme

_OPEN: tuple[ObligationState, ...] = ("open",)
_BEFORE: Mapping[ReportKind, tuple[ObligationState, ...]] = {"done": ("open", "closed"), "reopened": ("done",)}
"""The states of which a report can be said."""


def happened(
    office: Office, programme: str, event: str, occurred: Occurred, said: Said, *, document: str | None = None
) -> int:
    """Record an event; deadlines that wait for it begin, what stood for them before is withdrawn. Return its number."""
    with office.engine.begin() as connection:
        lead(connection)
        say_once(connection, said, "event happened")
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
        _note(connection, said, "event happened", f"{programme}/{event}")
        sync_programme(connection, office, programme, now=said.at)
    return number


def did_not_happen(office: Office, record: int, programme: str, said: Said) -> None:
    """Take a record of an event back, and withdraw what it had begun; LookupError when there is no such record."""
    with office.engine.begin() as connection:
        lead(connection)
        say_once(connection, said, "event retracted")
        retract_event(connection, record, recorded_by=said.by, recorded_at=said.at, note=said.note)
        _note(connection, said, "event retracted", f"{programme}/{record}")
        sync_programme(connection, office, programme, now=said.at)


def reported(
    office: Office,
    obligations: Iterable[StoredObligation],
    kind: ReportKind,
    said: Said,
    *,
    on: date,
    proofs: Sequence[Proof] = (),
    document: str | None = None,
) -> list[int]:
    """Record that obligations are done, or are not after all, and return the numbers of the reports; events that follow
    from them take effect. `proofs` are of each of them, their files stored before. NotSo where one of them is not such
    that this can be said of it, NotThatDay where it cannot have been done on that day, ValueAsked where
    a value is asked for."""
    touched: list[ObligationKey] = []
    obligations = list(obligations)
    numbers = []
    with office.engine.begin() as connection:
        # Before any row is held: a pass holds them after this, and each would wait for the other.
        lead(connection)
        say_once(connection, said, f"report {kind}")
        _demand(connection, obligations, _BEFORE[kind])
        roster = office.roster(connection, now=said.at)
        if kind == "done":
            _demand_work(roster, obligations, on, said.at)
        for obligation in obligations:
            numbers.append(
                record_report(
                    connection,
                    obligation.id,
                    kind=kind,
                    said_on=on,
                    unit=obligation.key.unit,
                    recorded_by=said.by,
                    recorded_at=said.at,
                    note=said.note,
                    document=document,
                    via=said.via,
                    announce=True,
                    is_late=_is_late(roster, obligation.key, on, said.at) if kind == "done" else None,
                )
            )
            record_proofs(connection, proofs, recorded_by=said.by, recorded_at=said.at, report_id=numbers[-1])
            _note(connection, said, f"report {kind}", str(obligation.key))
            if kind == "reopened" or _starts_an_event(office, obligation.key):
                touched.append(obligation.key)
        _sync_touched(connection, office, touched, now=said.at)
    return numbers


def remarked(
    office: Office,
    obligation: StoredObligation,
    kind: RemarkKind,
    said: Said,
    *,
    unit: str | None = None,
    percent: int | None = None,
) -> int:
    """Record what a unit says of an obligation without ending it, and return the number of the remark.

    NotSo where it is not open any more, NothingToResolve where nothing is to be resolved.
    """
    with office.engine.begin() as connection:
        lead(connection)
        say_once(connection, said, f"remark {kind}")
        if kind != "resolved":
            _demand(connection, [obligation], _OPEN)
        if kind == "resolved" and not is_unresolved(connection, obligation.id):
            raise NothingToResolve(str(obligation.key))
        number = record_remark(
            connection,
            obligation.id,
            kind=kind,
            unit=unit or obligation.key.unit,
            recorded_by=said.by,
            recorded_at=said.at,
            via=said.via,
            percent=percent,
            note=said.note,
        )
        _note(connection, said, f"remark {kind}", str(obligation.key))
    return number


def verified(
    office: Office, obligation: StoredObligation, verdict: Verdict, said: Said, *, document: str | None = None
) -> None:
    """Record the verdict on the last report of an obligation; NothingToVerify where none waits for one.

    What is returned is open again: its reminders go on by the rules in force, and an event that hung on it is taken
    back.
    """
    try:
        with office.engine.begin() as connection:
            lead(connection)
            say_once(connection, said, f"verify {verdict}")
            report = last_reports(connection, [obligation.id]).get(obligation.id)
            if report is None or report.kind != "done":
                raise NothingToVerify(str(obligation.key))
            verify(
                connection,
                report,
                verdict=verdict,
                recorded_by=said.by,
                recorded_at=said.at,
                via=said.via,
                reason=said.note,
                document=document,
            )
            _note(connection, said, f"verify {verdict}", str(obligation.key))
            if verdict == "returned":
                _sync_touched(connection, office, [obligation.key], now=said.at)
    except IntegrityError as fault:
        # Two verified at once: the other verdict stands.
        raise NothingToVerify(str(obligation.key)) from fault


def _is_late(roster: Roster, key: ObligationKey, on: date, at: datetime) -> bool | None:
    """Say whether what is reported done on that day is late by the deadline in force on it; None where the rules no
    longer know it."""
    facts = Facts(at, done_at=at)
    followed = roster.follow(key, facts, today=on)
    if followed is None:
        return None
    stands = status(followed.term, facts, Answered(done_on=on), zone=roster.policy.zone, now=at)
    return stands.timeliness is Timeliness.DONE_LATE


def _demand(
    connection: Connection, obligations: Collection[StoredObligation], states: Collection[ObligationState]
) -> None:
    """Raise NotSo where an obligation, as it stands now, is in none of these states: the caller read it before."""
    present = by_ids(connection, [obligation.id for obligation in obligations])
    for obligation in obligations:
        state = present[obligation.id].state
        if state not in states:
            raise NotSo(obligation.key, state)


def _demand_work(roster: Roster, obligations: Iterable[StoredObligation], on: date, at: datetime) -> None:
    """Raise ValueAsked where one of these is no work to be done, NotThatDay where it cannot have been done on that day,
    by the rules in force at `at`."""
    today = local_day(at, roster.policy.zone)
    for obligation in obligations:
        if (indicator := indicator_id(obligation.key.task)) is not None:
            raise ValueAsked(obligation.key.programme, indicator)
        followed = roster.follow(obligation.key, Facts(at), today=today)
        first = first_day(followed.programme.document.date, followed.term, today=today) if followed else date.min
        if (fault := day_fault(on, first, today=today)) is not None:
            raise NotThatDay(fault)


def say_once(connection: Connection, said: Said, purpose: str) -> None:
    """Note that this is said; UsedUp where it is to be said once and was said before."""
    if said.once is not None:
        use_once(connection, said.once, purpose=purpose, person=said.by, at=said.at)


def _note(connection: Connection, said: Said, action: str, subject: str) -> None:
    note_action(
        connection,
        at=said.at,
        person=said.by,
        action=action,
        subject=subject,
        via=said.via,
        origin=said.origin,
        detail=said.note,
    )


def _starts_an_event(office: Office, key: ObligationKey) -> bool:
    programme = office.rulebook.programmes.get(key.programme)
    return programme is not None and any(event.when_done == key.task for event in programme.events.values())


def _sync_touched(connection: Connection, office: Office, keys: Iterable[ObligationKey], *, now: datetime) -> None:
    """Bring the tasks of which something was said up to what is known now; where an event hangs on one of them, its
    whole programme."""
    wide = {key.programme for key in keys if _starts_an_event(office, key)}
    for programme in wide:
        sync_programme(connection, office, programme, now=now)
    for programme, task in dict.fromkeys((key.programme, key.task) for key in keys if key.programme not in wide):
        sync_programme(connection, office, programme, task, now=now)
