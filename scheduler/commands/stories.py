"""Stories for `explain`: what is told of each obligation, and how as JSON."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from rules.arithmetic import Count, counts, rung_counts
from rules.calendar import local_day
from rules.called import Called, called
from rules.circumstances import Circumstances
from rules.citing import citation, clause
from rules.deadline import Deadline
from rules.digest import Earlier
from rules.explain import Reader, RungStory
from rules.followed import Followed
from rules.lateness import on_time_until
from rules.lines import earlier, first_due
from rules.obligation import Facts, Reason
from rules.programme import Amendment
from rules.roster import Roster
from rules.stated import phrase, said, stated
from rules.unfollowed import unfollowed
from rules.unheard import Answer, unheard
from rules.words import sentence
from scheduler.commands.answers import answer_json, count_json
from scheduler.commands.naming import Narrowed
from scheduler.commands.printing import local

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked: `task` as `PROGRAMME/TASK` or a task id alone."""

    task: str
    narrowed: Narrowed
    assumed: tuple[str, ...] = ()
    """What `--assume` says."""


@dataclass(frozen=True, slots=True)
class Told:
    """One obligation with its story. `facts` are those of the database, or none."""

    followed: Followed
    facts: Facts
    rungs: tuple[RungStory, ...]
    roster: Roster
    is_rehearsed: bool
    now: datetime
    has_ended: bool = False
    """Whether it is the last occurrence of a recurrence that has run out."""
    known_at: datetime | None = None
    """Up to when the ledger reaches, where `now` lies beyond it."""
    followed_from: datetime | None = None
    """Since when its task has been followed, where the ledger knows nothing of the obligation itself."""
    known: Circumstances = field(default_factory=Circumstances)

    @property
    def called(self) -> Called:
        """Return the name that people read."""
        return called(self.followed.key, self.followed.task)

    @property
    def deadline(self) -> Deadline:
        """Return the deadline by which it falls due."""
        return self.followed.deadline

    def counts(self) -> tuple[Count, ...]:
        """Return how the days were counted: those of the term, then those of the rungs in working days."""
        followed, table = self.followed, self.followed.table
        late_from = local_day(table.baseline, table.policy.zone) if table.baseline else None
        rungs = (
            rung_counts(rung, followed.term, table.calendar, late_from=late_from) for rung in followed.ladder.rungs
        )
        found = counts(followed.dated_by, followed.occurrence, table.calendar)
        return (*found, *(count for count in rungs if count is not None))

    def wording(self) -> str:
        """Return the words for the deadline: the document's own, or an office's where it has none."""
        followed = self.followed
        words = stated(
            followed.task, followed.key.part, followed.deadline, self.roster.rulebook.recast.get(followed.key[:3], ())
        )
        return words or phrase(followed.programme, followed.deadline)

    def earlier(self) -> tuple[Earlier, ...]:
        """Return the deadlines that were in force before, each with the document that replaced it, oldest first."""
        return earlier(self.followed, self.facts, self.roster, local_day(self.now, self.roster.policy.zone))

    def answers(self) -> tuple[Answer, ...]:
        """Return what kept each rung back, or that it was sent; one answer where it was not followed at all."""
        if (nobody := self.unfollowed()) is not None:
            return (nobody,)
        return unheard(self.followed, self.facts, self.rungs, self.known, now=self.now)

    def unfollowed(self) -> Answer | None:
        """Return that nobody followed it then, and since when; None where somebody did."""
        return unfollowed(self.followed, self.followed_from, now=self.now)

    def next(self) -> RungStory | None:
        """Return the rung that comes next, to those who will get it; None when nothing more would happen."""
        coming = next((rung for rung in self.rungs if rung.state == "coming" and rung.opens > self.now), None)
        if coming is None:
            return None
        return replace(coming, readers=tuple(one for one in coming.readers if one.reason is not Reason.SUPERSEDED))


def story_json(told: Told, zone: ZoneInfo) -> Json:
    """Return the story of one obligation; the names are a contract (design.md §5)."""
    followed = told.followed
    return {
        **told.called.as_json(),
        "title": followed.task.title,
        "programme_title": followed.programme.title,
        "term": _term_json(followed, zone) | {"on_time_until": on_time_until(followed.term, told.facts, zone)},
        "rungs": [_rung_json(rung, zone) for rung in told.rungs],
        "sources": _sources_json(followed, told.roster),
        "ledger": not told.is_rehearsed,
        "has_ended": told.has_ended,
        "at": local(told.now, zone),
        "known_at": local(told.known_at, zone) if told.known_at else None,
        "wording": told.wording(),
        "arithmetic": [count_json(count) for count in told.counts()],
        "next": _rung_json(coming, zone) if (coming := told.next()) else None,
        "silence": [answer_json(answer, zone) for answer in told.answers()],
    }


def _term_json(followed: Followed, zone: ZoneInfo) -> Json:
    term = followed.term
    return {
        "kind": term.kind,
        "start": term.starts,
        "due": term.due,
        "strict": term.strict,
        "at": term.at.isoformat("minutes") if term.at else None,
        "remind_by": term.remind_by,
        "grace_until": term.grace_until,
        "due_at": local(term.due_at, zone) if term.due_at else None,
        "late_at": local(term.late_at, zone) if term.late_at else None,
        "why": term.why.vi,
        "why_en": term.why.en,
        "provisional": term.provisional,
    }


def _rung_json(rung: RungStory, zone: ZoneInfo) -> Json:
    return {
        "id": rung.rung,
        "when": rung.when,
        "turn": rung.turn,
        "at": local(rung.nominal, zone),
        "opens": local(rung.opens, zone),
        "state": rung.state,
        "to": [_reader_json(reader, zone) for reader in rung.readers if reader.as_ == "to"],
        "cc": [_reader_json(reader, zone) for reader in rung.readers if reader.as_ == "cc"],
        "reason": rung.reason,
    }


def _reader_json(reader: Reader, zone: ZoneInfo) -> Json:
    return {
        "role": reader.role,
        "unit": reader.unit,
        "title": reader.title,
        "email": reader.email,
        "state": reader.state,
        "reason": reader.reason,
        "at": local(reader.at, zone) if reader.at else None,
        "rehearsed": reader.is_rehearsed,
    }


def _sources_json(followed: Followed, roster: Roster) -> Json:
    task, programme = followed.task, followed.programme
    return {
        "task": str(task.source),
        "deadline": str(task.deadline_source),
        "ladder": str(followed.ladder.source),
        "ladder_id": followed.ladder.id,
        "calendar": str(followed.table.calendar.source),
        "directory": str(followed.directory.source),
        "document": citation(programme.document),
        "clause": clause(task.section, task.named),
        "basis": task.basis,
        "stated": task.stated,
        "product": task.product,
        "amended": [_amended_json(amendment, followed, roster) for amendment in task.amended],
    }


def _amended_json(amendment: Amendment, followed: Followed, roster: Roster) -> Json:
    """Return an earlier deadline, in words and its day where it came to a single one, and what replaced it."""
    return {
        "part": amendment.part,
        "deadline": sentence(said(followed.programme, amendment.deadline)),
        "due": first_due(amendment.deadline, roster.context(followed.programme)),
        "until": amendment.until_on,
        "document": amendment.document,
        "why": amendment.why,
    }
