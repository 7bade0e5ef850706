"""Feeds: a person's private calendars begun anew or made void, and their addresses; for pages and commands."""

import secrets

from sqlalchemy.engine import Connection

from db.facts import Said, note_action
from db.feeds import Feed, begin_feed, end_feed, feed_of
from db.leader import lead
from db.once import use_once
from scheduler.office import Office

BEGUN, ENDED = "feed begun", "feed ended"


def feed_begun(office: Office, person: str, said: Said) -> Feed:
    """Begin a person's calendars anew: addresses made before are void. Return what the new ones bear."""
    feed = Feed(secrets.token_hex(10), said.at)
    with office.engine.begin() as connection:
        lead(connection)
        if said.once is not None:
            use_once(connection, said.once, purpose=BEGUN, person=said.by, at=said.at)
        begin_feed(connection, person, feed)
        _note(connection, person, BEGUN, said)
    return feed


def feed_ended(office: Office, person: str, said: Said) -> bool:
    """Make a person's calendars void, and return whether there were any."""
    with office.engine.begin() as connection:
        lead(connection)
        if said.once is not None:
            use_once(connection, said.once, purpose=ENDED, person=said.by, at=said.at)
        if not end_feed(connection, person):
            return False
        _note(connection, person, ENDED, said)
    return True


def feed_in_force(office: Office, person: str, said: Said) -> Feed:
    """Return a person's calendars as they are, begun where there are none."""
    with office.engine.connect() as connection:
        feed = feed_of(connection, person)
    return feed if feed is not None else feed_begun(office, person, said)


def _note(connection: Connection, person: str, action: str, said: Said) -> None:
    note_action(connection, at=said.at, person=said.by, action=action, subject=person, via=said.via, origin=said.origin)
