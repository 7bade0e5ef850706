"""Columns: what each column of a table holds, of all that its heading may say, and whether the titles are certain."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from rules.plans.tables.words import ENOUGH, Holds, Score, bare

_MANY: frozenset[Holds] = frozenset({"target", "status", "other", "owner"})
_AIM = "muc tieu"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading in the table's words, with that of the group it stands in, and what it holds.

    `holds` is None for a heading that was not recognised. `period` is the deadline that a tick in the column stands
    for (`Quý I` under `Thời gian thực hiện`). `both`: its heading names the leading and the coordinating agencies.
    `guessed`: it was taken for the titles, and another column that was not recognised may as well have them.
    """

    heading: str
    holds: Holds | None
    period: str = ""
    both: bool = False
    guessed: bool = False


@dataclass(frozen=True, slots=True)
class Scored:
    """A column with what its heading may say it holds, best first."""

    column: Column
    scores: tuple[Score, ...] = ()

    @property
    def best(self) -> Holds | None:
        """Return what the heading says most strongly, None where it says nothing."""
        return self.scores[0].holds if self.scores else None

    @property
    def is_named(self) -> bool:
        """Say whether it has a heading, and is not one of the periods that are ticked."""
        return bool(self.column.heading) and not self.column.period


def assigned(found: Sequence[Scored]) -> tuple[Column, ...]:
    """Give every column what it holds, the best fits first; what one column holds no other can."""
    found = _with_units(found)
    fits = sorted((-score.points, index, score.holds) for index, one in enumerate(found) for score in one.scores)
    held: dict[int, Holds] = {}
    for _, index, holds in fits:
        if index not in held and (holds in _MANY or holds not in held.values()):
            held[index] = holds
    _settle(held, found)
    guessed = _guessed(held, found)
    if guessed is not None:
        held[guessed] = "title"
    return tuple(
        replace(one.column, holds="stated" if one.column.period else held.get(index), guessed=index == guessed)
        for index, one in enumerate(found)
    )


def _with_units(found: Sequence[Scored]) -> list[Scored]:
    """Return the columns, `Đơn vị` beside indicators and their targets as a unit and no agency."""
    best = {one.best for one in found}
    if not best >= {"target", "indicator"} or "unit" in best:
        return list(found)
    unit = (Score(ENOUGH, "unit"),)
    return [replace(one, scores=unit) if bare(one.column.heading) == "don vi" else one for one in found]


def _settle(held: dict[int, Holds], found: Sequence[Scored]) -> None:
    """Mend what only the whole table tells."""
    for index, holds in list(held.items()):
        values = set(held.values())
        if meant := _settled(holds, found[index].column, values):
            held[index] = meant
        elif holds == "owner":
            del held[index]
    if not set(held.values()) & {"title", "indicator", "stated"} and set(held.values()) & {"target", "unit"}:
        aims = (n for n, one in enumerate(found) if n not in held and bare(one.column.heading).startswith(_AIM))
        held.update((index, "indicator") for index in list(aims)[:1])


def _settled(holds: Holds, column: Column, values: set[Holds]) -> Holds | None:
    """Return what a column holds in a table where the columns together hold these, None for no change."""
    heading = bare(column.heading)
    match holds:
        case "coordinate" | "head" if "lead" not in values:
            # A column of both kinds of agencies leads.
            names_lead = column.both if holds == "coordinate" else "chu tri" in heading
            return "lead" if names_lead else None
        case "owner" if "lead" not in values and values & {"target", "unit"} and "stated" not in values:
            return "lead"
        case "target" if "stated" in values and "indicator" not in values:
            is_product = "product" not in values and heading.startswith("ket qua") and "nam" not in heading.split()
            return "product" if is_product else "other"
        case "indicator" if not values & {"title", "target", "unit"}:
            return "title"
    return None


def _guessed(held: Mapping[int, Holds], found: Sequence[Scored]) -> int | None:
    """Return which column is taken for the titles without its heading alone saying so, None where it does.

    It is one whose heading says something else more strongly, or while a column that was not recognised says so as
    well, or stands where titles do: right behind the numbers. Without any other it is the one standing there.
    """
    at = next((index for index, holds in held.items() if holds == "title"), None)
    no = next((index for index, holds in held.items() if holds == "no"), None)
    unknown = [index for index, one in enumerate(found) if index not in held and one.is_named]
    first = unknown[0] if unknown and no is not None and unknown[0] == no + 1 else None
    if at is None:
        values = set(held.values())
        is_of_tasks = "stated" in values and values & {"lead", "head", "product"} and "indicator" not in values
        return first if is_of_tasks else None
    is_second = found[at].best not in ("title", "indicator")
    rival = any(found[index].best == "title" for index in unknown)
    return at if is_second or rival or (first is not None and at != first) else None
