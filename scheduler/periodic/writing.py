"""Writing: what units write for a period, its confirmation, and the marks of what was entered in the national system;
one door for commands and pages, each act audited in its own transaction."""

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy.engine import Connection

from db.engine import read_only
from db.facts import (
    LONGEST_CONTRIBUTION,
    note_action,
    record_contribution,
    record_mark,
)
from db.facts import TooLong as TooLong
from db.leader import lead
from db.obligations import StoredObligation
from db.summaries import AlreadySent as AlreadySent
from db.summaries import add_summary, sent_by_all, steps_of, summary_of
from rules.periodic.marks import entered
from rules.periodic.period import Period
from rules.periodic.snapshot import Section, Snapshot
from rules.periodic.stored import from_text, to_text
from scheduler.office import Office
from scheduler.periodic.bureaus import offices_of
from scheduler.periodic.gathering import snapshot_at
from scheduler.recording import Said, say_once
from scheduler.standing import standing


def contributed(
    office: Office, directory: str, unit: str, period: Period, section: Section, content: str, said: Said
) -> int:
    """Record what a unit writes for a section of a period, in place of what it wrote before; an empty text takes that
    back. Return its number.

    AlreadySent when the period was sent by every standing office the unit may write to; TooLong when it is longer than
    LONGEST_CONTRIBUTION.
    """
    return contributed_all(office, directory, unit, period, {section: content}, said)[0]


def contributed_all(
    office: Office, directory: str, unit: str, period: Period, contents: Mapping[Section, str], said: Said
) -> list[int]:
    """Record what a unit writes for several sections, all or none of them; return their numbers. Raises what
    `contributed` raises, and UsedUp where it is to be said once and was said before."""
    texts = {section: content.replace("\r\n", "\n").strip() for section, content in contents.items()}
    for text in texts.values():
        if len(text) > LONGEST_CONTRIBUTION:
            raise TooLong(f"{len(text)} characters; at most {LONGEST_CONTRIBUTION}")
    numbers = []
    with office.engine.begin() as connection:
        lead(connection)
        say_once(connection, said, "contribute")
        if sent_by_all(connection, offices_of(office.rulebook, directory), str(period)):
            raise AlreadySent(str(period))
        for section, text in texts.items():
            number = record_contribution(
                connection,
                period=str(period),
                directory=directory,
                unit=unit,
                section=section,
                content=text,
                recorded_by=said.by,
                recorded_at=said.at,
                via=said.via,
            )
            numbers.append(number)
            _note(connection, said, f"contribute {section}", f"{period} ({unit})")
    return numbers


def kept(connection: Connection, office: str, period: Period) -> tuple[str, Snapshot] | None:
    """Return the summary of a period as it is kept, with how far it has come: sent, confirmed or a draft; None when
    none was drawn up."""
    steps = steps_of(connection, office, str(period))
    for step in ("sent", "confirmed", "draft"):
        if number := dict(steps).get(step):
            stored = summary_of(connection, number)
            return (step, from_text(stored.snapshot)) if stored else None
    return None


def confirmed(
    office: Office, standing_office: str, period: Period, said: Said, *, anew: bool = False
) -> Snapshot | None:
    """Confirm the draft of a period, or, with `anew` and where there is none, the summary as all stands now; the next
    pass sends it. Return what was confirmed; None when no rules of that standing office are in force.

    AlreadySent when it was sent before.
    """
    with read_only(office.engine).connect() as connection:
        found = kept(connection, standing_office, period)
        snapshot = found[1] if found and not anew else None
        if snapshot is None:
            snapshot = snapshot_at(connection, office.config, standing_office, period, at=said.at)
    if snapshot is None:
        return None
    with office.engine.begin() as connection:
        lead(connection)
        say_once(connection, said, "confirm summary")
        if "sent" in steps_of(connection, standing_office, str(period)):
            raise AlreadySent(str(period))
        add_summary(
            connection,
            office=standing_office,
            period=str(period),
            kind=period.kind,
            step="confirmed",
            snapshot=to_text(snapshot),
            drawn_at=snapshot.at,
            recorded_at=said.at,
            recorded_by=said.by,
        )
        _note(connection, said, "confirm summary", f"{period} ({standing_office})")
    return snapshot


def marked(office: Office, obligation: StoredObligation, entered_on: date, said: Said) -> bool:
    """Record that the present state of an obligation was entered in the national system on that day; return False when
    the rules no longer know it."""
    with office.engine.begin() as connection:
        lead(connection)
        say_once(connection, said, "mark entered")
        state = _state(connection, office, obligation, said.at)
        if state is None:
            return False
        record_mark(
            connection,
            obligation.id,
            entered_on=entered_on,
            state=state,
            recorded_by=said.by,
            recorded_at=said.at,
            note=said.note,
        )
        _note(connection, said, "mark entered", str(obligation.key))
    return True


def _state(connection: Connection, office: Office, obligation: StoredObligation, at: datetime) -> str | None:
    key = obligation.key
    rows = standing(connection, office.config, at=at, programme=key.programme, unit=key.units[0])
    return next((entered(row.status) for row in rows if row.key == key), None)


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
