"""Ledger: what became of an obligation's notices, condensed to what decisions depend on. Rungs are decided turn by turn, so the
highest turn of each rung says which are behind."""

from collections.abc import Iterable
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
    told: dict[str, datetime] = field(default_factory=dict)
    """Since when the head of a unit has known of the delay, or has been known to be out of reach."""
    overseer_told: datetime | None = None
    owed: dict[Slot, Notice] = field(default_factory=dict)
    """Notices decided and not sent yet."""

    def note(self, notice: Notice) -> None:
        """Take a new or settled notice into account."""
        slot = notice.slot
        if slot.turn > self.decided.get(slot.rung, -1):
            self.decided[slot.rung] = slot.turn
        if notice.state == "owed":
            self.owed[slot] = notice
            return
        self.owed.pop(slot, None)
        if notice.state == "sent" or notice.reason in _REACHED_NOBODY:
            assert notice.settled_at is not None
            self._note_told(slot, notice.settled_at, sent=notice.state == "sent")

    def note_sent(self, slot: Slot, at: datetime) -> None:
        """Take into account that an owed notice was sent."""
        self.owed.pop(slot, None)
        self._note_told(slot, at, sent=True)

    def _note_told(self, slot: Slot, at: datetime, *, sent: bool) -> None:
        if slot.role == "head" and slot.rung in self.late_rungs:
            self.told.setdefault(slot.unit, at)
            self.told[slot.unit] = min(at, self.told[slot.unit])
        elif slot.role == "overseer" and sent and (self.overseer_told is None or at > self.overseer_told):
            self.overseer_told = at


def ledger_of(notices: Iterable[Notice], *, edition: int, late_rungs: frozenset[str]) -> Ledger:
    """Return the ledger of the present edition, from its rows."""
    ledger = Ledger(late_rungs)
    for notice in notices:
        if notice.slot.edition == edition:
            ledger.note(notice)
    return ledger
