"""Wording: one text in the two languages dondoc speaks."""

from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

Language = Literal["vi", "en"]


class Wording(NamedTuple):
    """The same sentence in Vietnamese and in English."""

    vi: str
    en: str

    def say(self, language: Language) -> str:
        """Return the text in `language`."""
        return self.vi if language == "vi" else self.en


NOTHING = Wording("", "")


def same(text: str) -> Wording:
    """Return a text that is the same in both languages: a name, an id, what stands in a file."""
    return Wording(text, text)


SEVERITIES: Mapping[str, Wording] = {
    "error": Wording("lỗi", "error"),
    "warning": Wording("cảnh báo", "warning"),
    "note": Wording("ghi chú", "note"),
}
"""How grave something that was found is."""


def together(sayings: Sequence[Wording]) -> Wording:
    """Return several sentences as one text."""
    return Wording(" ".join(each.vi for each in sayings), " ".join(each.en for each in sayings))
