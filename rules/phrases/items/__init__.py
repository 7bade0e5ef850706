"""Items: a phrase cut into what its words come to.

To add a family of phrases:
1. say what its words come to: an item of `nouns`, a new one only when none fits;
2. write what takes it in a file here: its words in a table, its descent in a function of the cursor;
3. give the words that begin it and that function a line in FAMILIES (of those that begin alike the first that finds
   something has it) or, for plain expressions, in EXPRESSIONS (the longest one has it, before any family);
4. make something of a new kind of item in a frame (`rules.phrases.frames`) and name it in `rules.phrases.sureness`;
5. add its phrases and their readings to a table of `tests/rules/phrases`.
"""

from collections.abc import Callable
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
from rules.phrases.tokens import NUMBER, Tokens

Family = Callable[[Cursor], Item | None]
_Begun = tuple[tuple[str, ...], Family] | tuple[tuple[str, ...], Family, tuple[str, ...]]
"""The words that begin a family, what takes it, and the words one of which must come second, where that is known."""

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
    ((NUMBER, "trong"), traps.look_back),
    (("ví", "chẳng", "vd"), traps.example),
    (("quá",), traps.exceeding, (NUMBER,)),
    ((NUMBER, "nửa", "một", "hai", "ba", "sáu", "chín"), edges.some_months),
    ((*_COUNTS, *_UNITS), beats.times),
    ((NUMBER,), vocabulary.list_number, (".", ")")),
    ((NUMBER,), days.bare_day, ("đến", "-", ",", "và")),
    ((NUMBER,), edges.days_of_month, ("ngày",)),
    ((NUMBER,), days.first_so_many, ("ngày",)),
    ((NUMBER, "mùng", "rằm"), feasts.lunar_day),
    ((NUMBER,), days.bare_date, ("tháng",)),
    ((NUMBER,), figures.figures, ("/", "-", ".")),
    ((NUMBER,), hours.clock, ("h", "giờ", "g", ":")),
    (_COUNTS, lengths.length),
    ((NUMBER,), documents.document_number),
    ((NUMBER,), years.bare_year),
    (("mỗi", "hằng"), paces.yearly),
    (("của", "trong", "tháng", "quý"), paces.of_period),
    (documents.FORMS, documents.form),
    (("học",), standing.school_term),
    (("theo", "thực"), standing.by_document),
    ((*documents.NAMES, "số", "ký"), documents.cited),
    (lengths.IN_WORDS, lengths.length_in_words),
    (("tuần", "tháng", "quý"), paces.listed),
    (("ngày", "tháng"), days.ordinal_month),
    (("ngày",), days.ordinal_day),
    (("ngày",), weekdays.named_day),
    (("ngày", "thứ", "chủ"), weekdays.weekday),
    (("ngày", "hôm", "tuần", "tháng", "quý"), relative.relative),
    (("ngày",), days.day),
    (("mùng",), feasts.first_days),
    (("mùng",), days.first_ten),
    (feasts.FEASTS.starts, feasts.feast),
    (("tháng", "quý", "năm"), blanks.blank_period),
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


def _by_word(table: tuple[_Begun, ...]) -> dict[str, tuple[_Begun, ...]]:
    """Return which families a word can begin, in their order."""
    found: dict[str, tuple[_Begun, ...]] = {}
    for begun in table:
        for word in dict.fromkeys(begun[0]):
            found[word] = (*found.get(word, ()), begun)
    return found


_FAMILIES = _by_word(FAMILIES)
_EXPRESSIONS = {word: tuple(begun[1] for begun in found) for word, found in _by_word(EXPRESSIONS).items()}
_UNKNOWN = Word(known=False)


def items_of(tokens: Tokens) -> list[Found]:
    """Return the items of a phrase, in its order."""
    cursor = Cursor(tokens.tokens)
    found: list[Found] = []
    while cursor.keys[cursor.at]:
        start = cursor.at
        item = _next(cursor)
        found.append(Found(item, start, cursor.at))
    return found


def _next(cursor: Cursor) -> Item:
    key = cursor.keys[cursor.at]
    expressions = _EXPRESSIONS.get(key)
    if expressions and (longest := _longest(cursor, expressions)) is not None:
        return longest
    for family in _families(key, cursor.keys[cursor.at + 1]):
        item = family(cursor)
        if item is not None:
            return item
    if key in _BREAKS:
        cursor.at += 1
        return _BREAKS[key]
    word = vocabulary.expected(cursor)
    if word is None:
        cursor.at += 1
    return word or _UNKNOWN


@lru_cache(maxsize=4_096)
def _families(first: str, second: str) -> tuple[Family, ...]:
    """Return the families that two words in a row can begin."""
    return tuple(begun[1] for begun in _FAMILIES.get(first, ()) if len(begun) == 2 or second in begun[2])


def _longest(cursor: Cursor, families: tuple[Family, ...]) -> Item | None:
    """Take what the longest of the expressions that begin here comes to."""
    start = reached = cursor.at
    found: Item | None = None
    for family in families:
        item = family(cursor)
        if item is not None and cursor.at > reached:
            found, reached = item, cursor.at
        cursor.at = start
    cursor.at = reached
    return found
