"""Unheard: why nobody, or not everybody, heard of an obligation: for each rung what kept it back, or that it was sent.

The answers are worked out from the story of its rungs and from what people have done meanwhile, as values.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

from rules import words
from rules.announced import APART
from rules.arithmetic import waited
from rules.calendar import local_day
from rules.circumstances import Circumstances
from rules.days import clock, day_en, day_vi
from rules.deadline import After, AheadOf
from rules.digests import rank
from rules.explain import Reader, RungStory
from rules.followed import Followed
from rules.obligation import Facts, Reason, Slot
from rules.programme import Event
from rules.reasons import PLAIN, plain
from rules.wording import Wording

Cause = Literal[
    "sent", "on_its_way", "would_be_sent", "not_yet", "deferred", "held_back", "stopped", "owed", "past",
    "superseded", "silenced", "reported", "withdrawn", "closed", "moved", "baseline", "too_old", "missed", "nobody",
    "undeliverable", "dropped", "dormant", "undated", "continuous", "no_rung", "not_followed",
]  # fmt: skip
"""What kept a rung back. Beside the reasons of the ledger: what has not been decided, or is kept back, so far."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of one rung for one post, in words. `at`: since when it is so, or when it will come.

    `rung` is '' where no rung is concerned: the obligation as a whole is not told of, and why.
    """

    rung: str
    turn: int
    unit: str
    role: str
    person: str | None
    cause: Cause
    at: datetime | None
    words: Wording


def unheard(
    followed: Followed, facts: Facts, rungs: Iterable[RungStory], known: Circumstances, *, now: datetime
) -> tuple[Answer, ...]:
    """Return an answer for each rung and post, in order of time; one for the whole where no rung is counted."""
    rungs = tuple(rungs)
    asked = _Asked(followed, facts, rungs, known, now)
    answers = [asked.answer(rung, reader) for rung in rungs for reader in rung.readers]
    return (*asked.as_a_whole(), *answers)


@dataclass(frozen=True, slots=True)
class _Asked:
    followed: Followed
    facts: Facts
    rungs: tuple[RungStory, ...]
    known: Circumstances
    now: datetime

    @property
    def zone(self) -> ZoneInfo:
        return self.followed.table.policy.zone

    def as_a_whole(self) -> tuple[Answer, ...]:
        """Return why no rung is counted at all, nothing where some are."""
        term = self.followed.term
        if term.due is None:
            cause: Cause = "undated"
            if term.kind == "continuous":
                cause = "continuous"
            elif term.kind in ("event", "before_event") and term.starts is None:
                cause = "dormant"
            return (Answer("", 0, "", "", None, cause, None, _without_day(cause, term.why, self._event())),)
        if not self.followed.ladder.rungs:
            ladder = self.followed.ladder.id
            said = Wording(f"Thang {ladder} không có nấc nào", f"The ladder {ladder} has no rung")
            return (Answer("", 0, "", "", None, "no_rung", None, said),)
        return ()

    def _event(self) -> Event | None:
        """Return the event that the deadline in force hangs on."""
        followed = self.followed
        deadline = followed.deadline
        return followed.programme.events[deadline.event] if isinstance(deadline, After | AheadOf) else None

    def answer(self, rung: RungStory, reader: Reader) -> Answer:
        cause, at, said = self._why(rung, reader)
        return Answer(rung.rung, rung.turn, reader.unit, reader.role, reader.email, cause, at, said)

    def _why(self, rung: RungStory, reader: Reader) -> tuple[Cause, datetime | None, Wording]:
        match reader.state:
            case "sent" if reader.is_rehearsed:
                said = self._at(reader.at)
                return "would_be_sent", reader.at, Wording(f"Sẽ gửi {said.vi}", f"Would be sent {said.en}")
            case "sent":
                said = self._at(reader.at)
                return "sent", reader.at, Wording(f"Đã gửi {said.vi}", f"Sent {said.en}")
            case "past":
                said = Wording("Đã qua theo quy tắc; không có sổ gửi", "Past by the rules; there is no ledger")
                return "past", rung.opens, said
            case "coming":
                if self._is_silenced(rung.opens, reader):
                    return "silenced", rung.opens, self._silenced(rung, reader)
                return self._coming(rung)
            case "owed":
                return self._owed(rung, reader)
            case "not_sent":
                reason = reader.reason or Reason.DROPPED
                return reason.value, reader.at, self._not_sent(reason, rung, reader)

    def _coming(self, rung: RungStory) -> tuple[Cause, datetime | None, Wording]:
        opens = self._at(rung.opens)
        if rung.nominal > self.now:
            return "not_yet", rung.opens, Wording(f"Chưa đến lúc: {opens.vi}", f"Not yet: it comes {opens.en}")
        table = self.followed.table
        off = waited(local_day(rung.nominal, self.zone), local_day(rung.opens, self.zone), table.calendar)
        names = [one for one in off if one.name is not None]
        step = next((this for this in table.steps if this.rung.id == rung.rung), None)
        if step is not None and step.is_rising and rung.opens > step.opens:
            return (
                "held_back",
                rung.opens,
                Wording(
                    f"Chờ {opens.vi}: người đứng đầu phải biết trước một ngày làm việc",
                    f"Waits until {opens.en}: the head has to know for a working day first",
                ),
            )
        if names:
            vi = "; ".join(f"{day_vi(one.on)} {one.name.vi if one.name else ''}" for one in names)
            en = "; ".join(f"{day_en(one.on)} {one.name.en if one.name else ''}" for one in names)
            return (
                "deferred",
                rung.opens,
                Wording(f"Hoãn sang {opens.vi} vì ngày nghỉ: {vi}", f"Put off until {opens.en}, days off: {en}"),
            )
        opening, closing = clock(table.policy.opens), clock(table.policy.closes)
        return (
            "deferred",
            rung.opens,
            Wording(
                f"Hoãn sang {opens.vi}: chỉ gửi từ {opening.vi} đến {closing.vi}",
                f"Put off until {opens.en}: mail leaves from {opening.en} to {closing.en} only",
            ),
        )

    def _owed(self, rung: RungStory, reader: Reader) -> tuple[Cause, datetime | None, Wording]:
        stop = next((one for one in self.known.stops if _holds(one.from_, one.until, self.now)), None)
        if stop is not None:
            why = f": {stop.why}" if stop.why else ""
            since = self._at(stop.from_)
            return (
                "stopped",
                stop.from_,
                Wording(
                    f"Đã đến lúc nhưng {stop.by} dừng gửi thư {since.vi}{why}",
                    f"Owed, but {stop.by} stopped all mail {since.en}{why}",
                ),
            )
        slot = Slot(rung.rung, rung.turn, reader.unit, reader.role, self.facts.edition)
        letter = self.known.letters.get(slot)
        if letter is None:
            return "owed", rung.opens, Wording("Đã đến lúc, chờ lượt gửi tới", "Owed, with the next pass")
        why = f": {letter.why}" if letter.why else ""
        then = self._at(letter.next_try_at) if letter.next_try_at else Wording("", "")
        return (
            "on_its_way",
            letter.next_try_at,
            Wording(
                f"Nằm trong thư số {letter.number} ({letter.state}) {then.vi}{why}".rstrip(),
                f"In letter {letter.number} ({letter.state}) {then.en}{why}".rstrip(),
            ),
        )

    def _not_sent(self, reason: Reason, rung: RungStory, reader: Reader) -> Wording:
        match reason:
            case Reason.SUPERSEDED if rung.rung in APART:
                return plain(reason, rung.rung)
            case Reason.SUPERSEDED:
                return self._superseded(reader)
            case Reason.SILENCED:
                return self._silenced(rung, reader)
            case Reason.REPORTED if self.known.report:
                said, day = self.known.report, self.known.report.on
                at = self._at(said.at)
                return Wording(
                    f"Đã báo cáo hoàn thành ngày {day_vi(day)} ({said.by} ghi {at.vi})",
                    f"Reported as done on {day_en(day)} (recorded by {said.by} {at.en})",
                )
            case Reason.NOBODY if above := self._above(rung, reader):
                return Wording(f"Không ai giữ chức vụ: {above} nhận thay", f"Nobody in post: {above} got it instead")
            case Reason.BASELINE if self.facts.edition:
                since = self._at(self.facts.watched_from)
                return Wording(
                    f"Hạn mới đã qua khi được biết {since.vi}: báo trong thư điều chỉnh thời hạn",
                    f"The new deadline was past when it became known {since.en}: told by the letter of the move",
                )
            case Reason.BASELINE:
                since = self._at(self.facts.watched_from)
                return Wording(
                    f"Đã quá hạn khi bắt đầu theo dõi {since.vi}: gộp trong thư đầu tiên",
                    f"Late already when following began {since.en}: summed up in the first letter",
                )
            case Reason.TOO_OLD:
                expires = next((one.expires for one in self.followed.ladder.rungs if one.id == rung.rung), None)
                return Wording(f"Quá cũ để gửi (expires: {expires})", f"Too old to be sent (expires: {expires})")
            case _:
                return PLAIN[reason]

    def _above(self, rung: RungStory, reader: Reader) -> str | None:
        """Return who of the same unit got a rung in place of a post that nobody held."""
        others = [other for other in rung.readers if other.unit == reader.unit and other.email]
        return next((other.email for other in others if rank(other.role) > rank(reader.role)), None)

    def _superseded(self, reader: Reader) -> Wording:
        later = [
            rung
            for rung in self.rungs
            for other in rung.readers
            if reader.at and other.email == reader.email and other.at and other.at >= reader.at
            if other.state in ("sent", "owed", "coming") and other.email
        ]
        if not later:
            return PLAIN[Reason.SUPERSEDED]
        name = later[0].rung
        return Wording(
            f"Nấc sau ({name}) của cùng việc thay thế", f"A later rung of the same task took its place: {name}"
        )

    def _is_silenced(self, at: datetime, reader: Reader) -> bool:
        persons = (None, reader.email)
        return any(_holds(one.from_, one.until, at) for one in self.known.silences if one.person in persons)

    def _silenced(self, rung: RungStory, reader: Reader) -> Wording:
        at = [moment for moment in (rung.opens, reader.at) if moment is not None]
        for one in self.known.silences:
            if one.person in (None, reader.email) and any(_holds(one.from_, one.until, moment) for moment in at):
                start, end = self._at(one.from_), self._at(one.until) if one.until else Wording("", "")
                until = Wording(f" đến {end.vi}", f" until {end.en}") if one.until else Wording("", "")
                return Wording(
                    f"{one.by} tạm dừng nhắc từ {start.vi}{until.vi}: {one.why}",
                    f"Silenced by {one.by} from {start.en}{until.en}: {one.why}",
                )
        return PLAIN[Reason.SILENCED]

    def _at(self, at: datetime | None) -> Wording:
        if at is None:
            return Wording("", "")
        local = at.astimezone(self.zone)
        hour = clock(local.time())
        return Wording(f"{hour.vi} ngày {day_vi(local.date())}", f"at {hour.en} on {day_en(local.date())}")


def _without_day(cause: Cause, why: Wording, event: Event | None) -> Wording:
    match cause:
        case "dormant":
            watch = event.watch if event else None
            every = words.EACH[watch.every] if watch else Wording("", "")
            asked = Wording(f"; {every.vi} hỏi {watch.ask}", f"; {watch.ask} is asked {every.en}") if watch else every
            return Wording(
                f"{why.vi}: chưa có hạn, chưa nhắc ai{asked.vi}; ghi nhận bằng `dondoc event record`",
                f"{why.en}: no deadline, nobody is reminded{asked.en}; record it with `dondoc event record`",
            )
        case "continuous":
            return Wording(f"{why.vi}: không có nấc nhắc", f"{why.en}: nothing to remind of")
        case _:
            return Wording(
                f"{why.vi}: chỉ cơ quan thường trực được báo hằng tuần",
                f"{why.en}: only the standing office is told, once a week",
            )


def _holds(from_: datetime, until: datetime | None, at: datetime) -> bool:
    return from_ <= at and (until is None or at < until)
