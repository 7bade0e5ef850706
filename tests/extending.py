"""Extensions for tests: asked for and granted in an office, as the rules have it."""

from datetime import date, timedelta

from db.facts import NotExtended, Said, granted_extensions, requests_of
from db.obligations import StoredObligation, by_ids, by_key
from rules.calendar import local_day
from rules.extended import Extended
from rules.obligation import ObligationKey
from rules.requests import Request
from scheduler.extending import asked_extension, decided_extension
from tests.offices import Desk

FOCAL, HEAD, STANDING, OVERSEER, CHAIR = (
    "focal2@tinh.example",
    "head2@tinh.example",
    "focal1@tinh.example",
    "over2@tinh.example",
    "chair@tinh.example",
)
"""Of u2, which owes the task, of u1, the standing office, of u2's overseer, and the chair."""


def stored(desk: Desk, key: ObligationKey) -> StoredObligation:
    with desk.engine.connect() as connection:
        found = by_key(connection, key)
        assert found is not None
        return by_ids(connection, [found.id])[found.id]


def asked(
    desk: Desk, key: ObligationKey, wanted: date, *, by: str = FOCAL, why: str = "chờ vốn", exception: bool = False
) -> Request:
    """Ask for a day, and return the request."""
    found = stored(desk, key)
    asked_extension(desk.office, found, wanted, Said(by, desk.now, why, via="web"), as_exception=exception)
    with desk.engine.connect() as connection:
        return requests_of(connection, [found.id])[found.id][-1]


def granted(desk: Desk, request: Request, *, by: str = STANDING, due: date | None = None) -> None:
    decided_extension(
        desk.office, request.id, "granted", Said(by, desk.now, via="web"), due=due, document="12/SKHCN-VP"
    )


def extended(desk: Desk, key: ObligationKey, days: int) -> Extended | None:
    """Ask for so many days more and grant them, whoever has to; return None where the rules do not let it be."""
    found = stored(desk, key)
    if found.due_on is None:
        return None
    today = local_day(desk.now, desk.config.policy.zone)
    wanted = max(found.due_on, today) + timedelta(days=days)
    by = "over1@tinh.example" if "u1" in key.units else STANDING
    try:
        request = asked(desk, key, wanted, by="unit@elsewhere.example", exception=True)
        granted(desk, request, by=by)
    except NotExtended:
        return None
    with desk.engine.connect() as connection:
        return granted_extensions(connection)[key][-1]
