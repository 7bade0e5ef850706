"""Inline marks: the words of a cell or paragraph without the signs that only told how they look."""

import html
import re
import unicodedata

from rules.plans.sources.characters import RAISED

_TAG = re.compile(r"</?(?:p|i|b|u|em|strong|span|sup|sub|font|div|small|mark|ins)(?:\s[^<>]*)?/?>", re.I)
_RAISED = re.compile(r"<sup>\s*(\d{1,3})\s*</sup>", re.I)
_BREAK = re.compile(r"<br\s*/?>", re.I)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z]{2,8});", re.I)
_BOLD = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*", re.S)
_ITALIC = re.compile(r"(?<![\w*])\*(?=[^\s*])([^*]*?[^\s*]|[^\s*])\*(?![\w*])", re.S)
_HANDWRITTEN = re.compile(r"(?<![\w*])\*(\d{1,5})\*(?![\w*])")
_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f"))
_BLANKS = re.compile(r"[\s\u00a0\u2000-\u200a\u202f\u205f\u3000]+")


def plain_but_handwriting(text: str) -> str:
    """Return the text as `plain` does, numbers between single stars as they are: so a scan marks handwriting."""
    kept = _HANDWRITTEN.sub("\ue000\\1\ue000", text) if "*" in text else text
    return plain(kept).replace("\ue000", "*")


def plain_cell(text: str) -> str:
    """Return the text of a cell as `plain` does, its line breaks kept."""
    return "\n".join(filter(None, map(plain, _BREAK.split(text))))


def plain(text: str) -> str:
    """Return the text without marks of bold, italics and line ends, its blanks single, its Unicode composed (NFC).

    Raised figures are raised: `2026<sup>1</sup>` is no year. A tag that is none of these stays: it may be the text
    itself (a list that a page cut off), or say that the text does not count (`<del>`).
    """
    if "<" in text:
        text = _RAISED.sub(lambda found: found[1].translate(RAISED), text)
        text = _TAG.sub("", _BREAK.sub(" ", text))
    if "&" in text:
        text = _ENTITY.sub(lambda found: html.unescape(found[0]), text)
    if "*" in text:
        text = _ITALIC.sub(r"\1", _BOLD.sub(r"\1", text))
    return _BLANKS.sub(" ", unicodedata.normalize("NFC", text.translate(_UNSEEN))).strip()
