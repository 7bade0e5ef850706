"""Items: a phrase cut into what its words come to. A new family of words is a file here and its lines in FAMILIES."""

from collections.abc import Callable

from rules.phrases.cursor import Cursor
from rules.phrases.items import bounds, days, hours, paces, periods, standing
from rules.phrases.items.nouns import Break, Found, Item, Word
from rules.phrases.tokens import NUMBER, Tokens

Family = Callable[[Cursor], Item | None]

FAMILIES: tuple[tuple[tuple[str, ...], Family], ...] = (
    # Which words begin it, what takes it. Of families that begin alike the first one that finds something has it.
    ((NUMBER,), standing.look_back),
    ((NUMBER, "nửa", "một", "hai", "ba", "sáu", "chín"), periods.some_months),
    ((NUMBER, "một", "hai", "ba", "bốn", "sáu", "tuần", "tháng", "quý", "năm", "ngày"), paces.times),
    ((NUMBER,), days.bare_day),
    ((NUMBER,), days.figures),
    ((NUMBER,), hours.clock),
    ((NUMBER, "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười", "nửa"), hours.length),
    ((NUMBER,), days.document_number),
    ((NUMBER,), periods.bare_year),
    (("trong",), standing.look_back),
    (("theo", "thực"), standing.by_document),
    (("tuần", "tháng", "quý"), paces.listed),
    (("ngày",), hours.next_day),
    (("ngày",), days.ordinal_day),
    (("số", "nghị", "quyết", "thông", "công", "chỉ", "kế", "luật", "tờ", "chương", "đề", "báo", "hướng", "kết", "quy", "văn",
      "nđ", "nq", "qđ", "cv", "kh", "tb", "ct", "pháp", "điều", "giấy", "cấp"), standing.cited),
    (("ngày", "hết", "kết", "khi"), paces.ending),
    (("ngày", "cuối", "hết", "giờ", "đầu", "buổi", "sáng", "chiều", "kết", "trong", "vào"), hours.closing),
    (("ngày",), hours.named_day),
    (("ngày", "thứ", "chủ"), hours.weekday),
    (("ngày",), days.day),
    (("mùng",), days.first_days),
    (("tết", "giỗ", "quốc", "lễ"), days.feast),
    (("tháng",), periods.month),
    (("t",), periods.short_month),
    (("quý", "q", "qu", *periods.SHORT_QUARTERS), periods.quarter),
    (("năm",), periods.year),
    (tuple(periods.ROMAN), periods.roman_quarter),
    (("đầu", "giữa", "cuối"), periods.edge),
    (("thượng", "trung", "hạ"), periods.third_of_month),
    (("tuần",), periods.week_of_month),
)  # fmt: skip
_EVERYWHERE: tuple[Family, ...] = (
    days.now,
    standing.trap,
    paces.pace,
    standing.standing,
    bounds.bound,
)

_BREAKS = frozenset({";", ",", ".", "và", "hoặc", "-", "/", "(", ")", ":", "+", "&", '"', "...", "'"})
_BY_WORD: dict[str, tuple[Family, ...]] = {}
for _words, _family in FAMILIES:
    for _word in _words:
        _BY_WORD[_word] = (*_BY_WORD.get(_word, ()), _family)


def items_of(tokens: Tokens) -> list[Found]:
    """Return the items of a phrase, in its order."""
    cursor = Cursor(tokens.tokens)
    found: list[Found] = []
    while not cursor.is_over:
        start = cursor.at
        item = _next(cursor)
        found.append(Found(item, start, cursor.at))
    return found


def _next(cursor: Cursor) -> Item:
    start, key = cursor.at, cursor.key
    if key != NUMBER:
        longest = _longest(cursor)
        if longest is not None:
            return longest
    for family in _BY_WORD.get(key, ()):
        item = family(cursor)
        if item is not None:
            return item
        cursor.back(start)
    if key in _BREAKS:
        cursor.at += 1
        return Break(key)
    if standing.known_words(cursor):
        return Word(known=True)
    cursor.at += 1
    return Word(known=False)


def _longest(cursor: Cursor) -> Item | None:
    """Take what the longest of the families of everyday words finds."""
    start, reached = cursor.at, cursor.at
    found: Item | None = None
    for family in _EVERYWHERE:
        item = family(cursor)
        if item is not None and cursor.at > reached:
            found, reached = item, cursor.at
        cursor.back(start)
    cursor.back(reached)
    return found
