"""The grammar: a phrase → items → clauses → frames → one Reading. No clock, no file: the same text gives the same."""

from functools import lru_cache

from rules.deadline import Continuous, SetBy
from rules.phrases.frames.clause import Clause
from rules.phrases.frames.dated import dated, is_dateline, span_of
from rules.phrases.frames.recurring import is_recurring, recurring
from rules.phrases.frames.triggered import bare_length, triggered
from rules.phrases.items import items_of
from rules.phrases.items.nouns import (
    Bound,
    Ending,
    Hour,
    Length,
    Marks,
    OnDays,
    OnWeekday,
    Pace,
    Part,
    Standing,
    Trap,
    Trigger,
    Word,
)
from rules.phrases.items.standing import BUDGET
from rules.phrases.marks import Context
from rules.phrases.reading import Reading
from rules.phrases.tokens import tokenise
from rules.wording import Wording

_EMPTY = Wording("ô trống", "nothing is written")
_DITTO = Wording("như dòng trên: cần xem dòng trên", "as above: see the line above")
_VAGUE = Wording("không có mốc thời gian cụ thể", "no particular day")
_BLANK = Wording("ngày tháng còn để trống", "the date was left blank")
_DAY_ALONE = Wording("có ngày nhưng không có tháng", "a day without its month")
_NONE = Wording("không có thời hạn", "no deadline in it")
_MISREAD = Wording("có chữ cái được đọc là chữ số", "letters were read as digits")
_UNMARKED = Wording("gõ không dấu", "typed without accents")
_MISTYPED = Wording("có lỗi gõ phím", "a word is mistyped")
_RELATIVE = Wording("tính theo thời điểm ban hành văn bản", "counted from the day of the document")
_ENDLESS = Wording("không ghi thời điểm kết thúc", "its end is not stated")
_WHICH_REQUEST = Wording("theo yêu cầu: không có mốc thời gian", "on request: no particular day")
_OTHER_WEEKDAY = Wording("ngày không phải là thứ đã ghi", "the day is not the weekday it is said to be")
_ALSO_CONTINUOUS = Wording("vừa thường xuyên vừa có hạn", "both continuous and dated")
_ALSO_ELSEWHERE = Wording("vừa theo văn bản khác vừa có hạn", "set elsewhere and dated as well")
_EVENT_AND_DATE = Wording("vừa theo sự kiện vừa có ngày", "an event and a date")
_AMID_TEXT = Wording("nằm trong câu có nội dung khác", "it stands in a longer text")
_CONTINUOUS = Wording("thường xuyên: không có hạn", "continuous: never late")
_STATE = Wording("câu nói về trạng thái hoặc khoảng thời gian đã qua", "it speaks of a state, or looks back")
_DATELINE = Wording("nơi và ngày ký văn bản", "the place and date of a document")
_MANY = Wording("nhiều thời hạn trong một ô", "several deadlines in one cell")
_LONG = 4_000
_TOO_LONG = Wording("quá dài để là một thời hạn", "too long to be a deadline")


@lru_cache(maxsize=16_384)
def read(phrase: str, context: Context) -> Reading:
    """Return what a phrase comes to, days in local time; what is not understood says so in its doubts."""
    if len(phrase) > _LONG:
        return Reading("unspecified", _TOO_LONG, doubts=(_TOO_LONG,))
    cut = tokenise(phrase)
    if not any(token.key[:1].isalnum() or token.key == "#" for token in cut.tokens):
        reason = _DITTO if any(token.key == '"' for token in cut.tokens) else _EMPTY
        return Reading("unspecified", reason, doubts=(reason,))
    clause = Clause(tuple(items_of(cut)), cut.text, cut.tokens, context)
    readings = [reading for part in clause.split(";") for reading in _clause(part)]
    found = _one(readings, clause)
    if found.kind == "not_a_deadline":
        return found
    return found.doubting(
        _MISREAD if cut.misread else None, _UNMARKED if cut.unmarked else None, _MISTYPED if cut.mistyped else None
    )


def _clause(clause: Clause) -> list[Reading]:
    """Return what one clause comes to: nothing, one reading, or one for each of its deadlines."""
    if is_dateline(clause):
        return [Reading("not_a_deadline", _DATELINE)]
    trigger, pace = clause.first(Trigger), clause.first(Pace)
    hard = next(
        (n for n, found in enumerate(clause.found) if isinstance(found.item, Trap) and found.item.decides), None
    )
    if hard is not None and (trigger is None or hard < trigger) and not _binds(clause.part(hard + 1)):
        if any(item.kind in ("blank", "vague") for item in clause.all(Standing)):
            return [Reading("unspecified", _VAGUE, doubts=(_VAGUE,))]
        trap = clause.found[hard].item
        assert isinstance(trap, Trap)
        return [Reading("not_a_deadline", trap.why)]
    if trigger is not None and (pace is None or trigger < pace) and not _ends_period(clause, trigger):
        return _with_event(clause, trigger)
    if is_recurring(clause):
        return [_but_continuous(recurring(clause), clause)]
    return _without_pace(clause)


def _binds(after: Clause) -> bool:
    """Say whether a date that is expressly a deadline follows what looks like none: `… quá hạn, xong trước 30/6`."""
    items = [found.item for found in after.found]
    return any(
        isinstance(item, Bound)
        and item.kind in ("before", "by")
        and any(isinstance(one, Marks) for one in items[n : n + 3])
        for n, item in enumerate(items)
    )


def _ends_period(clause: Clause, trigger: int) -> bool:
    return any(isinstance(found.item, Ending) for found in clause.found[trigger + 1 : trigger + 2])


def _with_event(clause: Clause, at: int) -> list[Reading]:
    before = clause.part(0, at)
    if any(item.kind == "continuous" for item in before.all(Standing)):
        return [_continuous()]
    reading, rest = triggered(clause, at)
    dates = dated(before) + (_clause(rest) if rest is not None else [])
    if not dates:
        return [reading]
    return [one.doubting(_EVENT_AND_DATE) for one in (*dates, reading)]


def _without_pace(clause: Clause) -> list[Reading]:
    standing = {item.kind for item in clause.all(Standing)}
    dates = dated(clause)
    if dates:
        return _beside_standing(dates, standing, clause)
    if any(clause.all(Part)) and not any(clause.all(OnDays)):
        return [Reading("month", _RELATIVE, doubts=(_RELATIVE,))]
    if "continuous" in standing:
        return [_continuous()]
    if "elsewhere" in standing:
        return [_elsewhere(clause)]
    if "request" in standing:
        return [_request(clause)]
    if any(clause.all(Length)):
        return [bare_length(clause)] if _is_term(clause) else []
    if "blank" in standing:
        return [Reading("unspecified", _BLANK, doubts=(_BLANK,))]
    if any(clause.all(OnDays)):
        return [Reading("unspecified", _DAY_ALONE, doubts=(_DAY_ALONE,))]
    if standing:
        reason = _DITTO if "ditto" in standing else _VAGUE
        return [Reading("unspecified", reason, doubts=(reason,))]
    return []


def _beside_standing(dates: list[Reading], standing: set[str], clause: Clause) -> list[Reading]:
    if "continuous" in standing:
        if all(one.kind in ("year", "span", "half", "quarter", "month") and one.due for one in dates):
            return [_continuous()]
        return [one.doubting(_ALSO_CONTINUOUS) for one in dates]
    if "elsewhere" in standing:
        return [one.doubting(_ALSO_ELSEWHERE) for one in dates]
    if "endless" in standing and len(dates) == 1 and dates[0].start:
        return [Reading("span", _ENDLESS, dates[0].start, doubts=(_ENDLESS,))]
    named = next(clause.all(OnWeekday), None)
    if named is not None:
        return [
            one.doubting(_OTHER_WEEKDAY if one.due and one.due.weekday() != named.number else None) for one in dates
        ]
    if any(item.why is BUDGET for item in clause.all(Trap)) and not _binds(clause):
        return []
    if "blank" in standing:
        return [one.doubting(_BLANK) for one in dates]
    return dates


def _is_term(clause: Clause) -> bool:
    """Say whether a length is a term (`trong 15 ngày`) and not a figure among others (`khoảng 90 ngày`)."""
    at = clause.first(Length)
    assert at is not None
    return (at > 0 and isinstance(clause.found[at - 1].item, Bound)) or not clause.has_other_words


def _but_continuous(reading: Reading, clause: Clause) -> Reading:
    """Return the recurrence unless it is only how a continuous task is done (`đánh giá định kỳ … thường xuyên`)."""
    is_continuous = any(item.kind == "continuous" for item in clause.all(Standing))
    if is_continuous and not reading.rrules:
        return _continuous()
    states_days = any(isinstance(found.item, OnDays | Part | Hour | Marks) for found in clause.found)
    return reading if states_days or not _is_aside(clause) else reading.doubting(_AMID_TEXT)


def _is_aside(clause: Clause) -> bool:
    return sum(isinstance(found.item, Word) and not found.item.known for found in clause.found) > 4


def _continuous() -> Reading:
    return Reading("continuous", _CONTINUOUS, deadline=Continuous())


def _elsewhere(clause: Clause) -> Reading:
    at = next(
        n for n, found in enumerate(clause.found) if isinstance(found.item, Standing) and found.item.kind == "elsewhere"
    )
    text = clause.words(at)
    return Reading("set_elsewhere", Wording(f"thời hạn do nơi khác quy định: {text}", f"set elsewhere: {text}"),
                   deadline=SetBy(text))  # fmt: skip


def _request(clause: Clause) -> Reading:
    at = next(n for n, found in enumerate(clause.found) if isinstance(found.item, Standing))
    text = clause.words(at)
    why = Wording(f"khi có yêu cầu: {text}", f"on request: {text}")
    return Reading("event", why, event=text, doubts=() if text.lower().startswith("khi") else (_WHICH_REQUEST,))


def _one(readings: list[Reading], clause: Clause) -> Reading:
    """Return the one reading of a phrase that came to several, or to none."""
    said = [one for one in readings if one.kind not in ("unspecified", "not_a_deadline")] or readings
    if not said:
        has_time = any(isinstance(found.item, Trap) for found in clause.found)
        return Reading("not_a_deadline", _STATE if has_time else _NONE)
    if len(said) == 1:
        return said[0]
    kinds = {one.kind for one in said}
    begun = span_of(said)
    if begun is not None:
        return begun
    if "recurring" in kinds and kinds <= {"recurring", "continuous", "set_elsewhere"}:
        return _recurrences([one for one in said if one.kind == "recurring"])
    if kinds == {"continuous"}:
        return said[0]
    return Reading("several", _MANY, parts=tuple(said),
                   doubts=tuple(dict.fromkeys(doubt for one in said for doubt in one.doubts)))  # fmt: skip


def _recurrences(found: list[Reading]) -> Reading:
    if len(found) == 1:
        return found[0]
    parts = tuple(part for one in found for part in (one.parts or (one,)))
    why = Wording("; ".join(one.why.vi for one in found), "; ".join(one.why.en for one in found))
    hours = {one.at for one in found}
    return Reading("recurring", why, at=hours.pop() if len(hours) == 1 else None,
                   rrules=tuple(dict.fromkeys(rule for one in found for rule in one.rrules)), parts=parts,
                   doubts=tuple(dict.fromkeys(doubt for one in found for doubt in one.doubts)))  # fmt: skip
