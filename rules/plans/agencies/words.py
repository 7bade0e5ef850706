"""Words of an agency cell: cut, folded to one spelling, abbreviations written out, each with its place in the text."""

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple
from unicodedata import combining, normalize

from rules.plans.agencies.vocabulary import ABBREVIATIONS

_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_LOOKALIKES = str.maketrans({"Ð": "Đ", "ð": "đ", "–": "-", "—": "-", "‑": "-", "−": "-"})
_VOWELS = frozenset("aeiouy")
_FINALS = ("", "c", "ch", "m", "n", "ng", "nh", "p", "t")


class Token(NamedTuple):
    """A folded word or a mark, with its place; the words of one abbreviation share theirs."""

    text: str
    start: int
    end: int

    @property
    def is_word(self) -> bool:
        """Say whether it is a word or number."""
        return self.text[0].isalnum()


def composed(text: str) -> str:
    """Return the text in composed Unicode, its invisible characters left out, lookalikes replaced."""
    return normalize("NFC", normalize("NFC", text).translate(_INVISIBLE).translate(_LOOKALIKES))


def tokens(text: str) -> tuple[Token, ...]:
    """Return the words and marks of a composed text, abbreviations as the words they stand for."""
    return tuple(_tokens(text))


def words(text: str) -> tuple[str, ...]:
    """Return the folded words of a text without its marks."""
    return tuple(token.text for token in tokens(composed(text)) if token.is_word)


def key(text: str) -> tuple[str, ...]:
    """Return the words that a name is compared by."""
    return tuple(word for word in words(text) if word not in PASSED_OVER)


def _tokens(text: str) -> Iterator[Token]:
    at = 0
    while at < len(text):
        end = at + 1
        if text[at].isalnum():
            while end < len(text) and (text[end].isalnum() or combining(text[end])):
                end += 1
            for word in _written_out(text[at:end]):
                yield Token(word, at, end)
        elif text[at] == "&":
            yield Token(AND, at, end)
        elif not text[at].isspace() or text[at] == "\n":
            yield Token(text[at], at, end)
        at = end


@lru_cache(maxsize=65_536)
def _written_out(word: str) -> tuple[str, ...]:
    words = ABBREVIATIONS.get(word.lower())
    if words is None or not _is_abbreviation(word):
        return (fold(word),)
    return tuple(map(fold, words.split()))


def _is_abbreviation(word: str) -> bool:
    """Say whether it is no syllable: it has capitals after its first letter, no vowel, or an end that none has."""
    letters = bare(word.lower())
    vowels = [place for place, letter in enumerate(letters) if letter in _VOWELS]
    if word[1:].isupper() or not vowels:
        return True
    end = letters[vowels[0] :].lstrip("aeiouy")
    return end not in _FINALS


@lru_cache(maxsize=65_536)
def fold(word: str) -> str:
    """Return the word in lower case, its tone mark behind it (`ủy` and `uỷ` are one), a lone `i` as `y`."""
    letters = normalize("NFD", word.lower())
    tones = "".join(letter for letter in letters if letter in _TONES)
    plain = normalize("NFC", "".join(letter for letter in letters if letter not in _TONES))
    if plain.endswith("i") and not _VOWELS & set(bare(plain[:-1].removeprefix("qu"))):
        plain = plain[:-1] + "y"
    return normalize("NFC", plain + tones)


AND = fold("và")
PASSED_OVER = frozenset({AND, fold("các"), fold("có")})
"""Words that names are compared without."""


@lru_cache(maxsize=65_536)
def bare(word: str) -> str:
    """Return a word in lower case without any mark: `đảng` → `dang`."""
    return "".join(letter for letter in normalize("NFD", word.replace("đ", "d")) if not combining(letter))
