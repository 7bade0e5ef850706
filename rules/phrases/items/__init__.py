"""Items: a phrase cut into what its words come to.

To add a family of phrases:
1. say what its words come to: an item of `nouns`, a new one only when none fits;
2. write what takes it in a file here: its words in a table, its descent in a function of the cursor;
3. give the words that begin it and that function a line in FAMILIES (of those that begin alike the first that finds
   something has it) or, for plain expressions, in EXPRESSIONS (the longest one has it, before any family);
4. make something of a new kind of item in a frame (`rules.phrases.frames`) and name it in `rules.phrases.sureness`;
5. add its phrases and their readings to a table of `tests/rules/phrases`.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache

from rules.phrases.cursor import Cursor
from rules.phrases.items import (
    beats,
    blanks,
    bounds,
    days,
    documents,
    edges,
    feasts,
    figures,
    hours,
    lengths,
    paces,
    periods,
    relative,
    standing,
    traps,
    triggers,
    vocabulary,
    weekdays,
    years,
)
from rules.phrases.items.nouns import Break, Found, Item, Word
from rules.phrases.items.numbers import ROMAN
from rules.phrases.lexicon import Start
from rules.phrases.tokens import NUMBER, Tokens

Family = Callable[[Cursor], Item | None]
_Starts = Sequence[str | Start] | Sequence[str] | Sequence[Start]
_Begun = tuple[_Starts, Family] | tuple[_Starts, Family, tuple[str, ...]]
"""The words that begin a family, what takes it, and the words one of which must come second, where that is known."""
_Openers = tuple[tuple[Family, ...], tuple[Family, ...]]
"""The expressions and the families that may stand at a place."""

_UNITS = ("ngày", "tuần", "tháng", "quý", "năm")
_COUNTS = (NUMBER, "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười", "nửa")
_ROMAN = (*ROMAN, "l", "ll", "lll", "lv", "li", "il", "lii", "iil", "lll", "ill", "lil", "lli", "lv")

EXPRESSIONS: tuple[_Begun, ...] = (
    (relative.SIGNED, relative.now),
    (traps.TRAPS, traps.trap),
    (paces.OPENINGS, paces.pace),
    (paces.ENDINGS, paces.ending),
    (hours.CLOSINGS, hours.closing),
    (standing.STANDING, standing.standing),
    ((*bounds.BOUNDS, *triggers.TRIGGERS), triggers.bound_or_trigger),
)
FAMILIES: tuple[_Begun, ...] = (
    (standing.ALONE, standing.nothing),
    ((NUMBER,), traps.look_back, _UNITS),
    (("trong",), traps.look_back, (NUMBER,)),
    (("ví", "chẳng", "vd"), traps.example),
    (("quá",), traps.exceeding, (NUMBER,)),
    (("so",), traps.compared, ("với",)),
    (("trừ", "ngoại"), traps.exception),
    ((NUMBER,), edges.some_months, ("tháng", "t")),
    (("nửa", "một", "hai", "ba", "sáu", "chín"), edges.some_months),
    ((NUMBER,), beats.times, (*_UNITS, "lần", "đợt", "kỳ", "(")),
    (_COUNTS[1:], beats.times),
    (("ngày", "tuần", "tháng", "quý"), beats.times, ("/", ",", ":", "ít", "tối", *_COUNTS)),
    ((NUMBER,), vocabulary.list_number, (".", ")")),
    ((NUMBER,), days.bare_day, ("đến", "-", ",", "và", "hằng", "mỗi")),
    ((NUMBER,), edges.days_of_month, ("ngày", "(")),
    (_COUNTS[1:], edges.days_of_month),
    ((NUMBER,), days.first_so_many, ("ngày", "(")),
    (_COUNTS[1:], days.first_so_many),
    ((NUMBER, "mùng", "rằm"), feasts.lunar_day),
    ((NUMBER,), days.bare_date, ("tháng",)),
    ((NUMBER,), figures.figures, ("/", "-", ".")),
    ((NUMBER,), figures.roman_month, ("/", "-", ".")),
    (("...", ".", "_"), blanks.blank_day, ("...", ".", "_", "/")),
    ((NUMBER,), hours.clock, ("h", "giờ", "g", ":")),
    (_COUNTS, lengths.length),
    ((NUMBER,), documents.document_number),
    ((NUMBER,), years.bare_year),
    (("mỗi", "hằng"), paces.yearly),
    (("của", "trong"), paces.of_period, ("tháng", "quý", "năm")),
    (("tháng", "quý"), paces.of_period, ("", ",", ";", ".", ")", ":", "(")),
    (documents.FORMS, documents.form),
    (("học",), standing.school_term),
    (("theo", "thực"), standing.by_document),
    (documents.NAMES, documents.cited),
    (("số", "ký"), documents.cited),
    (lengths.IN_WORDS, lengths.length_in_words),
    (("tuần", "tháng", "quý"), paces.listed, (",", "và", "/")),
    (("ngày",), days.ordinal_month, ("cuối", "cùng", "của", "tháng")),
    (("tháng",), days.ordinal_month, ("thứ",)),
    (("ngày",), days.ordinal_day, ("thứ",)),
    (("ngày",), weekdays.named_day, ("làm", "cuối", "đầu")),
    (weekdays.WEEKDAYS.starts, weekdays.weekday),
    (("thứ",), weekdays.weekday, (NUMBER,)),
    (("ngày", "hôm", "tuần", "tháng", "quý"), relative.relative),
    (("ngày",), days.day),
    (("mùng",), feasts.first_days),
    (("mùng",), days.first_ten),
    (feasts.FEASTS.starts, feasts.feast),
    (("tháng", "quý", "năm"), blanks.blank_period, (".", "...", "_", "/", "-")),
    (("tháng",), periods.month),
    (("tháng",), edges.part_of_quarter),
    (("tháng",), edges.reported_month),
    (("t",), periods.short_month),
    (("quý", "q", *periods.SHORT_QUARTERS), periods.quarter),
    (("tháng", "quý"), edges.later_period),
    (("năm",), years.year),
    (("cả", "trong", "trọn", "năm", "tháng", "quý"), relative.whole),
    (_ROMAN, periods.roman_quarter),
    (("đầu", "giữa", "cuối"), edges.edge),
    (("thượng", "trung", "hạ"), edges.third_of_month),
    (("tuần",), edges.week_of_month),
    (("tuần",), edges.week_of_every_month),
    (("đợt", "lần", "giai", "kỳ", "bước", "vòng"), vocabulary.stage),
)

_BREAKS = {
    sign: Break(sign)
    for sign in (*[";", ",", ".", "-", "/", "(", ")", "[", "]", ":", "+", "&", "'", '"', "..."], "và", "hoặc")
}


_Candidates = dict[str, tuple[tuple[Family, frozenset[str] | None], ...]]


def _by_word(table: tuple[_Begun, ...]) -> _Candidates:
    """Return which families a word can begin, in their order, each with the words one of which must come second."""
    found: _Candidates = {}
    for begun in table:
        seconds: dict[str, frozenset[str] | None] = {}
        for start in begun[0]:
            word, second = start if isinstance(start, tuple) else (start, None)
            if len(begun) == 3:
                second = frozenset(begun[2])
            others = seconds.get(word, frozenset())
            seconds[word] = None if second is None or others is None else second | others
        for word, second in seconds.items():
            found[word] = (*found.get(word, ()), (begun[1], second))
    return found


_FAMILIES = _by_word(FAMILIES)
_EXPRESSIONS = _by_word(EXPRESSIONS)
_UNKNOWN = Word(known=False)


def items_of(tokens: Tokens) -> list[Found]:
    """Return the items of a phrase, in its order."""
    cursor = Cursor(tokens.tokens)
    keys = cursor.keys
    found: list[Found] = []
    start = 0
    while key := keys[start]:
        item = _next(cursor, key, keys[start + 1])
        found.append(Found(item, start, cursor.at))
        start = cursor.at
    return found


def _next(cursor: Cursor, key: str, second: str) -> Item:
    expressions, families = _openers(key, second)
    if expressions and (longest := _longest(cursor, expressions)) is not None:
        return longest
    for family in families:
        item = family(cursor)
        if item is not None:
            return item
    sign = _BREAKS.get(key)
    if sign is not None:
        cursor.at += 1
        return sign
    word = vocabulary.expected(cursor)
    if word is None:
        cursor.at += 1
        return _UNKNOWN
    return word


@lru_cache(maxsize=65_536)
def _openers(first: str, second: str) -> _Openers:
    """Return the expressions and the families that two words in a row can begin."""
    return _beginning(_EXPRESSIONS, first, second), _beginning(_FAMILIES, first, second)


def _beginning(candidates: _Candidates, first: str, second: str) -> tuple[Family, ...]:
    return tuple(family for family, seconds in candidates.get(first, ()) if seconds is None or second in seconds)


def _longest(cursor: Cursor, families: tuple[Family, ...]) -> Item | None:
    """Take what the longest of the expressions that begin here comes to."""
    if len(families) == 1:
        return families[0](cursor)
    start = reached = cursor.at
    found: Item | None = None
    for family in families:
        item = family(cursor)
        if item is not None and cursor.at > reached:
            found, reached = item, cursor.at
        cursor.at = start
    cursor.at = reached
    return found
