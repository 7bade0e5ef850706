"""Outline: the body text of a plan as its numbered headings and what stands under them."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rules.plans.blocks import Block, Paragraph, Where
from rules.plans.duties.subject import subject_of
from rules.plans.duties.titles import SENTENCE

_MARKS = (
    re.compile(r"(?:Phần|PHẦN|Chương|CHƯƠNG)\s+[IVX\d]+[.:]?\s*"),
    re.compile(r"[IVX]{1,5}\.\s+"),
    re.compile(r"(?:Điều|ĐIỀU)\s+\d{1,3}[.:]?\s+"),
    re.compile(r"\d{1,2}\.(?!\d)\s+"),
    re.compile(r"\d{1,2}(?:\.\d{1,2})+\.?\s+"),
    re.compile(r"(?:[a-zđ]|\d{1,2})\)\s+"),
    re.compile(r"[-–+•*]\s+"),
)
_DASH = len(_MARKS) - 1
_UNMARKED = _DASH - 0.5
"""A paragraph without a mark stands below every heading, and above the dashes that it introduces."""
_FOOTNOTE = re.compile(r"\d{1,2} (?=[A-ZĐÀ-Ỹ])")
_ENDS = re.compile(
    r"^(?:Nơi nhận|NƠI NHẬN)|^(?:Phụ lục|PHỤ LỤC|PHỤ BIỂU)(?:\s+(?:số\s+)?[\dIVX]+)?\s*(?:$|[:.]|[A-ZĐ]{2})"
)
_PREAMBLE = re.compile(r"Căn cứ |Xét |Theo đề nghị|Thực hiện .*(?:ban hành|như sau)|Nhằm ", re.IGNORECASE)
_IDLE = re.compile(r"MỤC ĐÍCH|QUAN ĐIỂM|MỤC TIÊU|PHẠM VI|ĐỐI TƯỢNG|SỰ CẦN THIẾT|THỰC TRẠNG", re.IGNORECASE)
_RUN_IN = re.compile(r"^(.{5,240}?\((?:nhiệm vụ )?thường xuyên\))\s+(?=[A-ZĐÀ-Ỹ])", re.IGNORECASE)
_ARTICLE = 2
_CHAPTERS = 3
_HEADING_LENGTH = 320
_LONGEST = 6_000


class Part(NamedTuple):
    """A heading or a paragraph. `level`: how deep it stands; `number`: `III.2`; `above`: what it stands under.

    `opens` says that others stand under it: it is a heading, or introduces the items that follow.
    """

    text: str
    level: float
    number: str
    at: Where
    opens: bool
    above: tuple["Part", ...]

    @property
    def marked(self) -> bool:
        """Say whether it bears a number, a letter or a dash."""
        return self.level != _UNMARKED


def parts(blocks: Sequence[Block]) -> Iterator[Part]:
    """Yield the parts of the body that may hold duties: after the preamble, up to the addressees and annexes.

    What a plan wants to achieve, and why, is left out: nobody is to report that.
    """
    above: tuple[Part, ...] = ()
    for text, at in _texts(blocks):
        level, mark, rest = _marked(text)
        above = tuple(one for one in above if one.level < level)
        opens = _leads_in(rest) or (level < _UNMARKED and _is_heading(rest))
        part = Part(rest, level, _number(mark, above), at, opens, above)
        if opens or part.marked:
            above = (*above, part)
        if not any(_IDLE.search(one.text) for one in above if one.level <= _CHAPTERS and one.opens):
            yield part


def _texts(blocks: Sequence[Block]) -> Iterator[tuple[str, Where]]:
    """Yield the texts of the body; a heading that runs into its first sentence is one by itself."""
    begun = False
    for block in blocks:
        if not isinstance(block, Paragraph):
            continue
        if _ENDS.match(block.text):
            return
        begun = begun or _begins(block.text)
        if not begun or _PREAMBLE.match(block.text) or _FOOTNOTE.match(block.text):
            continue
        run_in = _RUN_IN.match(block.text) if _marked(block.text)[0] < _UNMARKED else None
        if run_in:
            yield run_in[1], block.at
        for text in _pieces(block.text[run_in.end() if run_in else 0 :]):
            yield text, block.at


def _pieces(text: str) -> Iterator[str]:
    """Yield a text in pieces of whole sentences where it is longer than any paragraph of a plan."""
    start = end = 0
    for match in SENTENCE.finditer(text) if len(text) > _LONGEST else ():
        if match.end() - start > _LONGEST and end > start:
            yield text[start:end]
            start = end
        end = match.end()
    yield text[start:]


def _begins(text: str) -> bool:
    """Say whether the body begins here: with a chapter, an article, a number, or a sentence with its subject."""
    return any(mark.match(text) for mark in _MARKS[: _CHAPTERS + 1]) or (
        text.endswith((".", ";")) and bool(subject_of(text)[0])
    )


def _marked(text: str) -> tuple[float, str, str]:
    """Return the level of a text, its mark without signs, and the rest."""
    for level, mark in enumerate(_MARKS):
        found = mark.match(text)
        if found:
            return level, found[0].strip(" .):"), text[found.end() :].strip()
    return _UNMARKED, "", text


def _number(mark: str, above: Sequence[Part]) -> str:
    """Return the number of a part with those of its headings: `III.2.a`; a dash has none of its own."""
    outer = next((one.number for one in reversed(above) if one.number), "")
    if not re.fullmatch(r"[\w. ]+", mark):
        return outer
    if _MARKS[_ARTICLE].match(f"{mark} "):
        return mark.capitalize()
    return mark if not outer or mark.startswith(f"{outer}.") else f"{outer}.{mark}"


def _is_heading(text: str) -> bool:
    """Say whether a marked text is a heading: short, and no sentence."""
    return len(text) < _HEADING_LENGTH and not re.search(r"[.;]$|\. [A-ZĐÀ-Ỹ(]", text)


def _leads_in(text: str) -> bool:
    """Say whether a text introduces the items that follow it: `… thực hiện các nội dung sau:`."""
    return bool(re.search(r"(?:sau|gồm|như sau)\s*:?$|:$", text)) and len(text) < _HEADING_LENGTH
