"""Tokens: numbers, words and signs of a phrase, each with the key by which the grammar knows it."""

import re
from functools import lru_cache
from typing import NamedTuple
from unicodedata import normalize

from rules.phrases.spelling import is_known, is_mistyped, spelled, without_marks

NUMBER = "#"
"""The key of every number."""

_TOKEN = re.compile(r"(\d+)|([^\W\d_]+)|(\S)")
_LINE = re.compile(r"<br ?/?>|\\n", re.IGNORECASE)
_INVISIBLE = re.compile("[\u200b\u200c\u200d\u2060\ufeff\u00ad*_`]")
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_SIGNS = {
    **dict.fromkeys("–—‑−‐÷→", "-"),
    **dict.fromkeys("’‘′", "'"),
    **dict.fromkeys("“”〃", '"'),
    "…": "...",
    "：": ":",
    "，": ",",
    "／": "/",
    "．": ".",
}
_ALIKE = str.maketrans("аеорсухАВЕКМНОРСТУХ", "aeopcyxABEKMHOPCTYX")
"""Cyrillic letters that look like Latin ones."""
_GLUED = ("trước", "ngày", "tháng", "quý", "năm", "từ", "hằng", "đến", "trong", "nhất")
"""Words to which the next one is often typed without a blank: `trướcngày`, `QuýII`."""
_SPLIT = frozenset(("ngày", "tháng", "quý", "năm", "trước", "tuần", "thường", "xuyên", "hoàn", "thành"))
"""Words that scanning tears in two: `Qu ý`, `thá ng`."""
# A letter that stands where only a digit can: `l5/12`, `2O26`. A letter or digit more on either side makes it a word.
_MISREAD = re.compile(r"(?<![^\W\d_])(?=[lIOo]*\d)(?=\d*[lIOo])[\dlIOo]{2,}(?![^\W\d_hgHG])")
_DIGITS = str.maketrans("lIOo", "1100")
# Figures torn by a blank: the day of `1 5/12/2026`, the year of `15/12/20 26`.
_TORN_DAY = re.compile(r"(?<![\d/.,-])(?<![\d/.,-] )([0-3]) (?=\d ?[/.] ?\d{1,2} ?[/.] ?\d)")
_TORN_YEAR = re.compile(r"(?<=[/.])2(?:0(?: [1-4] ?|[1-4] )| 0 ?[1-4] ?)\d(?!\d)")


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


class _Word(NamedTuple):
    """A word as the grammar knows it, also with the marks it may lack, and where two words were typed as one."""

    key: str
    marked: str
    mistyped: bool
    cut: int


def tokenise(phrase: str) -> Tokens:
    """Return the tokens of a phrase, and what was noticed of how it is typed.

    `misread`: letters stood for digits, or figures were torn; `unmarked`: accents were left out; `mistyped`: a word was
    a slip of the keyboard."""
    text = _LINE.sub(" ", normalize("NFC", phrase))
    text = _INVISIBLE.sub("", text)
    read, misread = _digits(text)
    is_plain = text.isascii() and " " in text.strip()
    tokens: list[Token] = []
    unmarked = mistyped = False
    last = -1
    for found in _TOKEN.finditer(read):
        start, end = found.span()
        glued, last, kind, said = start == last, end, found.lastindex, found[0]
        if kind == 1:
            tokens.append(Token(NUMBER, said, int(said) if end - start < 9 else -1, start, end, glued))
        elif kind == 3:
            tokens.append(Token(_SIGNS.get(said, said), said, -1, start, end, glued))
        else:
            word = _word(said)
            key = word.marked if is_plain else word.key
            unmarked = unmarked or key != word.key
            torn = _add_word(tokens, Token(key, said, -1, start, end, glued), word.cut)
            mistyped = mistyped or word.mistyped or torn
    return Tokens(read, tuple(tokens), misread, unmarked, mistyped)


def _digits(text: str) -> tuple[str, bool]:
    """Return the text with its figures mended, and whether any had to be."""
    if _CYRILLIC.search(text):
        latin = normalize("NFC", text.translate(_ALIKE))
        return (_digits(latin)[0] if latin != text else text), True
    read, letters = _MISREAD.subn(lambda found: found[0].translate(_DIGITS), text)
    if " " not in read or not ("/" in read or "." in read):
        return read, letters > 0
    read, days = _TORN_DAY.subn(r"\1", read)
    read, years = _TORN_YEAR.subn(lambda found: found[0].replace(" ", ""), read)
    return read, letters + days + years > 0


def _add_word(tokens: list[Token], token: Token, cut: int) -> bool:
    """Add a word, as two where it was typed as one; return whether it had to be joined to the one before it."""
    if tokens and _is_torn(tokens[-1], token.key):
        half = tokens.pop()
        whole = half.text + token.text
        tokens.append(Token(spelled(whole), whole, -1, half.start, token.end, half.glued))
        return True
    tokens += _parted(token, cut) if cut else (token,)
    return False


def _is_torn(before: Token, key: str) -> bool:
    """Say whether the word is the second half of one that a blank tore."""
    if not before.key.isalpha() or (is_known(key) and is_known(before.key)):
        return False
    return spelled(before.key + key) in _SPLIT


def _parted(token: Token, cut: int) -> tuple[Token, Token]:
    """Return the two words that were typed as one."""
    middle = token.start + cut
    first = token._replace(key=token.key[:cut], text=token.text[:cut], end=middle)
    return first, token._replace(key=token.key[cut:], text=token.text[cut:], start=middle, glued=True)


@lru_cache(maxsize=65_536)
def _word(text: str) -> _Word:
    key = spelled(text)
    return _Word(key, without_marks(key), is_mistyped(text), 0 if is_known(key) else _cut(key))


def _cut(key: str) -> int:
    """Return where two words were typed as one, 0 when they were not."""
    for word in _GLUED:
        if key.startswith(word) and is_known(key[len(word) :]):
            return len(word)
    return 0
