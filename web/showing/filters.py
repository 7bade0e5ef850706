"""Filters: what of the list is asked for, read from the address of the page, so that it can be sent as a link."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from starlette.datastructures import QueryParams

from db.boards import Seen, Tally
from db.lists import ORDERS, Asked, Key, Order
from rules.programme import Programme, Rulebook
from rules.status import Progress, Timeliness, Verification
from web.showing.names import tasks_found
from web.showing.scope import owed_by

PROGRAMME, SECTION, UNIT, TEXT = "ct", "muc", "dv", "tim"
PROGRESS, TIMELINESS, VERIFICATION = "tien_do", "thoi_han", "xac_nhan"
FROM, TO, LATE_FROM, LATE_TO, ORDER, AFTER = "tu", "den", "tre_tu", "tre_den", "xep", "sau"
STRETCH, TO_COME = "ky", "chua_den"
"""The stretch of time of what recurs, and the word for one that has not begun."""
LONGEST = 200
MOST_COUNTED = 10_000
"""What a filter lets through is counted no further."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What was asked for. `odd`: what of it was not understood, and is passed over."""

    programme: str = ""
    section: str = ""
    unit: str = ""
    """`directory:unit`."""
    text: str = ""
    progress: frozenset[Progress] = frozenset()
    timeliness: frozenset[Timeliness] = frozenset()
    verification: frozenset[Verification] = frozenset()
    due_from: date | None = None
    due_to: date | None = None
    late_from: int | None = None
    late_to: int | None = None
    ahead: bool = False
    """Only what recurs and has not begun."""
    order: Order = "due"
    after: Key | None = None
    odd: tuple[str, ...] = ()

    def query(self, **changes: object) -> dict[str, object]:
        """Return the address of the same list, but for what `changes`, by the names of the address."""
        found: dict[str, object] = {
            PROGRAMME: self.programme,
            SECTION: self.section,
            UNIT: self.unit,
            TEXT: self.text,
            PROGRESS: sorted(self.progress),
            TIMELINESS: sorted(self.timeliness),
            VERIFICATION: sorted(self.verification),
            FROM: self.due_from,
            TO: self.due_to,
            LATE_FROM: self.late_from,
            LATE_TO: self.late_to,
            STRETCH: TO_COME if self.ahead else None,
            ORDER: self.order if self.order != "due" else None,
        }
        return {name: value for name, value in (found | changes).items() if value not in (None, "", [])}

    def asked(self, seen: Seen, tally: Tally, rulebook: Rulebook) -> Asked:
        """Return what is to be listed of what is seen."""
        programmes = [rulebook.programmes[one] for one in seen.programmes if self.programme in ("", one)]
        directory, _, unit = self.unit.partition(":")
        if unit:
            programmes = [one for one in programmes if one.directory == directory]
        return Asked(
            seen,
            tuple(one.id for one in programmes),
            tasks={one.id: self._tasks(one) for one in programmes} if self.section or self.text else None,
            units=frozenset(owed_by([unit], {stored for _, stored in tally.units})) if unit else None,
            progress=self.progress,
            timeliness=self.timeliness,
            verification=self.verification,
            due_from=self.due_from,
            due_to=self.due_to,
            at_least_late=self.late_from,
            at_most_late=self.late_to,
            ahead=self.ahead,
            order=self.order,
        )

    def _tasks(self, programme: Programme) -> frozenset[str]:
        found = tasks_found(programme, self.text) if self.text else frozenset(programme.tasks)
        if not self.section:
            return found
        return frozenset(one for one in found if programme.tasks[one].section == self.section)


def filters_of(query: QueryParams) -> Filters:
    """Return what an address asks for."""
    reading = _Reading(query)
    return Filters(
        programme=reading.text(PROGRAMME),
        section=reading.text(SECTION),
        unit=reading.text(UNIT),
        text=reading.text(TEXT),
        progress=frozenset(reading.words(PROGRESS, Progress)),
        timeliness=frozenset(reading.words(TIMELINESS, Timeliness)),
        verification=frozenset(reading.words(VERIFICATION, Verification)),
        due_from=reading.day(FROM),
        due_to=reading.day(TO),
        late_from=reading.number(LATE_FROM),
        late_to=reading.number(LATE_TO),
        ahead=reading.says(STRETCH, TO_COME),
        order=reading.order(),
        after=reading.key(),
        odd=tuple(reading.odd),
    )


@dataclass
class _Reading:
    query: QueryParams
    odd: list[str] = field(default_factory=list)

    def text(self, name: str) -> str:
        value = self.query.get(name, "").strip()
        if len(value) > LONGEST or not value.isprintable():
            self.odd.append(name)
            return ""
        return value

    def words(self, name: str, axis: Iterable[Any]) -> list[Any]:
        known: Mapping[str, Any] = {one.value: one for one in axis}
        asked = [one for one in self.query.getlist(name) if one]
        self.odd += [name] * any(one not in known for one in asked)
        return [known[one] for one in asked if one in known]

    def says(self, name: str, word: str) -> bool:
        value = self.text(name)
        self.odd += [name] * (value not in ("", word))
        return value == word

    def day(self, name: str) -> date | None:
        value = self.text(name)
        try:
            return date.fromisoformat(value) if value else None
        except ValueError:
            self.odd.append(name)
            return None

    def number(self, name: str) -> int | None:
        value = self.text(name)
        if not value:
            return None
        if not (value.isascii() and value.isdecimal() and 0 < int(value[:6]) < 100_000):
            self.odd.append(name)
            return None
        return int(value[:6])

    def order(self) -> Order:
        value = self.text(ORDER)
        found = next((one for one in ORDERS if one == value), None)
        self.odd += [ORDER] * (bool(value) and found is None)
        return found or "due"

    def key(self) -> Key | None:
        """Return the end of the last page: `2026-04-03.17`, or `-.17` where nothing more has a day."""
        day, _, number = self.text(AFTER).rpartition(".")
        if not day:
            return None
        try:
            due = None if day == "-" else date.fromisoformat(day)
        except ValueError:
            due = date.min
        if due == date.min or not (number.isascii() and number.isdecimal() and len(number) < 19):
            self.odd.append(AFTER)
            return None
        return Key(due, int(number))


def key_text(key: Key) -> str:
    """Return a key as it stands in an address."""
    return f"{key.due or '-'}.{key.id}"
