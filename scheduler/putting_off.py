"""Putting off: which letters may leave now, and which wait for the window or for tomorrow's share."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, time

from sqlalchemy.engine import Connection

from db.handover import under_way
from db.ledger import Owed
from db.outbox import Claimed, count_sent, defer
from rules.calendar import Calendar, instant, local_day
from rules.roster import Roster
from rules.window import is_open, next_day_opening, opening
from scheduler.message_kinds import ADMIN, SIGN_IN, SUMMARY
from scheduler.periodic import mails
from scheduler.replies_told import REPLY, UNCLEAR
from scheduler.worker import worker_name

NOBODYS_SHARE = (SIGN_IN, REPLY, UNCLEAR, SUMMARY)
"""The kinds of messages that use up nobody's share: what was asked for, and what leaves at an hour of its own."""


def put_off(
    connection: Connection,
    claimed: list[Claimed],
    owed: Mapping[int, list[Owed]],
    roster: Roster,
    *,
    summaries_until: time,
    now: datetime,
) -> list[Claimed]:
    """Return the messages that may leave now; the others wait for the window, which is open to summaries until
    `summaries_until` at least, or for tomorrow's share."""
    policy, worker = roster.policy, worker_name()
    orderly = replace(policy, closes=max(policy.closes, summaries_until))
    had = _had_today(connection, claimed, roster, now)
    due = []
    for found in claimed:
        if has_its_hour := found.kind == SUMMARY:
            calendar = mails.calendar_of(found.key, roster.rulebook)
        else:
            calendar = _calendar(owed[found.id], roster)
        window = orderly if has_its_hour else policy
        if found.kind in (ADMIN, SIGN_IN, REPLY) or calendar is None:
            due.append(found)
        elif not is_open(now, window, calendar):
            defer(connection, found.id, worker=worker, until=opening(now, window, calendar), why="quiet hours")
        elif not has_its_hour and had.get(found.person, 0) >= policy.daily_cap:
            tomorrow = next_day_opening(now, policy, calendar)
            defer(connection, found.id, worker=worker, until=tomorrow, why="daily cap")
        else:
            had[found.person] = had.get(found.person, 0) + (not has_its_hour)
            due.append(found)
    return due


def _had_today(connection: Connection, claimed: list[Claimed], roster: Roster, now: datetime) -> dict[str, int]:
    """Return how many messages each person was sent today, those counted in that are on their way at this moment."""
    zone, persons = roster.policy.zone, {found.person for found in claimed}
    today = local_day(now, zone)
    from_, until = instant(today, time(0), zone), instant(today, None, zone)
    had = count_sent(connection, from_=from_, until=until, persons=persons, but=NOBODYS_SHARE)
    ids = [found.id for found in claimed]
    for person, count in under_way(connection, persons, but=ids, but_kinds=NOBODYS_SHARE).items():
        had[person] = had.get(person, 0) + count
    return had


def _calendar(owed: list[Owed], roster: Roster) -> Calendar | None:
    """Return the calendar by which a message may leave: that of the first programme it speaks of; None when the rules
    no longer know any, and nothing will be left to send."""
    programmes = (roster.rulebook.programmes.get(found.key.programme) for found in owed)
    first = next((programme for programme in programmes if programme), None)
    return roster.calendar(first) if first else None
