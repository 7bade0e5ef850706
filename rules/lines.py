"""Lines: one obligation as a line of a digest, with what the reader must know to act and to check it."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Literal

from rules.calendar import local_day
from rules.days import day_vi
from rules.deadline import Deadline
from rules.digest import Line, Next, Section
from rules.gate import held_back_until
from rules.inforce import replaced_by
from rules.ledger import Ledger
from rules.obligation import Announcement, Facts, Notice
from rules.programme import Amendment, Document
from rules.recipients import AddressBook
from rules.roster import Followed, Roster
from rules.term import Term, TermContext
from rules.terms import occurrences
from rules.timetable import Step

_CHANGES: Mapping[str, Literal["new", "moved", "done", "baseline"]] = {
    "new": "new",
    "moved": "moved",
    "done": "done",
    "baseline": "baseline",
}


def line(
    followed: Followed,
    notice: Notice,
    facts: Facts,
    ledger: Ledger,
    roster: Roster,
    *,
    now: datetime,
    missed_before: int = 0,
) -> Line:
    """Return the line that tells `notice.person` of the obligation, as things stand at `now`."""
    task, term, programme = followed.task, followed.term, followed.programme
    today = local_day(now, roster.policy.zone)
    book = roster.book(followed.directory, today)
    rung = notice.slot.rung
    return Line(
        key=followed.key,
        section=section(term, rung, notice.as_, now=now, today=today),
        rung=rung,
        as_=notice.as_,
        change=_CHANGES.get(rung, ""),
        programme_title=programme.title,
        document=citation(programme.document),
        clause=clause(task.section, task.id),
        part=followed.key.part,
        title=task.title,
        unit_names=tuple(followed.directory.units[unit].name for unit in followed.key.units),
        product=task.product,
        stated=task.stated,
        due=term.due,
        at=term.at,
        strict=term.strict,
        remind_by=term.remind_by,
        grace_until=term.grace_until,
        days_left=days_left(term, today=today),
        days_late=days_late(term, now=now, today=today),
        why=term.why,
        provisional=term.provisional,
        missed_before=missed_before,
        amended=earlier(followed, facts, roster, today),
        next=() if facts.done_at else upcoming(followed, ledger, book, now=now),
        source=f"{task.deadline_source.file}:{task.deadline_source.line}",
    )


def section(term: Term, rung: str, as_: Literal["to", "cc"], *, now: datetime, today: date) -> Section:
    """Return the part of the digest a line belongs to: what one is only copied on stands apart."""
    if rung in ("new", "moved"):
        return "new"
    if as_ == "cc" or rung == "done":
        return "information"
    if term.late_at and now >= term.late_at:
        return "overdue"
    if term.remind_by and today >= term.remind_by:
        return "due_today"
    return "due_soon"


def days_left(term: Term, *, today: date) -> int:
    """Return the days from today to the due day, 0 when it is past or there is none."""
    return max((term.due - today).days, 0) if term.due else 0


def days_late(term: Term, *, now: datetime, today: date) -> int:
    """Return the days since the last day on which a report was on time, 0 when it is not late."""
    if term.late_at is None or term.grace_until is None or now < term.late_at:
        return 0
    return max((today - term.grace_until).days, 0)


def upcoming(followed: Followed, ledger: Ledger, book: AddressBook, *, now: datetime) -> tuple[Next, ...]:
    """Return what happens next unless a report comes: the next reminder, and the next step that tells a superior of
    the delay."""
    ahead = followed.table.ahead(ledger.decided)
    reminder = next((this for this in ahead if not this.is_rising and this.opens > now), None)
    rise = next((this for this in ahead if this.is_rising), None)
    found = []
    if reminder:
        found.append(_next(reminder, reminder.opens, followed, book))
    if rise:
        free_from = held_back_until(rise, followed.owers, followed.table, ledger, now=now)
        found.append(_next(rise, max(rise.opens, free_from), followed, book))
    return tuple(found)


def _next(this: Step, at: datetime, followed: Followed, book: AddressBook) -> Next:
    policy = followed.table.policy
    local = at.astimezone(policy.zone)
    roles = (*this.rung.to, *this.rung.cc) if this.is_rising else this.rung.to
    told = [role for role in roles if role in this.superiors or not this.is_rising]
    titles = [post.holder.title for post in book.reach(followed.owers, told[0]) if post.holder]
    hour = None if local.time() == policy.daily else local.time()
    return Next(this.rung.id, local.date(), hour, ", ".join(dict.fromkeys(titles)), this.is_rising)


def earlier(followed: Followed, facts: Facts, roster: Roster, today: date) -> tuple[tuple[date | None, str], ...]:
    """Return the due days that were in force before, each with the document that replaced it and why, oldest first."""
    context = roster.context(followed.programme)
    replaced = replaced_by(followed.task, today, followed.key.part)
    amended = [(_first_due(amendment.deadline, context), _replacement(amendment)) for amendment in replaced]
    known = {due for due, _ in amended}
    moves = (_edit(said, roster) for said in facts.announcements if said.kind == "moved")
    return (*amended, *(move for move in moves if move[0] not in known and move[0] != followed.term.due))


def _replacement(amendment: Amendment) -> str:
    document = amendment.document or f"văn bản ngày {day_vi(amendment.until_on)}"
    return f"{document} ({amendment.why})" if amendment.why else document


def _edit(said: Announcement, roster: Roster) -> tuple[date | None, str]:
    """Return a move that no amendment explains: the rule file or the calendar was edited."""
    return said.due_before, f"bản sửa quy tắc ngày {day_vi(local_day(said.at, roster.policy.zone))}"


def _first_due(deadline: Deadline, context: TermContext) -> date | None:
    found = occurrences(deadline, context, first=date.min, last=date.min)
    return found[0].term.due if found else None


@lru_cache(maxsize=256)
def citation(document: Document) -> str:
    """Return the document as one cites it: number, date, issuer."""
    parts = [document.number]
    if document.date:
        parts.append(f"ngày {day_vi(document.date)}")
    if document.issuer:
        parts.append(f"của {document.issuer}")
    return " ".join(parts)


def clause(section_name: str, task: str) -> str:
    """Return the place in the document: section and number."""
    return task if not section_name or task.startswith(section_name) else f"{section_name}, {task}"
