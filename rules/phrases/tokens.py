"""Tokens: numbers, words and signs of a phrase, each with the key by which the grammar knows it."""

import re
from typing import NamedTuple
from unicodedata import normalize

from rules.phrases.spelling import is_known, is_mistyped, spelled, without_marks

NUMBER = "#"
"""The key of every number."""

_TOKEN = re.compile(r"(\d+)|([^\W\d_]+)|(\S)")
_LINE = re.compile(r"<br ?/?>|\\n", re.IGNORECASE)
_GLUED = ("trước", "ngày", "tháng", "quý", "năm", "từ", "hằng", "đến", "trong", "nhất")
"""Words to which the next one is often typed without a blank: `trướcngày`, `QuýII`."""
_INVISIBLE = {ord(sign): None for sign in "\u200b\u200c\u200d\u2060\ufeff\u00ad*_`"}
_SIGNS = {"–": "-", "—": "-", "‑": "-", "−": "-", "‐": "-", "’": "'", "‘": "'", "′": "'", "“": '"', "”": '"', "〃": '"',
          "÷": "-", "→": "-", "…": "...", "：": ":", "，": ",", "／": "/"}  # fmt: skip
# A letter that stands where only a digit can: `l5/12`, `2O26`. A letter or digit more on either side makes it a word.
_MISREAD = re.compile(r"(?<![^\W\d_])(?=[lIOo]*\d)(?=\d*[lIOo])[\dlIOo]{2,}(?![^\W\d_hgHG])")
_DIGITS = str.maketrans("lIOo", "1100")


class Token(NamedTuple):
    """One token. `key`: `#` of a number, the sign, or the word as the grammar spells it; `glued`: no blank before."""

    key: str
    text: str
    number: int
    start: int
    end: int
    glued: bool


class Tokens(NamedTuple):
    """The tokens of `text` (composed Unicode, invisible signs taken out) and what was noticed while reading them."""

    text: str
    tokens: tuple[Token, ...]
    misread: bool
    unmarked: bool
    mistyped: bool


def tokenise(phrase: str) -> Tokens:
    """Return the tokens of a phrase. `misread`: letters stood for digits; `unmarked`: accents were left out;
    `mistyped`: a word was a slip of the keyboard."""
    text = _LINE.sub(" ", normalize("NFC", phrase).translate(_INVISIBLE))
    read, misread = _MISREAD.subn(lambda found: found[0].translate(_DIGITS), text)
    is_plain = text.isascii() and sum(letter.isspace() for letter in text.strip()) > 0
    tokens: list[Token] = []
    unmarked = mistyped = False
    last = -1
    for found in _TOKEN.finditer(read):
        number, word, sign = found.groups()
        start, end = found.span()
        glued = start == last
        last = end
        if number:
            tokens.append(Token(NUMBER, number, int(number) if end - start < 9 else -1, start, end, glued))
        elif sign:
            tokens.append(Token(_SIGNS.get(sign, sign), sign, -1, start, end, glued))
        else:
            key = spelled(word)
            mistyped = mistyped or is_mistyped(word)
            if is_plain and (marked := without_marks(key)) != key:
                key, unmarked = marked, True
            cut = 0 if is_known(key) else _cut(key)
            if cut:
                tokens.append(Token(key[:cut], word[:cut], -1, start, start + cut, glued))
                tokens.append(Token(key[cut:], word[cut:], -1, start + cut, end, glued=True))
            else:
                tokens.append(Token(key, word, -1, start, end, glued))
    return Tokens(read, tuple(tokens), misread=misread > 0, unmarked=unmarked, mistyped=mistyped)


def _cut(key: str) -> int:
    """Return where two words were typed as one, 0 when they were not."""
    for word in _GLUED:
        if key.startswith(word) and is_known(key[len(word) :]):
            return len(word)
    return 0
