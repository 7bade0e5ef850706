"""Linked: the row of a plan's own table that states a duty of its text once more."""

from collections.abc import Sequence

from rapidfuzz import fuzz

from rules.plans.draft import DraftTask

_ALIKE = 88.0
_COMPARED = 120
_SHORTEST = 25


def row_of(text: str, rows: Sequence[DraftTask]) -> DraftTask | None:
    """Return the row whose title is about what a paragraph is, the most alike; None where none is."""
    scored = ((_likeness(row.title, text), row) for row in rows if len(row.title) >= _SHORTEST)
    score, row = max(scored, key=lambda pair: pair[0], default=(0.0, None))
    return row if score >= _ALIKE else None


def _likeness(title: str, text: str) -> float:
    """Return, of 100, how much of a title's beginning is in a text, or how alike their words are."""
    title, text = title.casefold(), text.casefold()
    return max(fuzz.partial_ratio(title[:_COMPARED], text), fuzz.token_sort_ratio(title, text))
