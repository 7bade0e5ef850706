"""Characters: the text of a cell or paragraph as people see it, without what a word processor adds to place it."""

import unicodedata

RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
"""Figures as they are when raised: `2026` with a small 1 behind it is no number 20261."""
_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"))
_BREAKS = {ord(character): "\n" for character in "\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"}
_TABLE = _UNSEEN | _BREAKS


def tidy(text: str) -> str:
    """Return `text` composed (NFC), without soft hyphens and empty lines, blanks single; its line breaks are kept."""
    seen = unicodedata.normalize("NFC", text.replace("\r\n", "\n").translate(_TABLE))
    lines = (" ".join(line.split()) for line in seen.split("\n"))
    return "\n".join(line for line in lines if line)


def one_line(text: str) -> str:
    """Return `text` tidied, its lines joined by a blank."""
    return " ".join(tidy(text).split("\n"))
