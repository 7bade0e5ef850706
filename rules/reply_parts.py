"""Reply parts: what stands after a command in an answered letter: documents, days, percentages, words. Pure.

What could take a command back makes it doubtful: nothing is done on half an understanding.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

CommandKind = Literal["done", "progress", "difficulty", "extension", "not_ours"]
Doubt = Literal[
    "empty", "no_command", "which_task", "unknown_task", "no_day", "no_words", "contradiction", "question", "too_many"
]
"""Why nothing is done: nothing was written; it is no command; which of several tasks is meant; a task the letter does
not tell of; an extension without a day; a difficulty without a word; two things at once; a question; too many."""

_NOT_OURS = ("viec", "nhiem vu", "cua", "thuoc", "trach nhiem", "chuc nang", "tham quyen", "don vi", "so", "nganh")
_FILLERS = frozenset({"a", "ah", "roi", "nhe", "nha", "thua", "anh", "chi", "dong", "nhiem", "vu", "viec", "nay"})
_DOCUMENT = re.compile(r"^\d+[A-Za-z]?/(?:\d{4}/)?[A-ZĐƯ][\w&Đđ.\-]*(?:[-/][\w&Đđ.\-]+)*$")
_PERCENT = re.compile(r"^(\d{1,3})\s*%$")
_DAY = re.compile(r"^(\d{1,2})[/.\-](\d{1,2})(?:[/.\-](\d{4}|\d{2}))?$")
_MARKS = tuple(":,;.–—-(")
_TAKEN_BACK = ("chua", "nhung", "con thieu", "con lai", "tru", "except", "not", "but", "se", "cho")
_BEFORE_DOCUMENT = frozenset({"so", "vb", "cv", "van", "ban", "cong", "bao", "cao", "theo", "ref", "document", "no"})
_UNTIL = frozenset({"den", "toi", "until", "to", "sang", "ngay", "het", "by"})
STRIP = " \t,;:.!?–—-()[]\"'“”"


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
    """A word as written, and in small letters without diacritics; of a mark alone that is nothing."""

    text: str
    plain: str


class Doubtful(Exception):
    """What is asked for is in doubt; `word` is what makes it so, as written."""

    def __init__(self, doubt: Doubt, word: str = "") -> None:
        super().__init__(doubt)
        self.doubt, self.word = doubt, word


def plain(text: str) -> str:
    """Return a text in small letters without diacritics, by which words are compared."""
    parted = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    return unicodedata.normalize("NFC", "".join(one for one in parted if not unicodedata.combining(one)))


def words_of(text: str) -> list[Word]:
    """Return the words of a line, the marks that end them apart."""
    parts = (re.fullmatch(r"(.*?)([,;:.!?–—]*)", one) for one in text.replace("=", " ").split())
    found = [part for each in parts if each for part in each.groups() if part.strip("*_>• ")]
    return [Word(one, plain(one.strip(STRIP))) for one in found]


def difficulty(rest: Sequence[Word], more: str) -> Command:
    """Return a difficulty; Doubtful when nothing is said of it."""
    note = _note(rest, more)
    if not note:
        raise Doubtful("no_words")
    return Command("difficulty", 0, note=note)


def done(rest: Sequence[Word], more: str, today: date) -> Command:
    """Return a report; Doubtful where the words after the command could take it back."""
    document, day, left = _facts_of(list(rest), today)
    says = [word for word in left if word.plain and word.plain not in _FILLERS]
    # Free words must be set off by a mark: XONG: đã gửi phụ lục. Without it they may turn it round.
    if says and left[0].text[:1] not in _MARKS and not (document or day):
        raise Doubtful("contradiction", " ".join(word.text for word in left))
    note = _note(left if says else (), more)
    if _takes_back(note):
        raise Doubtful("contradiction", note)
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
        elif word.plain == "ngay" and day is None and _DAY.match(following.text.strip(STRIP)):
            day, words = _past_day(following, today), words[2:]
        else:
            break
    return document, day, words


def _is_document(word: Word) -> bool:
    return bool(_DOCUMENT.match(word.text.strip(STRIP)))


def _takes_back(note: str) -> bool:
    """Say whether words after a report speak of something that is not done."""
    said = " " + re.sub(r"[^\w%]+", " ", plain(note)) + " "
    if any(f" {sign} " in said for sign in _TAKEN_BACK):
        return True
    return any(0 <= int(percent) < 100 for percent in re.findall(r"\b(\d{1,3})\s*%", note))


def progress(rest: Sequence[Word], more: str) -> Command:
    """Return how far it is, wherever in the line that is said; Doubtful when it is said twice or is more than all."""
    percent = None
    kept: list[Word] = []
    waiting = list(rest)
    while waiting:
        word = waiting.pop(0)
        bare = word.text.strip(STRIP)
        if waiting and bare.isdecimal() and waiting[0].text.startswith("%"):
            bare += "%"
            waiting.pop(0)
        found = _PERCENT.match(bare)
        if found is None:
            kept.append(word)
        elif percent is not None or int(found[1]) > 100:
            raise Doubtful("contradiction", word.text)
        else:
            percent = int(found[1])
    return Command("progress", 0, percent=percent, note=_note(kept, more))


def extension(rest: Sequence[Word], more: str, today: date) -> Command:
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
    if any(_DAY.match(word.text.strip(STRIP)) for word in words[:3]):
        raise Doubtful("contradiction", " ".join(word.text for word in words[:3]))
    return Command("extension", 0, day=day, note=_reason(words, more))


def _reason(words: Sequence[Word], more: str) -> str:
    said = list(words)
    if [word.plain for word in said[:2]] == ["ly", "do"]:
        said = said[2:]
    elif said and said[0].plain in ("vi", "do", "because"):
        said = said[1:]
    return _note(said, more)


def _day_at(words: Sequence[Word], today: date) -> tuple[date, int] | None:
    """Return the day that the first words name, to come if no year is given, and how many words that takes."""
    if written := _DAY.match(words[0].text.strip(STRIP)):
        return _made(written[1], written[2], written[3], today, ahead=True), 1
    spoken = re.match(r"^(\d{1,2}) thang (\d{1,2})(?: nam (\d{4}))?\b", " ".join(word.plain for word in words[:5]))
    if spoken:
        return _made(spoken[1], spoken[2], spoken[3], today, ahead=True), 5 if spoken[3] else 3
    return None


def _past_day(word: Word, today: date) -> date:
    written = _DAY.match(word.text.strip(STRIP))
    assert written is not None
    day = _made(written[1], written[2], written[3], today, ahead=False)
    if day > today:
        raise Doubtful("contradiction", word.text)
    return day


def _made(day: str, month: str, year: str | None, today: date, *, ahead: bool) -> date:
    """Return that day; without a year the next one from today, or the last one before it."""
    try:
        if year:
            return date(int(year) + (2000 if len(year) == 2 else 0), int(month), int(day))
        here = date(today.year, int(month), int(day))
        if ahead and here < today:
            return date(today.year + 1, int(month), int(day))
        if not ahead and here > today:
            return date(today.year - 1, int(month), int(day))
    except ValueError:
        raise Doubtful("no_day", f"{day}/{month}" + (f"/{year}" if year else "")) from None
    return here


def not_ours(rest: Sequence[Word], more: str) -> Command:
    """Return that it is not theirs; Doubtful where the words say that something else is not so."""
    said = " ".join(word.plain for word in rest)
    opens = bool(rest) and rest[0].text[:1] in _MARKS
    if said.strip() and not opens and not said.startswith(_NOT_OURS):
        raise Doubtful("contradiction", said)
    return Command("not_ours", 0, note=_note(rest, more))


def _note(words: Sequence[Word], more: str) -> str:
    line = " ".join(word.text for word in words).lstrip(",;:.!–—- ").strip()
    line = re.sub(r" ([,;:.!?])", r"\1", line)
    return f"{line}\n{more}".strip() if more else line
