"""Mistake: what an author wrote where something else is accepted; and the few words all messages are made of."""

import difflib
from collections.abc import Iterable
from functools import lru_cache


class Mistake(ValueError):
    """A value that does not read; its text is the message, one line, with the offending text and the accepted forms."""


def quoted(value: object) -> str:
    """Return the value as messages show it: text in quotes, on one line, cut when long."""
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, (list, tuple)):
        return "a list"
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return str(value).lower()
    text = " ".join(str(value).split())
    return f"'{text if len(text) <= 60 else text[:57] + '…'}'"


def nearest(text: object, accepted: Iterable[str]) -> str | None:
    """Return the accepted word that looks most like the text, None when none is near."""
    return _nearest(str(text).lower()[:100], tuple(accepted))


@lru_cache(maxsize=1000)
def _nearest(text: str, accepted: tuple[str, ...]) -> str | None:
    # The same slip often stands in hundreds of places: a unit that was renamed.
    by_lower = {word.lower(): word for word in accepted}
    near = difflib.get_close_matches(text, by_lower, n=1, cutoff=0.6)
    return by_lower[near[0]] if near else None


def did_you_mean(text: object, accepted: Iterable[str]) -> str:
    """Return `; did you mean 'x'?` for the nearest accepted word, '' when none is near."""
    return suggestion(nearest(text, accepted))


def suggestion(text: str | None) -> str:
    """Return the ending of a message that proposes `text`, '' for None."""
    return f"; did you mean '{text}'?" if text else ""


def listed(words: Iterable[str], most: int = 30) -> str:
    """Return the words separated by commas, `…` after the first `most`."""
    all_words = list(words)
    return ", ".join(all_words[:most]) + (", …" if len(all_words) > most else "")
