"""Numbering: what stands before a heading or a task (`A`, `IV.`, `I.1`, `12.`, `a)`), and which level it speaks of."""

import re
from dataclasses import dataclass
from typing import Literal

Style = Literal["part", "letter", "roman", "dotted", "arabic", "small"]

_DOTTED = re.compile(r"(?:[IVXLCDM]+|[A-ZĐ]{1,3}|\d{1,3})(?:\.\d{1,3})+")
_ROMAN = re.compile(r"M{0,2}(?:C[MD]|D?C{0,3})(?:X[CL]|L?X{0,3})(?:I[XV]|V?I{0,3})")
_PART = re.compile(r"(?:phần|mục|chương|nhóm)\s+(?:thứ\s+)?(?:[IVXLC]+|\d{1,3}|[A-ZĐ]|\w{2,4})(?=$|[\s.:,\-–])", re.I)
_FIRST = re.compile(r"\(?([^\s.)(:/\-–]+(?:\.\d+)*)(\)|[.:](?=\s|$|[^\W\d])|/(?=\s)|\s*[-–](?=\s)|(?=\s|$))")
_SCANNED = str.maketrans({"l": "I", "|": "I", "1": "I", "Ⅰ": "I", "Ⅱ": "II", "Ⅲ": "III", "Ⅳ": "IV", "Ⅴ": "V", "Ⅵ": "VI",
                          "Ⅶ": "VII", "Ⅷ": "VIII", "Ⅸ": "IX", "Ⅹ": "X"})  # fmt: skip
_LETTERS = "ABCDĐEFGHIKLMN"


@dataclass(frozen=True, slots=True)
class Label:
    """A number as it stands. `style` is the level it speaks of, `steps` how many numbers it is made of.

    `also` is the other style it may be: `C` and `D` are letters after `A`, `B`, and Roman numerals elsewhere.
    """

    text: str
    style: Style
    steps: int = 1
    also: Style | None = None


def number_of(text: str) -> Label | None:
    """Return the label that the whole text is (`3`, `IV.`, `I.1`, `a)`), or None."""
    text = text.strip()
    return _style(text.strip("().:- –")) if 0 < len(text) <= 14 and not text.endswith("%") else None


def labelled(text: str) -> tuple[Label, str] | None:
    """Return the label that a text begins with and the rest (`I. Thông báo`, `V.1 Nhóm 6`), or None.

    A plain number counts only with a full stop or bracket after it, a single letter only before a capital.
    """
    if part := _PART.match(text):
        return Label(part[0], "part"), text[part.end() :].lstrip(" .:-–")
    if not (first := _FIRST.match(text)):
        return None
    label, rest = _style(first[1]), text[first.end() :].strip()
    if label is None or not rest:
        return None
    bare = not first[2]
    if bare and (label.style in ("arabic", "small") or first[1][0].islower()):
        return None
    if label.style in ("letter", "roman") and len(first[1]) == 1 and bare and not rest[0].isupper():
        return None
    return label, rest


def _style(text: str) -> Label | None:
    if not text:
        return None
    if text.isdecimal() and len(text) <= 4:
        return Label(text, "arabic")
    if _DOTTED.fullmatch(text):
        return Label(text, "dotted", text.count(".") + 1)
    if (roman := _roman(text)) is not None:
        return Label(text, "roman", also="letter" if len(roman) == 1 and roman in _LETTERS else None)
    if len(text) == 1 and text.isalpha():
        return Label(text, "letter" if text.isupper() else "small")
    return None


def _roman(text: str) -> str | None:
    """Return the Roman numeral that the text is, mended where a scan took its `I` for `l` or `1`."""
    if text.isdecimal() or text == "l":
        return None
    mended = text.translate(_SCANNED)
    return mended if mended.isupper() and _ROMAN.fullmatch(mended) else None
