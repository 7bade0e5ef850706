"""Rows: tasks and indicators as they will stand in the file, and how many of them are sure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from rules.phrases.forms import Form
from rules.plans.writing.layout import Entry, lines_of
from rules.plans.writing.signs import ASKED, signs

State = Literal["sure", "check", "unresolved"]
_SIGNED_AS = {"deadlines": "deadline"}


@dataclass(frozen=True, slots=True)
class Row:
    """The entries of a task or an indicator, the id first. It is resolved when the machine found all that must be.

    It is asked above when a question in the head of the file is about it.
    """

    entries: tuple[Entry, ...]
    is_resolved: bool
    is_asked_above: bool = False

    @property
    def id(self) -> str:
        """The id it has in the file."""
        return str(self.entries[0].value)

    @property
    def state(self) -> State:
        """Return `check` when a person is asked about it, `unresolved` when the file is wrong without the answer."""
        if not self.is_resolved:
            return "unresolved"
        return "check" if self.is_asked_above or any(entry.checks for entry in self.entries) else "sure"

    def lines(self) -> Iterator[tuple[str, str]]:
        """Yield its lines as an item of a list, each with the key that it belongs to."""
        for number, entry in enumerate(self.entries):
            found = lines_of(entry, 4)
            if number == 0:
                # The comments above the id stand above the whole item.
                found = [line.removeprefix("  ") for line in found[:-1]] + [f"  - {found[-1].lstrip()}"]
            yield from ((entry.key, line) for line in found)


def identified(
    id: str, asked: Iterable[str], place: str, found: Sequence[Entry], fields: tuple[str, ...]
) -> tuple[Entry, ...]:
    """Return the entries of a row with its id before them, its place and its signs beside the id."""
    above = tuple(asked)
    values: dict[str, Form] = {
        _SIGNED_AS.get(entry.key, entry.key): entry.value for entry in found if entry.value is not None
    }
    if checks := [*above, *(check for entry in found for check in entry.checks)]:
        values[ASKED] = checks
    return Entry("id", id, above, " · ".join(filter(None, (place, signs(values, fields))))), *found


class Counts(NamedTuple):
    """How many rows there are in each state."""

    all: int
    sure: int
    check: int
    unresolved: int


def counted(rows: Iterable[Row]) -> Counts:
    """Return how many rows there are in each state."""
    states = [row.state for row in rows]
    return Counts(len(states), states.count("sure"), states.count("check"), states.count("unresolved"))
