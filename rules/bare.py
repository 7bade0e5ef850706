"""Bare: what whoever verifies a report reads of one that came with nothing to verify it by."""

from rules.wording import Wording

_BARE = Wording("không kèm kết quả, văn bản hay minh chứng", "without a result, a document or a proof")


def bare_words(*given: object) -> Wording | None:
    """Return what is told of a report whose result, document and proofs are `given`; None where it has any of them."""
    return None if any(given) else _BARE
