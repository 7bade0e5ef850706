"""Hedges: what in a phrase makes a time less than certain: a negation, an estimate, a choice, an exception."""

from itertools import pairwise

from rules.phrases.frames.clause import Clause
from rules.phrases.items.nouns import DAYS, TIMES, Bound, Break, Marks, Trap, Word
from rules.phrases.items.traps import EXCEPTION
from rules.phrases.lexicon import words
from rules.phrases.marks import has_year
from rules.wording import Wording

EITHER = Wording("có nhiều mốc để chọn", "one time or another")
_ESTIMATED = Wording("thời gian dự kiến, chưa chắc", "an estimated time")
_NEGATED = Wording("câu phủ định: có thể không phải thời hạn", "a negation: it may be no deadline")
_FAR = Wording("năm cách xa năm của chương trình", "a year far from the programme’s")
_MOVED = Wording("thời hạn đã dời", "a deadline that was moved")

_NEGATIONS = words("không chưa chẳng đừng")
_ESTIMATES = words("dự khoảng")
_NO_ESTIMATE = words("từ thời cách")
"""The words after `khoảng` where it is a stretch of time and no estimate: `trong khoảng từ … đến …`."""
_YEARS_AWAY = 30


def hedges(clause: Clause) -> tuple[Wording, ...]:
    """Return the doubts that the words beside the times of a phrase raise."""
    found = (
        negated(clause),
        _ESTIMATED if _is_estimated(clause) else None,
        _FAR if _is_far(clause) else None,
        EXCEPTION if any(item.why is EXCEPTION for item in clause.all(Trap)) else None,
        EITHER if _is_either(clause) else None,
        _MOVED if _is_moved(clause) else None,
    )
    return tuple(filter(None, found))


def negated(clause: Clause) -> Wording | None:
    """A `không` before a time may be about it: `không thực hiện trong quý I/2026`."""
    if _NEGATIONS.isdisjoint(clause.said):
        return None
    last = max((n for n, kind in enumerate(clause.kinds) if kind in TIMES), default=len(clause.kinds))
    before = zip(clause.found[:last], clause.kinds, strict=False)
    negated = (kind is Word and clause.tokens[found.first].key in _NEGATIONS for found, kind in before)
    return _NEGATED if any(negated) else None


def _is_estimated(clause: Clause) -> bool:
    """Say whether a time is only about right: `dự kiến tháng 6`, `khoảng tháng 9`."""
    if _ESTIMATES.isdisjoint(clause.said):
        return False
    keys = [*(token.key for token in clause.tokens), ""]
    return any(
        (key == "dự" and after == "kiến") or (key == "khoảng" and after not in _NO_ESTIMATE)
        for key, after in pairwise(keys)
    )


def _is_far(clause: Clause) -> bool:
    marks = [mark for item in clause.all(Marks) for mark in item.marks]
    return any(has_year(mark) and abs((mark.year or 0) - clause.context.year) > _YEARS_AWAY for mark in marks)


def _is_either(clause: Clause) -> bool:
    """Say whether a choice is left: `tháng 5 hoặc 6`, `ngày 15 hoặc 20`, `thứ Hai hoặc thứ Sáu hằng tuần`."""
    if "hoặc" not in clause.said:
        return False
    if any(kind in DAYS and clause.says_or(n) for n, kind in enumerate(clause.kinds)):
        return True
    items = [item for item in clause.items if not isinstance(item, Bound)]
    return any(
        isinstance(one, DAYS) and sign == Break("hoặc") and isinstance(other, DAYS)
        for one, sign, other in zip(items, items[1:], items[2:], strict=False)
    )


def _is_moved(clause: Clause) -> bool:
    """Say whether a time before the one it was moved to is left: `trước ngày 25 hằng tháng, lùi đến ngày 27`."""
    at = next((n for n, item in enumerate(clause.items) if isinstance(item, Bound) and item.moved), None)
    return at is not None and clause.part(0, at).has(*TIMES)
