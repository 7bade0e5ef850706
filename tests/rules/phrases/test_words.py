"""The parts the grammar stands on: the cursor that goes back, the lexicon that takes the longest, the spelling."""

import pytest

from rules.phrases.cursor import Cursor, or_back
from rules.phrases.lexicon import Lexicon, meaning
from rules.phrases.tokens import tokenise


def _cursor(text: str) -> Cursor:
    return Cursor(tokenise(text).tokens)


def test_a_lexicon_takes_the_longest_expression_and_no_part_of_one() -> None:
    lexicon = Lexicon(meaning(1, "chậm nhất"), meaning(2, "chậm nhất là trước"))
    cursor = _cursor("chậm nhất là ngày 5")
    assert lexicon.take(cursor) == 1
    assert cursor.key == "là"
    assert lexicon.take(cursor) is None
    assert cursor.key == "là"


def test_what_takes_nothing_leaves_the_cursor_where_it_was() -> None:
    @or_back
    def two_numbers(cursor: Cursor) -> int | None:
        first = cursor.take_number()
        return first if cursor.take_number() is not None else None

    cursor = _cursor("12 tháng")
    assert two_numbers(cursor) is None
    assert cursor.at == 0


@pytest.mark.parametrize(
    ("typed", "keys"),
    [
        ("Qúy II", ["quý", "ii"]),
        ("Qu ý II", ["quý", "ii"]),
        ("trướcngày 5", ["trước", "ngày", "#"]),
        ("hàng tháng", ["hằng", "tháng"]),
        ("Uỷ ban", ["ủy", "ban"]),
        ("truoc ngay 5", ["trước", "ngày", "#"]),
        ("1 5/12/2026", ["#", "/", "#", "/", "#"]),
        ("ngày 3–5", ["ngày", "#", "-", "#"]),
        ("mồng 5", ["mùng", "#"]),
    ],
)  # fmt: skip
def test_a_word_is_known_however_it_is_typed(typed: str, keys: list[str]) -> None:
    assert [token.key for token in tokenise(typed).tokens] == keys


@pytest.mark.parametrize(
    ("typed", "noticed"),
    [("l5/12/2026", "misread"), ("15/12/20 26", "misread"), ("truoc ngay 5", "unmarked"), ("nghày 5", "mistyped")],
)
def test_what_had_to_be_mended_is_noticed(typed: str, noticed: str) -> None:
    assert getattr(tokenise(typed), noticed)
    assert not getattr(tokenise("trước ngày 15/12/2026"), noticed)
