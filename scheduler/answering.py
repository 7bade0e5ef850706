"""Answering: what makes the links of letters, with the numbers of the obligations that they speak of."""

import logging
from collections.abc import Iterable

from sqlalchemy.engine import Connection

from db.ledger import Owed
from db.obligations import by_key
from db.outbox import Claimed
from notifications.answering import Answering, Numbered
from notifications.links import Links
from rules.digest import Digest
from rules.digests import Item
from scheduler.config import Config, Unreadable

log = logging.getLogger("dondoc.letters")


def links_of(config: Config) -> Links | None:
    """Return what makes links; None where no pages are served, or the keys cannot be read: letters leave without."""
    if not config.web.serve:
        return None
    try:
        return config.links()
    except Unreadable as fault:
        log.error("letters leave without links: %s", fault)
        return None


def answering_of(
    connection: Connection, links: Links, said: Digest, found: Claimed, owed: Iterable[Owed], items: Iterable[Item]
) -> Answering:
    """Return what makes the links of one letter, as of the instant its message was made."""
    ids = {one.key: one.obligation_id for one in owed}
    numbers = {item.followed.key: Numbered(ids[item.followed.key], item.facts.edition) for item in items}
    for key in {matter.key for matter in said.matters if matter.key is not None} - numbers.keys():
        stored = by_key(connection, key)
        if stored is not None:
            numbers[key] = Numbered(stored.id, stored.edition)
    return Answering(links, numbers, found.created_at)
