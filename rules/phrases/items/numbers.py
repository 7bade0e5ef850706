"""Numbers in words (`sáu`, `mười lăm`) and Roman ones (`III`, also typed `lll`)."""

from rules.phrases.cursor import Cursor, Lexicon

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
ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "l": 1, "ll": 2, "lll": 3, "lv": 4, "iiii": 4}
MISREAD_ROMAN = frozenset({"l", "ll", "lll", "lv"})


def number(cursor: Cursor, low: int, high: int) -> int | None:
    """Take a number in figures or in words, `05 (năm)` too."""
    start = cursor.at
    found = cursor.take_number(low, high)
    if found is None:
        found = WORDS.take(cursor)
        if found is None or not low <= found <= high:
            cursor.back(start)
            return None
        return found
    here = cursor.at
    if cursor.take("("):
        again = WORDS.take(cursor)
        if again is None or not cursor.take(")"):
            cursor.back(here)
    return found
