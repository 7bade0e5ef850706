"""About: an obligation as the answer page shows it: what it is, how it stands, what was said of it, and who asks."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, time
from zoneinfo import ZoneInfo

from sqlalchemy.engine import Connection

from db.facts import NotExtended, RecordedProof, RecordedReport, answered, facts_for, last_reports, proofs_of, reports
from db.facts.extension_cases import Case
from db.facts.extension_cases import case as case_of
from db.facts.story import answers
from db.obligations import FOLLOWED, StoredObligation, by_ids
from db.passing import passed_to
from rules.access import Subject, relations, unit_spoken_for
from rules.backdated import backdated_words, first_day
from rules.calendar import hour_on, local_day
from rules.chronicle import Entry, in_time
from rules.citing import cited, clause
from rules.directory import Directory
from rules.due_day import DueDay, due_day
from rules.extensions import authority_fault
from rules.followed import Followed
from rules.lateness import on_time_until
from rules.programme import Indicator, Programme, Task
from rules.status import UNANSWERED, UNSETTLED, Answered, Status, days_late, status
from rules.vacancies import vacant_head
from rules.wording import Wording
from web.refusal import Refusal
from web.visit import Visit


@dataclass(frozen=True, slots=True)
class Owed:
    """An obligation under the rules in force, with how it stands now."""

    followed: Followed
    status: Status
    days_late: int
    answered: Answered

    until: date | None
    """The last day on which a report is on time; None where there is no day."""

    @property
    def due_day(self) -> DueDay | None:
        """Return the day it is due, None when it has none."""
        return due_day(self.followed.term, self.until)

    @property
    def at(self) -> time | None:
        """Return the hour at which it is due, None where the day is open to its end."""
        return self.followed.term.at


@dataclass(frozen=True, slots=True)
class About:
    """One obligation. `owed` is None when the rules no longer know it; `story` is what was said, oldest first."""

    stored: StoredObligation
    subject: Subject
    owed: Owed | None
    title: str
    units: tuple[str, ...]
    citation: str
    today: date
    report: RecordedReport | None
    """The last report, if it says that the obligation is done."""
    proofs: tuple[RecordedProof, ...]
    backdated: Wording | None
    """What whoever verifies the report is told of its day, if anything."""
    story: tuple[Entry, ...]
    unresolved: frozenset[str]
    """What was told to the standing office since it last saw to it, by kind."""
    may_answer: bool
    may_verify: bool
    case: Case | None = None
    """How requests for extensions are judged; None when the rules no longer know it."""
    may_decide: bool = False
    """Whether there is a request, and who asks may grant or refuse it."""

    def due_day(self, zone: ZoneInfo) -> DueDay | None:
        """Return the day it is due; once the rules no longer know it, the last one it had."""
        if self.owed is not None:
            return self.owed.due_day
        stored = self.stored
        if stored.due_on is None:
            return None
        at = hour_on(stored.due_on, stored.due_at, zone) if stored.due_at else None
        return DueDay(stored.due_on, at, stored.strict_on)

    @property
    def waits_for_verdict(self) -> bool:
        """Say whether its report waits for the standing office."""
        return self.stored.state == "done" and self.owed is not None and not self.owed.answered.verdict

    vacant: tuple[str, ...] = ()
    """The titles of the heads who answer for it, where nobody is that."""
    stands_in: bool = False
    """Whether who asks reads the mail of such a head."""
    passed_to: tuple[str, ...] = ()
    """Who leads it in place of its units, where it was withdrawn for that."""
    asks_for: tuple[Programme, Indicator] | None = None
    """The indicator whose value is asked for, where it is that."""

    @property
    def is_open(self) -> bool:
        """Say whether something is still owed."""
        return self.stored.state == "open"

    @property
    def first_day(self) -> date:
        """Return the first day on which it can have been done, as far as the rules know it."""
        if self.owed is None:
            return date.min
        followed = self.owed.followed
        return first_day(followed.programme.document.date, followed.term, today=self.today)


def about(visit: Visit, connection: Connection, id_: int) -> About:
    """Return an obligation for who asks; Refusal where there is none, or they may not see it."""
    stored = by_ids(connection, [id_]).get(id_)
    if stored is None or stored.kind not in FOLLOWED:
        raise Refusal("not_found")
    rulebook = visit.desk.rulebook
    subject = Subject.of_obligation(stored.key, rulebook)
    visit.demand("see_obligation", subject)
    assert subject is not None
    programme = rulebook.programmes[stored.key.programme]
    task, directory = visit.desk.task(connection, stored), rulebook.directories[programme.directory]
    today, heads = local_day(visit.now, visit.desk.zone), (task.head if task else ()) or stored.key.units
    told = list(answers(connection, [stored], visit.desk.zone))
    report = last_reports(connection, [id_]).get(id_)
    case, owed = _case(visit, connection, stored), _owed(visit, connection, stored, report)
    given = [one.id for one in reports(connection, id_)]
    proofs = tuple(proof for found in proofs_of(connection, given).values() for proof in found)
    title = task.title if task else stored.key.task
    document = cited(programme.document).say(visit.language)
    return About(
        stored=stored,
        subject=subject,
        owed=owed,
        title=f"{title} – {stored.key.part}" if stored.key.part else title,
        units=_names(directory, stored.key.units),
        citation=f"{clause(task.section, task.named) if task else stored.key.task}, {document}",
        today=today,
        report=report if report is not None and report.kind == "done" else None,
        proofs=proofs,
        backdated=backdated_words(report.days_backdated(visit.desk.zone)) if report is not None else None,
        story=tuple(in_time(told)),
        unresolved=_unresolved(told, owed),
        may_answer=visit.may("answer", subject),
        may_verify=visit.may("verify", subject),
        case=case,
        may_decide=case is not None and may_decide(visit, case, subject),
        vacant=tuple(filter(None, (vacant_head(directory, unit, today) for unit in heads))),
        stands_in="stand_in" in relations(visit.who, subject),
        passed_to=_names(directory, passed_to(connection, [id_]).get(id_, ()) if stored.state == "withdrawn" else ()),
        asks_for=_asks_for(programme, task),
    )


def _names(directory: Directory, units: Iterable[str]) -> tuple[str, ...]:
    return tuple(directory.units[unit].name if unit in directory.units else unit for unit in units)


def _asks_for(programme: Programme, task: Task | None) -> tuple[Programme, Indicator] | None:
    id = task.indicator if task else ""
    return next(((programme, one) for one in programme.indicators if id and one.id == id), None)


def unit_of(visit: Visit, found: About) -> str:
    """Return the unit that who asks speaks for: their own of those that owe it jointly, else all of them."""
    return unit_spoken_for(visit.who, found.stored.key, visit.desk.rulebook)


def _owed(visit: Visit, connection: Connection, stored: StoredObligation, report: RecordedReport | None) -> Owed | None:
    roster = visit.desk.roster(connection, now=visit.now)
    facts = facts_for(connection, [stored.id])[stored.id]
    said = answered(connection, {stored.id: report} if report else {}, [stored.id]).get(stored.id, UNANSWERED)
    zone = visit.desk.zone
    followed = roster.follow(stored.key, facts, today=said.done_on or local_day(visit.now, zone))
    if followed is None:
        return None
    stands = status(followed.term, facts, said, zone=zone, now=visit.now)
    late = days_late(followed.term, facts, said, zone=zone, now=visit.now)
    return Owed(followed, stands, late, said, on_time_until(followed.term, facts, zone))


def _case(visit: Visit, connection: Connection, stored: StoredObligation) -> Case | None:
    try:
        return case_of(connection, visit.desk.roster(connection, now=visit.now), stored, now=visit.now)
    except NotExtended:
        return None


def may_decide(visit: Visit, case: Case, subject: Subject) -> bool:
    """Say whether a request waits, and who asks may grant or refuse it."""
    request = case.asked.open
    # To oversee a unit that only coordinates is not to oversee the task.
    to_it = relations(visit.who, replace(subject, coordinating=()))
    fault = request and authority_fault(request, visit.who.person, to_it, is_standings_own=case.is_standings_own)
    return request is not None and fault is None


def _unresolved(told: list[Entry], owed: Owed | None) -> frozenset[str]:
    """Return the kinds of what was told to the standing office that was not seen to since; what is over is in no
    difficulty."""
    open_: set[str] = set()
    for entry in in_time(told):
        if entry.kind == "remark" and entry.details["said"] == "resolved":
            open_.clear()
        elif entry.kind == "remark" and entry.details["said"] != "progress":
            open_.add(str(entry.details["said"]))
    if owed is not None and owed.status.progress not in UNSETTLED:
        open_.discard("difficulty")
    return frozenset(open_)
