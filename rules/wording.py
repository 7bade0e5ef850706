"""Wording: one text in the two languages dondoc speaks."""

from typing import Literal, NamedTuple

Language = Literal["vi", "en"]


class Wording(NamedTuple):
    """The same sentence in Vietnamese and in English."""

    vi: str
    en: str

    def say(self, language: Language) -> str:
        """Return the text in `language`."""
        return self.vi if language == "vi" else self.en
