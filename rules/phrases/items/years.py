"""Years: the year that stands after a day or period, in figures or counted from the programme's (`năm sau`)."""

from typing import Literal

from rules.phrases.cursor import Cursor, or_back
from rules.phrases.items.nouns import Marks
from rules.phrases.lexicon import Lexicon, meaning
from rules.phrases.marks import FIRST_YEAR, LAST_YEAR, NEXT_YEAR, THIS_YEAR, YEAR_BEFORE, Mark
from rules.phrases.spelling import known
from rules.wording import Wording

known("năm học mới - đến")

NEXT: Lexicon[Literal["next", "this", "before"]] = Lexicon(
    meaning(
        "next",
        """sau | tới | tiếp theo | kế tiếp | liền kề | sau liền kề | liền kề sau | liền sau | kế | tiếp sau
        | liền kề tiếp theo | kế tiếp liền kề | tiếp liền""",
    ),
    meaning("this", "này | nay | hiện tại | hiện hành"),
    meaning("before", "trước"),
)
"""Which period is meant by a word beside its name, counted from the present one."""
_RELATIVE: dict[str, int] = {"next": NEXT_YEAR, "this": THIS_YEAR, "before": YEAR_BEFORE}
_SCHOOL_YEAR = Wording("năm học tính từ 01/9 đến 31/5, cần xem khung thời gian năm học",
                       "a school year, taken to last from 1 September to 31 May")  # fmt: skip


def year(cursor: Cursor) -> Marks | None:
    """Take what begins with `năm`: `năm 2026`, `năm 2026 - 2030`, `năm học 2025-2026`, `năm sau`."""
    return _numbered_year(cursor) or _relative_year(cursor)


def bare_year(cursor: Cursor) -> Marks | None:
    """Take a year in figures alone."""
    token = cursor.here
    found = cursor.take_number(1990, LAST_YEAR) if len(token.text) == 4 else None
    return None if found is None else Marks((Mark("year", 0, found),), loose=True)


@or_back
def _numbered_year(cursor: Cursor) -> Marks | None:
    cursor.take("năm")
    at_school = cursor.take("học")
    cursor.take("mới")
    first = cursor.take_number(FIRST_YEAR, LAST_YEAR)
    if first is None:
        return None
    second = _second_year(cursor)
    if at_school and second == first + 1:
        return Marks((Mark("month", 9, first), Mark("month", 5, second, doubt=_SCHOOL_YEAR)), is_range=True)
    if at_school or second is None:
        return Marks((Mark("year", 0, first, doubt=_SCHOOL_YEAR if at_school else None),))
    return Marks((Mark("year", 0, first), Mark("year", 0, second)), is_range=True)


@or_back
def _second_year(cursor: Cursor) -> int | None:
    return cursor.take_number(FIRST_YEAR, LAST_YEAR) if cursor.take_any(("-", "đến", "/")) else None


@or_back
def _relative_year(cursor: Cursor) -> Marks | None:
    cursor.take("năm")
    if cursor.behind(2) in ("những", "các", "nhiều", "hằng"):
        return None
    relative = relative_year(cursor)
    return None if relative is None else Marks((Mark("year", year=relative),))


@or_back
def relative_year(cursor: Cursor) -> int | None:
    """Take the `nay`, `sau`, `trước` of a year that is counted from the programme's."""
    which = NEXT.take(cursor)
    if which is None or cursor.key in ("đó", "khi", "#", "ngày"):
        return None
    return _RELATIVE[which]


@or_back
def year_after(cursor: Cursor) -> int | None:
    """Take the year after a month or quarter: `/2026`, ` năm 2026`, `-2026`, ` 2026`."""
    first = cursor.key
    if first == "(":
        return _year_in_brackets(cursor)
    cursor.take(".")
    cursor.take_any(("/", "-", ","))
    cursor.take("của")
    if cursor.take("năm") and (relative := relative_year(cursor)) is not None:
        return relative
    found = cursor.take_number(FIRST_YEAR, LAST_YEAR)
    if found is None and first == "/" and len(cursor.here.text) == 2:
        short = cursor.take_number(20, 50)
        found = 2000 + short if short else None
    goes_on = cursor.key in ("/", "-") and cursor.ahead(1) == "#" and first not in ("/", "năm")
    return None if goes_on else found


@or_back
def _year_in_brackets(cursor: Cursor) -> int | None:
    cursor.take("(")
    cursor.take("năm")
    found = cursor.take_number(FIRST_YEAR, LAST_YEAR)
    return found if cursor.take(")") else None


def year_in(cursor: Cursor) -> int | None:
    """Take the year after the word `năm`: in figures, or `nay`, `sau`."""
    found = cursor.take_number(FIRST_YEAR, LAST_YEAR)
    return relative_year(cursor) if found is None else found


def year_ahead(cursor: Cursor) -> bool:
    """Say whether a year stands at the cursor."""
    here = cursor.at
    found = year_after(cursor)
    cursor.back(here)
    return found is not None
