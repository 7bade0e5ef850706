"""Lines: putting the lines of a page together again, into a cell or into the paragraphs of the body text."""

import re
import unicodedata
from collections.abc import Iterable, Sequence

from rules.plans.blocks import Paragraph, Where

_MARKER = re.compile(
    r"(?:[IVX]{1,5}\.|\d{1,2}(?:\.\d{1,2})*\.|[a-zđ]\)|\d{1,2}\)|[-+•]|Điều \d+\.|Phụ lục\b|PHỤ LỤC\b)(?!\S)"
)
_TORN = re.compile(r"\w[-–/]$")
_TORN_BLANK = re.compile(r"(?<=\w[-–]) |(?<=[\dA-ZĐ]/) (?=[\dA-ZĐ])")
_RANGE = re.compile(r"[-–] ?\d")
_FULL = 0.75
"""A line shorter than this part of the page's width may be the last of its paragraph."""


def joined(lines: Iterable[str]) -> str:
    """Return the lines as one text with single blanks; a word torn at its hyphen (`05-` `ĐA/TU`) is whole again."""
    return whole(unicodedata.normalize("NFC", " ".join(lines)).split())


def whole(words: Iterable[str]) -> str:
    """Return words as one text, a word that was torn at its hyphen whole again."""
    return _TORN_BLANK.sub("", " ".join(words))


def paragraphs(lines: Sequence[str], first: int = 1) -> tuple[Paragraph, ...]:
    """Return the paragraphs of text whose lines a PDF broke, `first` being the number of its first line.

    A blank line does not end a paragraph there; a marker (`1.`, `a)`, `-`), the end of a sentence or a short line does.
    """
    width = _width(lines)
    found: list[tuple[int, list[str]]] = []
    for number, line in enumerate(lines, first):
        text = " ".join(line.split())
        if not text or text.isdigit():
            continue
        if found and not _begins(text, found[-1][1], width):
            found[-1][1].append(text)
        else:
            found.append((number, [text]))
    return tuple(Paragraph(joined(texts), Where(line=number)) for number, texts in found)


def _width(lines: Sequence[str]) -> int:
    """Return how long the long lines of a page are."""
    lengths = sorted(len(line.strip()) for line in lines if line.strip())
    return lengths[len(lengths) * 9 // 10] if lengths else 0


def _begins(text: str, before: Sequence[str], width: int) -> bool:
    """Say whether a line begins a paragraph after the lines of another one."""
    last = before[-1]
    if _RANGE.match(text) and last[-1].isdigit():
        return False
    if _MARKER.match(text):
        return True
    if text[0].islower() or _TORN.search(last) or last.endswith((",", "“", "(")):
        return False
    if last.isupper() != text.isupper():
        return True
    return len(last) < width * _FULL
