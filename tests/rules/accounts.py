"""The account of a run: every notice that was ever handed out, and what the promises say must hold of them all."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from rules.announced import APART
from rules.calendar import local_day
from rules.cohort import Entry, Look
from rules.decide import plan
from rules.digest import Line
from rules.gate import WARNING
from rules.ladder import SUPERIORS
from rules.lines import Lines
from rules.obligation import ObligationKey, Reason, Slot
from rules.recipients import Handed
from rules.simulate import Run, SimulatedMessage
from rules.timetable import Step
from rules.window import is_open, next_day_opening

Place = tuple[ObligationKey, Slot]


@dataclass(frozen=True)
class Sent:
    """One notice that left: when, to whom, in which message, with what was found to be owed then."""

    at: datetime
    message: SimulatedMessage
    look: Look
    entry: Entry
    handed: Handed

    @property
    def slot(self) -> Slot:
        return self.look.slot(self.handed)

    @property
    def step(self) -> Step:
        return self.look.ready[self.handed.place]

    @property
    def edition(self) -> tuple[ObligationKey, int]:
        return self.entry.key, self.look.facts.edition

    def __repr__(self) -> str:
        return f"{self.at} {self.message.to} {self.slot} of {self.entry.key}"

    def line(self) -> Line:
        """Return the line that the mail has about it."""
        followed, ledger = self.entry.followed_as(self.look.followed), self.look.ledger_of(self.entry)
        notice = self.look.notice(self.handed)
        return Lines(self.message.roster, now=self.at).line(followed, notice, self.look.facts, ledger)


@dataclass(repr=False)
class Account:
    """What became of every notice so far; `take_in` reads what has come since."""

    run: Run
    sent: set[Place] = field(default_factory=set)
    unsent: dict[Place, tuple[datetime, Reason]] = field(default_factory=dict)
    heads: dict[tuple[ObligationKey, int, str], datetime] = field(default_factory=dict)
    """Since when the head of a unit has known that an edition of an obligation is late."""
    overseers: dict[tuple[ObligationKey, int], Sent] = field(default_factory=dict)
    """The first mail that told an overseer; of two at once the one by a rung that does not reach the chair."""
    last_to_head: dict[tuple[ObligationKey, int, str], list[Sent]] = field(default_factory=lambda: defaultdict(list))
    """The mails that a head had about an edition of an obligation, but for the news of it."""
    _messages: int = 0
    _refused: int = 0

    def take_in(self) -> list[Sent]:
        """Read what has come; return what was sent. Nothing may come of one notice twice."""
        new = list(self._new_sent())
        for sent in new:
            place = (sent.entry.key, sent.slot)
            assert place not in self.sent, f"sent twice: {place}"
            assert place not in self.unsent, f"sent and not sent: {place}"
            self.sent.add(place)
            self._note(sent)
        for each in self.run.not_sent[self._refused :]:
            assert each.notice.reason is not None
            place = (each.entry.key, each.notice.slot)
            assert place not in self.sent, f"sent and not sent: {place}"
            assert place not in self.unsent, f"refused twice: {place}"
            self.unsent[place] = (each.at, each.notice.reason)
            slot = each.notice.slot
            if (
                each.notice.reason is Reason.NOBODY
                and slot.role == "head"
                and slot.rung in each.entry.ledger.late_rungs
            ):
                self.heads.setdefault((each.entry.key, slot.edition, slot.unit), each.at)
        self._refused = len(self.run.not_sent)
        return new

    def _new_sent(self) -> Iterator[Sent]:
        for message in self.run.messages[self._messages :]:
            for look, entry, handed in message.parcels:
                yield Sent(message.at, message, look, entry, handed)
        self._messages = len(self.run.messages)

    def _note(self, sent: Sent) -> None:
        role = sent.handed.target.role
        if role == "head":
            head = (*sent.edition, sent.handed.target.unit)
            if sent.step.is_late:
                self.heads.setdefault(head, sent.at)
            if sent.step.rung.id not in ("new", "passed"):
                self.last_to_head[head].append(sent)
        elif role == "overseer" and sent.step.is_late:
            first = self.overseers.setdefault(sent.edition, sent)
            if first.at == sent.at and "chair" not in sent.step.superiors:
                self.overseers[sent.edition] = sent

    # --- What must hold ----------------------------------------------------------------------------------------------

    def nothing_is_left_undecided(self, now: datetime) -> None:
        """Promise 1: whatever the rules ask for by now is decided, or waits at the gate until a named instant."""
        for entry in self.run.world.entries.values():
            followed = entry.followed
            book = self.run.world.book_of(followed, local_day(now, self.run.world.policy.zone))
            found = plan(followed.owers, followed.table, entry.facts, entry.ledger, book, now=now)
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
        assert not waiting & self.sent
        assert not waiting & self.unsent.keys()
        known = defaultdict(set)
        for key, slot in [*self.sent, *self.unsent, *waiting]:
            known[(key, -1 if slot.rung in APART else slot.edition, slot.rung)].add(slot.turn)
        for key, entry in self.run.world.entries.items():
            for rung, turn in entry.ledger.decided.items():
                if entry.ledger.outdated == () and _reaches_somebody(entry, rung):
                    edition = -1 if rung in APART else entry.facts.edition
                    # What is new again after a move is so in another edition than the first time.
                    told_before = entry.facts.edition and rung == "new"
                    turns = {turn} if rung == "moved" or told_before else set(range(turn + 1))
                    assert known[(key, edition, rung)] == turns, (key, rung, turn)

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
            table = sent.look.followed.table
            assert is_open(sent.at, table.policy, table.calendar)

    def no_superior_came_first(self, new: list[Sent]) -> None:
        """Promise 6: every head concerned knew before the step's own time, or a working day had begun since they did."""
        for sent in _to_superiors(new):
            table = sent.look.followed.table
            below = [self.heads.get((*sent.edition, unit)) for unit in sent.entry.owers.heads]
            first = self.overseers.get(sent.edition)
            if "chair" in sent.step.superiors and first and "chair" not in first.step.superiors:
                below.append(first.at)
            for told in below:
                assert told is not None, f"{sent} came before the head"
                on_time = told < sent.step.opens <= sent.at
                assert on_time or next_day_opening(told, table.policy, table.calendar) <= sent.at, (
                    f"{sent}, told {told}"
                )

    def the_head_knew_when(self, new: list[Sent]) -> None:
        """Promise 6: the last mail of each head said that it goes up, and by when."""
        for sent in _to_superiors(new):
            if sent.handed.target.role not in sent.step.rung.to:
                continue
            for unit in sent.entry.owers.heads:
                before = [mail for mail in self.last_to_head[(*sent.edition, unit)] if mail.at < sent.at]
                if before:
                    said = [step.on for step in before[-1].line().next if step.goes_up]
                    assert said, f"{sent}: {before[-1]} did not say that it goes up"
                    assert min(said) <= local_day(sent.at, self.run.world.policy.zone), f"{sent}: announced for {said}"

    def every_mail_explains_itself(self, new: list[Sent]) -> None:
        """Promise 8: document, file and line, and how the date was counted."""
        for message in {sent.message for sent in new}:
            digest = message.digest
            assert digest.lines or digest.matters or digest.questions
            for told in digest.lines:
                assert told.document
                assert told.source.rpartition(":")[2].isdigit()
                assert told.why.vi
                assert told.why.en
            keys = [line.key for line in digest.lines]
            assert len(keys) == len(set(keys))


def _to_superiors(new: list[Sent]) -> Iterator[Sent]:
    """Yield the mails that tell a superior of a delay by a rung made for that."""
    return (sent for sent in new if sent.step.is_rising and sent.handed.target.role in SUPERIORS)


def _reaches_somebody(entry: Entry, rung: str) -> bool:
    """Say whether a rung reaches any post: an announcement of a task nobody coordinates may reach none."""
    return rung not in ("done", "new", "moved") or bool(entry.owers.coordinate)
