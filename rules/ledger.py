"""Ledger: what became of an obligation's notices, condensed to what decisions depend on.

Rungs are decided turn by turn, so the highest turn of each rung says which are behind.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from rules.announced import ANNOUNCEMENTS, APART
from rules.ladder import SUPERIORS, Role
from rules.obligation import Notice, Reason, Slot

_REACHED_NOBODY = frozenset({Reason.NOBODY, Reason.UNDELIVERABLE})
_NO_DEADLINE = frozenset({"new", "done", *APART})
"""What is told to those above the units without telling them a deadline they would have to be told moves."""
ABOVE: frozenset[Role] = frozenset({"standing", *SUPERIORS})
"""The posts that hear of a deadline by a rung of its ladder alone: that it moves the units are told, not they."""


@dataclass(slots=True)
class Ledger:
    """The notices of one edition of one obligation, and of all editions those of what was said back: words do not hang
    on a deadline. `late_rungs` are those that tell of a delay."""

    late_rungs: frozenset[str]
    decided: dict[str, int] = field(default_factory=dict)
    """The highest turn of each rung about which something was decided."""
    told: Mapping[str, datetime] = field(default_factory=dict)
    """Since when the head of a unit has known of the delay, or has been known to be out of reach."""
    overseers: Mapping[str, datetime] = field(default_factory=dict)
    """Since when the overseer of a unit has known of it, or has been known to be out of reach."""
    owed: dict[Slot, Notice] = field(default_factory=dict)
    """Notices decided and not sent yet."""
    outdated: tuple[Notice, ...] = ()
    """Notices still owed under an earlier edition: the deadline has moved since."""
    heard: frozenset[Role] = frozenset()
    """The posts above the units that a rung was sent to."""
    misled: frozenset[Role] = frozenset()
    """Those that a rung told an earlier deadline, and that were sent nothing since: they are told of the move."""
    corrected: frozenset[Role] = frozenset()
    """Those that were told of the move to the present deadline."""
    reassured: frozenset[Role] = frozenset()
    """Those to whom the last that was sent was the move to an earlier deadline: they are told when it is late again."""
    given_way: Mapping[str | None, datetime] = field(default_factory=dict)
    """When, for whom, that the task is new gave way to a rung that came with it or later."""

    @property
    def overseer_told(self) -> datetime | None:
        """Return since when the overseers that know of the delay all do, None when none knows."""
        return max(self.overseers.values(), default=None)

    def note(self, notice: Notice) -> None:
        """Take a new or settled notice into account."""
        slot = notice.slot
        self.note_decided(slot.rung, slot.turn)
        if notice.state == "owed":
            self.owed[slot] = notice
            return
        self.owed.pop(slot, None)
        if slot.rung == "new" and notice.reason is Reason.SUPERSEDED and notice.settled_at is not None:
            self.given_way = {**self.given_way, notice.person: notice.settled_at}
        if notice.state == "sent":
            self.note_heard(slot.rung, slot.role)
        if notice.state == "sent" or notice.reason in _REACHED_NOBODY:
            assert notice.settled_at is not None
            self.note_told(slot, notice.settled_at)

    def told_as(self, notice: Notice) -> str:
        """Return the rung whose news a notice tells: `new` where it stands in its place, else its own."""
        since = self.given_way.get(notice.person)
        stands_for = since is not None and notice.owed_at <= since
        return "new" if stands_for and notice.slot.rung not in ANNOUNCEMENTS else notice.slot.rung

    def note_decided(self, rung: str, turn: int) -> None:
        """Take into account that something was decided about that turn of a rung."""
        if turn > self.decided.get(rung, -1):
            self.decided[rung] = turn

    def note_sent(self, slot: Slot, at: datetime) -> None:
        """Take into account that an owed notice was sent."""
        self.owed.pop(slot, None)
        self.note_heard(slot.rung, slot.role)
        self.note_told(slot, at)

    def note_heard(self, rung: str, role: Role) -> None:
        """Take into account which deadline a post above the units knows."""
        if role in ABOVE and rung not in _NO_DEADLINE:
            self.misled -= {role}
            self.reassured -= {role}
            if rung == "moved":
                self.corrected |= {role}
            else:
                self.heard |= {role}

    def note_told(self, slot: Slot, at: datetime) -> None:
        """Take into account that a post knows of the delay since `at`, or cannot be reached."""
        if slot.rung in self.late_rungs:
            self.note_known(
                {slot.unit} if slot.role == "head" else (), {slot.unit} if slot.role == "overseer" else (), at
            )

    def note_known(self, heads: Iterable[str], overseers: Iterable[str], at: datetime) -> None:
        """Take into account that the heads and overseers of these units know of the delay since `at` at the latest."""
        # New mappings: copies of this ledger keep the old ones.
        if late := {unit: at for unit in heads if unit not in self.told or at < self.told[unit]}:
            self.told = {**self.told, **late}
        if late := {unit: at for unit in overseers if unit not in self.overseers or at < self.overseers[unit]}:
            self.overseers = {**self.overseers, **late}

    def copy(self) -> "Ledger":
        """Return a ledger that goes its own way from here."""
        return replace(self, decided=dict(self.decided), owed=dict(self.owed))

    def moved(self, late_rungs: frozenset[str]) -> "Ledger":
        """Return the ledger of the next edition: nothing of its deadline is decided yet."""
        outdated = (*self.outdated, *(notice for slot, notice in self.owed.items() if slot.rung not in APART))
        return Ledger(
            late_rungs,
            decided={rung: turn for rung, turn in self.decided.items() if rung in APART},
            owed={slot: notice for slot, notice in self.owed.items() if slot.rung in APART},
            outdated=outdated,
            misled=self.misled | self.heard,
            reassured=(self.reassured | self.corrected) - self.heard,
        )


def ledger_of(notices: Iterable[Notice], *, edition: int, late_rungs: frozenset[str]) -> Ledger:
    """Return the ledger of the present edition, from the rows of all."""
    ledger = Ledger(late_rungs)
    outdated, sent = [], []
    for notice in notices:
        if notice.state == "sent":
            sent.append(notice.slot)
        if notice.slot.edition == edition or notice.slot.rung in APART:
            ledger.note(notice)
        elif notice.state == "owed":
            outdated.append(notice)
    ledger.outdated = tuple(outdated)
    if edition:
        ledger.misled, ledger.reassured = _told_before(sent, edition)
    return ledger


def _told_before(sent: Iterable[Slot], edition: int) -> tuple[frozenset[Role], frozenset[Role]]:
    """Return the posts above the units to which the last that was sent was a rung of an earlier edition, and those to
    which it was the move that began one."""
    rungs: dict[Role, int] = {}
    moves: dict[Role, int] = {}
    for slot in sent:
        if slot.role in ABOVE and slot.rung not in _NO_DEADLINE:
            known = moves if slot.rung == "moved" else rungs
            known[slot.role] = max(slot.edition, known.get(slot.role, 0))
    # Of one edition the move is told before any rung.
    misled = frozenset(role for role, last in rungs.items() if moves.get(role, 0) <= last < edition)
    return misled, frozenset(role for role, last in moves.items() if rungs.get(role, 0) < last < edition)
