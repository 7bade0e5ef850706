"""Extensions: who may ask for a later deadline, for which day, and who decides it; each refusal with its sentence.

Asked before the due day, afterwards only as an exception, with a reason; for a day later than the present one and not
past what the task belongs to; one request at a time. Decided by the standing office or the overseer, never by whoever
asked or holds a post of a unit that owes the task.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from rules.access import Relation
from rules.calendar import Calendar
from rules.days import day_en, day_vi
from rules.obligation import Facts
from rules.requests import MANY, Decided, Request, Verdict
from rules.wording import Wording


class Rule(StrEnum):
    """The rules that a request, or a decision on one, may break."""

    OVER = "over"
    UNDATED = "undated"
    OPEN_REQUEST = "open_request"
    NO_REASON = "no_reason"
    NOT_LATER = "not_later"
    PAST = "past"
    PAST_PARENT = "past_parent"
    AFTER_DUE = "after_due"
    DECIDED = "decided"
    OWN = "own"
    NOT_ALLOWED = "not_allowed"
    NOT_THE_ASKER = "not_the_asker"
    NO_DOCUMENT = "no_document"


@dataclass(frozen=True, slots=True)
class Refused:
    """That something may not be, by which rule, and in words."""

    rule: Rule
    words: Wording


class Bound(NamedTuple):
    """The last day that an extension may give, and what sets it."""

    last: date
    words: Wording


@dataclass(frozen=True, slots=True)
class Asked:
    """What a request, or a grant, is judged by: the obligation as it stands on a day.

    `due` is the day in force; `bound` the last day there may be; `requests` those made so far.
    """

    facts: Facts
    due: date | None
    bound: Bound | None
    calendar: Calendar
    today: date
    requests: Sequence[Request] = ()

    @property
    def open(self) -> Request | None:
        """Return the request that waits for its decision, or None."""
        return next((request for request in self.requests if request.decided is None), None)


@dataclass(frozen=True, slots=True)
class Allowed:
    """That a request may be made: as which one, and whether as an exception. `suggested` is the working day to ask for
    in place of a day off, None where the day asked for is one."""

    number: int
    is_exception: bool
    suggested: date | None

    @property
    def is_flagged(self) -> bool:
        """Say whether it is the third for its obligation, or a later one."""
        return self.number >= MANY


def bound_of(due_by_rules: date, period_end: date | None, event: date | None, next_due: date | None) -> Bound | None:
    """Return the last day an extension may give a task, None where nothing bounds it.

    It is the end of its programme's period, unless its document dates the task itself beyond that; what is due ahead of
    an event, the day of the event; and what the next occurrence takes over from, the day before that one is due.
    """
    found = []
    if period_end is not None and due_by_rules <= period_end:
        found.append(Bound(period_end, Wording("kỳ của chương trình kết thúc", "the programme's period ends")))
    if event is not None:
        found.append(Bound(event, Wording("sự kiện diễn ra", "the event takes place")))
    if next_due is not None:
        eve = date.fromordinal(next_due.toordinal() - 1)
        found.append(Bound(eve, Wording("kỳ sau chưa đến hạn", "the next occurrence is not due yet")))
    return min(found, key=lambda bound: bound.last, default=None)


def ask(asked: Asked, wanted: date, reason: str, *, as_exception: bool) -> Allowed | Refused:
    """Say whether a request may be made for the day `wanted`."""
    if asked.open is not None:
        day = asked.open.due_wanted
        return _refused(
            Rule.OPEN_REQUEST,
            f"đã có đề nghị gia hạn đến {day_vi(day)} đang chờ quyết định",
            f"a request until {day_en(day)} is waiting for its decision",
        )
    fault = _standing_fault(asked) or _day_fault(asked, wanted)
    if fault is not None:
        return fault
    if not reason.strip():
        return _refused(Rule.NO_REASON, "phải nêu lý do đề nghị gia hạn", "a request needs a reason")
    assert asked.due is not None
    is_late = asked.today >= asked.due
    if is_late and not as_exception:
        return _refused(
            Rule.AFTER_DUE,
            f"phải đề nghị trước ngày đến hạn ({day_vi(asked.due)}); từ ngày ấy chỉ xét trường hợp đặc biệt",
            f"a request is made before the due day ({day_en(asked.due)}); from then on only as an exception",
        )
    return Allowed(len(asked.requests) + 1, is_late, suggestion(asked, wanted))


def decide(
    asked: Asked,
    request: Request,
    verdict: Verdict,
    by: str,
    relations: Collection[Relation],
    *,
    is_standings_own: bool,
    due: date | None = None,
    document: str = "",
    reason: str = "",
) -> Refused | None:
    """Return why a request may not be decided so, None when it may. `relations` are those of `by` to the obligation;
    `due` is the day granted. `is_standings_own`: the standing office owes the task itself."""
    if request.decided is not None:
        return _decided_already(request.decided)
    if verdict == "withdrawn":
        return _withdrawal_fault(request, by, relations)
    fault = authority_fault(request, by, relations, is_standings_own=is_standings_own)
    if fault is not None:
        return fault
    if verdict == "refused":
        no_reason = "phải nêu lý do không đồng ý", "a refusal needs a reason"
        return None if reason.strip() else _refused(Rule.NO_REASON, *no_reason)
    return grant_fault(asked, due or request.due_wanted, document)


def grant_fault(asked: Asked, due: date, document: str) -> Refused | None:
    """Return why an extension may not be granted until a day by a document, None when it may."""
    if not document.strip():
        return _refused(
            Rule.NO_DOCUMENT, "phải ghi số văn bản đồng ý gia hạn", "a grant needs the number of its document"
        )
    return _standing_fault(asked) or _day_fault(asked, due)


def authority_fault(
    request: Request, by: str, relations: Collection[Relation], *, is_standings_own: bool
) -> Refused | None:
    """Return why it is not for `by` to grant or refuse a request, None when it is."""
    if by.casefold() == request.by.casefold() or "owner" in relations:
        return _refused(
            Rule.OWN,
            "người đề nghị và người của đơn vị thực hiện không được tự quyết định",
            "neither whoever asked nor anybody of a unit that owes the task may decide",
        )
    if set(deciders(is_standings_own=is_standings_own)).isdisjoint(relations):
        vi, en = "cơ quan thường trực hoặc lãnh đạo phụ trách", "the standing office or the overseer"
        if is_standings_own:
            vi, en = "lãnh đạo phụ trách, rồi người đứng đầu", "the overseer, then the chair"
        return _refused(Rule.NOT_ALLOWED, f"thẩm quyền quyết định: {vi}", f"it is for {en} to decide")
    return None


def deciders(*, is_standings_own: bool) -> tuple[Relation, ...]:
    """Return who may decide a request, whoever is asked first before the others: what the standing office asks for
    itself goes to the overseer, then to the chair."""
    return ("overseer", "chair") if is_standings_own else ("standing", "overseer")


def suggestion(asked: Asked, wanted: date) -> date | None:
    """Return the working day nearest to a day off: the next one or, where that is too late, the last one before that is
    later than the present; None for a working day, and where there is no such day."""
    if asked.calendar.is_working_day(wanted):
        return None
    after, before = asked.calendar.on_or_after(wanted), asked.calendar.on_or_before(wanted)
    return next((day for day in (after, before) if _day_fault(asked, day) is None), None)


def gone() -> Refused:
    """Return why nothing can be decided of a task that the rules no longer know."""
    return _refused(Rule.OVER, "nhiệm vụ không còn trong quy tắc", "the rules no longer know the task")


def _standing_fault(asked: Asked) -> Refused | None:
    facts = asked.facts
    if facts.done_at or facts.closed_at or facts.withdrawn_at:
        return _refused(
            Rule.OVER, "nhiệm vụ đã kết thúc, không còn hạn để gia", "the task is over: nothing is left to extend"
        )
    if asked.due is None:
        return _refused(Rule.UNDATED, "nhiệm vụ chưa có thời hạn", "the task has no deadline")
    return None


def _day_fault(asked: Asked, day: date) -> Refused | None:
    if asked.due is not None and day <= asked.due:
        vi, en = day_vi(asked.due), day_en(asked.due)
        return _refused(
            Rule.NOT_LATER,
            f"ngày mới phải sau hạn hiện nay ({vi})",
            f"the new day must be after the present one ({en})",
        )
    if day < asked.today:
        return _refused(Rule.PAST, f"ngày {day_vi(day)} đã qua", f"{day_en(day)} is past")
    if asked.bound is not None and day > asked.bound.last:
        last, words = asked.bound
        return _refused(
            Rule.PAST_PARENT,
            f"ngày mới không được sau {day_vi(last)}: {words.vi}",
            f"the new day may not be after {day_en(last)}: {words.en}",
        )
    return None


def _decided_already(decided: Decided) -> Refused:
    vi = {"granted": "được đồng ý", "refused": "bị từ chối", "withdrawn": "được rút"}[decided.verdict]
    return _refused(
        Rule.DECIDED,
        f"đề nghị này đã {vi}, do {decided.by} ghi nhận",
        f"the request was {decided.verdict} already, by {decided.by}",
    )


def _withdrawal_fault(request: Request, by: str, relations: Collection[Relation]) -> Refused | None:
    if "owner" in relations or by.casefold() == request.by.casefold():
        return None
    return _refused(
        Rule.NOT_THE_ASKER, "chỉ đơn vị đã đề nghị mới được rút đề nghị", "only the unit that asked may withdraw it"
    )


def _refused(rule: Rule, vi: str, en: str) -> Refused:
    return Refused(rule, Wording(f"{vi[:1].upper()}{vi[1:]}.", f"{en[:1].upper()}{en[1:]}."))
