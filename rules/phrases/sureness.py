"""Sureness: what of a phrase its reading leaves out, said as doubts. A reading is `sure` when nothing is left."""

from itertools import pairwise

from rules.phrases.frames.clause import Clause
from rules.phrases.hedges import EITHER, hedges, negated
from rules.phrases.items.nouns import (
    TIMES,
    Bound,
    Break,
    Ending,
    Found,
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
    Trap,
    Trigger,
    Word,
)
from rules.phrases.lexicon import words
from rules.phrases.marks import has_year
from rules.phrases.reading import Reading
from rules.phrases.tokens import NUMBER
from rules.wording import Wording

_AMID_TEXT = Wording("nằm trong câu có nội dung khác", "it stands in a longer text")
_ANOTHER_TIME = Wording("trong câu còn mốc thời gian khác", "the text holds another time")
_LEFT_OVER = Wording("có từ chỉ thời gian chưa hiểu được", "a word about time was not understood")
_TIME_IN_IT = Wording("không phải thời hạn, nhưng trong câu có mốc thời gian", "no deadline, but the text holds a time")

_PAST = Wording("ngày này đã qua khi văn bản được ban hành", "this day had passed when the document was issued")
_LIMITED = Wording("lặp lại trong một khoảng thời gian: xem ngày đầu và ngày cuối",
                   "repeated for some time: see its first and last day")  # fmt: skip
_NAMED = Wording("có thể là kỳ của báo cáo hoặc cuộc họp, không phải hạn",
                 "it may be the period of a report or meeting, not its deadline")  # fmt: skip
_PART_OF_DAY = Wording("buổi trong ngày, không ghi giờ", "a part of the day without an hour")
_ENDING_HOUR = Wording("giờ của ngày cuối", "an hour of the last day")
_BEFORE_FIRST = Wording("trước ngày mùng 1: có thể hiểu là hết tháng trước", "before the first: by the month before")
_CONDITION = Wording("thời gian dài: có thể là điều kiện, không phải hạn", "so long a time may be a condition")
_CITED = Wording("chỉ nêu văn bản, chưa rõ thời hạn", "a document is named, but no deadline in it")
_NOTHING_KNOWN = Wording("không thấy thời hạn nào trong câu", "no deadline is seen in the text")
_Times = tuple[type[Item], ...]
_ONCE: _Times = (Trigger, Length, Hour, Ending, Part)
"""What a phrase with one deadline holds no more than once."""
_DATED: _Times = (Marks, Hour, OnWeekday)
_USES: dict[str, _Times] = {
    # The kinds of item that a reading of each kind is made of; any other one in the phrase was left out of it.
    **dict.fromkeys(("date", "datetime", "before", "month", "quarter", "half", "year"), _DATED),
    "span": (Marks, Hour, OnDays),
    "recurring": (Pace, OnDays, OnWeekday, OnNamed, Part, Ending, Hour, Marks, Length),
    "event": (Trigger, Length),
    "before_event": (Trigger, Length),
    "continuous": (Standing, Marks, Pace),
    "set_elsewhere": (Standing,),
    "several": (Marks, Hour),
}
_OF_ANY_TIME = frozenset(TIMES)
_MOST_MARKS = {"span": 2, "several": 9, "recurring": 9}
_OF_TIME = words("""ngày tháng quý năm tuần giờ trước sau từ đến tới kể khi hết đầu cuối kỳ hạn mai kia hôm lần nay
    muộn chậm quá trong giữa tiếp""")
_LONG = {"months": 12, "years": 0, "days": 180}
"""The lengths beyond which a term is more likely a condition, by their unit."""
_DAYS: _Times = (Marks, OnDays, OnNamed, OnWeekday, Hour, Bound)
_PARTS_OF_DAY = words("sáng trưa chiều tối")
_STRONG = frozenset({"before", "by"})
_PERIODS = frozenset(("month", "quarter", "half", "span", "year"))
_NAMES = words("cáo quả kết họp nghị hoạch trình vụ việc lịch phiên án kỳ")
"""The words with which ends what is named by its period: `báo cáo quý II`, `hội nghị năm 2026`."""
_PURPOSE = frozenset(("để", "nhằm", "(", "đối", "về", "[", "qua", "gửi"))


def doubting(reading: Reading, clause: Clause) -> Reading:
    """Return the reading of a phrase with a doubt for everything in it that the reading does not account for."""
    if reading.kind == "unspecified" or reading.doubts:
        return reading
    items = clause.items
    if reading.kind == "not_a_deadline":
        return reading.doubting(_no_deadline(clause))
    if reading.kind in ("event", "before_event"):
        return reading.doubting(
            negated(clause.part(0, clause.first(Trigger))), _other_time(reading, clause), _event(clause, items)
        )
    issued = clause.context.issued
    is_past = issued is not None and any(one.due and one.due < issued for one in (reading, *reading.parts))
    return reading.doubting(
        *hedges(clause),
        _other_time(reading, clause),
        _left_over(clause),
        _amid_text(reading, clause) or _named(reading, clause),
        _PAST if is_past else None,
        _PART_OF_DAY if reading.kind in ("date", "before") and _names_part_of_day(clause) else None,
        _BEFORE_FIRST if reading.kind == "recurring" and _is_before_first(reading, clause) else None,
        _ENDING_HOUR if reading.kind == "span" and reading.at else None,
    )


def _is_before_first(reading: Reading, clause: Clause) -> bool:
    """Say whether a recurrence falls due before the first of a month: by the end of the month before, strictly."""
    return Bound("before") in clause.items and any(f"{rule};".find("BYMONTHDAY=1;") > 0 for rule in reading.rrules)


def _no_deadline(clause: Clause) -> Wording | None:
    if clause.has(*TIMES):
        return _TIME_IN_IT
    if not clause.has(Trap):
        return _NOTHING_KNOWN
    return _left_over(clause)


def _other_time(reading: Reading, clause: Clause) -> Wording | None:
    items, kinds, uses = clause.items, clause.kinds, _USES[reading.kind]
    marks = [*clause.all(Marks)]
    if len(marks) > _MOST_MARKS.get(reading.kind, 1):
        return _ANOTHER_TIME
    if reading.kind == "recurring" and any(has_year(item.marks[0]) for item in marks):
        return _LIMITED
    if max(map(kinds.count, _ONCE)) > 1:
        return _ANOTHER_TIME
    if Ending in kinds:
        uses = (*uses, Trigger)
    if reading.kind == "recurring" and Length in kinds and Ending not in kinds and Trigger not in kinds:
        return _ANOTHER_TIME
    if reading.kind == "several" and _is_told_otherwise(clause):
        return EITHER
    if reading.at is None and any(hour.at for hour in clause.all(Hour)):
        return _ANOTHER_TIME
    if reading.kind == "several" and "hoặc" in clause.said and Break("hoặc") in items:
        return EITHER
    if reading.kind == "continuous" and not _is_plain(items):
        return _ANOTHER_TIME
    others = [item for item, kind in zip(items, kinds, strict=True) if kind in _OF_ANY_TIME and kind not in uses]
    return _ANOTHER_TIME if any(not _adds_nothing(item, reading, clause) for item in others) else None


def _is_told_otherwise(clause: Clause) -> bool:
    """Say whether another time stands in a bracket after one (`Quý II/2026 (tháng 9)`), or beside it without a sign."""
    beside = [(one, other) for one, other in pairwise(clause.found) if _are_days(one.item, other.item)]
    if any(not _has_line(one, other, clause) for one, other in beside):
        return True
    items = clause.items
    return any(
        isinstance(one, Marks) and sign == Break("(") and isinstance(other, Marks)
        for one, sign, other in zip(items, items[1:], items[2:], strict=False)
    )


def _are_days(*items: Item) -> bool:
    return all(isinstance(item, Marks) and item.marks[0].kind == "day" for item in items)


def _has_line(one: Found, other: Found, clause: Clause) -> bool:
    """Say whether a line ends between two items."""
    tokens = clause.tokens
    return "\n" in clause.text[tokens[one.last - 1].end : tokens[other.first].start]


def _is_plain(items: list[Item]) -> bool:
    """Say whether what stands beside `thường xuyên` says no more than when: `thường xuyên trong năm 2026`."""
    if any(isinstance(item, Pace) and not item.beats for item in items):
        return False
    return not (any(isinstance(item, Marks) for item in items) and (Break(",") in items or Break("và") in items))


def _adds_nothing(item: Item, reading: Reading, clause: Clause) -> bool:
    """Say whether a word of urgency, or `đột xuất` beside a recurrence, leaves the reading as it is; so does the
    `thường xuyên` of a task whose reports recur: `thường xuyên, báo cáo ngày 25 hằng tháng`."""
    if not isinstance(item, Standing):
        return False
    if item.kind == "continuous" and reading.kind == "recurring":
        at = clause.found[clause.items.index(item)].last
        return [token.key for token in clause.tokens[at : at + 3]] in ([",", "báo", "cáo"], [";", "báo", "cáo"])
    return item.kind == "vague" or (item.kind == "request" and reading.kind == "recurring")


def _names_part_of_day(clause: Clause) -> bool:
    return any(token.key in _PARTS_OF_DAY for token in clause.tokens)


def _is_bounded(clause: Clause) -> bool:
    """Say whether a day stands right after a word that makes it a deadline."""
    if not clause.has(Bound):
        return False
    return any(
        isinstance(item, Bound) and item.kind in _STRONG and isinstance(after, _DAYS)
        for item, after in pairwise(clause.items)
    )


def _amid(clause: Clause) -> Wording | None:
    return _AMID_TEXT if clause.has_other_words else None


def _named(reading: Reading, clause: Clause) -> Wording | None:
    """A period right after the name of a report or meeting may belong to the name."""
    at = clause.first(Marks) if reading.kind in _PERIODS else None
    if not at or not isinstance(clause.found[at - 1].item, Word):
        return None
    return _NAMED if clause.tokens[clause.found[at].first - 1].key in _NAMES else None


def _event(clause: Clause, items: list[Item]) -> Wording | None:
    """An event is plain at the beginning, or when a term counts from it; amid a sentence `khi` may tell of anything."""
    at = clause.first(Trigger)
    if at is None:
        return None
    before = clause.part(0, at)
    length = next((item for item in items if isinstance(item, Length)), None)
    if length is not None and length.offset.count > _LONG.get(length.offset.unit, 999):
        return _CONDITION
    if before.has_other_words and not (length and any(item.task for item in before.all(Word))):
        return _AMID_TEXT
    return _left_over(before)


def _left_over(clause: Clause) -> Wording | None:
    if Word not in clause.kinds:
        return None
    for found, kind in zip(clause.found, clause.kinds, strict=True):
        if kind is Word and found.last - found.first == 1:
            key = clause.tokens[found.first].key
            if key in _OF_TIME or key == NUMBER:
                return _LEFT_OVER
    return None


def _amid_text(reading: Reading, clause: Clause) -> Wording | None:
    """A loose period amid other words may belong to them (`chỉ tiêu quý IV`), as may a day that more words follow."""
    if reading.kind == "set_elsewhere" and any(token.key == NUMBER for token in clause.tokens):
        return _CITED
    if not clause.has_other_words:
        return None
    last = max((n for n, kind in enumerate(clause.kinds) if kind in TIMES), default=0)
    if reading.kind == "set_elsewhere":
        return _amid(clause.part(0, last))
    if not _is_bounded(clause):
        return _AMID_TEXT
    if not any(item.task for item in clause.all(Word)):
        return _AMID_TEXT
    after = clause.part(last + 1)
    purpose = after.found and clause.tokens[after.found[0].first].key in _PURPOSE
    return _AMID_TEXT if after.has_other_words and not purpose else None
