"""Reply parts: what stands after a command in an answered letter: documents, days, percentages, words. Pure.

What could take a command back makes it doubtful: nothing is done on half an understanding.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

from rules.reply_days import DAY, day_of
from rules.reservations import reserved

CommandKind = Literal["done", "progress", "difficulty", "extension", "not_ours"]
Doubt = Literal[
    "empty",
    "no_command",
    "which_task",
    "unknown_task",
    "unsaid_task",
    "no_day",
    "day_to_come",
    "no_words",
    "no_progress",
    "contradiction",
    "question",
    "too_many",
]
"""Why nothing is done: nothing was written; it is no command; which of several tasks is meant; a task the letter does
not tell of; one that is spoken of without a command for it; an extension without a day; a report of a day to come; a
difficulty without a word; progress without any; two things at once; a question; too many."""

_NOT_OURS = ("viec", "nhiem vu", "cua", "thuoc", "trach nhiem", "chuc nang", "tham quyen", "don vi", "so", "nganh")
_FILLERS = frozenset({"a", "ah", "roi", "nhe", "nha", "thua", "anh", "chi", "dong", "nhiem", "vu", "viec", "nay"})
_DOCUMENT = re.compile(r"^\d+[A-Za-z]?/(?:\d{4}/)?[A-ZĐƯ][\w&Đđ.\-]*(?:[-/][\w&Đđ.\-]+)*$")
_PERCENT = re.compile(r"^([-–−]?\d+)\s*%$")
_MARKS = tuple(":,;.–—-(")
_BEFORE_DOCUMENT = frozenset({"so", "vb", "cv", "van", "ban", "cong", "bao", "cao", "theo", "ref", "document", "no"})
_LEADING = ",;:.!–—- "
"""What parts a command from the words after it."""
_UNTIL = frozenset({"den", "toi", "until", "to", "sang", "ngay", "het", "by"})
DECORATION = "*_•·✅✔☑👍\ufe0f"
"""Marks of bold letters and of lists, and pictures that say yes."""
STRIP = " \t,;:.!?–—-()[]\"'“”" + DECORATION
_WORD = re.compile(r"[^\s=]+|=+")


@dataclass(frozen=True, slots=True)
class Command:
    """What is asked for of one obligation; `note` is in the writer's own words."""

    kind: CommandKind
    obligation: int
    percent: int | None = None
    day: date | None = None
    document: str = ""
    note: str = ""


class Word(NamedTuple):
    """A word as written, and in small letters without diacritics; of a mark alone that is nothing. `start` and `end`
    say where it stands in its line, from which notes are taken as they were written."""

    text: str
    plain: str
    start: int = 0
    end: int = 0


class Doubtful(Exception):
    """What is asked for is in doubt; `word` is what makes it so, as written."""

    def __init__(self, doubt: Doubt, word: str = "") -> None:
        super().__init__(doubt)
        self.doubt, self.word = doubt, word


def plain(text: str) -> str:
    """Return a text in small letters without diacritics, by which words are compared."""
    parted = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    return unicodedata.normalize("NFC", "".join(one for one in parted if not unicodedata.combining(one)))


def words_of(line: str) -> list[Word]:
    """Return the words of a line, the marks that end them apart; what only decorates is none."""
    found: list[Word] = []
    for each in _WORD.finditer(line):
        parted = re.fullmatch(r"(.*?)([,;:.!?–—]*)", each[0], re.DOTALL)
        assert parted is not None
        for group in (1, 2):
            text, start = parted[group], each.start() + parted.start(group)
            if text.strip(DECORATION + ">= "):
                found.append(Word(text, plain(text.strip(STRIP)), start, start + len(text)))
    return found


def difficulty(line: str, rest: Sequence[Word], more: str) -> Command:
    """Return a difficulty; Doubtful when nothing is said of it. `rest` are the words of the line that are left, `more`
    the lines below it."""
    note = _note(_from(line, rest), more)
    if not note:
        raise Doubtful("no_words")
    return Command("difficulty", 0, note=note)


def done(line: str, rest: Sequence[Word], more: str, today: date) -> Command:
    """Return a report; Doubtful where the words after the command could take it back."""
    document, day, left = _facts_of(list(rest), today)
    says = [word for word in left if word.plain not in _FILLERS and word.text.strip(STRIP)]
    # Free words must be set off by a mark: XONG: đã gửi phụ lục. Without it they may turn it round.
    if says and left[0].text[:1] not in _MARKS and not (document or day):
        raise Doubtful("contradiction", _from(line, left))
    note = _note(_from(line, left) if says else "", more)
    if (reservation := reserved(note, today=today)) is not None:
        raise Doubtful("contradiction", reservation)
    return Command("done", 0, day=day, document=document, note=note)


def _facts_of(words: list[Word], today: date) -> tuple[str, date | None, list[Word]]:
    """Return the document and the day that a report names at its beginning, and the words left."""
    document, day = "", None
    while words:
        word, following = words[0], words[1] if len(words) > 1 else Word("", "")
        bare = word.text.strip(STRIP)
        if percent := _PERCENT.match(bare):
            if percent[1] != "100":
                raise Doubtful("contradiction", word.text)
            words = words[1:]
        elif not document and _DOCUMENT.match(bare):
            document, words = bare, words[1:]
        elif (not word.plain and (following.plain == "ngay" or _is_document(following))) or (
            word.plain in _BEFORE_DOCUMENT and (following.plain in _BEFORE_DOCUMENT or _is_document(following))
        ):
            words = words[1:]
        elif word.plain == "ngay" and day is None and DAY.match(following.text.strip(STRIP)):
            day, words = _day_done(following, today), words[2:]
        else:
            break
    return document, day, words


def _is_document(word: Word) -> bool:
    return bool(_DOCUMENT.match(word.text.strip(STRIP)))


def progress(line: str, rest: Sequence[Word], more: str) -> Command:
    """Return how far it is, wherever in the line that is said; Doubtful when it is said twice, or not at all, or is no
    share of the whole."""
    percent, text = None, _from(line, rest)
    for at, word in enumerate(rest):
        bare, end = word.text.strip(STRIP.replace("-", "").replace("–", "")), word.end
        if bare.lstrip("-–−").isdecimal() and at + 1 < len(rest) and rest[at + 1].text.startswith("%"):
            bare, end = f"{bare}%", rest[at + 1].start + 1
        found = _PERCENT.match(bare)
        if found is None:
            continue
        if percent is not None or not found[1].isdecimal() or int(found[1]) > 100:
            raise Doubtful("contradiction", word.text)
        percent = int(found[1])
        text = _joined(line[rest[0].start : word.start], line[end:])
    note = _note(text, more)
    if percent is None and not note.strip(STRIP):
        raise Doubtful("no_progress")
    return Command("progress", 0, percent=percent, note=note)


def _joined(before: str, after: str) -> str:
    """Return what stands before and after a word that was taken out."""
    before, after = before.rstrip(), after.lstrip()
    return f"{before}{after}" if after.startswith(_MARKS) else f"{before} {after}".strip()


def extension(line: str, rest: Sequence[Word], more: str, today: date) -> Command:
    """Return a request for more time; Doubtful without one day."""
    words = list(rest)
    while words and words[0].plain in _UNTIL:
        words.pop(0)
    if not words:
        raise Doubtful("no_day")
    found = _day_at(words, today)
    if found is None:
        raise Doubtful("no_day", words[0].text)
    day, after = found
    words = words[after:]
    if any(DAY.match(word.text.strip(STRIP)) for word in words[:3]):
        raise Doubtful("contradiction", " ".join(word.text for word in words[:3]))
    return Command("extension", 0, day=day, note=_reason(_note(_from(line, words), more)))


def _reason(note: str) -> str:
    """Return a reason without the words that say that it is one."""
    first = words_of(note)[:2]
    length = 2 if [word.plain for word in first] == ["ly", "do"] else 1
    if length == 1 and not (first and first[0].plain in ("vi", "do", "because")):
        return note
    return note[first[length - 1].end :].lstrip(_LEADING)


def _day_at(words: Sequence[Word], today: date) -> tuple[date, int] | None:
    """Return the day that the first words name, and how many words that takes."""
    if written := DAY.match(words[0].text.strip(STRIP)):
        return _made(written, today, lies="ahead"), 1
    spoken = re.match(r"^(\d{1,2}) thang (\d{1,2})(?: nam (\d{4}))?\b", " ".join(word.plain for word in words[:5]))
    return (_made(spoken, today, lies="ahead"), 5 if spoken[3] else 3) if spoken else None


def _day_done(word: Word, today: date) -> date:
    written = DAY.match(word.text.strip(STRIP))
    assert written is not None
    day = _made(written, today, lies="past")
    if day > today:
        raise Doubtful("day_to_come", word.text.strip(STRIP))
    return day


def _made(written: re.Match[str], today: date, *, lies: Literal["past", "ahead"]) -> date:
    try:
        return day_of(written[1], written[2], written[3], today=today, lies=lies)
    except ValueError:
        raise Doubtful("no_day", "/".join(filter(None, written.groups()))) from None


def not_ours(line: str, rest: Sequence[Word], more: str) -> Command:
    """Return that it is not theirs; Doubtful where the words say that something else is not so."""
    said = " ".join(word.plain for word in rest)
    opens = bool(rest) and rest[0].text[:1] in _MARKS
    if said.strip() and not opens and not said.startswith(_NOT_OURS):
        raise Doubtful("contradiction", said)
    return Command("not_ours", 0, note=_note(_from(line, rest), more))


def _from(line: str, words: Sequence[Word]) -> str:
    """Return the line, as written, from the first of these words on."""
    return line[words[0].start :] if words else ""


def _note(text: str, more: str) -> str:
    return f"{text.lstrip(_LEADING).rstrip()}\n{more}".strip()
