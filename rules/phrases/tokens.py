"""Tokens: numbers, words and signs of a phrase, each with the key by which the grammar knows it."""

import re
from functools import lru_cache
from typing import NamedTuple
from unicodedata import normalize

from rules.phrases.spelling import is_known, is_mistyped, spelled, without_marks

NUMBER = "#"
"""The key of every number."""

_TOKEN = re.compile(r"(\s*)(\d+|[^\W\d_]+|\S)")
"""A number, a word or a sign, after the blanks before it."""
# What has to be mended before the text is cut; one search spares most phrases all of it.
_ODD = re.compile(
    "[<\\\\*_`\u200b\u200c\u200d\u2060\ufeff\u00ad\u0400-\u04ff]|\\d[lIOo]|[lIOo]\\d|\\d\\s+\\d\\s*[/.]|[/.]2\\d{0,2}\\s+\\d|//|\n\\s*[-–+•]"
)
_LINE = re.compile(r"<br ?/?>|\\n", re.IGNORECASE)
_BLANKS = re.compile(r"\s+")
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
# Lines of a cell that are a list: `- Ngày 15/6\n- Ngày 15/9`.
_BULLET = re.compile(r"\s*(?:\n|\\n|<br ?/?>)\s*[-–+•]\s*(?=\w)")
# Figures that were filled in by hand, as scanning marks them: the day of `*15*/11/2025`.
_BY_HAND = re.compile(r"(?<!\*)\*\d+\*(?=\s?[/.])")
_DOUBLED = re.compile(r"(?<=\d)//(?=\d)")
_TORN_YEAR = re.compile(r"(?<=[/.])2(?:0(?: [1-4] ?|[1-4] )| 0 ?[1-4] ?)\d(?!\d)")


class Token(NamedTuple):
    """One token. `key`: `#` of a number, the sign, or the word as the grammar spells it; `glued`: no blank before."""

    key: str
    text: str
    number: int
    start: int
    end: int
    glued: bool


_new = tuple.__new__
"""Makes a token without the call that spells out its fields: most of what a phrase costs here."""


class Tokens(NamedTuple):
    """The tokens of `text` (composed Unicode, invisible signs taken out) and what was noticed while reading them."""

    text: str
    tokens: tuple[Token, ...]
    misread: bool
    unmarked: bool
    mistyped: bool


class _Said(NamedTuple):
    """What is told of a number, word or sign by itself: its key, also with the marks it may lack, and where two words
    were typed as one."""

    key: str
    marked: str
    number: int
    is_word: bool
    mistyped: bool
    cut: int


def tokenise(phrase: str) -> Tokens:
    """Return the tokens of a phrase, and what was noticed of how it is typed.

    `misread`: letters stood for digits, or figures were torn; `unmarked`: accents were left out; `mistyped`: a word was
    a slip of the keyboard."""
    text, is_plain, misread = _mended(normalize("NFC", phrase))
    tokens: list[Token] = []
    unmarked = mistyped = False
    end = 0
    # With blanks at its end the search would begin again at each of them.
    for blank, said in _TOKEN.findall(text.rstrip()):
        start = end + len(blank)
        glued = 0 < start == end
        end = start + len(said)
        key, marked, number, is_word, slipped, cut = _said(said)
        if is_word:
            if is_plain and marked != key:
                key, unmarked = marked, True
            if tokens and _is_torn(tokens[-1].key, key):
                tokens[-1], mistyped = _joined(tokens[-1], said, end), True
                continue
            mistyped = mistyped or slipped
            if cut:
                tokens += _parted(Token(key, said, number, start, end, glued), cut)
                continue
        tokens.append(_new(Token, (key, said, number, start, end, glued)))
    return Tokens(text, tuple(tokens), misread, unmarked, mistyped)


def _mended(text: str) -> tuple[str, bool, bool]:
    """Return the text as it is cut, whether it may have been typed without accents, and whether figures were mended."""
    if not _ODD.search(text):
        return text, text.isascii() and " " in text.strip(), False
    text = _BULLET.sub("; ", text)
    by_hand = _BY_HAND.search(text) is not None
    text = _BLANKS.sub(" ", _INVISIBLE.sub("", _LINE.sub(" ", text)))
    read, misread = _digits(text)
    return read, text.isascii() and " " in text.strip(), misread or by_hand


def _digits(text: str) -> tuple[str, bool]:
    """Return the text with its figures mended, and whether any had to be."""
    if _CYRILLIC.search(text):
        latin = normalize("NFC", text.translate(_ALIKE))
        return (_digits(latin)[0] if latin != text else text), True
    text, slashes = _DOUBLED.subn("/", text)
    read, letters = _MISREAD.subn(lambda found: found[0].translate(_DIGITS), text)
    letters += slashes
    if " " not in read or not ("/" in read or "." in read):
        return read, letters > 0
    read, days = _TORN_DAY.subn(r"\1", read)
    read, years = _TORN_YEAR.subn(lambda found: found[0].replace(" ", ""), read)
    return read, letters + days + years > 0


@lru_cache(maxsize=65_536)
def _said(text: str) -> _Said:
    if text.isdecimal():
        return _Said(NUMBER, NUMBER, int(text) if len(text) < 9 else -1, False, False, 0)
    if not text[0].isalnum():
        sign = _SIGNS.get(text, text)
        return _Said(sign, sign, -1, False, False, 0)
    key = spelled(text)
    return _Said(key, without_marks(key), -1, True, is_mistyped(text), 0 if is_known(key) else _cut(key))


@lru_cache(maxsize=65_536)
def _is_torn(before: str, key: str) -> bool:
    """Say whether the word is the second half of one that a blank tore."""
    if not before.isalpha() or (is_known(key) and is_known(before)):
        return False
    return spelled(before + key) in _SPLIT


def _joined(half: Token, rest: str, end: int) -> Token:
    """Return the word that a blank tore."""
    whole = half.text + rest
    return Token(spelled(whole), whole, -1, half.start, end, half.glued)


def _parted(token: Token, cut: int) -> tuple[Token, Token]:
    """Return the two words that were typed as one."""
    middle = token.start + cut
    first = token._replace(key=token.key[:cut], text=token.text[:cut], end=middle)
    return first, token._replace(key=token.key[cut:], text=token.text[cut:], start=middle, glued=True)


def _cut(key: str) -> int:
    """Return where two words were typed as one, 0 when they were not."""
    for word in _GLUED:
        if key.startswith(word) and is_known(key[len(word) :]):
            return len(word)
    return 0
