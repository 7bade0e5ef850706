"""Digests: all notices of one person in one pass, put together. One line per obligation, the most pressing first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from rules.calendar import local_day
from rules.digest import SECTIONS, Digest, Line, Matter, Question, Recipient
from rules.directory import Directory, Holder
from rules.ladder import SUPERIORS
from rules.ledger import Ledger
from rules.lines import line
from rules.obligation import Facts, Notice, Slot
from rules.recipients import AddressBook, Owers
from rules.roster import Followed, Roster


@dataclass(frozen=True, slots=True)
class Item:
    """One notice with all that its line is made from."""

    followed: Followed
    notice: Notice
    facts: Facts
    ledger: Ledger
    missed_before: int = 0


def digest(
    recipient: Recipient,
    items: Iterable[Item],
    roster: Roster,
    *,
    now: datetime,
    matters: tuple[Matter, ...] = (),
    questions: tuple[Question, ...] = (),
) -> Digest:
    """Return what one person is told at `now`."""
    items = list(items)
    chosen: dict[object, Item] = {}
    for item in items:
        known = chosen.get(item.followed.key)
        if known is None or (known.notice.as_ == "cc" and item.notice.as_ == "to"):
            chosen[item.followed.key] = item
    lines = [_line(item, roster, now) for item in chosen.values()]
    programmes = [*(item.followed.key.programme for item in items), *(q.programme for q in questions)]
    return Digest(
        kind=_kind(items, matters),
        recipient=recipient,
        made_at=now,
        today=local_day(now, roster.policy.zone),
        lines=tuple(sorted(lines, key=_pressing)),
        matters=matters,
        questions=questions,
        baseline=any(item.notice.slot.rung == "baseline" for item in items),
        programmes=tuple(dict.fromkeys([*programmes, *(matter.programme for matter in matters)])),
    )


def holder_of(slot: Slot, standing: str, book: AddressBook) -> Holder | None:
    """Return who holds the post a notice is owed to, on the book's day; None when nobody does (any more)."""
    if slot.role == "standing":
        return book.reach(Owers((standing,), (standing,), standing), "standing")[0].holder
    post = book.directory.post(slot.unit, slot.role)
    return post.holder(book.on) if post else None


def recipient_of(slot: Slot, holder: Holder, directory: Directory) -> Recipient:
    """Return how the reader is addressed: the chair belongs to no unit."""
    unit = "" if slot.role in SUPERIORS else directory.units[slot.unit].name
    return Recipient(holder.title, holder.email, unit, holder.acting)


def _line(item: Item, roster: Roster, now: datetime) -> Line:
    missed = item.missed_before
    return line(item.followed, item.notice, item.facts, item.ledger, roster, now=now, missed_before=missed)


def _kind(items: list[Item], matters: tuple[Matter, ...]) -> Literal["reminder", "escalation", "standing"]:
    if any(item.notice.slot.role in SUPERIORS and item.notice.slot.rung != "new" for item in items):
        return "escalation"
    return "standing" if matters or any(item.notice.slot.role == "standing" for item in items) else "reminder"


def _pressing(line: Line) -> tuple[int, int, date, str, str]:
    return (
        SECTIONS.index(line.section),
        -line.days_late,
        line.due or date.max,
        line.key.programme,
        line.key.task,
    )
