"""Citations: the number and date of a document where its head or an annex gives them, blanks included."""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rules.plans.blocks import Paragraph, Where

_BLANK = r"[\s.…_]*"
_NUMBER = re.compile(
    rf"[Ss]ố\s*:?{_BLANK}(\*{{0,2}}\d{{1,5}}\*{{0,2}}(?:[-/][^\W\d_][\w-]*)?)?{_BLANK}([-/]\s?[^\W\d_][\w-]*(?:[/-][\w-]+)*)?"
)
_DAY = re.compile(
    rf"ngày{_BLANK}(?:\*{{0,2}}(\d{{1,2}})?\*{{0,2}}{_BLANK})(?:tháng|/){_BLANK}"
    rf"(?:\*{{0,2}}(\d{{1,2}})?\*{{0,2}}{_BLANK})(?:năm|/){_BLANK}\*{{0,2}}(\d{{4}})",
    re.IGNORECASE,
)
_ATTACHED = re.compile(r"\(\s*(?:Ban hành\s+)?kèm theo\s+(?=\w)", re.IGNORECASE)
_ISSUER = re.compile(r"\bcủa\s+(?:đồng chí\s+)?([^()]+?)\s*\)?\s*\.?$")
_PLACE_AND_DAY = re.compile(r"(?<!\w)(?:[^\W\d_]+\.? ){0,4}[^\W\d_]+,\s*ngày\b", re.IGNORECASE)
_DOTS = re.compile(r"[.…_]{3,}")
_OWN_NUMBER = re.compile(r"Số\s*:|Số\s+\d")
_RULE = re.compile(r"\s(?:[-–—=*]{3,}|_{3,})\s")
_DAYS_FROM_NUMBER = 5
"""How many lines below its number a document's day may stand."""
_NUMBER_BELOW = re.compile(r"\n|(?<=[^\W\d_a-z]) (?=Số\s?:)")


class Number(NamedTuple):
    """A document's number as written (`/KH-UBND` where the figure is blank)."""

    text: str
    at: Where
    by_hand: bool = False


class Stated(NamedTuple):
    """A day as stated: None where a part of it is blank, of which the year may still be known."""

    day: dt.date | None
    year: int | None
    at: Where
    by_hand: bool = False


class Citation(NamedTuple):
    """What one place says about the document."""

    number: Number | None
    day: Stated | None
    issuer: str


def apart(line: Paragraph) -> tuple[Paragraph, ...]:
    """Return the parts of a paragraph that stand by themselves on paper.

    They are the lines of a cell, what stands above and below a rule of dashes, the number under its issuer, and the
    brackets under the title of an annex.
    """
    texts = [below for text in _ruled(line.text) for below in _NUMBER_BELOW.split(_DOTS.sub("…", text))]
    found = _ATTACHED.search(texts[-1])
    if found and found.start():
        texts[-1:] = [texts[-1][: found.start()].rstrip(), texts[-1][found.start() :]]
    return tuple(Paragraph(text.strip(), line.at) for text in texts if text.strip())


def _ruled(text: str) -> Iterator[str]:
    """Yield what stands between rules of dashes; underscores are one below capitals only, else a blank to fill in."""
    start = 0
    for found in _RULE.finditer(text):
        if "_" not in found[0] or text[start : found.start()].isupper():
            yield text[start : found.start()]
            start = found.end()
    yield text[start:]


def attachments(lines: Sequence[Paragraph]) -> tuple[Citation, ...]:
    """Return what the annexes say that they are attached to: `(Ban hành kèm theo Kế hoạch số … ngày … của …)`."""
    return tuple(_attachments(lines))


def _attachments(lines: Sequence[Paragraph]) -> Iterator[Citation]:
    for line in lines:
        opens = _ATTACHED.match(line.text)
        if not opens:
            continue
        rest = line.text[opens.end() :]
        day = _DAY.search(rest)
        issuer = _ISSUER.search(rest[day.end() :] if day else rest)
        yield Citation(_number(rest, line.at), _day(rest, line.at), issuer[1] if issuer else "")


def head_number(lines: Sequence[Paragraph]) -> Number | None:
    """Return the number that stands by itself at the head, None where there is none."""
    return next((_number(line.text, line.at) for line in lines if _OWN_NUMBER.match(line.text)), None)


def head_date(lines: Sequence[Paragraph]) -> Stated | None:
    """Return the day of `Đồng Tháp, ngày 07 tháng 3 năm 2026`, or one without a place right below the number."""
    for line in lines:
        found = _PLACE_AND_DAY.search(line.text)
        if found and len(line.text) - found.start() < 80 and not line.text.startswith("("):
            return _day(line.text[found.start() :], line.at)
    number = next((n for n, line in enumerate(lines) if _OWN_NUMBER.match(line.text)), len(lines))
    below = lines[number + 1 : number + 1 + _DAYS_FROM_NUMBER]
    return next((_day(line.text, line.at) for line in below if _is_day(line.text)), None)


def _is_day(text: str) -> bool:
    """Say whether a text is a day and nothing else."""
    found = _DAY.match(text)
    return found is not None and not text[found.end() :].strip(" .*")


def _number(text: str, at: Where) -> Number | None:
    found = _NUMBER.search(text)
    if not found or not (found[1] or found[2]):
        return None
    figure, kind = found[1] or "", (found[2] or "").replace(" ", "")
    return Number((figure + kind).replace("*", ""), at, "*" in figure)


def _day(text: str, at: Where) -> Stated | None:
    found = _DAY.search(text)
    if not found:
        return None
    year = int(found[3])
    by_hand = "*" in found[0]
    if not (found[1] and found[2]):
        return Stated(None, year, at, by_hand)
    try:
        return Stated(dt.date(year, int(found[2]), int(found[1])), year, at, by_hand)
    except ValueError:
        return Stated(None, year, at, by_hand)
