"""Reading: what a deadline phrase comes to, in the fields that `dondoc phrase` prints."""

from datetime import date, time
from typing import Literal, NamedTuple

from rules.deadline import Deadline, DeadlineKind
from rules.wording import Wording

Kind = DeadlineKind | Literal["datetime", "several", "unspecified", "not_a_deadline"]
Confidence = Literal["sure", "check"]


class Reading(NamedTuple):
    """A phrase as it was understood.

    `start`, `due`, `strict` are local days, `at` a local hour; `strict` is the day before `due` of a `before`.
    `rrules` are recurrence rules (RFC 5545) without hours. `event` is what must happen, in the phrase's words, and
    `offset` the term after (or before) it. `deadline` is the rule file's form, None where the rule language cannot say
    it; an event stands in it by its text. `parts` are the deadlines of `several`, or the recurrences of one phrase.
    """

    kind: Kind
    why: Wording
    start: date | None = None
    due: date | None = None
    strict: date | None = None
    at: time | None = None
    rrules: tuple[str, ...] = ()
    event: str | None = None
    offset: str | None = None
    deadline: Deadline | None = None
    parts: tuple["Reading", ...] = ()
    label: str = ""
    """What the phrase calls this part of it (`phát động`)."""
    doubts: tuple[Wording, ...] = ()

    @property
    def confidence(self) -> Confidence:
        """Return `sure` when nothing about the phrase asks for a second look."""
        return "check" if self.doubts else "sure"

    def doubting(self, *doubts: Wording | None) -> "Reading":
        """Return the same reading with further doubts."""
        if not any(doubts):
            return self
        more = [doubt for doubt in doubts if doubt is not None and doubt not in self.doubts]
        return self._replace(doubts=(*self.doubts, *more)) if more else self

    def labelled(self, label: str) -> "Reading":
        """Return the same reading under the name that the phrase gives it."""
        return self._replace(label=label) if label else self


def some(*doubts: Wording | None) -> tuple[Wording, ...]:
    """Return the doubts that there are, each once."""
    return tuple(dict.fromkeys(doubt for doubt in doubts if doubt is not None))


def impossible(reason: Wording) -> Reading:
    """Return the reading of what cannot be, or of which nothing may be made: never guessed."""
    return Reading("unspecified", reason, doubts=(reason,))
