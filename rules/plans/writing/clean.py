"""Cleaning: text of any document → text that a rule file may hold, and ids made of it."""

import unicodedata
from collections.abc import Container

from rules.load.names import LONGEST_ID, without_marks

_DROPPED = ("Cc", "Cf", "Cs", "Cn", "Co")
_LONGEST_SLUG = 48


def clean(text: str) -> str:
    """Return the text on one line, composed (NFC), with single blanks and without characters that do not print."""
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
