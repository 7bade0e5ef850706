"""Paces: how often something is due: `hằng tháng`, `mỗi quý một lần`, `15 ngày/lần`, `định kỳ 6 tháng, năm`."""

from rules.deadline import Unit
from rules.phrases.cursor import Cursor, or_back
from rules.phrases.items.nouns import Ending, Pace
from rules.phrases.items.numbers import WORDS, number
from rules.phrases.lexicon import Lexicon, meaning, words
from rules.phrases.spelling import known
from rules.phrases.tokens import NUMBER
from rules.wording import Wording

known("hằng mỗi từng lần định kỳ thường niên một nửa cả làm việc")

_Beat = tuple[int, Unit]
_UNSTATED = Wording("định kỳ nhưng không ghi bao lâu một lần", "periodic, but how often is not stated")
_TIMES = Wording("số lần trong kỳ, không ghi ngày", "so many times in a period, without days")
_UNITS: dict[str, _Beat] = {
    "ngày": (1, "day"),
    "tuần": (1, "week"),
    "tháng": (1, "month"),
    "quý": (1, "quarter"),
    "năm": (1, "year"),
}
_IN_MONTHS: dict[int, _Beat] = {3: (1, "quarter"), 6: (1, "half"), 12: (1, "year")}
_EACH = meaning(
    True,
    """hằng | mỗi | từng | định kỳ hằng | định kỳ mỗi | theo định kỳ hằng | theo từng | báo cáo định kỳ hằng
    | hằng các | vào mỗi | trong mỗi | theo mỗi | báo cáo hằng""",
)
_KINDS = meaning(
    False,
    """định kỳ | theo định kỳ | định kỳ theo | báo cáo | báo cáo định kỳ | định kỳ báo cáo | theo | chế độ báo cáo
    | hằng kỳ | báo cáo theo""",
)
_OPENINGS = Lexicon(_EACH | _KINDS)
"""What opens a pace: with True any unit after it makes one, with False it may only name a kind of report."""
_SYNONYMS = Lexicon(
    meaning(Pace(((1, "year"),)), "thường niên"),
    meaning(Pace(((1, "day"),)), "mọi ngày | các ngày trong tuần"),
    meaning(
        Pace(((1, "day"),), working_days=True),
        """các ngày trong tuần, trừ thứ bảy, chủ nhật | các ngày trong tuần (trừ thứ bảy, chủ nhật)
        | các ngày làm việc trong tuần | các ngày làm việc""",
    ),
    meaning(Pace(((1, "half"),)), "nửa năm một lần | nửa năm/lần"),
    meaning(Pace(((15, "day"),)), "nửa tháng một lần | nửa tháng/lần"),
    meaning(
        Pace((), _UNSTATED),
        """của kỳ báo cáo | của tháng đầu kỳ | của tháng cuối kỳ | mỗi học kỳ | mỗi kỳ | hằng kỳ | cuối mỗi học kỳ
        | sau mỗi học kỳ | mỗi kỳ báo cáo | cuối mỗi kỳ | sau mỗi kỳ""",
    ),
)
OPENINGS = (*_OPENINGS.starts, *_SYNONYMS.starts)
_ENDING_UNITS: dict[str, Unit] = {
    "tuần": "week",
    "tháng": "month",
    "kỳ báo cáo": "month",
    "quý": "quarter",
    "năm": "year",
}
_ENDINGS = Lexicon(
    {
        f"{text} {each}{name}": unit
        for text in ("kết thúc", "ngày kết thúc", "khi kết thúc", "thời điểm kết thúc")
        for each in ("", "mỗi ", "hằng ")
        for name, unit in _ENDING_UNITS.items()
    }
)
ENDINGS = _ENDINGS.starts
_NAMED_AFTER = words("# i ii iii iv đầu cuối này sau tới nay học mùng thứ giữa tiếp kế liền")
_NUMBERED_AFTER = frozenset(("#", "i", "ii", "iii", "iv", "đầu", "cuối", "sau", "mùng", "tiếp", "kế", "liền"))


@or_back
def pace(cursor: Cursor) -> Pace | None:
    """Take what begins with `hằng`, `mỗi`, `định kỳ`, `báo cáo`, and the further periods listed after it."""
    start = cursor.at
    fixed = _SYNONYMS.take(cursor)
    if fixed is not None:
        return fixed
    certain = _OPENINGS.take(cursor)
    if certain is None:
        return None
    opened = cursor.keys[start : cursor.at]
    beat = _beat(cursor, listed=not certain) or _in_brackets(cursor)
    if beat is None:
        return _unstated(opened)
    working = cursor.take("làm", "việc")
    beats = _listed_after(cursor, beat)
    several = None if _once(cursor) else _several_times(cursor, beat)
    return several or Pace(beats, working_days=working, weak=not certain and "báo" in opened and "định" not in opened)


@or_back
def _in_brackets(cursor: Cursor) -> _Beat | None:
    """Take the first period of `định kỳ (6 tháng, năm)`."""
    return _beat(cursor, listed=True) if cursor.take("(") else None


@or_back
def of_period(cursor: Cursor) -> Pace | None:
    """Take the `của tháng` at the end of `ngày 20 của tháng`, `5 ngày đầu tháng`."""
    cursor.take_any(("của", "trong"))
    unit = _UNITS.get(cursor.take_any(("tháng", "quý", "năm")))
    return Pace((unit,)) if unit and cursor.key in ("", ",", ";", ".", ")", ":", "(") and _is_day(cursor) else None


def _is_day(cursor: Cursor) -> bool:
    """Say whether a day stands before the period just taken: `ngày 20 của`, `ngày đầu`, `ngày đầu của`."""
    before = [cursor.behind(by) for by in range(5, 1, -1)]
    return before[1:] == ["ngày", NUMBER, "của"] or ("đầu" in before[2:] and "ngày" in before[:3])


@or_back
def yearly(cursor: Cursor) -> Pace | None:
    """Take the `mỗi`, `hằng` before a month or quarter with its number: every year in that one."""
    if not cursor.take_any(("mỗi", "hằng")):
        return None
    numbered = cursor.ahead(1) in ("i", "ii", "iii", "iv") or (cursor.ahead(1) == "#" and cursor.ahead(2) != "lần")
    named = cursor.key in ("quý", "tháng") and numbered
    return Pace(((1, "year"),)) if named else None


@or_back
def listed(cursor: Cursor) -> Pace | None:
    """Take `tháng, quý, năm`, two units or more without a word of pace."""
    beats: list[_Beat] = []
    while (beat := _beat(cursor, listed=True)) is not None:
        beats.append(beat)
        if cursor.key not in (",", "và", "/"):
            break
        cursor.at += 1
    complete = cursor.behind() not in (",", "và", "/")
    return Pace(tuple(beats), weak=True) if len(beats) > 1 and complete and (1, "day") not in beats else None


@or_back
def times(cursor: Cursor) -> Pace | None:
    """Take `15 ngày/lần`, `2 tuần một lần`, `tháng/lần`, `01 lần/tháng`, `quý một lần`."""
    count = cursor.take_number(1, 99) or _in_words(cursor)
    if count is not None and cursor.take("lần"):
        return _per_unit(cursor, count)
    unit = _UNITS.get(cursor.take_any(_UNITS))
    if unit is None:
        return None
    beat = _counted(count or 1, unit[1])
    return Pace((beat,)) if _once(cursor) else _several_times(cursor, beat)


@or_back
def ending(cursor: Cursor) -> Ending | None:
    """Take `ngày kết thúc quý`, `kết thúc mỗi tháng`: the end of every period, not of a named one."""
    found = _ENDINGS.take(cursor)
    named = cursor.key in ("#", "i", "ii", "iii", "iv", "nay", "học", "đó", "này", "sau")
    return None if found is None or named else Ending(found)


def _listed_after(cursor: Cursor, first: _Beat) -> tuple[_Beat, ...]:
    """Take the further periods of `hằng quý, 6 tháng và năm`."""
    beats = [first]
    while cursor.key in (",", "và", "hoặc", "/", "-", ";"):
        another = _another(cursor, beats)
        if another is None:
            break
        beats.append(another)
    return tuple(beats)


@or_back
def _another(cursor: Cursor, beats: list[_Beat]) -> _Beat | None:
    sign = cursor.key
    cursor.at += 1
    cursor.take_any(("hoặc", "và", "báo"))
    cursor.take("định", "kỳ")
    cursor.take("cả")
    has_each = bool(cursor.take_any(("hằng", "mỗi")))
    if sign == ";" and not has_each:
        return None
    another = _beat(cursor, listed=True)
    known_already = another in beats or (another == (1, "day") and not has_each)
    return None if known_already else another


def _unstated(opened: list[str]) -> Pace | None:
    return Pace((), _UNSTATED) if opened[-2:] == ["định", "kỳ"] else None


@or_back
def _beat(cursor: Cursor, *, listed: bool) -> _Beat | None:
    """Take a unit, or a number of units; with `listed` it must not go on as a date or length (`quý II`)."""
    if cursor.take("nửa", "năm"):
        return 1, "half"
    count = number(cursor, 1, 99) if cursor.key == NUMBER else _in_words(cursor)
    unit = _UNITS.get(cursor.take_any(_UNITS))
    if unit is None:
        return None
    named = cursor.key in (_NAMED_AFTER if listed or count is not None else _NUMBERED_AFTER)
    if named and not _is_head(cursor, unit) and (listed or unit[1] != "year" or cursor.key != NUMBER):
        return None
    if count is None:
        return unit
    cursor.take("đầu", "năm")
    return _counted(count, unit[1])


def _is_head(cursor: Cursor, unit: _Beat) -> bool:
    """Say whether what follows stands for itself: the day of `hằng tuần thứ Sáu`, the times of `mỗi năm 2 lần`."""
    if cursor.key == NUMBER and cursor.ahead(1) == "lần":
        return True
    return unit[1] in ("week", "month") and cursor.key == "thứ" and cursor.behind(2) in ("hằng", "mỗi")


@or_back
def _in_words(cursor: Cursor) -> int | None:
    """Take a number in words before a unit or `lần`; `năm` alone is the year."""
    found = WORDS.take(cursor)
    return found if cursor.key in _UNITS or cursor.key == "lần" else None


def _counted(count: int, unit: Unit) -> _Beat:
    return _IN_MONTHS.get(count, (count, unit)) if unit == "month" else (count, unit)


@or_back
def _several_times(cursor: Cursor, beat: _Beat) -> Pace | None:
    """Take the `02 lần` after `mỗi năm`."""
    cursor.take_any((",", ":"))
    count = number(cursor, 2, 99)
    return _of_times(cursor, count, beat) if count is not None and cursor.take("lần") else None


def _per_unit(cursor: Cursor, count: int) -> Pace | None:
    """Take the `/năm` after `02 lần`."""
    if not cursor.take_any(("/", "trong", "mỗi", "một", "hằng")):
        return None
    cursor.take("một")
    each = cursor.take_number(1, 99)
    unit = _UNITS.get(cursor.take_any(_UNITS))
    if unit is None:
        return None
    if count == 1:
        return Pace((_counted(each or 1, unit[1]),))
    return _of_times(cursor, count, unit)


def _of_times(cursor: Cursor, count: int, unit: _Beat) -> Pace:
    """Return the pace of so many times in a period, where they fall evenly on shorter periods that have a name."""
    if cursor.key in ("vào", ":", "("):
        # The days follow.
        return Pace((unit,))
    if unit[1] == "year" and count in (2, 4):
        return Pace(((1, "half" if count == 2 else "quarter"),), _TIMES)
    return Pace(((15, "day"),) if unit[1] == "month" and count == 2 else (unit,), _TIMES)


@or_back
def _once(cursor: Cursor) -> bool | None:
    """Take `/lần`, `một lần`, `ít nhất 01 lần`."""
    if not (cursor.take("ít", "nhất") or cursor.take("tối", "thiểu")):
        cursor.take(",")
    if cursor.take("/"):
        cursor.take_number(1, 1)
        return True if cursor.take("lần") else None
    return True if cursor.take("một", "lần") or (cursor.take_number(1, 1) and cursor.take("lần")) else None
