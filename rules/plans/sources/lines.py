"""Lines: the printed lines of a PDF page, and the paragraphs that they are parts of."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from rules.plans.sources.characters import tidy

_SAME_LINE = 3
_APART = 24
_LEFT_BLANK = 120
"""The space that is left for a number before its `/KH-UBND`, for a day after `ngày`, for a month after `tháng`."""
_INDENT = 12
_SIGNS = ("- ", "+ ", "• ", "* ", "– ", "▪ ")


class Line(NamedTuple):
    """Words that stand in a line, with the place of the line in points from the upper left of the page."""

    text: str
    left: float
    right: float
    top: float
    bottom: float

    def is_beside(self, other: "Line") -> bool:
        """Say whether the two stand at the same height, as in the two halves of a letterhead."""
        return min(self.bottom, other.bottom) - max(self.top, other.top) > (self.bottom - self.top) / 2


def lines(words: Iterable[dict[str, Any]]) -> list[Line]:
    """Return the lines of a page from top to bottom; words far apart, as in a letterhead, are not in one line."""
    return in_order(sorted(words, key=lambda word: (round(word["bottom"] / _SAME_LINE), word["x0"])))


def in_order(words: Iterable[dict[str, Any]]) -> list[Line]:
    """Return the lines that words make in the order they are given."""
    found: list[Line] = []
    for word in words:
        last = found[-1] if found else None
        right = float(word["x1"])
        if last and abs(last.bottom - word["bottom"]) <= _SAME_LINE and _is_near(last, word):
            found[-1] = last._replace(text=f"{last.text} {word['text']}", right=right)
        else:
            found.append(Line(word["text"], float(word["x0"]), right, float(word["top"]), float(word["bottom"])))
    return found


def _is_near(line: Line, word: dict[str, Any]) -> bool:
    """Say whether a word at the same height goes on in the line."""
    is_left_blank = word["text"].startswith("/") or line.text.endswith(("Số:", "ngày", "tháng"))
    reach = _LEFT_BLANK if is_left_blank else _APART
    return bool(-_SAME_LINE < word["x0"] - line.right < reach)


def paragraphs(found: list[Line]) -> Iterator[str]:
    """Yield the text of each paragraph; its lines are joined."""
    if not found:
        return
    left, right = min(line.left for line in found), max(line.right for line in found)
    alone = [
        not any(map(line.is_beside, found[max(n - 3, 0) : n] + found[n + 1 : n + 4])) for n, line in enumerate(found)
    ]
    held = [found[0]]
    for n, line in enumerate(found[1:], start=1):
        if alone[n - 1] and alone[n] and _goes_on(held[-1], line, left, right):
            held.append(line)
        else:
            yield joined("\n".join(one.text for one in held))
            held = [line]
    yield joined("\n".join(one.text for one in held))


def _goes_on(above: Line, line: Line, left: float, right: float) -> bool:
    """Say whether `line` belongs to the paragraph of the line `above`: both full, or both in the middle of the page."""
    if not 0 < line.bottom - above.bottom < 2 * (above.bottom - above.top) or _is_item(line.text):
        return False
    if _is_centred(above, left, right) and _is_centred(line, left, right):
        return line.bottom - above.bottom < 1.6 * (above.bottom - above.top)
    return line.left < left + _INDENT and above.right > right - (right - left) / 10


def _is_centred(line: Line, left: float, right: float) -> bool:
    return line.left > left + _INDENT and abs((line.left - left) - (right - line.right)) < _INDENT


def _is_item(text: str) -> bool:
    """Say whether a line begins an item of a list: `- `, `1. `, `a) `."""
    label, dot, _ = text.partition(" ")
    numbered = label[-1:] in {".", ")"} and (label[:-1].isdigit() or len(label) == 2)
    return text.startswith(_SIGNS) or (bool(dot) and numbered)


def joined(text: str) -> str:
    """Return the text of a cell or paragraph of which the page's width broke the lines; items of lists stay apart."""
    whole = ""
    for line in tidy(text).split("\n"):
        if not whole or _is_item(line):
            whole += f"\n{line}" if whole else line
        elif whole.endswith(("-", "/")) and not whole.endswith((" -", " /")):
            whole += line
        else:
            whole += f" {line}"
    return whole
