"""Said: what a key means, and examples of its values as JSON has them."""

from collections.abc import Mapping
from typing import NamedTuple

from rules.wording import Wording


class Said(NamedTuple):
    """The meaning of a key in both languages, and values it may have."""

    meaning: Wording
    examples: tuple[object, ...]


Keys = Mapping[str, Said]


def said(vi: str, en: str, *examples: object) -> Said:
    """Return what a key means, with examples."""
    return Said(Wording(vi, en), examples)
