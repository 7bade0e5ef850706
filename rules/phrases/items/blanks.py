"""Blanks: days and periods that somebody still has to fill in: `ngày … tháng … năm 2026`, `ngày    /   /2026`."""

from rules.phrases.cursor import Cursor, or_back
from rules.phrases.items.nouns import Standing
from rules.phrases.marks import FIRST_YEAR, LAST_YEAR

_BLANK = Standing("blank")
_LONGEST = 6
"""Words in a placeholder."""
_DOTS = (".", "...", "_", "/", "-")


@or_back
def blank_date(cursor: Cursor) -> Standing | None:
    """Take what stands after `ngày` in place of a date."""
    if cursor.take("["):
        return _BLANK if _to_bracket(cursor) else None
    has_dots = _dots(cursor)
    if has_dots and (cursor.is_over or cursor.key in ("#", ")", ",", ";")):
        cursor.take_number(1, 12)
        _dots(cursor)
        cursor.take_number(FIRST_YEAR, LAST_YEAR)
        return _BLANK
    if not cursor.take("tháng"):
        return None
    is_blank = _dots(cursor) or cursor.key in ("năm", "")
    cursor.take_number(1, 12)
    if not (cursor.take("năm") or is_blank):
        return None
    _dots(cursor)
    cursor.take_number(1, LAST_YEAR)
    return _BLANK


@or_back
def blank_day(cursor: Cursor) -> Standing | None:
    """Take `…/…/2026`, `__/__/2026`: a date of which only the year is there, without `ngày` before it."""
    for _ in range(2):
        if not _empty(cursor) or not cursor.take("/"):
            return None
    return _BLANK if cursor.take_number(FIRST_YEAR, LAST_YEAR) or _empty(cursor) else None


def _empty(cursor: Cursor) -> bool:
    start = cursor.at
    while cursor.take_any((".", "...", "_")):
        pass
    return cursor.at > start


def _to_bracket(cursor: Cursor) -> bool:
    """Take a few words up to the bracket that ends a placeholder: `[ngày]`, `[chờ bổ sung]`; figures are none."""
    for _ in range(_LONGEST):
        if cursor.take("]"):
            return True
        if cursor.is_over or cursor.key == "#":
            return False
        cursor.at += 1
    return False


@or_back
def blank_period(cursor: Cursor) -> Standing | None:
    """Take a month, quarter or year without its number: `Tháng …/2026`, `quý .../2026`."""
    unit = cursor.take_any(("tháng", "quý", "năm"))
    begin = cursor.at
    if not unit or not _dots(cursor):
        return None
    if "..." not in cursor.keys[begin : cursor.at] and (cursor.at < begin + 2 or cursor.key[:1].isalpha()):
        # One sign alone parts what follows: `năm - kế hoạch`, `hồ sơ/năm/tỉnh`.
        return None
    cursor.take("năm")
    cursor.take_number(FIRST_YEAR, LAST_YEAR)
    return _BLANK


def _dots(cursor: Cursor) -> bool:
    start = cursor.at
    while cursor.take_any(_DOTS):
        pass
    return cursor.at > start
