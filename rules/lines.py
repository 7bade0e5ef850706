"""Lines: one obligation as a line of a digest, with what the reader must know to act and to check it."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Literal

from rules.calendar import local_day
from rules.deadline import Deadline
from rules.digest import Line, Next, Section
from rules.gate import held_back_until
from rules.inforce import replaced_by
from rules.ledger import Ledger
from rules.obligation import Facts, Notice
from rules.programme import Document
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
        section=section(followed, notice, now=now, today=today),
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
        days_left=max((term.due - today).days, 0) if term.due else 0,
        days_late=_days_late(term, now, today),
        why=term.why,
        provisional=term.provisional,
        missed_before=missed_before,
        amended=earlier(followed, roster, today),
        next=() if facts.done_at else upcoming(followed, facts, ledger, book, now=now),
        source=f"{task.deadline_source.file}:{task.deadline_source.line}",
    )


def section(followed: Followed, notice: Notice, *, now: datetime, today: date) -> Section:
    """Return the part of the digest the line belongs to: what one is only copied on stands apart."""
    term = followed.term
    if notice.slot.rung in ("new", "moved"):
        return "new"
    if notice.as_ == "cc" or notice.slot.rung == "done":
        return "information"
    if term.late_at and now >= term.late_at:
        return "overdue"
    if term.remind_by and today >= term.remind_by:
        return "due_today"
    return "due_soon"


def upcoming(
    followed: Followed, facts: Facts, ledger: Ledger, book: AddressBook, *, now: datetime
) -> tuple[Next, ...]:
    """Return what happens next unless a report comes: the next reminder, and the next step that reaches a superior."""
    ahead = [step for step in followed.table.steps if _is_ahead(step, ledger, now)]
    reminder = next((step for step in ahead if not step.superiors), None)
    rise = next((step for step in ahead if step.superiors), None)
    found = []
    if reminder:
        found.append(_next(reminder, reminder.opens, followed, book, goes_up=False))
    if rise:
        held = held_back_until(followed.owers, followed.table, ledger, now=now)
        found.append(_next(rise, max(rise.opens, held), followed, book, goes_up=True))
    return tuple(found)


def _is_ahead(step: Step, ledger: Ledger, now: datetime) -> bool:
    return step.rung.id not in ledger.decided and (step.opens > now or bool(step.superiors))


def _next(step: Step, at: datetime, followed: Followed, book: AddressBook, *, goes_up: bool) -> Next:
    policy = followed.table.policy
    local = at.astimezone(policy.zone)
    role = step.rung.to[0]
    holders = [post.holder.title for post in book.reach(followed.owers, role) if post.holder]
    hour = None if local.time() == policy.daily else local.time()
    return Next(step.rung.id, local.date(), hour, ", ".join(dict.fromkeys(holders)), goes_up)


def _days_late(term: Term, now: datetime, today: date) -> int:
    if term.late_at is None or term.grace_until is None or now < term.late_at:
        return 0
    return max((today - term.grace_until).days, 0)


def earlier(followed: Followed, roster: Roster, today: date) -> tuple[tuple[date | None, str], ...]:
    """Return the due days that were in force before, each with the document that replaced it, oldest first."""
    context = roster.context(followed.programme)
    return tuple(
        (_first_due(amendment.deadline, context), amendment.document or str(amendment.until_on))
        for amendment in replaced_by(followed.task, today)
        if followed.key.part == ""
    )


def _first_due(deadline: Deadline, context: TermContext) -> date | None:
    found = occurrences(deadline, context, first=date.min, last=date.min)
    return found[0].term.due if found else None


def citation(document: Document) -> str:
    """Return the document as one cites it: number, date, issuer."""
    parts = [document.number]
    if document.date:
        parts.append(f"ngày {document.date:%d/%m/%Y}")
    if document.issuer:
        parts.append(f"của {document.issuer}")
    return " ".join(parts)


def clause(section_name: str, task: str) -> str:
    """Return the place in the document: section and number."""
    return task if not section_name or task.startswith(section_name) else f"{section_name}, {task}"
