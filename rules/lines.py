"""Lines: one obligation as a line of a digest, with what the reader must know to act and to check it."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from functools import partial
from itertools import takewhile
from typing import Literal
from zoneinfo import ZoneInfo

from rules.announced import ANSWERS, TO_KNOW
from rules.answered import words_of
from rules.calendar import local_day
from rules.citing import cited, clause
from rules.copies import owes_as
from rules.days import day_vi
from rules.deadline import Deadline, SetBy, recurs
from rules.digest import Change, Earlier, Line, Next, OwesAs, Section
from rules.extended import Granted
from rules.followed import Followed
from rules.gate import held_back_until
from rules.inforce import in_force, replaced_by
from rules.ladder import Role
from rules.lateness import days_late, is_late, on_time_until, was_past_when_known
from rules.ledger import Ledger
from rules.obligation import Announcement, Facts, Notice
from rules.passing import led_now
from rules.programme import Amendment, Recast
from rules.recipients import AddressBook, Owers
from rules.roster import Roster
from rules.stated import phrase, said, stated
from rules.status import is_due_soon
from rules.term import Term, TermContext
from rules.terms import occurrences
from rules.timetable import Step
from rules.vacancies import heads, told_above
from rules.window import Policy
from rules.words import sentence

CHANGES: Mapping[str, Change] = {
    "new": "new",
    "moved": "moved",
    "done": "done",
    "passed": "passed",
    "baseline": "baseline",
    "returned": "returned",
    "accepted": "accepted",
    "extension_above": "extension_above",
    "extension_refused": "extension_refused",
}
"""The rungs that tell of a change, and of which."""


class Lines:
    """The lines told at `now` of what one roster follows: what obligations share that differ in their units only is
    worked out once."""

    def __init__(self, roster: Roster, *, now: datetime) -> None:
        self.now, self.today = now, local_day(now, roster.policy.zone)
        self._roster = roster
        self._alike: dict[tuple[object, ...], partial[Line]] = {}
        self._nexts: dict[tuple[object, ...], Next] = {}

    def line(self, followed: Followed, notice: Notice, facts: Facts, ledger: Ledger, *, missed_before: int = 0) -> Line:
        """Return the line that tells `notice.person` of the obligation, as things stand; `followed` and `facts` are
        as of now."""
        key, units = followed.key, followed.directory.units
        shared = self._shared(followed, notice, facts)
        is_over = notice.slot.rung in TO_KNOW or facts.done_at is not None
        of_heads = heads(followed, notice, ledger, on=self.today)
        return shared(
            key=key,
            unit_names=tuple([units[unit].name for unit in key.units]),
            missed_before=missed_before,
            next=() if is_over else self._upcoming(followed, ledger),
            change=self._change(ledger.told_as(notice), followed, facts),
            reported_to=self._above(followed, notice, ledger) if shared.keywords["days_late"] and not is_over else (),
            vacant=of_heads.vacant,
            stands_in=of_heads.stands_in,
            head_told=of_heads.told,
        )

    @property
    def roster(self) -> Roster:
        """Return the roster whose lines they are."""
        return self._roster

    def day_of(self, at: datetime) -> date:
        """Return the local day of an instant."""
        return local_day(at, self._roster.policy.zone)

    def _shared(self, followed: Followed, notice: Notice, facts: Facts) -> "partial[Line]":
        """Return the line without what hangs on the unit."""
        key, slot = followed.key, notice.slot
        # Of an answer each turn has words of its own.
        turn = slot.turn if slot.rung in ANSWERS else 0
        owing = owes_as(slot.role, slot.unit, (*key.units, *followed.task.head))
        told = (key.programme, key.task, key.part, key.occurrence, facts.announcements, slot.rung, turn, notice.as_)
        granted = self._roster.granted(key)
        shared = self._alike.get((*told, owing, granted))
        if shared is None:
            shared = self._alike[(*told, owing, granted)] = self._work_out(followed, notice, owing, facts)
        return shared

    def _work_out(self, followed: Followed, notice: Notice, owing: OwesAs, facts: Facts) -> "partial[Line]":
        task, term, programme = followed.task, followed.term, followed.programme
        slot, as_, rung = notice.slot, notice.as_, notice.slot.rung
        zone = self._roster.policy.zone
        lived = self._roster.rulebook.recast.get(followed.key[:3], ())
        words = stated(task, followed.key.part, followed.dated_by, lived)
        return partial(
            Line,
            section=section(term, facts, rung, as_, owing, now=self.now, zone=zone),
            rung=rung,
            as_=as_,
            programme_title=programme.title,
            document=cited(programme.document),
            clause=clause(task.section, task.named),
            part=followed.key.part,
            title=task.title,
            product=task.product,
            stated=words,
            phrase="" if words else phrase(programme, followed.dated_by),
            due=term.due,
            at=term.at,
            strict=term.strict,
            remind_by=term.remind_by,
            grace_until=on_time_until(term, facts, zone),
            days_left=days_left(term, today=self.today),
            days_late=days_late(term, facts, now=self.now, zone=zone),
            why=term.why,
            provisional=term.provisional,
            amended=earlier(followed, facts, self._roster, self.today),
            source=task.deadline_source.spot,
            was_past_when_known=was_past_when_known(term, facts, zone),
            said=words_of(slot, facts, at=term.at),
            owes_as=owing,
            led=led_now(followed, facts, self._roster) if rung == "passed" else None,
        )

    def _above(self, followed: Followed, notice: Notice, ledger: Ledger) -> tuple[str, ...]:
        """Return the titles of those above the reader who have been told, or are on their way to be."""
        roles = list(told_above(followed, notice.slot.role, ledger))
        if not roles:
            return ()
        book = self._roster.book(followed.directory, self.today)
        posts = [post for role in roles for post in book.reach(followed.owers, role) if post.role == role]
        return tuple(dict.fromkeys(post.holder.title for post in posts if post.holder))

    def _change(self, rung: str, followed: Followed, facts: Facts) -> Change:
        """Return what change a rung tells of: what begins in place of another rhythm is a deadline that is moved, but
        for a unit that comes to owe the task."""
        if rung != "new" or self._roster.instead_of(followed, today=self.today) is None:
            return CHANGES.get(rung, "")
        is_first = followed.term.kind == "recurring" and any(
            one.at <= facts.watched_from for one in facts.announcements
        )
        return "new" if is_first else "moved"

    def _upcoming(self, followed: Followed, ledger: Ledger) -> tuple[Next, ...]:
        """Return what happens next unless a report comes, before it closes by itself: the next reminder, and the next
        step that tells a superior of the delay."""
        ahead = followed.table.ahead(ledger.decided)
        reminder = next((this for this in ahead if this.opens > self.now and not this.is_rising), None)
        rise = next((this for this in ahead if this.is_rising), None)
        coming = [(reminder, reminder.opens)] if reminder else []
        if rise:
            free_from = held_back_until(rise, followed.owers, followed.table, ledger, now=self.now)
            coming.append((rise, max(rise.opens, free_from)))
        closes_at = followed.occurrence.closes_at
        found = [self._next(this, at, followed) for this, at in coming if closes_at is None or at < closes_at]
        # Whoever reads for a vacant head is told of the delay on that day, and not reminded besides.
        same = len(found) > 1 and (found[0].on, found[0].to_title) == (found[1].on, found[1].to_title)
        return tuple(found[1:] if same else found)

    def _next(self, this: Step, at: datetime, followed: Followed) -> Next:
        owers = followed.owers
        whom = (followed.directory.id, owers.units, owers.heads, owers.standing)
        said = (followed.ladder.id, this.rung.id, at, whom)
        found = self._nexts.get(said)
        if found is None:
            book = self._roster.book(followed.directory, self.today)
            found = self._nexts[said] = _next(this, at, owers, book, followed.table.policy, now=self.now)
        return found


def section(
    term: Term, facts: Facts, rung: str, as_: Literal["to", "cc"], owing: OwesAs = "", *, now: datetime, zone: ZoneInfo
) -> Section:
    """Return the part of the digest a line belongs to: what one is only copied on stands apart, but for what one's own
    unit owes. What is due soon is so on the pages, too; what is told long before stands by itself."""
    if rung in ("new", "moved"):
        return "new"
    is_of_others = as_ == "cc" and not owing
    if is_of_others or rung in TO_KNOW:
        return "information"
    if is_late(term, facts, now=now, zone=zone):
        return "overdue"
    if term.remind_by and local_day(now, zone) >= term.remind_by:
        return "due_today"
    return "due_soon" if is_due_soon(term, today=local_day(now, zone)) else "ahead"


def days_left(term: Term, *, today: date) -> int:
    """Return the days from today to the due day, 0 when it is past or there is none."""
    return max((term.due - today).days, 0) if term.due else 0


def _next(this: Step, at: datetime, owers: Owers, book: AddressBook, policy: Policy, *, now: datetime) -> Next:
    """Return a step as what comes next: with its hour, unless that is the daily one of a later day, or it is due at
    once and waits for the next pass alone."""
    local, today = max(at, now).astimezone(policy.zone), local_day(now, policy.zone)
    titles = [post.holder.title for post in book.reach(owers, _told_first(this)) if post.holder]
    is_daily = local.time() == policy.daily and local.date() != today
    hour = None if is_daily or at <= now else local.time()
    return Next(this.rung.id, local.date(), hour, ", ".join(dict.fromkeys(titles)), this.is_rising)


def _told_first(this: Step) -> Role:
    """Return the role a step is foremost meant for: one that tells a superior of a delay, the superior."""
    if not this.is_rising:
        return this.rung.to[0]
    return next(role for role in (*this.rung.to, *this.rung.cc) if role in this.superiors)


def earlier(followed: Followed, facts: Facts, roster: Roster, today: date) -> tuple[Earlier, ...]:
    """Return the due days that were in force before, each with the document that replaced it and why, oldest first."""
    context, term = roster.context(followed.programme), followed.term
    replaced = _replaced(followed, today)
    amended = [_amended(followed, amendment, context) for amendment in replaced]
    known = {(was.due, was.at) for was in amended}
    granted = roster.granted(followed.key)
    moves = (_moved(told, followed, granted, replaced, roster) for told in facts.announcements if told.kind == "moved")
    told = (*amended, *(move for move in moves if (move.due, move.at) not in {*known, (term.due, None)}))
    ended = roster.instead_of(followed, today=today)
    if ended is None or any(one.deadline == ended.deadline for one in replaced):
        return told
    return (*told, _ended(followed, ended, context))


def _ended(followed: Followed, ended: Recast, context: TermContext) -> Earlier:
    """Return the deadline of another rhythm that an edit of the rule file ended: a day, or its words."""
    due, document = first_due(ended.deadline, context), f"bản sửa quy tắc ngày {day_vi(ended.until_on)}"
    if due or isinstance(ended.deadline, SetBy):
        return Earlier(due, document)
    return Earlier(None, document, ended.stated or sentence(said(followed.programme, ended.deadline)))


def _replaced(followed: Followed, today: date) -> tuple[Amendment, ...]:
    """Return the amendments behind its deadline; those after it leave an occurrence that fell due before as it was."""
    task, part = followed.task, followed.key.part
    found = replaced_by(task, today, part)
    if followed.deadline == in_force(task, part, today).deadline:
        return found
    return tuple(takewhile(lambda amendment: amendment.deadline != followed.deadline, found))


def _amended(followed: Followed, amendment: Amendment, context: TermContext) -> Earlier:
    first = first_term(amendment.deadline, context)
    if first is None and not isinstance(amendment.deadline, SetBy):
        return Earlier(None, _replacement(amendment), sentence(said(followed.programme, amendment.deadline)))
    due, hour = (first.due, first.at) if first else (None, None)
    return Earlier(due, _replacement(amendment), at=_other_hour(due, hour, followed.term))


def _replacement(amendment: Amendment) -> str:
    document = f"{amendment.document or 'văn bản'} ngày {day_vi(amendment.until_on)}"
    return f"{document} ({amendment.why})" if amendment.why else document


def _moved(
    told: Announcement, followed: Followed, granted: Granted, replaced: Iterable[Amendment], roster: Roster
) -> Earlier:
    """Return a move by what made it: an extension that was granted, an amendment of a recurrence, or an edit of the
    rule file or the calendar."""
    for one in reversed(granted):
        if one.due_before == told.due_before and one.at <= told.at:
            return Earlier(one.due_before, one.document, is_extension=True)
    day = local_day(told.at, roster.policy.zone)
    amendment = next((one for one in replaced if one.until_on == day and recurs(one.deadline)), None)
    document = _replacement(amendment) if amendment else f"bản sửa quy tắc ngày {day_vi(day)}"
    at = told.due_at_before and told.due_at_before.astimezone(roster.policy.zone)
    hour = at.time() if at and at.date() == told.due_before else None
    return Earlier(told.due_before, document, at=_other_hour(told.due_before, hour, followed.term))


def _other_hour(due: date | None, hour: time | None, term: Term) -> time | None:
    """Return the hour of an earlier deadline where that alone is another one now."""
    return hour if due == term.due and hour != term.at else None


def first_due(deadline: Deadline, context: TermContext) -> date | None:
    """Return the day a deadline came to, None where it came to no single one."""
    found = first_term(deadline, context)
    return found.due if found else None


def first_term(deadline: Deadline, context: TermContext) -> Term | None:
    """Return the term a deadline came to, None where it came to no single one."""
    found = occurrences(deadline, context, first=date.min, last=date.min)
    return found[0].term if found and found[0].term.due else None
