"""Beats: a unit of time or a number of them, and how many times in it: `6 tháng`, `15 ngày/lần`, `mỗi năm 2 lần`."""

from rules.deadline import Unit
from rules.phrases.cursor import Cursor, or_back
from rules.phrases.items.nouns import Pace
from rules.phrases.items.numbers import WORDS, number
from rules.phrases.lexicon import words
from rules.phrases.spelling import known
from rules.phrases.tokens import NUMBER
from rules.wording import Wording

known("ngày tuần tháng quý năm lần kỳ đợt một hằng mỗi nửa ít nhất tối thiểu vào")

Beat = tuple[int, Unit]
_TIMES = Wording("số lần trong kỳ, không ghi ngày", "so many times in a period, without days")
UNITS: dict[str, Beat] = {
    "ngày": (1, "day"),
    "tuần": (1, "week"),
    "tháng": (1, "month"),
    "quý": (1, "quarter"),
    "năm": (1, "year"),
}
_AFTER_COUNT = frozenset(("lần", "kỳ", "đợt", "("))
_IN_MONTHS: dict[int, Beat] = {3: (1, "quarter"), 6: (1, "half"), 12: (1, "year")}
_PARTS_OF_YEAR: tuple[Beat, ...] = ((1, "quarter"), (1, "half"), (9, "month"), (1, "year"))
_NAMED_AFTER = words("# i ii iii iv đầu cuối này sau tới nay học mùng thứ giữa tiếp kế liền")
_NUMBERED_AFTER = frozenset(("#", "i", "ii", "iii", "iv", "đầu", "cuối", "sau", "mùng", "tiếp", "kế", "liền"))


def times(cursor: Cursor) -> Pace | None:
    """Take `15 ngày/lần`, `2 tuần một lần`, `tháng/lần`, `01 lần/tháng`, `quý một lần`; `6 tháng, năm`."""
    if cursor.ahead(1) == NUMBER and cursor.ahead(2) not in _AFTER_COUNT:
        # The number of a day, month or quarter.
        return None
    return _times(cursor) or after_bracket(cursor) or (numbered_list(cursor) if cursor.key == NUMBER else None)


@or_back
def _times(cursor: Cursor) -> Pace | None:
    count = cursor.take_number(1, 99) or _in_words(cursor)
    if count is not None and cursor.take_any(("lần", "đợt", "kỳ")):
        return _per_unit(cursor, count)
    unit = UNITS.get(cursor.take_any(UNITS))
    if unit is None:
        return None
    beat = counted(count or 1, unit[1])
    return Pace((beat,)) if once(cursor) else several_times(cursor, beat)


@or_back
def after_bracket(cursor: Cursor) -> Pace | None:
    """Take the further periods of `hằng tháng (trước ngày 20), quý (trước ngày 15 tháng cuối quý), năm (…)`."""
    if cursor.behind(2) != ")" or cursor.behind() not in (",", "và"):
        return None
    beat = beat_of(cursor, listed=True)
    return Pace((beat,)) if beat is not None and cursor.key == "(" else None


@or_back
def numbered_list(cursor: Cursor) -> Pace | None:
    """Take `6 tháng, 9 tháng và năm`: parts of a year told by their months, up to the year itself."""
    beats: list[Beat] = []
    while len(beats) <= len(_PARTS_OF_YEAR) and (beat := beat_of(cursor, listed=True)) is not None:
        beats.append(beat)
        if cursor.key not in (",", "và"):
            break
        cursor.at += 1
        cursor.take_any(("cả", "hằng"))
    is_year = len(beats) > 1 and beats[-1] == (1, "year") and cursor.behind() == "năm"
    return Pace(tuple(beats), weak=True) if is_year and all(beat in _PARTS_OF_YEAR for beat in beats) else None


@or_back
def several_times(cursor: Cursor, beat: Beat) -> Pace | None:
    """Take the `02 lần` after `mỗi năm`."""
    cursor.take_any((",", ":"))
    count = number(cursor, 2, 99)
    return _of_times(cursor, count, beat) if count is not None and cursor.take_any(("lần", "kỳ", "đợt")) else None


@or_back
def once(cursor: Cursor) -> bool | None:
    """Take `/lần`, `một lần`, `ít nhất 01 lần`."""
    if not (cursor.take("ít", "nhất") or cursor.take("tối", "thiểu")):
        cursor.take(",")
    if cursor.take("/"):
        cursor.take_number(1, 1)
        return True if cursor.take("lần") else None
    is_one = cursor.take("một", "lần") or (cursor.take_number(1, 1) and cursor.take_any(("lần", "đợt", "kỳ")))
    return True if is_one else None


@or_back
def beat_of(cursor: Cursor, *, listed: bool) -> Beat | None:
    """Take a unit, or a number of units; with `listed` it must not go on as a date or length (`quý II`)."""
    if cursor.take("nửa", "năm"):
        return 1, "half"
    count = number(cursor, 1, 99) if cursor.key == NUMBER else _in_words(cursor)
    unit = UNITS.get(cursor.take_any(UNITS))
    if unit is None:
        return None
    named = cursor.key in (_NAMED_AFTER if listed or count is not None else _NUMBERED_AFTER)
    if named and not _is_head(cursor, unit) and (listed or unit[1] != "year" or cursor.key != NUMBER):
        return None
    if count is None:
        return unit
    cursor.take("đầu", "năm")
    return counted(count, unit[1])


def counted(count: int, unit: Unit) -> Beat:
    """Return so many units as the unit that has a name of its own, where there is one: 6 months are a half."""
    return _IN_MONTHS.get(count, (count, unit)) if unit == "month" else (count, unit)


def _is_head(cursor: Cursor, unit: Beat) -> bool:
    """Say whether what follows stands for itself: the day of `hằng tuần thứ Sáu`, the times of `mỗi năm 2 lần`."""
    if cursor.key == NUMBER and cursor.ahead(1) in ("lần", "kỳ", "đợt"):
        return True
    return unit[1] in ("week", "month") and cursor.key == "thứ" and cursor.behind(2) in ("hằng", "mỗi")


@or_back
def _in_words(cursor: Cursor) -> int | None:
    """Take a number in words before a unit or `lần`; `năm` alone is the year."""
    found = WORDS.take(cursor)
    return found if cursor.key in UNITS or cursor.key == "lần" else None


def _per_unit(cursor: Cursor, count: int) -> Pace | None:
    """Take the `/năm` after `02 lần`."""
    if not cursor.take_any(("/", "trong", "mỗi", "một", "hằng")):
        return None
    cursor.take("một")
    each = cursor.take_number(1, 99)
    unit = UNITS.get(cursor.take_any(UNITS))
    if unit is None:
        return None
    if count == 1:
        return Pace((counted(each or 1, unit[1]),))
    return _of_times(cursor, count, unit)


def _of_times(cursor: Cursor, count: int, unit: Beat) -> Pace:
    """Return the pace of so many times in a period, where they fall evenly on shorter periods that have a name."""
    if cursor.key in ("vào", ":", "(") or (cursor.key == "," and cursor.ahead(1) in ("vào", "ngày")):
        # The days follow.
        return Pace((unit,))
    if unit[1] == "year" and count in (2, 4):
        return Pace(((1, "half" if count == 2 else "quarter"),), _TIMES)
    return Pace(((15, "day"),) if unit[1] == "month" and count == 2 else (unit,), _TIMES)
