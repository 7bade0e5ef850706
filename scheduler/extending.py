"""Extending: requests for later deadlines, and decisions on them, judged by the rules and recorded with their
effect, all in one transaction."""

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy.engine import Connection

from db.facts import (
    NotExtended,
    Said,
    ask_extension,
    decide_extension,
    note_action,
    request_numbered,
)
from db.facts.extension_cases import Case, case
from db.leader import lead
from db.obligations import StoredObligation, by_ids
from db.sync import WantedObligation, sync
from rules.access import Relation, Subject, relations, roles_of
from rules.extensions import Allowed, Refused, ask, decide
from rules.obligation import ObligationKey
from rules.requests import Request, Verdict
from scheduler.office import Office
from scheduler.owed import watched
from scheduler.recording import say_once
from scheduler.wanted import wanted_of


def asked_extension(
    office: Office,
    obligation: StoredObligation,
    wanted: date,
    said: Said,
    *,
    as_exception: bool = False,
    unit: str | None = None,
) -> Allowed:
    """Record a request for a later deadline, its reason the note of what is said; NotExtended with the rule that does
    not let it be made. Whoever is to decide is told in the next pass."""
    with office.engine.begin() as connection:
        lead(connection)
        say_once(connection, said, "extension asked")
        found = case(connection, office.roster(connection, now=said.at), _fresh(connection, obligation), now=said.at)
        allowed = ask(found.asked, wanted, said.note or "", as_exception=as_exception)
        if isinstance(allowed, Refused):
            raise NotExtended(allowed)
        assert found.asked.due is not None
        ask_extension(
            connection,
            obligation.id,
            said,
            unit=unit or obligation.key.unit,
            due_before=found.asked.due,
            due_wanted=wanted,
            number=allowed.number,
            is_exception=allowed.is_exception,
            goes_to="overseer" if found.is_standings_own else "standing",
        )
        _note(connection, said, "extension asked", obligation.key, f"{wanted}: {said.note}")
    return allowed


def decided_extension(
    office: Office,
    request_id: int,
    verdict: Verdict,
    said: Said,
    *,
    due: date | None = None,
    document: str | None = None,
) -> Request:
    """Record what becomes of a request, its reason the note of what is said, and return it as it was; a grant moves the
    deadline at once. NotExtended with the rule that does not let it be decided so, LookupError when there is none of
    that number."""
    with office.engine.begin() as connection:
        # Two who decide at once wait here for each other, and the second finds it decided.
        lead(connection)
        say_once(connection, said, f"extension {verdict}")
        request = request_numbered(connection, request_id)
        if request is None:
            raise LookupError(f"no request for an extension has the number {request_id}")
        _decide(connection, office, request, verdict, said, due or request.due_wanted, document or "")
    return request


def _decide(
    connection: Connection, office: Office, request: Request, verdict: Verdict, said: Said, due: date, document: str
) -> None:
    stored = by_ids(connection, [request.obligation_id])[request.obligation_id]
    found = case(connection, office.roster(connection, now=said.at), stored, now=said.at)
    fault = decide(
        found.asked,
        request,
        verdict,
        said.by,
        relations_of(office, found, said),
        is_standings_own=found.is_standings_own,
        due=due,
        document=document,
        reason=said.note or "",
    )
    if fault is not None:
        raise NotExtended(fault)
    is_granted = verdict == "granted"
    decide_extension(
        connection,
        request,
        verdict,
        said,
        due_granted=due if is_granted else None,
        due_by_rules=found.due_by_rules if is_granted else None,
        due_before=found.asked.due if is_granted else None,
        document=document or None,
    )
    _note(connection, said, f"extension {verdict}", stored.key, f"{due} ({document})" if is_granted else said.note)
    if is_granted:
        _take_effect(connection, office, found, now=said.at)


def relations_of(office: Office, found: Case, said: Said) -> Collection[Relation]:
    """Return how whoever says it stands to the obligation. Who enters it at the console and is in no directory speaks
    for the standing office."""
    rulebook, today = office.rulebook, found.asked.today
    subject = Subject.of_obligation(found.stored.key, rulebook)
    roles = roles_of(rulebook, said.by, today, admins=office.config.mail.admins)
    if said.via == "cli" and not roles.held:
        return {"standing"}
    # To oversee a unit that only coordinates is not to oversee the task.
    return relations(roles, replace(subject, coordinating=())) if subject else ()


def _take_effect(connection: Connection, office: Office, found: Case, *, now: datetime) -> None:
    """Move the deadline of the one obligation."""
    roster, programme, task = office.roster(connection, now=now), found.followed.programme, found.followed.task
    followed = watched(connection, roster, [(programme.id, task.id)], now=now)

    def rows() -> Iterator[WantedObligation]:
        for row in wanted_of(programme, task, roster, followed, running=True, now=now):
            if row.key == found.stored.key:
                yield row

    sync(connection, rows(), revision=office.revision, now=now, scope=())


def _fresh(connection: Connection, obligation: StoredObligation) -> StoredObligation:
    """Return it as it stands now: the caller read it before."""
    return by_ids(connection, [obligation.id])[obligation.id]


def _note(connection: Connection, said: Said, action: str, key: ObligationKey, detail: str | None) -> None:
    note_action(
        connection,
        at=said.at,
        person=said.by,
        action=action,
        subject=str(key),
        via=said.via,
        origin=said.origin,
        detail=detail,
    )
