"""Explain: an obligation, its ladder and its ledger as a story in values: which rung reaches whom, what became of it.

Without a ledger the story is rehearsed: as if it had been followed from the beginning and every mail had left at once.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from rules.calendar import local_day
from rules.decide import end_of
from rules.followed import Followed
from rules.ladder import Role, Rung
from rules.obligation import Facts, Notice, Reason, Slot
from rules.rehearse import BEGINNING, rehearse
from rules.roster import Roster
from rules.timetable import Step
from rules.window import opening
from rules.wording import Wording

RungState = Literal["past", "owed", "coming", "sent", "not_sent"]
STATES: Mapping[RungState, Wording] = {
    "past": Wording("đã qua", "past"),
    "owed": Wording("đến lúc gửi", "owed"),
    "coming": Wording("sắp tới", "coming"),
    "sent": Wording("đã gửi", "sent"),
    "not_sent": Wording("không gửi", "not sent"),
}

_Turn = tuple[str, int]
"""A rung and which turn of it."""


@dataclass(frozen=True, slots=True)
class Reader:
    """A post that a rung reaches and who holds it then (None: nobody). `at` is when it was settled, or would be."""

    role: Role
    unit: str
    title: str | None
    email: str | None
    as_: Literal["to", "cc"]
    state: RungState
    reason: Reason | None
    at: datetime | None
    is_rehearsed: bool = False
    """Whether the ledger does not reach so far: it would come to this if nothing is reported meanwhile."""


@dataclass(frozen=True, slots=True)
class RungStory:
    """One turn of a rung: when it is owed by the rule (`nominal`), when mail may leave (`opens`), whom it reaches.

    What reaches a superior opens when the gate lets it pass (`rules.gate`), which a rehearsal finds out.

    `state` is told from the ledger where there is one: owed, sent, not_sent, coming. From the rules alone what has come
    last is owed, all rungs of that instant alike, what came before it is past.
    """

    rung: str
    when: str
    turn: int
    nominal: datetime
    opens: datetime
    state: RungState
    readers: tuple[Reader, ...]

    @property
    def reason(self) -> Reason | None:
        """Return why it was not sent, where it was sent to nobody and for one reason."""
        reasons = {reader.reason for reader in self.readers}
        return reasons.pop() if len(reasons) == 1 else None

    @property
    def sent_at(self) -> datetime | None:
        """Return when the first letter of it left, None where none has."""
        return min((one.at for one in self.readers if one.state == "sent" and one.at), default=None)

    @property
    def persons(self) -> tuple[Reader, ...]:
        """Return its readers, who is above several units of a joint task once."""
        return tuple({(one.role, one.email or one.unit, one.as_): one for one in self.readers}.values())


def story(
    followed: Followed,
    facts: Facts,
    roster: Roster,
    notices: Iterable[Notice] | None,
    *,
    now: datetime,
    known_at: datetime | None = None,
    heard_at: datetime | None = None,
) -> tuple[RungStory, ...]:
    """Return every rung in order of time; repetitions up to the next one. `notices` None: no ledger, and `heard_at` is
    when it comes to be known that it is owed, where that is not from the beginning.

    `known_at` is the instant up to which the ledger is known, where `now` lies beyond it: the rest is rehearsed.
    """
    if notices is None:
        return _rehearsed_story(followed, facts, roster, now=now, heard_at=heard_at)
    if known_at is not None and known_at < now:
        return _foretold(followed, facts, roster, list(notices), now=now, known_at=known_at)
    notices = list(notices)
    by_turn, steps = _by_turn(notices), _steps(followed, now)
    from_now = _from_now(steps, by_turn.keys(), notices, followed, facts, roster, now)
    later = _by_turn(notice for notice in from_now if notice.settled_at and notice.settled_at > now)
    giving_way = _by_turn(notice for notice in from_now if notice.reason is Reason.SUPERSEDED)
    rungs = []
    for this in steps:
        told = by_turn.pop((this.rung.id, this.turn), [])
        rungs.append(
            _rung(this, told, followed, roster)
            if told
            else _giving_way(_untold(_let_through(this, later), facts, followed, roster, now), giving_way)
        )
    return _in_time([*rungs, *map(_aside, by_turn.items())])


def _foretold(
    followed: Followed, facts: Facts, roster: Roster, notices: list[Notice], *, now: datetime, known_at: datetime
) -> tuple[RungStory, ...]:
    """Return the story as it will stand at `now`: what the ledger holds at `known_at`, and what follows from it."""
    coming = rehearse(followed, facts, roster, now=now, since=known_at, after=notices).values()
    leaving = [replace(n, state="sent", settled_at=known_at) for n in notices if n.state == "owed"]
    foretold = [*leaving, *(n for n in coming if n.settled_at and n.settled_at <= now)]
    settled = {notice.slot: notice for notice in (*notices, *foretold)}
    closes_at = followed.occurrence.closes_at
    if closes_at is not None and known_at < closes_at <= now and end_of(facts) is None:
        facts = replace(facts, closed_at=closes_at)
    rungs = story(followed, facts, roster, settled.values(), now=now)
    beyond = {notice.slot for notice in foretold}
    return tuple(_marked(rung, beyond, facts.edition) for rung in rungs)


def _marked(rung: RungStory, beyond: Collection[Slot], edition: int) -> RungStory:
    """Return the rung with the readers marked of whom the ledger says nothing yet."""

    def is_beyond(reader: Reader) -> bool:
        return Slot(rung.rung, rung.turn, reader.unit, reader.role, edition) in beyond

    return replace(rung, readers=tuple(replace(one, is_rehearsed=is_beyond(one)) for one in rung.readers))


def _rehearsed_story(
    followed: Followed, facts: Facts, roster: Roster, *, now: datetime, heard_at: datetime | None
) -> tuple[RungStory, ...]:
    table = followed.table
    first = opening(heard_at, table.policy, table.calendar) if heard_at else BEGINNING
    steps = [step._replace(opens=max(step.opens, first)) for step in _steps(followed, max(now, first))]
    until = max((step.opens for step in steps), default=now)
    by_turn = _by_turn(rehearse(followed, facts, roster, now=max(now, until), heard_at=heard_at).values())
    rungs = []
    for this in steps:
        step, told = _let_through(this, by_turn), by_turn.pop((this.rung.id, this.turn), [])
        rungs.append(_rung(step, told, followed, roster) if told else _untold(step, facts, followed, roster, now))
    # What is no rung of the ladder here is the warning that a head gets before a superior does.
    rungs = list(_in_time([*rungs, *map(_aside, by_turn.items())]))
    latest = max((rung.opens for rung in rungs if rung.opens <= now), default=None)
    return tuple(_as_rehearsed(rung, now, is_latest=rung.opens == latest) for rung in rungs)


def _as_rehearsed(rung: RungStory, now: datetime, *, is_latest: bool) -> RungStory:
    """Return the rung as it stands by the clock alone: what the rehearsal has sent is past, owed or coming."""
    if rung.state != "sent":
        return rung
    state: RungState = "coming" if rung.opens > now else "owed" if is_latest else "past"
    told = tuple(replace(reader, state=state) if reader.state == "sent" else reader for reader in rung.readers)
    return replace(rung, state=state, readers=told)


def _from_now(
    steps: Iterable[Step],
    told: Collection[_Turn],
    notices: Iterable[Notice],
    followed: Followed,
    facts: Facts,
    roster: Roster,
    now: datetime,
) -> list[Notice]:
    """Return what the ledger leads to from `now` on, up to the last of the steps."""
    until = max((step.opens for step in steps if (step.rung.id, step.turn) not in told), default=None)
    if until is None:
        return []
    return list(rehearse(followed, facts, roster, now=max(now, until), since=now, after=notices).values())


def _let_through(step: Step, rehearsed: Mapping[_Turn, list[Notice]]) -> Step:
    """Return a step that reaches a superior as it opens in the rehearsal: not before the gate lets it pass."""
    if not step.is_rising:
        return step
    settled = [notice.settled_at for notice in rehearsed.get((step.rung.id, step.turn), ()) if notice.settled_at]
    return step._replace(opens=max([step.opens, *settled[:1]]))


def _giving_way(rung: RungStory, rehearsed: Mapping[_Turn, list[Notice]]) -> RungStory:
    """Return a rung that comes or is owed, without a mail for those to whom another one then takes its place."""
    told = rehearsed.get((rung.rung, rung.turn), ()) if rung.state in ("coming", "owed") else ()
    gone = {(notice.slot.unit, notice.slot.role) for notice in told}
    if not gone:
        return rung
    readers = tuple(
        replace(one, state="not_sent", reason=Reason.SUPERSEDED, at=None) if (one.unit, one.role) in gone else one
        for one in rung.readers
    )
    is_told = any(one.state == rung.state for one in readers)
    return replace(rung, readers=readers, state=rung.state if is_told else "not_sent")


def _in_time(rungs: Iterable[RungStory]) -> tuple[RungStory, ...]:
    return tuple(sorted(rungs, key=lambda rung: rung.opens))


def _steps(followed: Followed, now: datetime) -> list[Step]:
    """Return each rung's first turn, the repetitions up to the last of them, and what comes next after `now`."""
    table = followed.table
    last = table.steps[-1].opens if table.steps else now
    return table.due({}, max(last, table.next_after(now, {}) or now))


def _by_turn(notices: Iterable[Notice]) -> dict[_Turn, list[Notice]]:
    found: dict[_Turn, list[Notice]] = {}
    for notice in notices:
        found.setdefault((notice.slot.rung, notice.slot.turn), []).append(notice)
    return found


def _rung(step: Step, notices: list[Notice], followed: Followed, roster: Roster) -> RungStory:
    return _told(step, _state(notices), [_reader(notice, step, followed, roster) for notice in notices])


def _untold(step: Step, facts: Facts, followed: Followed, roster: Roster, now: datetime) -> RungStory:
    """Return a step the ledger does not know: it comes, or the next pass owes it, or all is over by then."""
    over = _over_by(step, facts, followed)
    state: RungState = "not_sent" if over else "coming" if step.opens > now else "owed"
    readers = _expected(step, followed, roster, state)
    return _told(step, state, [replace(reader, reason=over, at=None) for reader in readers] if over else readers)


def _over_by(step: Step, facts: Facts, followed: Followed) -> Reason | None:
    """Return why nobody will hear of the step: all is over, or the next occurrence takes over before it opens."""
    ended = end_of(facts)
    if ended:
        return ended[1]
    closes_at = followed.occurrence.closes_at
    return Reason.CLOSED if closes_at and closes_at <= step.opens else None


def _aside(group: tuple[_Turn, list[Notice]]) -> RungStory:
    """Return what is no rung of the ladder: an announcement, a warning."""
    (rung, turn), notices = group
    at = min(notice.owed_at for notice in notices)
    readers = tuple(
        Reader(n.slot.role, n.slot.unit, None, n.person, n.as_, n.state, n.reason, n.settled_at) for n in notices
    )
    return RungStory(rung, "", turn, at, at, _state(notices), readers)


def _state(notices: list[Notice]) -> RungState:
    states = {notice.state for notice in notices}
    return "owed" if "owed" in states else "sent" if "sent" in states else "not_sent"


def _told(step: Step, state: RungState, readers: Iterable[Reader]) -> RungStory:
    return RungStory(step.rung.id, str(step.rung.at), step.turn, step.nominal, step.opens, state, tuple(readers))


def _reader(notice: Notice, step: Step, followed: Followed, roster: Roster) -> Reader:
    at = notice.settled_at or step.opens
    title = _titles(step.rung, followed, roster, at).get((notice.slot.unit, notice.slot.role))
    slot = notice.slot
    return Reader(
        slot.role, slot.unit, title, notice.person, notice.as_, notice.state, notice.reason, notice.settled_at
    )


def _titles(rung: Rung, followed: Followed, roster: Roster, at: datetime) -> Mapping[tuple[str, Role], str | None]:
    book = roster.book(followed.directory, local_day(at, roster.policy.zone))
    posts = [post for role in (*rung.to, *rung.cc) for post in book.reach(followed.owers, role)]
    return {(post.unit, post.role): post.holder.title if post.holder else None for post in posts}


def _expected(step: Step, followed: Followed, roster: Roster, state: RungState) -> list[Reader]:
    """Return whom the step reaches if nothing changes: who holds the posts on the day it opens."""
    book = roster.book(followed.directory, local_day(step.opens, roster.policy.zone))
    found: dict[tuple[str, Role], Reader] = {}
    asked: tuple[tuple[Literal["to", "cc"], tuple[Role, ...]], ...] = (("to", step.rung.to), ("cc", step.rung.cc))
    for as_, roles in asked:
        for role in roles:
            for unit, held, holder in book.reach(followed.owers, role):
                title, email = (holder.title, holder.email) if holder else (None, None)
                reason = None if holder else Reason.NOBODY
                reader = Reader(held, unit, title, email, as_, state if holder else "not_sent", reason, step.opens)
                found.setdefault((unit, held), reader)
    return list(found.values())
