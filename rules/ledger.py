"""Ledger: what became of an obligation's notices, condensed to what decisions depend on.

Rungs are decided turn by turn, so the highest turn of each rung says which are behind.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from rules.obligation import Notice, Reason, Slot

_REACHED_NOBODY = frozenset({Reason.NOBODY, Reason.UNDELIVERABLE})


@dataclass(slots=True)
class Ledger:
    """The notices of one edition of one obligation; `late_rungs` are those that tell of a delay."""

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
        if notice.state == "sent" or notice.reason in _REACHED_NOBODY:
            assert notice.settled_at is not None
            self.note_told(slot, notice.settled_at)

    def note_decided(self, rung: str, turn: int) -> None:
        """Take into account that something was decided about that turn of a rung."""
        if turn > self.decided.get(rung, -1):
            self.decided[rung] = turn

    def note_sent(self, slot: Slot, at: datetime) -> None:
        """Take into account that an owed notice was sent."""
        self.owed.pop(slot, None)
        self.note_told(slot, at)

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
        decided, owed = dict(self.decided), dict(self.owed)
        return Ledger(self.late_rungs, decided, self.told, self.overseers, owed, self.outdated)


def ledger_of(notices: Iterable[Notice], *, edition: int, late_rungs: frozenset[str]) -> Ledger:
    """Return the ledger of the present edition, from its rows."""
    ledger = Ledger(late_rungs)
    outdated = []
    for notice in notices:
        if notice.slot.edition == edition:
            ledger.note(notice)
        elif notice.state == "owed":
            outdated.append(notice)
    ledger.outdated = tuple(outdated)
    return ledger
