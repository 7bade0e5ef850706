"""Paces: how often something is due: `hằng tháng`, `mỗi quý một lần`, `15 ngày/lần`, `định kỳ 6 tháng, năm`."""

from rules.deadline import Unit
from rules.phrases.cursor import Cursor, Lexicon
from rules.phrases.items.nouns import Ending, Pace
from rules.phrases.items.numbers import WORDS
from rules.phrases.spelling import known
from rules.wording import Wording

known("hằng mỗi từng lần định kỳ thường niên một")

_UNSTATED = Wording("định kỳ nhưng không ghi bao lâu một lần", "periodic, but how often is not stated")
_TIMES = Wording("số lần trong kỳ, không ghi ngày", "so many times in a period, without days")
_NINE = (9, "month")

_UNITS: dict[str, tuple[int, Unit]] = {
    "ngày": (1, "day"),
    "tuần": (1, "week"),
    "tháng": (1, "month"),
    "quý": (1, "quarter"),
    "năm": (1, "year"),
}
_OPENINGS = Lexicon(
    {
        "hằng": True, "mỗi": True, "từng": True, "định kỳ": False, "định kỳ hằng": True, "định kỳ mỗi": True,
        "theo định kỳ hằng": True, "theo định kỳ": False, "định kỳ theo": False, "theo từng": True, "báo cáo": False,
        "báo cáo định kỳ": False, "báo cáo định kỳ hằng": True, "định kỳ báo cáo": False, "theo": False,
        "chế độ báo cáo": False, "hằng các": True, "vào mỗi": True, "hằng kỳ": False,
    }
)  # fmt: skip
_NO_PERIOD = frozenset({"định kỳ", "theo định kỳ", "báo cáo định kỳ"})
_SYNONYMS = Lexicon(
    {
        "thường niên": Pace(((1, "year"),)),
        "mọi ngày": Pace(((1, "day"),)),
        "các ngày trong tuần": Pace(((1, "day"),)),
        "các ngày trong tuần, trừ thứ bảy, chủ nhật": Pace(((1, "day"),), working_days=True),
        "các ngày làm việc trong tuần": Pace(((1, "day"),), working_days=True),
        "nửa năm một lần": Pace(((1, "half"),)),
        "nửa tháng một lần": Pace(((15, "day"),)),
        "nửa tháng/lần": Pace(((15, "day"),)),
    }
)
_ENDINGS = Lexicon(
    {
        f"{text} {each}{name}": unit
        for text in ("kết thúc", "ngày kết thúc", "hết", "khi kết thúc", "ngày cuối cùng của", "ngày cuối")
        for each in ("", "mỗi ", "hằng ")
        for name, unit in (("tháng", "month"), ("quý", "quarter"), ("năm", "year"), ("kỳ báo cáo", "month"))
    }
)
_ONE = ("một", "#")


def pace(cursor: Cursor) -> Pace | None:
    """Take what begins with `hằng`, `mỗi`, `định kỳ`, `báo cáo`, and the further periods listed after it."""
    start = cursor.at
    fixed = _SYNONYMS.take(cursor)
    if fixed is not None:
        return fixed
    certain = _OPENINGS.take(cursor)
    if certain is None:
        return None
    opened = cursor.at
    beat = _beat(cursor, listed=not certain)
    if beat is None:
        cursor.back(opened)
        return _unstated(cursor, start)
    weak = not certain and "báo" in cursor.keys[start:opened]
    beats, working = [beat], cursor.take("làm", "việc")
    while cursor.key in (",", "và", "hoặc", "/", "-", ";"):
        here = cursor.at
        cursor.at += 1
        sign = cursor.keys[here]
        cursor.take_any(("hoặc", "và", "báo"))
        cursor.take("định", "kỳ")
        cursor.take("cả")
        has_each = bool(cursor.take_any(("hằng", "mỗi")))
        another = _beat(cursor, listed=True) if sign != ";" or has_each else None
        if another == (1, "day") and not has_each:
            another = None
        if another is None or another in beats:
            cursor.back(here)
            break
        beats.append(another)
    _once(cursor)
    return Pace(tuple(beats), working_days=working, weak=weak)


def listed(cursor: Cursor) -> Pace | None:
    """Take `tháng, quý, năm`, two units or more without a word of pace."""
    start = cursor.at
    beats: list[tuple[int, Unit]] = []
    while (beat := _beat(cursor, listed=True)) is not None:
        beats.append(beat)
        if cursor.key not in (",", "và", "/"):
            break
        cursor.at += 1
    if len(beats) > 1 and cursor.behind() not in (",", "và", "/") and (1, "day") not in beats:
        return Pace(tuple(beats), weak=True)
    return _back(cursor, start)


def _unstated(cursor: Cursor, start: int) -> Pace | None:
    words = cursor.keys[start : cursor.at]
    if words[-2:] == ["định", "kỳ"] and not (words[0] == "không"):
        return Pace((), _UNSTATED)
    cursor.back(start)
    return None


def _beat(cursor: Cursor, *, listed: bool) -> tuple[int, Unit] | None:
    """Take a unit, or a number of units; with `listed` it must not go on as a date or a length (`quý II`, `năm 2026`)."""
    start = cursor.at
    count = cursor.take_number(1, 99) or _in_words(cursor)
    if cursor.take("nửa"):
        count = None
        if cursor.take("năm"):
            return 1, "half"
    unit = _UNITS.get(cursor.take_any(_UNITS))
    bad = cursor.key in ("#", "i", "ii", "iii", "iv", "đầu", "cuối", "này", "sau", "tới", "nay", "học")
    if unit is None or (bad and (listed or count is not None or cursor.key not in ("#", "đầu", "cuối", "sau"))):
        cursor.back(start)
        return None
    if count is None:
        return unit
    cursor.take("đầu", "năm")
    return _counted(count, unit[1])


def _in_words(cursor: Cursor) -> int | None:
    """Take a number in words before a unit or `lần`; `năm` alone is the year."""
    here = cursor.at
    found = WORDS.take(cursor)
    if found is None or (cursor.key not in _UNITS and cursor.key != "lần"):
        cursor.back(here)
        return None
    return found


def _counted(count: int, unit: Unit) -> tuple[int, Unit]:
    if unit == "month" and count in (3, 6, 12):
        return {3: (1, "quarter"), 6: (1, "half"), 12: (1, "year")}[count]  # type: ignore[return-value]
    return count, unit


def times(cursor: Cursor) -> Pace | None:
    """Take `15 ngày/lần`, `2 tuần một lần`, `tháng/lần`, `01 lần/tháng`, `quý một lần`."""
    start = cursor.at
    count = cursor.take_number(1, 99) or _in_words(cursor)
    if count is not None and cursor.take("lần"):
        return _per_unit(cursor, count) or _back(cursor, start)
    unit = _UNITS.get(cursor.take_any(_UNITS))
    if unit is not None and _once(cursor):
        return Pace((_counted(count or 1, unit[1]),))
    return _back(cursor, start)


def _per_unit(cursor: Cursor, count: int) -> Pace | None:
    if not (cursor.take("/") or cursor.take("trong") or cursor.take("mỗi") or cursor.take_any(("một", "hằng"))):
        return None
    cursor.take("một")
    each = cursor.take_number(1, 99)
    unit = _UNITS.get(cursor.take_any(_UNITS))
    if unit is None:
        return None
    if count == 1:
        return Pace((_counted(each or 1, unit[1]),))
    if unit[1] == "year" and count in (2, 4):
        return Pace(((1, "half" if count == 2 else "quarter"),), _TIMES)
    if unit[1] == "month" and count == 2 and not cursor.take("vào"):
        return Pace(((15, "day"),), _TIMES)
    if cursor.behind() == "vào":
        return Pace((unit,))
    return Pace(((1, unit[1]),), _TIMES)


def _once(cursor: Cursor) -> bool:
    """Take `/lần`, `một lần`, `01 lần`."""
    here = cursor.at
    if cursor.take("/"):
        cursor.take_number(1, 1)
        if cursor.take("lần"):
            return True
    elif cursor.take("một", "lần") or (cursor.take_number(1, 1) and cursor.take("lần")):
        return True
    cursor.back(here)
    return False


def ending(cursor: Cursor) -> Ending | None:
    """Take `ngày kết thúc quý`, `kết thúc mỗi tháng`: the end of every period, not of a named one."""
    start = cursor.at
    found = _ENDINGS.take(cursor)
    if found is None:
        return None
    if cursor.key in ("#", "i", "ii", "iii", "iv", "nay", "học", "đó"):
        return _back(cursor, start)
    return Ending(found)


def _back(cursor: Cursor, at: int) -> None:
    cursor.back(at)
