"""Figures: how many lines of each kind a letter has, as its head and its subject say it."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from notifications.phrases import Tone, tone
from notifications.words import days
from rules.digest import SECTIONS, Change, Digest, Line, Section
from rules.wording import Language, Wording


class Figure(NamedTuple):
    """One of the figures at the head of a letter: `2 quá hạn (lâu nhất 12 ngày)`."""

    tone: Tone
    text: str


TONES: dict[Section, Tone] = {
    "overdue": "late",
    "due_today": "today",
    "due_soon": "soon",
    "ahead": "good",
    "new": "new",
    "information": "calm",
}


def figures(digest: Digest, language: Language) -> tuple[Figure, ...]:
    """Return the figures at the head of a letter, the most pressing first."""
    lines = digest.lines
    counted = [
        _overdue(digest, language),
        _plain("late", _LATE_KNOWN, sum(_is_late_known(line) for line in lines), language),
        _plain("today", _DUE_TODAY, sum(line.section == "due_today" for line in lines), language),
        _coming(digest, "due_soon", _DUE_SOON, language),
        _coming(digest, "ahead", _AHEAD, language),
        *(_plain("new", words, count, language) for words, count in _begun(lines)),
        _plain("calm", _QUESTIONS, len(digest.questions), language),
        _plain("calm", _MATTERS, sum(matter.kind != "whole-again" for matter in digest.matters), language),
        _plain("today", _TO_VERIFY, sum(is_to_verify(line, digest) for line in lines), language),
        _plain("calm", _INFORMATION, sum(_is_known_only(line, digest) for line in lines), language),
    ]
    found = tuple(figure for figure in counted if figure is not None)
    is_whole = any(matter.kind == "whole-again" for matter in digest.matters)
    return (*found, Figure("calm", _WHOLE.say(language))) if is_whole else found


_DUE_TODAY = Wording("cần xong hôm nay", "to finish today")
_DUE_SOON = Wording("sắp đến hạn", "due soon")
_AHEAD = Wording("cần thực hiện", "to be done")
_NEW = Wording("mới giao", "new")
_MOVED = Wording("điều chỉnh thời hạn", "moved")
_DATED = Wording("mới có thời hạn", "with a deadline now")
_PASSED_ON = Wording("chuyển cơ quan chủ trì", "led by others now")
_QUESTIONS = Wording("câu hỏi", "to answer")
_MATTERS = Wording("việc cần xử lý", "to see to")
_WHOLE = Wording("Tệp quy tắc không còn lỗi", "The rule files are whole again")
_TO_VERIFY = Wording("báo cáo chờ xác nhận", "to verify")
_INFORMATION = Wording("để biết", "for information")
_LATE_KNOWN = Wording("quá hạn (để biết)", "overdue (for information)")


def _begun(lines: Sequence[Line]) -> Iterator[tuple[Wording, int]]:
    """Yield what is new, each with how many lines tell it: that they are, where they say nothing else."""
    changes = [line.change for line in lines if line.section == "new"]
    others: dict[Change, Wording] = {"dated": _DATED, "passed_on": _PASSED_ON, "moved": _MOVED}
    yield _NEW, sum(change not in others for change in changes)
    yield from ((words, changes.count(change)) for change, words in others.items())


def _is_known_only(line: Line, digest: Digest) -> bool:
    return line.section == "information" and not is_to_verify(line, digest) and not _is_late_known(line)


def _is_late_known(line: Line) -> bool:
    return line.section == "information" and tone(line) == "late"


def _plain(tone: Tone, words: Wording, number: int, language: Language) -> Figure | None:
    return Figure(tone, f"{number} {words.say(language)}") if number else None


def _overdue(digest: Digest, language: Language) -> Figure | None:
    late = [line.days_late for line in digest.lines if line.section == "overdue"]
    if not late:
        return None
    since = Wording(" từ trước", " from before") if digest.baseline else Wording("", "")
    text = f"{len(late)} {Wording('quá hạn', 'overdue').say(language)}{since.say(language)}"
    if max(late) > 0:
        longest = Wording("lâu nhất ", "longest ").say(language) if len(late) > 1 else ""
        text += f" ({longest}{days(max(late), language)})"
    return Figure("late", text)


def _coming(digest: Digest, section: Section, words: Wording, language: Language) -> Figure | None:
    """Return the figure of what is still to come, with the days that are left where nothing presses more."""
    lines = digest.section(section)
    if not lines:
        return None
    text = f"{len(lines)} {words.say(language)}"
    left = [line.days_in_time for line in lines if line.due is not None]
    pressing = SECTIONS[: SECTIONS.index(section)]
    # Beside something more pressing the figure alone is enough.
    if left and not any(line.section in pressing for line in digest.lines):
        first = Wording("sớm nhất còn ", "first in ") if len(left) > 1 else Wording("còn ", "in ")
        text += f" ({first.say(language)}{days(min(left), language)})"
    return Figure(TONES[section], text)


def is_to_verify(line: Line, digest: Digest) -> bool:
    """Say whether a line tells the standing office of a report: it is not only for information."""
    return digest.kind == "standing" and line.change == "done"
