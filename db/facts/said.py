"""Said: who says something, when, in what words, and by which way."""

from dataclasses import dataclass
from datetime import datetime

from db.facts.remarks import Via
from db.obligations import ObligationState
from rules.obligation import ObligationKey
from rules.wording import Wording


@dataclass(frozen=True, slots=True)
class Said:
    """Who says it, when, in what words, and by which way; `origin` is the network address it came from.

    `once` is the number under which it is said once: of two presses of a button the second finds it used up.
    """

    by: str
    at: datetime
    note: str | None = None
    via: Via = "cli"
    origin: str | None = None
    once: str | None = None


class NotSo(Exception):
    """What was said does not fit an obligation as it stands now: somebody else was quicker, or the rules took it back.

    `state` is how it stands; nothing was recorded.
    """

    def __init__(self, key: ObligationKey, state: ObligationState) -> None:
        super().__init__(f"{key} is {state}")
        self.key, self.state = key, state


class NotThatDay(Exception):
    """A report names a day on which the work cannot have been done; nothing was recorded. `words`: why, and which days
    are accepted."""

    def __init__(self, words: Wording) -> None:
        super().__init__(words.en)
        self.words = words


class ValueAsked(Exception):
    """A value is what answers this, of the indicator that is named; nothing was recorded."""

    def __init__(self, programme: str, indicator: str) -> None:
        super().__init__(f"{programme}/{indicator}")
        self.indicator = f"{programme}/{indicator}"


class NothingToResolve(Exception):
    """Nothing that was told of the obligation waits to be seen to."""
