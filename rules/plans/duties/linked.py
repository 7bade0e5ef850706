"""Linked: the row of a plan's own table that states a duty of its text once more."""

from collections.abc import Sequence

from rapidfuzz import fuzz

from rules.plans.draft import DraftTask

_ALIKE = 88.0
_COMPARED = 120
_SHORTEST, _LONG = 25, 40
"""Letters from which on a row, and a duty, can be told from others."""


def row_of(duty: str, text: str, rows: Sequence[DraftTask]) -> DraftTask | None:
    """Return the row that states a duty, by its title and by the paragraph it is from; None where none does."""
    scored = ((_likeness(row.title, duty, text), row) for row in rows if len(row.title) >= _SHORTEST)
    score, row = max(scored, key=lambda pair: pair[0], default=(0.0, None))
    return row if score >= _ALIKE else None


def _likeness(title: str, duty: str, text: str) -> float:
    """Return, of 100, how much of a row is in a text or of a duty in the row, or how alike they are; 0 below _ALIKE."""
    title, duty, text = title.casefold(), duty.casefold(), text.casefold()
    whole = fuzz.partial_ratio(duty, title, score_cutoff=_ALIKE) if _LONG <= len(duty) <= len(title) else 0.0
    begun = fuzz.partial_ratio(title[:_COMPARED], text, score_cutoff=_ALIKE)
    return max(whole, begun, fuzz.token_sort_ratio(title, text, score_cutoff=_ALIKE))
