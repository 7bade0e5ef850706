"""Cleaning: text of any document → text that a rule file may hold, and ids made of it."""

import re
import unicodedata
from collections.abc import Container

from rules.load.names import LONGEST_ID, without_marks

_DROPPED = ("Cc", "Cf", "Cs", "Cn", "Co")
_LONGEST_SLUG = 48
_TAG = re.compile(
    r"</?(?:a|b|br|div|em|font|h[1-6]|hr|i|img|li|ol|p|pre|s|small|span|strong|sub|sup|table|tbody|td|th|tr|u|ul)"
    r"(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
"""What is left in a text that was copied from a page of the web."""


def clean(text: str) -> str:
    """Return the text on one line, composed (NFC), blanks single, without tags and characters that do not print."""
    if "<" in text:
        text = _TAG.sub(" ", text)
    composed = unicodedata.normalize("NFC", " ".join(text.split()))
    if composed.isprintable():
        return composed
    kept = "".join(letter for letter in composed if unicodedata.category(letter) not in _DROPPED)
    return unicodedata.normalize("NFC", " ".join(kept.split()))


def slug(text: str, taken: Container[str] = (), *, otherwise: str = "x") -> str:
    """Return an id in lower-case ASCII for a text, cut between words and unlike those taken: `hop-quy-i`."""
    words = "".join(sign if sign.isalnum() else " " for sign in without_marks(text)).split()
    while len(words) > 1 and len("-".join(words)) > _LONGEST_SLUG:
        words.pop()
    return unlike("-".join(words)[:_LONGEST_SLUG] or otherwise, taken)


def unlike(id: str, taken: Container[str]) -> str:
    """Return the id, with a number behind it where it is taken: `A.4-2`."""
    number, found = 1, id
    while found in taken:
        number += 1
        ending = f"-{number}"
        found = id[: LONGEST_ID - len(ending)].rstrip(".-") + ending
    return found
