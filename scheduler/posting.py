"""Posting: letters that wait or were set aside are tried again, or dropped for good, each audited."""

from collections.abc import Collection, Sequence

from sqlalchemy.engine import Connection

from db import outbox
from db.facts import Said, note_action
from db.ledger import give_up
from db.second_try import owe_again
from rules.obligation import Reason
from scheduler.office import Office


class NotWaiting(Exception):
    """Some letters neither wait nor were set aside; `letters` are these with their states, None where there is none."""

    def __init__(self, letters: dict[int, str | None]) -> None:
        super().__init__(", ".join(f"{number} ({state or 'none'})" for number, state in letters.items()))
        self.letters = letters


def retried(office: Office, numbers: Sequence[int], said: Said) -> int:
    """Have letters tried with the next delivery, and return how many; NotWaiting where one of them cannot be."""
    with office.engine.begin() as connection:
        _demand(connection, numbers)
        owe_again(connection, numbers)
        count = outbox.retry(connection, numbers, at=said.at)
        _note(connection, numbers, said, "letter retried")
    return count


def dropped(office: Office, numbers: Sequence[int], said: Said) -> int:
    """Drop letters for the reason that is said; what they would have told counts as not sent. Return how many;
    NotWaiting where one of them cannot be."""
    with office.engine.begin() as connection:
        _demand(connection, numbers)
        give_up(connection, numbers, reason=Reason.DROPPED, at=said.at)
        count = outbox.drop(connection, numbers, reason=f"{said.note} ({said.by})")
        _note(connection, numbers, said, "letter dropped")
    return count


def _demand(connection: Connection, numbers: Collection[int]) -> None:
    found = outbox.by_ids(connection, numbers)
    states = {number: found[number].state if number in found else None for number in numbers}
    odd = {number: state for number, state in states.items() if state not in ("pending", "parked")}
    if odd:
        raise NotWaiting(dict(odd))


def _note(connection: Connection, numbers: Collection[int], said: Said, action: str) -> None:
    for number in numbers:
        note_action(
            connection,
            at=said.at,
            person=said.by,
            action=action,
            subject=f"letter {number}",
            via=said.via,
            origin=said.origin,
            detail=said.note,
        )
