"""Numbers in words (`sáu`, `mười lăm`) and Roman ones (`III`, also typed `lll`)."""

from rules.phrases.cursor import Cursor, or_back
from rules.phrases.lexicon import Lexicon
from rules.phrases.tokens import NUMBER

_ONES = ("một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_TENS = ("mười", "hai mươi", "ba mươi", "bốn mươi", "năm mươi", "sáu mươi")


def _words() -> dict[str, int]:
    found = {name: n for n, name in enumerate(_ONES, 1)}
    for tens, text in enumerate(_TENS, 1):
        found[text] = 10 * tens
        for ones, name in enumerate(_ONES, 1):
            found[f"{text} {'lăm' if ones == 5 else 'mốt' if ones == 1 and tens > 1 else name}"] = 10 * tens + ones
    return found | {"chín mươi": 90}


WORDS = Lexicon(_words())
ORDINALS = Lexicon({**_words(), "nhất": 1, "tư": 4})
"""Numbers as they stand after `thứ`."""
ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "iiii": 4}
_MISREAD = str.maketrans("l", "i")


def is_misread(key: str) -> bool:
    """Say whether a Roman numeral was typed with the letter l or a digit."""
    return "l" in key or key == NUMBER


def roman(cursor: Cursor) -> int | None:
    """Take a Roman numeral, also one typed with the letter l: `lll`, `lI`, or with the digit 1: `1V`."""
    value = ROMAN.get(cursor.key.translate(_MISREAD))
    if value is not None:
        cursor.at += 1
        return value
    one, rest = cursor.here, cursor.tokens[cursor.at + 1]
    if one.text != "1" or not rest.glued or rest.key not in ("v", "i", "ii"):
        return None
    cursor.at += 2
    return ROMAN[f"i{rest.key}"]


@or_back
def number(cursor: Cursor, low: int, high: int) -> int | None:
    """Take a number in figures or in words, `05 (năm)` too."""
    found = cursor.take_number(low, high)
    if found is None:
        named = WORDS.take(cursor)
        return named if named is not None and low <= named <= high else None
    _said_again(cursor)
    return found


@or_back
def _said_again(cursor: Cursor) -> bool | None:
    return True if cursor.take("(") and WORDS.take(cursor) is not None and cursor.take(")") else None
