"""Together: the one reading of a phrase that came to several, or to none."""

from rules.phrases.frames.clause import Clause
from rules.phrases.frames.spans import PAST, is_reversed, span_of, without_openings
from rules.phrases.items.nouns import Break, Trap
from rules.phrases.reading import Reading, impossible
from rules.wording import Wording

_NONE = Wording("không có thời hạn", "no deadline in it")
_STATE = Wording("câu nói về trạng thái hoặc khoảng thời gian đã qua", "it speaks of a state, or looks back")
_MANY = Wording("nhiều thời hạn trong một ô", "several deadlines in one cell")
_ENDED = frozenset(("xong", "hoàn", "kết"))
"""The words of an end that is told apart from its beginning: `bắt đầu từ tháng 4, hoàn thành tháng 10`."""
_NO_DEADLINE = ("unspecified", "not_a_deadline")


def one_of(readings: list[Reading], clause: Clause) -> Reading:
    """Return the reading of a whole phrase; what is undated or no deadline gives way to what is one."""
    said = [one for one in readings if one.kind not in _NO_DEADLINE]
    if len(readings) == len(said) == 1:
        return said[0]
    begun = span_of(said) if Break(";") in clause.items or not clause.said.isdisjoint(_ENDED) else None
    if begun is not None:
        return begun
    if is_reversed(said):
        return impossible(PAST)
    said = without_openings(said) or readings
    if not said:
        return Reading("not_a_deadline", _STATE if any(clause.all(Trap)) else _NONE)
    if len(said) == 1:
        return said[0]
    kinds = {one.kind for one in said}
    if "recurring" in kinds and kinds <= {"recurring", "continuous", "set_elsewhere"}:
        return _recurrences([one for one in said if one.kind == "recurring"])
    if kinds == {"continuous"}:
        return said[0]
    return Reading("several", _MANY, parts=tuple(said), doubts=_doubts(said))


def _recurrences(found: list[Reading]) -> Reading:
    if len(found) == 1:
        return found[0]
    parts = tuple(part for one in found for part in (one.parts or (one,)))
    why = Wording("; ".join(one.why.vi for one in found), "; ".join(one.why.en for one in found))
    hours = {one.at for one in found}
    rules = tuple(dict.fromkeys(rule for one in found for rule in one.rrules))
    return Reading("recurring", why, at=hours.pop() if len(hours) == 1 else None, rrules=rules, parts=parts,
                   doubts=_doubts(found))  # fmt: skip


def _doubts(readings: list[Reading]) -> tuple[Wording, ...]:
    return tuple(dict.fromkeys(doubt for one in readings for doubt in one.doubts))
