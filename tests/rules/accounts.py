"""The account of a run: every notice that was ever handed out, and what the promises say must hold of them all."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from rules.calendar import local_day
from rules.cohort import Entry
from rules.decide import plan
from rules.digest import Line
from rules.gate import WARNING
from rules.ladder import SUPERIORS
from rules.obligation import ObligationKey, Reason, Slot
from rules.simulate import Run
from rules.timetable import Step
from rules.window import is_open, next_day_opening

Place = tuple[ObligationKey, Slot]


@dataclass(frozen=True)
class Sent:
    """One notice that left: when, to whom, in which message, by which step."""

    at: datetime
    to: str
    message: int
    entry: Entry
    slot: Slot
    step: Step

    def __repr__(self) -> str:
        return f"{self.at} {self.to} {self.slot} of {self.entry.key}"


@dataclass
class Account:
    """What became of every notice so far; `take_in` reads what has come since."""

    run: Run
    sent: dict[Place, Sent] = field(default_factory=dict)
    unsent: dict[Place, tuple[datetime, Reason]] = field(default_factory=dict)
    told: dict[tuple[ObligationKey, int, str], datetime] = field(default_factory=dict)
    """Since when the head of a unit has known that an edition of an obligation is late."""
    _messages: int = 0
    _refused: int = 0

    def take_in(self) -> list[Sent]:
        """Read what has come; return what was sent. Nothing may come of one notice twice."""
        new = list(self._new_sent())
        for sent in new:
            place = (sent.entry.key, sent.slot)
            assert place not in self.sent, f"sent twice: {place}"
            assert place not in self.unsent, f"sent and not sent: {place}"
            self.sent[place] = sent
        for each in self.run.not_sent[self._refused :]:
            assert each.notice.reason is not None
            place = (each.entry.key, each.notice.slot)
            assert place not in self.sent, f"sent and not sent: {place}"
            assert place not in self.unsent, f"refused twice: {place}"
            self.unsent[place] = (each.at, each.notice.reason)
        self._refused = len(self.run.not_sent)
        self._note_told(new)
        return new

    def _new_sent(self) -> Iterator[Sent]:
        for number, message in enumerate(self.run.messages[self._messages :], self._messages):
            for look, entry, handed in message.parcels:
                yield Sent(message.at, message.to, number, entry, look.slot(handed), look.ready[handed.place])
        self._messages = len(self.run.messages)

    def _note_told(self, new: list[Sent]) -> None:
        for sent in new:
            if sent.step.is_late and sent.slot.role == "head":
                self._note(sent.entry.key, sent.slot, sent.at)
        for (key, slot), (at, reason) in self.unsent.items():
            if (
                reason is Reason.NOBODY
                and slot.role == "head"
                and slot.rung in self.run.world.entries[key].ledger.late_rungs
            ):
                self._note(key, slot, at)

    def _note(self, key: ObligationKey, slot: Slot, at: datetime) -> None:
        known = self.told.setdefault((key, slot.edition, slot.unit), at)
        self.told[(key, slot.edition, slot.unit)] = min(known, at)

    # --- What must hold ----------------------------------------------------------------------------------------------

    def nothing_is_left_undecided(self, now: datetime) -> None:
        """Promise 1: whatever the rules ask for by now is decided, or waits at the gate until a named instant."""
        for entry in self.run.world.entries.values():
            followed = entry.followed
            found = plan(followed.owers, followed.table, entry.facts, entry.ledger, now=now)
            taken = [step for step in found.ready if step.rung.id != WARNING.id]
            assert not taken, f"{entry.key}: {taken} was owed at {now}"
            assert not found.refused
            assert found.wake_at is None or found.wake_at > now

    def everything_has_an_outcome(self) -> None:
        """Promise 2: what was decided was sent, is on its way, or was not sent for a named reason."""
        waiting = {(key, slot) for key, entry in self.run.world.entries.items() for slot in entry.ledger.owed}
        kept = {
            (entry.key, look.slot(handed))
            for bag in self.run.mailroom._bags.values()
            for look, entry, handed in bag.kept
            if look.slot(handed) in entry.ledger.owed
        }
        assert waiting == kept
        assert not waiting & (self.sent.keys() | self.unsent.keys())
        known = defaultdict(set)
        for key, slot in [*self.sent, *self.unsent, *waiting]:
            known[(key, slot.edition, slot.rung)].add(slot.turn)
        for key, entry in self.run.world.entries.items():
            for rung, turn in entry.ledger.decided.items():
                if entry.ledger.outdated == () and _reaches_somebody(entry, rung):
                    turns = {turn} if rung == "moved" else set(range(turn + 1))
                    assert known[(key, entry.facts.edition, rung)] == turns, (key, rung, turn)

    def nobody_is_flooded(self) -> None:
        """Promise 4: one digest a person and pass, the cap a day, and only while the window is open."""
        policy = self.run.world.policy
        messages = self.run.messages
        passes = Counter((message.at, message.to) for message in messages)
        assert not passes or max(passes.values()) == 1
        days = Counter((local_day(message.at, policy.zone), message.to) for message in messages)
        assert not days or max(days.values()) <= policy.daily_cap

    def mail_left_in_its_window(self, new: list[Sent]) -> None:
        """Promise 4: by the calendar of what it tells of."""
        for sent in new:
            table = sent.entry.followed.table
            assert is_open(sent.at, table.policy, table.calendar)

    def no_superior_came_first(self, new: list[Sent]) -> None:
        """Promise 6: every head concerned knew, and a working day had begun since; the overseer before the chair."""
        for sent in new:
            if not (sent.step.is_rising and sent.slot.role in SUPERIORS):
                continue
            table = sent.entry.followed.table
            below = [self.told.get((sent.entry.key, sent.slot.edition, unit)) for unit in sent.entry.owers.heads]
            below += [other.at for other in self._overseer_mails(sent)]
            for told in below:
                assert told is not None, f"{sent.slot} of {sent.entry.key} before its head"
                assert next_day_opening(told, table.policy, table.calendar) <= sent.at, (sent, told)

    def _overseer_mails(self, sent: Sent) -> Iterator[Sent]:
        """Yield, for a chair's mail, the first that told an overseer by a rung that does not reach the chair."""
        if "chair" not in sent.step.superiors:
            return
        found = [
            other
            for (key, slot), other in self.sent.items()
            if key == sent.entry.key and slot.edition == sent.slot.edition and slot.role == "overseer"
            if other.step.is_late and "chair" not in other.step.superiors
        ]
        if found:
            yield min(found, key=lambda other: other.at)

    def the_head_knew_when(self, new: list[Sent]) -> None:
        """Promise 6: the last mail of each head said that it goes up, and by when."""
        zone = self.run.world.policy.zone
        for sent in new:
            if not (sent.step.is_rising and sent.slot.role in SUPERIORS) or sent.slot.role not in sent.step.rung.to:
                continue
            for unit in sent.entry.owers.heads:
                line = self._last_line_of_head(sent, unit)
                if line is not None:
                    said = [step.on for step in line.next if step.goes_up]
                    assert said, f"{sent.slot} of {sent.entry.key}: the head was not told that it goes up"
                    assert min(said) <= local_day(sent.at, zone)

    def _last_line_of_head(self, sent: Sent, unit: str) -> Line | None:
        mails = [
            other
            for (key, slot), other in self.sent.items()
            if key == sent.entry.key and slot.edition == sent.slot.edition
            if (slot.role, slot.unit) == ("head", unit) and other.at < sent.at and slot.rung != "new"
        ]
        if not mails:
            return None
        last = max(mails, key=lambda other: other.at)
        digest = self.run.messages[last.message].digest
        return next(line for line in digest.lines if line.key == sent.entry.key)

    def every_mail_explains_itself(self, new: list[Sent]) -> None:
        """Promise 8: document, file and line, and how the date was counted."""
        for number in {sent.message for sent in new}:
            digest = self.run.messages[number].digest
            assert digest.lines or digest.matters or digest.questions
            for line in digest.lines:
                assert line.document
                assert line.source.rpartition(":")[2].isdigit()
                assert line.why.vi
                assert line.why.en
            keys = [line.key for line in digest.lines]
            assert len(keys) == len(set(keys))


def _reaches_somebody(entry: Entry, rung: str) -> bool:
    """Say whether a rung reaches any post: an announcement of a task nobody coordinates may reach none."""
    return rung not in ("done", "new", "moved") or bool(entry.owers.coordinate)
