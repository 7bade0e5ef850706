"""Held: how things stand in a ledger at an instant, for a World to go on from there."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from rules.obligation import Facts, Notice, ObligationKey, Slot


@dataclass(frozen=True, slots=True)
class Held:
    """One obligation with its facts and the notices of all its editions.

    `stuck` are those on their way in a letter that was set aside: they do not leave by themselves.
    """

    key: ObligationKey
    facts: Facts
    notices: tuple[Notice, ...] = ()
    stuck: frozenset[Slot] = frozenset()


@dataclass(frozen=True, slots=True)
class Standing:
    """All obligations, those that have ended included.

    `edited_at`: when the rules in force were put there; `looked_at`: when the obligations were last brought up to the
    day; `followed_since`: since when each task is followed, by programme and task; `prompted`: the questions and
    statements that went out; `had`: how many messages each person was sent on the present day.
    """

    held: tuple[Held, ...]
    edited_at: datetime
    looked_at: datetime
    followed_since: Mapping[tuple[str, str], datetime]
    prompted: frozenset[ObligationKey] = frozenset()
    had: Mapping[str, int] = field(default_factory=dict)
