"""Attaching: the deadlines that a letter tells of, as the calendar that goes with it."""

from collections.abc import Iterable

from sqlalchemy.engine import Connection

from db.feeds import sequences
from db.ledger import Owed
from db.obligations import by_ids
from db.outbox import Claimed
from rules.diary import DiaryEntry, diary_entry
from rules.digest import Digest
from rules.digests import Item
from rules.obligation import ObligationKey
from scheduler.office import Office

MOST = 300
"""Deadlines that go with one letter at most."""


def calendar_with(
    connection: Connection,
    office: Office,
    said: Digest,
    found: Claimed,
    owed: Iterable[Owed],
    items: Iterable[Item],
) -> bytes | None:
    """Return the calendar of a letter's lines, None where no line has a day. The same letter written again carries the
    same calendar, as long as nothing it tells of changes."""
    # Costs a tenth of a second to import, which only who sets it should pay.
    from notifications.calendars import CalendarHead, calendar_of, deadlines
    from web.feeds import MINE

    ids = {one.key: one.obligation_id for one in owed}
    counted = sequences(connection, by_ids(connection, ids.values()).values())
    entries: dict[ObligationKey, DiaryEntry] = {}
    for item in items:
        key = item.followed.key
        # As of the instant the letter was made: what it rings for does not hang on when it leaves.
        entry = diary_entry(
            item.followed,
            item.facts,
            now=found.created_at,
            sequence=counted.get(ids.get(key, 0), item.facts.edition),
            reminds=said.kind == "reminder",
        )
        if entry is not None:
            entries[key] = entry
    if not entries:
        return None
    config, language = office.config, office.config.language

    def url(key: ObligationKey) -> str:
        return f"{config.web.public_url}/nhiem-vu/{ids[key]}" if config.web.serve and key in ids else ""

    chosen = sorted(entries.values(), key=lambda entry: (entry.due.due, entry.key))[:MOST]
    events = deadlines(chosen, language=language, made_at=found.created_at, url=url)
    return calendar_of(events, CalendarHead(MINE.say(language), language, "letter", refresh=None))
