"""Spelling: the many ways one Vietnamese word is typed, brought to the one the grammar knows it by.

Unicode is composed (NFC); the tone mark may stand on either vowel (`ủy`, `uỷ`); some words have two accepted spellings
(`hằng`, `hàng`). A word that the grammar does not know keeps its own spelling.
"""

import re
from functools import lru_cache
from unicodedata import normalize

_WORDS = re.compile(r"[^\W\d_]+|\d+|\S")
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_VARIANTS = {
    "hàng": "hằng",
    "quí": "quý",
    "kì": "kỳ",
    "mồng": "mùng",
    "bẩy": "bảy",
    "nhứt": "nhất",
    "đêm": "tối",
}
_MISTYPED = {
    "trươc": "trước",
    "truớc": "trước",
    "trứơc": "trước",
    "trướ": "trước",
    "hăng": "hằng",
    "hẳng": "hằng",
    "qúi": "quý",
    "qui": "quý",
    "thưòng": "thường",
    "thừơng": "thường",
    "thuờng": "thường",
    "nghày": "ngày",
    "thàng": "tháng",
}
_known: set[str] = set()
_by_tone: dict[str, str] = {}
_by_letters: dict[str, str] = {}


def known(text: str) -> tuple[str, ...]:
    """Return the words and signs of `text` after making them ones that the grammar knows."""
    words = tuple(_WORDS.findall(normalize("NFC", text).lower()))
    for word in words:
        _known.add(word)
        _by_tone.setdefault(_toneless(word), word)
        _by_letters.setdefault(bare(word), word)
    return words


@lru_cache(maxsize=65_536)
def spelled(word: str) -> str:
    """Return the word in lower case as the grammar spells it, an unknown one as it is."""
    lower = normalize("NFC", word).lower()
    lower = _VARIANTS.get(lower) or _MISTYPED.get(lower, lower)
    if lower in _known:
        return lower
    return _by_tone.get(_toneless(lower), lower)


def is_mistyped(word: str) -> bool:
    """Say whether the word is a slip of the keyboard that the grammar mends."""
    return normalize("NFC", word).lower() in _MISTYPED


def is_known(word: str) -> bool:
    """Say whether the grammar knows a word, spelled as it spells it."""
    return word in _known


def without_marks(word: str) -> str:
    """Return the word that the grammar would know if it had its marks (`truoc` → `trước`), else as it is."""
    return _by_letters.get(word, word)


@lru_cache(maxsize=65_536)
def bare(word: str) -> str:
    """Return the word without any mark: `trước` → `truoc`."""
    letters = normalize("NFD", word.lower().replace("đ", "d"))
    return "".join(letter for letter in letters if not "\u0300" <= letter <= "\u036f")


def _toneless(word: str) -> str:
    """Return the vowels as they are and the tone at the end, wherever it stood."""
    letters = normalize("NFD", word)
    tones = "".join(letter for letter in letters if letter in _TONES)
    return normalize("NFC", "".join(letter for letter in letters if letter not in _TONES)) + tones


# Of words alike but for their marks the one that is meant where none were typed.
known(
    """ngày tháng quý năm tuần giờ trước sau trong đến từ hết chậm nhất muộn hằng mỗi định kỳ thường xuyên đầu giữa
    cuối hoàn thành làm việc kể khi lần một thứ báo cáo nay theo và hoặc tới vào là của đối với không quá hạn thời
    gian lộ trình kế hoạch tiến độ sáng chiều đột xuất yêu cầu có"""
)
