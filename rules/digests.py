"""Digests: all notices of one person in one pass, put together. One line per obligation, the most pressing first."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal

from rules.announced import ANNOUNCEMENTS
from rules.digest import SECTIONS, Digest, Kind, Line, Matter, MatterKind, Question, Recipient
from rules.directory import Directory, Holder
from rules.followed import Followed
from rules.ladder import SUPERIORS, Role
from rules.ledger import Ledger
from rules.lines import Lines
from rules.obligation import Facts, Notice, ObligationKey, Slot
from rules.recipients import AddressBook
from rules.requests import with_hour
from rules.roster import Roster
from rules.timetable import BASELINE
from rules.wording import Wording

ASKED: Mapping[str, MatterKind] = {
    "difficulty": "difficulty",
    "not_ours": "not_ours",
    "focal": "focal",
    "extension": "extension",
}
"""What units say back that the standing office must see to, and as which matter."""
FIRST = frozenset({"returned", "extension_above", "extension_refused"})
"""What is shown whatever else there is to say of an obligation: a decision its readers have to act on."""
_RANKS: tuple[Role, ...] = ("standing", "focal", "head", "overseer", "chair")


Begun = Literal["", "dated", "passed_on"]
"""What is new of a task that was given before: it has a deadline now, or another lead."""


@dataclass(frozen=True, slots=True)
class Item:
    """One notice with all that its line is made from."""

    followed: Followed
    notice: Notice
    facts: Facts
    ledger: Ledger
    missed_before: int = 0
    missed_when_due: int = 0
    """How many it will be once the one just before, which is late, is closed: when this one falls due."""
    heard: tuple[Wording, ...] = ()
    """What its unit said of it, where that is known."""
    begun: Begun = ""
    """What began with it, where it took the place of another and that is known."""


def digest(
    recipient: Recipient,
    items: Iterable[Item],
    roster: Roster,
    *,
    now: datetime,
    matters: tuple[Matter, ...] = (),
    questions: tuple[Question, ...] = (),
    lines: Lines | None = None,
) -> Digest:
    """Return what one person is told at `now`: one line an obligation, what one is asked to do before what one is
    told. `lines` are those of the same roster at the same instant: with them, what several persons are told alike is
    worked out once."""
    items = list(items)
    lines = lines or Lines(roster, now=now)
    matters = (*(_asked(item, lines) for item in items if _is_asked(item)), *matters)
    chosen: dict[ObligationKey, Item] = {}
    for item in items:
        if _is_asked(item):
            continue
        known = chosen.get(item.followed.key)
        if known is None or _outweighs(item.notice, known.notice):
            chosen[item.followed.key] = item
    told = [_line(item, lines) for item in chosen.values()]
    programmes = [*(item.followed.key.programme for item in items), *(q.programme for q in questions)]
    return Digest(
        kind=kind_of(((item.notice.slot.role, item.notice.slot.rung) for item in items), has_matters=bool(matters)),
        recipient=recipient,
        made_at=now,
        today=lines.today,
        lines=tuple(sorted(told, key=_pressing)),
        matters=tuple(dict.fromkeys(matters)),
        questions=tuple(dict.fromkeys(questions)),
        baseline=any(begins(item.notice.slot.rung, item.facts) for item in items),
        programmes=tuple(dict.fromkeys([*programmes, *(matter.programme for matter in matters)])),
    )


def begins(rung: str, facts: Facts) -> bool:
    """Say whether a rung sums up what was late when following began, not when its deadline came to be another."""
    return rung == BASELINE.id and facts.edition == 0


def kind_of(told: Iterable[tuple[Role, str]], *, has_matters: bool) -> Kind:
    """Return which letter tells roles of rungs: a superior's, the standing office's, or a reminder."""
    told = list(told)
    if any(role in SUPERIORS and rung not in ANNOUNCEMENTS for role, rung in told):
        return "escalation"
    return "standing" if has_matters or any(role == "standing" for role, _ in told) else "reminder"


def rank(role: Role) -> int:
    """Return how high a post stands: a person who holds several is addressed by the highest."""
    return _RANKS.index(role)


def holder_of(slot: Slot, standing: str, book: AddressBook) -> Holder | None:
    """Return who holds the post a notice is owed to, on the book's day; None when nobody does (any more)."""
    if slot.role == "standing":
        return book.holder_or_above(standing, "standing").holder
    post = book.directory.post(slot.unit, slot.role)
    return post.holder(book.on) if post else None


def recipient_of(slot: Slot, holder: Holder, directory: Directory) -> Recipient:
    """Return how the reader is addressed: the chair belongs to no unit."""
    unit = "" if slot.role in SUPERIORS else directory.units[slot.unit].name
    return Recipient(holder.title, holder.email, unit, holder.acting)


def _is_asked(item: Item) -> bool:
    """Say whether an item tells the standing office what a unit said back: for it to see to, not one line of many."""
    return item.notice.slot.rung in ASKED and item.notice.slot.role == "standing"


def _asked(item: Item, lines: Lines) -> Matter:
    followed, slot = item.followed, item.notice.slot
    said = next(one for one in item.facts.announcements if (one.kind, one.turn) == (slot.rung, slot.turn))
    return answer_matter(ASKED[slot.rung], followed, said.said, lines.day_of(said.at))


def answer_matter(kind: MatterKind, followed: Followed, said: str, since: date) -> Matter:
    """Return what a unit said back of an obligation, as something the standing office must see to."""
    task, units = followed.task, followed.directory.units
    names = ", ".join(units[unit].name for unit in followed.key.units)
    said = with_hour(said, followed.term.at) if kind == "extension" else said
    text = f"{task.title} ({names})" + (f": {said}" if said else "")
    source = task.deadline_source.spot
    return Matter(kind, followed.programme.id, task.named, text, since, source=source, key=followed.key)


def _line(item: Item, lines: Lines) -> Line:
    remind_by = item.followed.term.remind_by
    is_due = remind_by is not None and lines.today >= remind_by
    missed = item.missed_before or (item.missed_when_due if is_due else 0)
    line = lines.line(item.followed, item.notice, item.facts, item.ledger, missed_before=missed)
    change = line.change
    # To a unit that leads it now and did not before, it is new.
    if change == "new" and (item.begun == "dated" or (item.begun and not line.owes_as)):
        change = item.begun
    return replace(line, heard=item.heard, change=change) if item.heard or change != line.change else line


def _outweighs(notice: Notice, other: Notice) -> bool:
    """Say whether a notice is the one to show: a report that came back before a reminder, which tells less of it; asked
    before informed, the later before the earlier."""
    if (notice.slot.rung in FIRST) != (other.slot.rung in FIRST):
        return notice.slot.rung in FIRST
    if notice.as_ != other.as_:
        return notice.as_ == "to"
    return notice.owed_at > other.owed_at


def _pressing(line: Line) -> tuple[int, int, date, str, str]:
    return (
        SECTIONS.index(line.section),
        -line.days_late,
        line.due or date.max,
        line.key.programme,
        line.key.task,
    )
