"""Answered: what was said back, and why it is not told where something came of it before the letter left.

What a person said is a fact: it stays true when the deadline moves, the work rests or the next occurrence takes over.
Only what nobody can act upon any more is not told, and the ledger says why.
"""

from collections.abc import Collection
from dataclasses import replace
from datetime import time

from rules.obligation import AnswerKind, Facts, Reason, Slot
from rules.requests import with_hour

REQUESTS: frozenset[AnswerKind] = frozenset({"extension", "extension_above"})
"""The answers that ask for an extension."""
REMARKS: frozenset[AnswerKind] = frozenset({"difficulty", "not_ours", "focal"})
"""The answers that somebody of the standing office sees to."""


def moot(kind: str, turn: int, facts: Facts) -> Reason | None:
    """Return why an answer, or that others lead it now, is not told any more; None while it is to be told."""
    said = next((one for one in facts.announcements if (one.kind, one.turn) == (kind, turn)), None)
    if kind == "passed":
        stands = facts.withdrawn_at is not None and (said is None or said.at >= facts.withdrawn_at)
        return None if stands else Reason.SUPERSEDED
    if facts.withdrawn_at is not None:
        return Reason.WITHDRAWN
    if kind == "accepted":
        stands = facts.done_at is not None and (said is None or said.at >= facts.done_at)
        return None if stands else Reason.SUPERSEDED
    if facts.done_at is not None:
        return Reason.REPORTED
    if said is not None and said.is_settled:
        return Reason.SUPERSEDED
    # The next occurrence has taken over: there is no deadline left to extend.
    return Reason.CLOSED if facts.closed_at is not None and kind in REQUESTS else None


def settled(facts: Facts, kinds: Collection[str]) -> Facts:
    """Return the facts with all answers of these kinds seen to: decided, resolved or taken back."""
    told = facts.announcements
    if not any(one.kind in kinds and not one.is_settled for one in told):
        return facts
    return replace(
        facts, announcements=tuple(replace(one, is_settled=True) if one.kind in kinds else one for one in told)
    )


def words_of(slot: Slot, facts: Facts, *, at: time | None) -> str:
    """Return the words of the answer that a notice tells of, '' of any other notice. `at`: the hour of the deadline."""
    found = (said for said in facts.announcements if (said.kind, said.turn) == (slot.rung, slot.turn))
    words = next((said.said for said in found), "")
    return with_hour(words, at) if slot.rung in REQUESTS else words
