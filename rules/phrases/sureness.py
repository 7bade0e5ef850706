"""Sureness: what of a phrase its reading leaves out, said as doubts. A reading is `sure` when nothing is left."""

from rules.phrases.frames.clause import Clause
from rules.phrases.items.nouns import (
    Bound,
    Ending,
    Hour,
    Item,
    Length,
    Marks,
    OnDays,
    OnNamed,
    OnWeekday,
    Pace,
    Part,
    Standing,
    Trigger,
    Word,
)
from rules.phrases.reading import Reading
from rules.phrases.tokens import NUMBER
from rules.wording import Wording

_AMID_TEXT = Wording("nằm trong câu có nội dung khác", "it stands in a longer text")
_ANOTHER_TIME = Wording("trong câu còn mốc thời gian khác", "the text holds another time")
_LEFT_OVER = Wording("có từ chỉ thời gian chưa hiểu được", "a word about time was not understood")
_TIME_IN_IT = Wording("không phải thời hạn, nhưng trong câu có mốc thời gian", "no deadline, but the text holds a time")

_Times = tuple[type[Item], ...]
_TIMES: _Times = (Marks, Hour, Length, Pace, OnDays, OnWeekday, OnNamed, Part, Ending, Trigger, Standing)
_DATED: _Times = (Marks, Hour, OnWeekday)
_USES: dict[str, _Times] = {
    # The kinds of item that a reading of each kind is made of; any other one in the phrase was left out of it.
    **dict.fromkeys(("date", "datetime", "before", "month", "quarter", "half", "year"), _DATED),
    "span": (Marks, Hour, OnDays),
    "recurring": (Pace, OnDays, OnWeekday, OnNamed, Part, Ending, Hour, Marks, Length),
    "event": (Trigger, Length),
    "before_event": (Trigger, Length),
    "continuous": (Standing,),
    "set_elsewhere": (Standing,),
    "several": (Marks, Hour),
}
_MOST_MARKS = {"span": 2, "several": 9, "recurring": 9}
_OF_TIME = frozenset(
    """ngày tháng quý năm tuần giờ trước sau từ đến tới kể khi hết đầu cuối kỳ hạn mai kia hôm lần nay
    muộn chậm quá trong giữa""".split()
)
_STRONG = frozenset({"before", "by"})


def doubting(reading: Reading, clause: Clause) -> Reading:
    """Return the reading of a phrase with a doubt for everything in it that the reading does not account for."""
    if reading.kind == "unspecified" or reading.doubts:
        return reading
    items = [found.item for found in clause.found]
    if reading.kind == "not_a_deadline":
        return reading.doubting(_TIME_IN_IT if any(isinstance(item, _TIMES) for item in items) else _left_over(clause))
    return reading.doubting(_other_time(reading, items), _left_over(clause), _amid_text(reading, clause))


def _other_time(reading: Reading, items: list[Item]) -> Wording | None:
    uses = _USES[reading.kind]
    marks = sum(isinstance(item, Marks) for item in items)
    if marks > _MOST_MARKS.get(reading.kind, 1):
        return _ANOTHER_TIME
    for once in (Trigger, Length, Hour, Ending):
        if sum(isinstance(item, once) for item in items) > 1:
            return _ANOTHER_TIME
    for item in items:
        if isinstance(item, _TIMES) and not isinstance(item, uses) and not _adds_nothing(item, reading):
            return _ANOTHER_TIME
    return None


def _adds_nothing(item: Item, reading: Reading) -> bool:
    """Say whether a word of urgency, or `đột xuất` beside a recurrence, leaves the reading as it is."""
    if not isinstance(item, Standing):
        return False
    return item.kind == "vague" or (item.kind == "request" and reading.kind == "recurring")


def _left_over(clause: Clause) -> Wording | None:
    for found in clause.found:
        if isinstance(found.item, Word) and any(
            clause.tokens[at].key in _OF_TIME or clause.tokens[at].key == NUMBER for at in range(found.first, found.last)
        ):
            return _LEFT_OVER
    return None


def _amid_text(reading: Reading, clause: Clause) -> Wording | None:
    """A loose period amid other words may belong to them: `chỉ tiêu quý IV` is no deadline."""
    if reading.kind in ("event", "before_event", "set_elsewhere") or not clause.has_other_words:
        return None
    bounds = {item.kind for item in clause.all(Bound)}
    return None if bounds & _STRONG else _AMID_TEXT
