"""Paces: how often something is due: `hằng tháng`, `mỗi quý một lần`, `15 ngày/lần`, `định kỳ 6 tháng, năm`."""

from rules.deadline import Unit
from rules.phrases.cursor import Cursor, or_back
from rules.phrases.items.beats import UNITS, Beat, after_bracket, beat_of, once, several_times
from rules.phrases.items.nouns import Ending, Pace
from rules.phrases.lexicon import Lexicon, meaning
from rules.phrases.spelling import known
from rules.phrases.tokens import NUMBER
from rules.wording import Wording

known("hằng mỗi từng lần định kỳ thường niên một nửa cả làm việc")

_UNSTATED = Wording("định kỳ nhưng không ghi bao lâu một lần", "periodic, but how often is not stated")
_EACH = meaning(
    True,
    """hằng | mỗi | từng | định kỳ hằng | định kỳ mỗi | theo định kỳ hằng | theo từng | báo cáo định kỳ hằng
    | hằng các | cứ | cứ mỗi | vào mỗi | trong mỗi | theo mỗi | báo cáo hằng""",
)
_KINDS = meaning(
    False,
    """định kỳ | theo định kỳ | định kỳ theo | báo cáo | báo cáo định kỳ | định kỳ báo cáo | theo | chế độ báo cáo
    | hằng kỳ | báo cáo theo""",
)
_OPENINGS = Lexicon(_EACH | _KINDS)
"""What opens a pace: with True any unit after it makes one, with False it may only name a kind of report."""
_DAYS = ("hằng ngày", "mỗi ngày", "các ngày trong tuần", "mọi ngày")
_BUT = (
    "trừ thứ bảy, chủ nhật",
    "trừ thứ bảy và chủ nhật",
    "trừ các ngày thứ bảy, chủ nhật",
    "trừ ngày nghỉ",
    "trừ các ngày nghỉ",
    "trừ ngày nghỉ, ngày lễ",
    "trừ cuối tuần",
)
_SYNONYMS = Lexicon(
    meaning(Pace(((1, "year"),)), "thường niên"),
    meaning(Pace(((1, "day"),)), "mọi ngày | các ngày trong tuần"),
    meaning(
        Pace(((1, "day"),), working_days=True),
        "các ngày làm việc trong tuần | các ngày làm việc",
        [
            f"{each} {but}"
            for each in _DAYS
            for but in (*_BUT, *(f"({but})" for but in _BUT), *(f", {but}" for but in _BUT))
        ],
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
    beat = beat_of(cursor, listed=not certain) or _in_brackets(cursor)
    if beat is None:
        return _unstated(opened)
    working = cursor.take("làm", "việc")
    beats = _listed_after(cursor, beat)
    several = None if once(cursor) else several_times(cursor, beat)
    return several or Pace(beats, working_days=working, weak=not certain and "báo" in opened and "định" not in opened)


@or_back
def _in_brackets(cursor: Cursor) -> Beat | None:
    """Take the first period of `định kỳ (6 tháng, năm)`."""
    if cursor.key != "(" or cursor.ahead(2) == "/":
        # The heading of a column: `Thời hạn báo cáo (ngày/tháng/năm)`.
        return None
    cursor.at += 1
    return beat_of(cursor, listed=True)


@or_back
def of_period(cursor: Cursor) -> Pace | None:
    """Take the `của tháng` at the end of `ngày 20 của tháng`, `5 ngày đầu tháng`, or a period listed after brackets."""
    further = after_bracket(cursor)
    if further is not None:
        return further
    cursor.take_any(("của", "trong"))
    unit = UNITS.get(cursor.take_any(("tháng", "quý", "năm")))
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
    beats: list[Beat] = []
    while (beat := beat_of(cursor, listed=True)) is not None:
        beats.append(beat)
        if cursor.key not in (",", "và", "/"):
            break
        cursor.at += 1
    complete = cursor.behind() not in (",", "và", "/")
    return Pace(tuple(beats), weak=True) if len(beats) > 1 and complete and (1, "day") not in beats else None


@or_back
def ending(cursor: Cursor) -> Ending | None:
    """Take `ngày kết thúc quý`, `kết thúc mỗi tháng`: the end of every period, not of a named one."""
    found = _ENDINGS.take(cursor)
    named = cursor.key in ("#", "i", "ii", "iii", "iv", "nay", "học", "đó", "này", "sau")
    return None if found is None or named else Ending(found)


def _listed_after(cursor: Cursor, first: Beat) -> tuple[Beat, ...]:
    """Take the further periods of `hằng quý, 6 tháng và năm`."""
    beats = [first]
    while cursor.key in (",", "và", "hoặc", "/", "-", ";"):
        another = _another(cursor, beats)
        if another is None:
            break
        beats.append(another)
    return tuple(beats)


@or_back
def _another(cursor: Cursor, beats: list[Beat]) -> Beat | None:
    sign = cursor.key
    cursor.at += 1
    cursor.take_any(("hoặc", "và", "báo"))
    cursor.take("định", "kỳ")
    cursor.take("cả")
    has_each = bool(cursor.take_any(("hằng", "mỗi")))
    if sign == ";" and not has_each:
        return None
    another = beat_of(cursor, listed=True)
    known_already = another in beats or (another == (1, "day") and not has_each)
    return None if known_already else another


def _unstated(opened: list[str]) -> Pace | None:
    return Pace((), _UNSTATED) if opened[-2:] == ["định", "kỳ"] else None
