"""Format words: what a number format of Excel writes beside the value: `"Trước ngày "dd/mm/yyyy`, `"Tháng "m`."""

import datetime as dt
import re
from dataclasses import dataclass

LITERAL = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|[_*].')
"""The parts of a number format that are no codes."""
_PART = re.compile(
    r'(?P<said>"[^"]*"|\\.)|(?P<none>\[[^\]]*\]|[_*].)|(?P<code>General|d+|m+|y+|[#0?][#0?,.]*)|(?P<sign>.)', re.I
)


@dataclass(frozen=True, slots=True)
class Words:
    """The words before, behind and between the codes of a format; `parts` are all of it, codes among them."""

    before: str = ""
    after: str = ""
    between: bool = False
    parts: tuple[tuple[str, str], ...] = ()

    @property
    def is_none(self) -> bool:
        """Say whether the format has no words, but signs at most."""
        return not (self.before or self.after or self.between)

    def filled(self, value: dt.datetime) -> str:
        """Return the format with the parts of a date in the places of their codes."""
        return "".join(_coded(text, value) if kind == "code" else text for kind, text in self.parts)


def words_of(number_format: str) -> Words:
    """Return the words that a format has in its first section; signs such as `đ` alone or `.` are none."""
    if '"' not in number_format:
        return Words()
    parts = [(str(found.lastgroup), found[0]) for found in _PART.finditer(number_format)]
    ends = next((n for n, part in enumerate(parts) if part == ("sign", ";")), len(parts))
    parts = [(kind, _unquoted(text) if kind == "said" else text) for kind, text in parts[:ends] if kind != "none"]
    codes = [n for n, (kind, _) in enumerate(parts) if kind == "code"]
    if not codes:
        return Words()
    before, inside, after = parts[: codes[0]], parts[codes[0] : codes[-1]], parts[codes[-1] + 1 :]
    return Words(_said(before), _said(after), bool(_said(inside)), tuple(parts))


def _said(parts: list[tuple[str, str]]) -> str:
    """Return the words of some parts, '' where they are no more than signs."""
    text = "".join(text for kind, text in parts if kind == "said")
    return text if sum(letter.isalpha() for letter in text) > 1 else ""


def _unquoted(text: str) -> str:
    return text[1:-1] if text.startswith('"') else text[1:]


def _coded(code: str, value: dt.datetime) -> str:
    """Return the part of a date that a code stands for."""
    match code[0].lower():
        case "d":
            return f"{value.day:0{min(len(code), 2)}}"
        case "m":
            return f"{value.month:0{len(code) if len(code) < 3 else 1}}"
        case "y":
            return f"{value.year}"
        case _:
            return ""
