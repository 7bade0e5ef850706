"""Replies: what the first lines of an answered letter ask for. Pure, and careful: what could mean two things means
nothing, and goes to a person.

A command stands at the beginning of a line, with or without diacritics, in small or capital letters: XONG, ĐANG LÀM,
KHÓ KHĂN, GIA HẠN, KHÔNG PHẢI. The task may be named after it, and must be where the letter tells of several.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from rules.reply_parts import (
    DECORATION,
    STRIP,
    Command,
    CommandKind,
    Doubt,
    Doubtful,
    Word,
    difficulty,
    done,
    extension,
    not_ours,
    plain,
    progress,
    words_of,
)
from rules.reservations import reserved, without_links

MOST_COMMANDS = 10
_FIRST_LINES = 3
"""So many lines, greetings apart, may stand before a command is given up."""
_WORDS: Mapping[str, CommandKind] = {
    "da bao cao xong": "done",
    "da hoan thanh": "done",
    "hoan thanh": "done",
    "da xong": "done",
    "xong roi": "done",
    "xong": "done",
    "done": "done",
    "completed": "done",
    "dang thuc hien": "progress",
    "dang lam": "progress",
    "dang xu ly": "progress",
    "dang trien khai": "progress",
    "tien do": "progress",
    "in progress": "progress",
    "progress": "progress",
    "kho khan vuong mac": "difficulty",
    "kho khan": "difficulty",
    "vuong mac": "difficulty",
    "difficulty": "difficulty",
    "xin gia han": "extension",
    "de nghi gia han": "extension",
    "gia han": "extension",
    "extension": "extension",
    "extend": "extension",
    "khong phai": "not_ours",
    "khong thuoc": "not_ours",
    "not ours": "not_ours",
}
_GREETING = re.compile(
    r"^(?:kinh gui|kinh thua|kinh chao|thua|chao|xin chao|dear|hi|hello|good morning|good afternoon|to)\b.{0,80}$"
)
_PREFIXES = ("da", "vang", "u", "bao cao", "em bao cao", "toi bao cao", "don vi bao cao", "xin bao cao")
_OF_TASK = frozenset({"nhiem", "vu", "viec", "muc", "task", "so", "nv", "cong"})
_JOINING = frozenset({"va", "and", "+", "&"})
_ID = re.compile(r"^(?:[A-Za-zĐđ]{1,4}|[IVXLC]+|\d{1,3})(?:[.\-][A-Za-z0-9]{1,6}){1,5}$")


class Known(NamedTuple):
    """A task that the letter tells of: `number` is that of the obligation, `names` are what it may be called."""

    number: int
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reply asks for: all its commands, or, when anything in it is in doubt, none, and why."""

    commands: tuple[Command, ...] = ()
    doubt: Doubt | None = None
    word: str = ""
    """What is in doubt, as written."""


def read_reply(text: str, known: Sequence[Known], *, today: date) -> Reading:
    """Return what a reply (without what it quotes) asks for of the obligations that its letter told of; `today` is the
    local day on which it came."""
    lines = [line.strip() for line in text.strip().split("\n")]
    if not any(lines):
        return Reading(doubt="empty")
    try:
        read = (command for said in _commands(lines, today) for command in _read(said, known, today))
        commands = list(dict.fromkeys(read))
        _agree(commands)
    except Doubtful as doubtful:
        return Reading(doubt=doubtful.doubt, word=doubtful.word[:200])
    return Reading(tuple(commands))


class _Said(NamedTuple):
    kind: CommandKind
    rest: str
    more: str
    """The lines below it, up to the next command."""


def _commands(lines: Sequence[str], today: date) -> list[_Said]:
    """Return the commands in the order of their lines; Doubtful when there is none on the first lines."""
    found: list[_Said] = []
    skipped = 0
    for line in lines:
        # A greeting in which something is reserved says more than good day.
        if not found and (not line or (_GREETING.match(plain(line)) and reserved(line, today=today) is None)):
            continue
        began = _begun(line)
        if began is not None:
            found.append(_Said(began[0], began[1], ""))
        elif found:
            last = found[-1]
            found[-1] = last._replace(more=f"{last.more}\n{line}".lstrip())
        else:
            skipped += 1
            if skipped >= _FIRST_LINES:
                break
    if not found:
        raise Doubtful("no_command", lines[0])
    if skipped:
        # Something else was said first: the command may be part of it.
        raise Doubtful("no_command", lines[0])
    if len(found) > MOST_COMMANDS:
        raise Doubtful("too_many")
    return found


def _begun(line: str) -> tuple[CommandKind, str] | None:
    """Return the command that a line begins with and what follows it, None when it begins with none."""
    words = words_of(line)
    start = _after_prefix(words)
    for length in (4, 3, 2, 1):
        here = words[start : start + length]
        kind = _WORDS.get(" ".join(word.plain for word in here)) if len(here) == length else None
        if kind is not None:
            following = words[start + length :]
            return kind, line[following[0].start :] if following else ""
    return None


def _after_prefix(words: Sequence[Word]) -> int:
    """Return how many marks of a list and polite words stand before a command."""
    start = 0
    while start < len(words) and not words[start].text.strip(DECORATION + "-–—"):
        start += 1
    for _ in range(2):
        for prefix in _PREFIXES:
            length = prefix.count(" ") + 1
            here = words[start : start + length]
            if " ".join(word.plain for word in here) != prefix or len(words) <= start + length:
                continue
            # "Đã" is written "da" too: then it belongs to what follows.
            if prefix == "da" and not here[0].text.lower().startswith("dạ"):
                continue
            start += length
            while start < len(words) - 1 and not words[start].plain:
                start += 1
            break
    return start


def _read(said: _Said, known: Sequence[Known], today: date) -> Iterator[Command]:
    """Yield the commands of one line: one for each task it names."""
    words = words_of(said.rest)
    named, rest = _named(words, known)
    whole = f"{said.rest} {said.more}"
    if "?" in without_links(whole) and said.kind in ("done", "extension"):
        raise Doubtful("question", whole)
    numbers = _meant(named, known)
    command = _command(said, rest, today)
    _speak_of_no_other(said, rest, numbers, known)
    for number in numbers:
        yield replace(command, obligation=number)


def _command(said: _Said, rest: Sequence[Word], today: date) -> Command:
    """Return what is asked for, of no obligation yet."""
    line, more = said.rest, said.more.strip()
    match said.kind:
        case "done":
            return done(line, rest, more, today)
        case "progress":
            return progress(line, rest, more)
        case "extension":
            return extension(line, rest, more, today)
        case "difficulty":
            return difficulty(line, rest, more)
        case "not_ours":
            return not_ours(line, rest, more)


def _speak_of_no_other(said: _Said, rest: Sequence[Word], numbers: Collection[int], known: Sequence[Known]) -> None:
    """Raise Doubtful where the lines below a command, or the words after a report, speak of a task without a command of
    its own: what is said of it would be lost."""
    own = {_key(name) for one in known if one.number in numbers for name in one.names}
    others = {_key(name) for one in known for name in one.names} - own
    if said.kind == "done":
        _demand_none(rest, others)
    for line in said.more.split("\n"):
        words = words_of(line)
        _demand_none(words, others)
        first = words[0].text.strip(STRIP) if words else ""
        if _ID.match(first) and first[0].isalpha() and re.search(r"\d", first) and _key(first) not in own:
            raise Doubtful("unsaid_task", first)


def _demand_none(words: Sequence[Word], others: Collection[str]) -> None:
    for at, word in enumerate(words):
        # A task that is called 2 is spoken of at the beginning of a line alone: elsewhere that is any number.
        if _key(word.text) in others and (at == 0 or not word.plain.isdecimal()):
            raise Doubtful("unsaid_task", word.text)


def _key(name: str) -> str:
    """Return a task's name as it is compared where it stands among words: A.2, A2 and a-2 are one."""
    return re.sub(r"[^\w/]+", "", plain(name))


def _named(words: Sequence[Word], known: Sequence[Known]) -> tuple[list[Word], list[Word]]:
    """Return the tasks that the first words name, and the words after them."""
    names = {plain(name) for one in known for name in one.names}
    named: list[Word] = []
    at = 0
    while at < len(words):
        word = words[at]
        following = words[at + 1].plain if at + 1 < len(words) else ""
        if word.plain in names or _ID.match(word.text.strip(STRIP)):
            named.append(word)
        elif (not word.plain and _is_id(words, at + 1)) or (
            word.plain in _OF_TASK and (following in names or following in _OF_TASK or _is_id(words, at + 1))
        ):
            pass
        elif not (named and word.plain in _JOINING and (following in names or _is_id(words, at + 1))):
            break
        at += 1
    return named, list(words[at:])


def _is_id(words: Sequence[Word], at: int) -> bool:
    return at < len(words) and bool(_ID.match(words[at].text.strip(STRIP)))


def _meant(named: Sequence[Word], known: Sequence[Known]) -> list[int]:
    """Return the obligations that are meant; Doubtful where a name is none of the letter's, or several have it."""
    if not named:
        if len(known) != 1:
            raise Doubtful("which_task")
        return [known[0].number]
    found: dict[int, None] = {}
    for word in named:
        having = [one.number for one in known if word.plain in {plain(name) for name in one.names}]
        if not having:
            raise Doubtful("unknown_task", word.text)
        if len(having) > 1:
            raise Doubtful("which_task", word.text)
        found[having[0]] = None
    return list(found)


def _agree(commands: Sequence[Command]) -> None:
    """Raise Doubtful when one obligation is said to be two things that exclude each other."""
    said: dict[int, list[CommandKind]] = {}
    for command in commands:
        said.setdefault(command.obligation, []).append(command.kind)
    for kinds in said.values():
        if ("done" in kinds and len(kinds) > 1) or kinds.count("extension") > 1:
            raise Doubtful("contradiction")
