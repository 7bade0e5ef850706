"""Unclear: replies that nobody could make out, as matters for the standing office until somebody saw to them."""

from collections.abc import Collection

from sqlalchemy.engine import Connection

from db.facts import Said, note_action
from db.incoming import StoredIncoming, about, see_to, waiting, why
from db.leader import lead
from db.once import use_once
from rules.calendar import local_day
from rules.digest import Matter
from rules.roster import Roster
from scheduler.office import Office

LONGEST_SHOWN = 600
SEEN = "reply seen to"


def unclear(connection: Connection, programmes: Collection[str]) -> list[StoredIncoming]:
    """Return the replies on these programmes that wait for somebody, the oldest first."""
    return [one for one in waiting(connection) if not set(about(one)).isdisjoint(programmes)]


def unclear_matters(connection: Connection, programmes: Collection[str], roster: Roster) -> tuple[Matter, ...]:
    """Return the replies on these programmes that wait for somebody, as matters."""
    return tuple(
        Matter(
            kind="reply",
            programme=next(id_ for id_ in about(one) if id_ in programmes),
            subject=one.sender or "",
            text=_text(one),
            since=local_day(one.received_at, roster.policy.zone),
        )
        for one in unclear(connection, programmes)
    )


def _text(one: StoredIncoming) -> str:
    said = " ".join((one.text or one.subject or "").split())
    shown = said if len(said) <= LONGEST_SHOWN else said[:LONGEST_SHOWN].rsplit(" ", 1)[0] + " …"
    return f"“{shown}” ({why(one).vi})" if shown else why(one).vi


def seen_to(office: Office, number: int, said: Said) -> None:
    """Note that somebody saw to a reply; nothing is changed when it does not wait any more."""
    with office.engine.begin() as connection:
        lead(connection)
        if said.once is not None:
            use_once(connection, said.once, purpose=SEEN, person=said.by, at=said.at)
        if see_to(connection, number, by=said.by, at=said.at):
            note_action(
                connection,
                at=said.at,
                person=said.by,
                action=SEEN,
                subject=str(number),
                via=said.via,
                origin=said.origin,
            )
