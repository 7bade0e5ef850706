"""The standing frame: words that are a whole deadline, alone or beside one that is dated."""

from rules.deadline import Continuous, SetBy
from rules.phrases.frames.clause import Clause
from rules.phrases.frames.spans import endless
from rules.phrases.items.nouns import Bound, Break, Hour, Item, Length, Marks, OnDays, OnWeekday, Standing, Trap
from rules.phrases.items.traps import BUDGET
from rules.phrases.reading import Reading, impossible
from rules.wording import Wording

VAGUE = Wording("không có mốc thời gian cụ thể", "no particular day")
DITTO = Wording("như dòng trên: cần xem dòng trên", "as above: see the line above")
BLANK = Wording("ngày tháng còn để trống", "the date was left blank")
_HOUR_ALONE = Wording("có giờ nhưng không có ngày", "an hour without its day")
_DAY_ALONE = Wording("có ngày nhưng không có tháng", "a day without its month")
_WHICH_REQUEST = Wording("theo yêu cầu: không có mốc thời gian", "on request: no particular day")
_OTHER_WEEKDAY = Wording("ngày không phải là thứ đã ghi", "the day is not the weekday it is said to be")
_ALSO_CONTINUOUS = Wording("vừa thường xuyên vừa có hạn", "both continuous and dated")
_ALSO_ELSEWHERE = Wording("vừa theo văn bản khác vừa có hạn", "set elsewhere and dated as well")
_CONTINUOUS = Wording("thường xuyên: không có hạn, không bao giờ quá hạn", "continuous: no deadline, never late")
_PERIODS = frozenset(("year", "span", "half", "quarter", "month"))


def kinds_of(clause: Clause) -> set[str]:
    """Return which kinds of such words a clause has."""
    return {item.kind for item in clause.all(Standing)}


def continuous() -> Reading:
    """Return the reading of `thường xuyên`."""
    return Reading("continuous", _CONTINUOUS, deadline=Continuous())


def alone(clause: Clause) -> Reading | None:
    """Return what such words come to where nothing is dated, None where there are none."""
    kinds = kinds_of(clause)
    if "continuous" in kinds:
        return continuous()
    if "elsewhere" in kinds:
        return _elsewhere(clause)
    return _on_request(clause) if "request" in kinds else None


def vague(clause: Clause) -> Reading | None:
    """Return the reading of what names no day: urgency, blanks, ditto marks, a day without its month."""
    kinds = kinds_of(clause)
    if "blank" in kinds:
        return impossible(BLANK)
    if any(clause.all(Hour)) and not kinds:
        return impossible(_HOUR_ALONE)
    if any(clause.all(OnDays)):
        return impossible(_DAY_ALONE)
    return impossible(DITTO if "ditto" in kinds else VAGUE) if kinds else None


def beside(dates: list[Reading], clause: Clause) -> list[Reading]:
    """Return the dates of a clause as the words beside them leave them."""
    if not clause.has(Standing, OnWeekday, Trap):
        return dates
    kinds = kinds_of(clause)
    if "continuous" in kinds:
        within = all(one.kind in _PERIODS and one.due for one in dates) and not _goes_on(clause)
        return [continuous()] if within else [one.doubting(_ALSO_CONTINUOUS) for one in dates]
    if "elsewhere" in kinds:
        return [one.doubting(_ALSO_ELSEWHERE) for one in dates]
    if "endless" in kinds:
        return [*dates[:-1], endless(dates[-1])]
    named = next(clause.all(OnWeekday), None)
    if named is not None:
        return [_on(one, named) for one in dates]
    if any(item.why is BUDGET for item in clause.all(Trap)) and not binds(clause):
        return []
    return [one.doubting(BLANK if "blank" in kinds else None) for one in dates]


def _goes_on(clause: Clause) -> bool:
    """Say whether a task that has its date goes on after it: `hoàn thành quý I/2026 và duy trì thường xuyên`."""
    dated_at, joined_at = clause.first(Marks), clause.first(Break)
    at = clause.first(Standing)
    if dated_at is None or joined_at is None or at is None:
        return False
    return dated_at < joined_at < at and clause.found[joined_at].item == Break("và")


def binds(clause: Clause) -> bool:
    """Say whether a date is expressly a deadline (`trước 30/6`), whatever else the clause may say."""
    items: list[Item] = [found.item for found in clause.found]
    return any(
        isinstance(item, Bound)
        and item.kind in ("before", "by")
        and any(isinstance(one, Marks) for one in items[n : n + 3])
        for n, item in enumerate(items)
    )


def is_term(clause: Clause) -> bool:
    """Say whether a length is a term (`trong 15 ngày`) and not a figure among others (`khoảng 90 ngày`)."""
    at = clause.first(Length)
    if at is None:
        return False
    return (at > 0 and isinstance(clause.found[at - 1].item, Bound)) or not clause.has_other_words


def _on(reading: Reading, named: OnWeekday) -> Reading:
    differs = reading.due is not None and reading.due.weekday() != named.number
    return reading.doubting(_OTHER_WEEKDAY if differs else None)


def _elsewhere(clause: Clause) -> Reading:
    at = next(
        n for n, one in enumerate(clause.found) if isinstance(one.item, Standing) and one.item.kind == "elsewhere"
    )
    text = clause.words(at)
    why = Wording(f"thời hạn do văn bản khác quy định: {text}", f"set elsewhere: {text}")
    return Reading("set_elsewhere", why, deadline=SetBy(text))


def _on_request(clause: Clause) -> Reading:
    at = next(n for n, one in enumerate(clause.found) if isinstance(one.item, Standing))
    text = clause.words(at)
    why = Wording(f"khi có yêu cầu: {text}", f"on request: {text}")
    return Reading("event", why, event=text, doubts=(_WHICH_REQUEST,))
