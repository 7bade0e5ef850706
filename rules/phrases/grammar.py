"""The grammar: a phrase → items → clauses → frames → one Reading. No clock, no file: the same text gives the same."""

from dataclasses import replace
from functools import lru_cache

from rules.phrases.frames.clause import Clause
from rules.phrases.frames.counted import counted
from rules.phrases.frames.dated import dated
from rules.phrases.frames.dateline import dateline
from rules.phrases.frames.issued import from_issue, needs_issue
from rules.phrases.frames.recurring import WINDOW, is_recurring, is_window, recurring, then_reports
from rules.phrases.frames.standing import DITTO, VAGUE, alone, beside, binds, continuous, is_term, kinds_of, vague
from rules.phrases.frames.together import one_of
from rules.phrases.frames.triggered import bare_length, triggered
from rules.phrases.items import items_of
from rules.phrases.items.nouns import (
    TIMES,
    Bound,
    Break,
    Ending,
    Fault,
    Item,
    Length,
    Marks,
    Pace,
    Standing,
    Trap,
    Trigger,
)
from rules.phrases.items.traps import ASIDES, EFFECT, STATES
from rules.phrases.marks import Context, has_year
from rules.phrases.reading import Reading, impossible
from rules.phrases.sureness import doubting
from rules.phrases.tokens import NUMBER, Tokens, tokenise
from rules.wording import Wording

_EMPTY = Wording("ô trống", "nothing is written")
_MISREAD = Wording("có chữ số gõ hoặc quét sai", "figures were mistyped or misread")
_UNMARKED = Wording("gõ không dấu", "typed without accents")
_MISTYPED = Wording("có lỗi gõ phím", "a word is mistyped")
_RELATIVE = Wording("tính theo thời điểm ban hành văn bản", "counted from the day of the document")
_EVENT_AND_DATE = Wording("vừa theo sự kiện vừa có ngày", "an event and a date")
_TOO_LONG = Wording("quá dài để là một thời hạn", "too long to be a deadline")
_LONGEST = 4_000


@lru_cache(maxsize=16_384)
def read(phrase: str, context: Context) -> Reading:
    """Return what a phrase comes to, days in local time; what is not understood says so in its doubts."""
    if len(phrase) > _LONGEST:
        return impossible(_TOO_LONG)
    cut = tokenise(phrase)
    said = frozenset([token.key for token in cut.tokens])
    if not any(key == NUMBER or key[:1].isalnum() for key in said):
        return impossible(DITTO if '"' in said else _EMPTY)
    clause = Clause(tuple(items_of(cut)), cut.text, cut.tokens, context, said)
    if Fault in clause.kinds:
        return impossible(next(clause.all(Fault)).why)
    parts = _listed(clause).split(";") if ";" in said else [clause]
    readings = [reading for part in parts for reading in _clause(part)]
    return _as_typed(doubting(one_of(readings, clause), clause), cut)


def _as_typed(reading: Reading, cut: Tokens) -> Reading:
    """Return the reading with the doubts that its spelling raises."""
    is_clean = not (cut.misread or cut.unmarked or cut.mistyped)
    if is_clean or reading.kind == "not_a_deadline":
        return reading
    return reading.doubting(
        _MISREAD if cut.misread else None, _UNMARKED if cut.unmarked else None, _MISTYPED if cut.mistyped else None
    )


def _listed(clause: Clause) -> Clause:
    """Return the clause with commas for the semicolons of a mere list, before a deadline that was moved, and before
    what is asked besides.

    `trước ngày 15/5; 15/8; 15/11/2026`, `30/6/2026; gia hạn đến 30/9/2026`, `hằng tháng; đột xuất`."""
    found = list(clause.found)
    for at in range(1, len(found) - 1):
        after = found[at + 1].item
        also = (isinstance(after, Bound) and after.moved) or after == Standing("request")
        if found[at].item == Break(";") and (also or _goes_on(found[at - 1].item, after)):
            found[at] = replace(found[at], item=Break(","))
    return replace(clause, found=tuple(found))


def _goes_on(item: Item, after: Item) -> bool:
    """Say whether two marks are days, or periods of which the second tells the year."""
    if not isinstance(item, Marks) or not isinstance(after, Marks) or item.is_range or after.is_range:
        return False
    last, following = item.marks[-1], after.marks[0]
    return last.kind == following.kind and (last.kind == "day" or not has_year(last))


def _clause(clause: Clause) -> list[Reading]:
    """Return what one clause comes to: nothing, one reading, or one for each of its deadlines."""
    clause = _without_aside(clause)
    headed = dateline(clause)
    if headed is not None:
        return [headed]
    if is_window(clause):
        return [Reading("not_a_deadline", WINDOW)]
    reports_at = then_reports(clause)
    if reports_at is not None:
        return [*_clause(clause.part(0, reports_at)), *_clause(clause.part(reports_at + 1))]
    trigger, pace = clause.first(Trigger), clause.first(Pace)
    trapped = _trapped(clause, trigger)
    if trapped is not None:
        return [trapped]
    if trigger is not None and (pace is None or trigger < pace) and not _ends_period(clause, trigger):
        return _with_event(clause, trigger)
    if is_recurring(clause):
        return _with_pace(clause)
    return _without_pace(from_issue(clause))


def _without_aside(clause: Clause) -> Clause:
    """Return the clause without a bracket that only explains: `hằng tháng (số liệu tính từ …)`, `22/12 (kỷ niệm …)`."""
    if Trap not in clause.kinds:
        return clause
    at = next((n for n, item in enumerate(clause.items) if item in ASIDES), 0)
    begin = next((n for n in range(at, -1, -1) if clause.items[n] == Break("(")), 0)
    end = next((n for n in range(at, len(clause.items)) if clause.items[n] == Break(")")), len(clause.items))
    rest = replace(clause, found=(*clause.found[:begin], *clause.found[end + 1 :]))
    return rest if clause.items[begin : begin + 1] == [Break("(")] and rest.has(*TIMES) else clause


def _trapped(clause: Clause, trigger: int | None) -> Reading | None:
    """Return the reading of a clause that only looks like a deadline."""
    if Trap not in clause.kinds:
        return None
    at = next((n for n, item in enumerate(clause.items) if isinstance(item, Trap) and item.decides), None)
    if at is None or (trigger is not None and trigger < at) or binds(clause.part(at + 1)):
        return None
    if clause.items[at] in STATES and binds(clause.part(0, at)):
        # `trước ngày 01/12 phải có kế hoạch đã được phê duyệt`
        return None
    if kinds_of(clause) & {"blank", "vague"}:
        return impossible(VAGUE)
    trap: Item = clause.found[at].item
    return Reading("not_a_deadline", trap.why) if isinstance(trap, Trap) else None


def _ends_period(clause: Clause, trigger: int) -> bool:
    item = clause.found[trigger].item
    after = clause.found[trigger + 1 : trigger + 2]
    return isinstance(item, Trigger) and item.kind == "after" and any(isinstance(one.item, Ending) for one in after)


def _with_event(clause: Clause, at: int) -> list[Reading]:
    before = clause.part(0, at)
    if "continuous" in kinds_of(before):
        return [continuous()]
    if _looks_back(clause.part(at)):
        return [Reading("not_a_deadline", EFFECT)]
    reading, rest = triggered(clause, at)
    own = dated(before)
    opening = clause.tokens[clause.found[at].first].key
    lasts = opening in ("cho", "đến") and all(_is_open(one) for one in own)
    on_condition = opening in ("khi", "nếu") and before.kinds[-1:] == [Marks]
    if own and (lasts or on_condition):
        # `từ ngày 23/4/2020 cho đến khi có thông báo mới`, `tháng 12/2026 nếu dịch giảm`
        return [one.doubting(_EVENT_AND_DATE) for one in own]
    dates = own + (_clause(rest) if rest is not None else [])
    # An event in brackets explains the date before them: `chậm nhất 20/02/2026 (trước ngày bầu cử 23 ngày)`.
    also = () if own and reading.kind == "before_event" and _is_bracketed(before) else (reading,)
    return [one.doubting(_EVENT_AND_DATE) for one in (*dates, *also)] if dates else [reading]


def _looks_back(clause: Clause) -> bool:
    """Say whether it is only told what came before something took effect: `trước ngày Thông tư này có hiệu lực`."""
    first = clause.items[0]
    is_before = isinstance(first, Trigger) and first.kind == "before" and first.length is None
    return is_before and Length not in clause.kinds and any(item.why is EFFECT for item in clause.all(Trap))


def _is_open(reading: Reading) -> bool:
    return reading.kind == "span" and reading.due is None


def _is_bracketed(before: Clause) -> bool:
    """Say whether a bracket that opened in the clause is still open at its end."""
    return before.items.count(Break("(")) > before.items.count(Break(")"))


def _with_pace(clause: Clause) -> list[Reading]:
    """Return the recurrence unless it is only how a continuous task is done (`đánh giá định kỳ … thường xuyên`)."""
    resolved = from_issue(clause)
    if resolved is not clause and not is_recurring(resolved):
        return _without_pace(resolved)
    reading = recurring(clause)
    merely_yearly = reading.rrules in ((), ("FREQ=YEARLY",))
    return [continuous()] if "continuous" in kinds_of(clause) and merely_yearly else [reading]


def _without_pace(clause: Clause) -> list[Reading]:
    term = counted(clause)
    if term is not None:
        return [term]
    dates = dated(clause)
    if dates:
        return beside(dates, clause)
    if needs_issue(clause):
        return [impossible(_RELATIVE)]
    found = alone(clause) or (bare_length(clause) if is_term(clause) else vague(clause))
    return [found] if found is not None else []
