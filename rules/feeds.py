"""Feeds: what a private calendar is of (a person's own work, a unit, a programme), and which obligations belong to it
as far as its reader may see them. Pure."""

from dataclasses import dataclass
from typing import Literal, NamedTuple

from rules.access import Roles, Subject, UnitOf, may, relations
from rules.obligation import ObligationKey
from rules.programme import Programme, Rulebook
from rules.roster import owing_units

FeedKind = Literal["mine", "unit", "programme"]
SEPARATOR = "\x1f"
"""Parts the words of a scope, as in links to lists."""


class FeedScope(NamedTuple):
    """What a calendar is of: `of` is the unit (with its directory) or the programme, '' for a person's own work."""

    kind: FeedKind = "mine"
    directory: str = ""
    of: str = ""

    def __str__(self) -> str:
        """Return it as links carry it."""
        return "" if self.kind == "mine" else SEPARATOR.join((self.kind, self.directory, self.of))

    @classmethod
    def read(cls, text: str) -> "FeedScope | None":
        """Return what a link carries, None when it is no scope."""
        if not text:
            return cls()
        words = text.split(SEPARATOR)
        if len(words) != 3:
            return None
        match words[0]:
            case "unit":
                return cls("unit", words[1], words[2])
            case "programme":
                return cls("programme", words[1], words[2])
        return None


@dataclass(frozen=True, slots=True)
class Owed:
    """Which obligations: all of some programmes, all that units owe (each by the `unit` of its obligations), all of
    some tasks. `seen`: the programmes of any of them; what the rules no longer ask for is looked for there."""

    programmes: frozenset[str] = frozenset()
    units: frozenset[tuple[str, str]] = frozenset()
    """Programme and unit."""
    tasks: frozenset[tuple[str, str]] = frozenset()
    """Programme and task."""
    seen: frozenset[str] = frozenset()


def scopes(roles: Roles, rulebook: Rulebook) -> tuple[FeedScope, ...]:
    """Return the calendars that somebody may have: their own work, their units, the programmes they see."""
    units = sorted(roles.units | roles.overseen)
    seen = [one for one in rulebook.programmes.values() if _sees_programme(roles, one)]
    mine = (FeedScope(),) if units or roles.chaired or roles.standing else ()
    return (
        *mine,
        *(FeedScope("unit", unit.directory, unit.unit) for unit in units if _is_unit(unit, rulebook)),
        *(FeedScope("programme", one.directory, one.id) for one in seen),
    )


def owed_in(scope: FeedScope, roles: Roles, rulebook: Rulebook) -> Owed:
    """Return where the obligations are that belong to a calendar of its reader; of these, `belongs` tells which do."""
    programmes, owing, tasks, seen = set[str](), set[tuple[str, str]](), set[tuple[str, str]](), set[str]()
    for programme in rulebook.programmes.values():
        units = _units(scope, roles, programme, rulebook)
        if units is None:
            programmes.add(programme.id)
            seen.add(programme.id)
            continue
        if units:
            seen.add(programme.id)
        for task in programme.tasks.values():
            if not units.isdisjoint((*task.head, *task.coordinate)):
                tasks.add((programme.id, task.id))
            owing.update((programme.id, unit) for unit in owing_units(task) if not units.isdisjoint(unit.split("+")))
    return Owed(frozenset(programmes), frozenset(owing), frozenset(tasks), frozenset(seen))


def belongs(key: ObligationKey, scope: FeedScope, roles: Roles, rulebook: Rulebook) -> bool:
    """Say whether an obligation belongs to a calendar and its reader may see it, by the rules and posts as they are."""
    subject, programme = Subject.of_obligation(key, rulebook), rulebook.programmes.get(key.programme)
    if subject is None or programme is None or not may(roles, "see_obligation", subject):
        return False
    units = _units(scope, roles, programme, rulebook)
    return units is None or not units.isdisjoint((*subject.units, *subject.coordinating))


def is_reminded(key: ObligationKey, roles: Roles, rulebook: Rulebook) -> bool:
    """Say whether somebody's calendar rings for an obligation: their own unit owes it or takes part in it."""
    subject = Subject.of_obligation(key, rulebook)
    return subject is not None and not relations(roles, subject).isdisjoint(("owner", "coordinating"))


def _units(scope: FeedScope, roles: Roles, programme: Programme, rulebook: Rulebook) -> frozenset[str] | None:
    """Return the units of whose part in a programme a calendar tells, None: of all."""
    own = frozenset(unit.unit for unit in roles.units | roles.overseen if unit.directory == programme.directory)
    if scope.kind == "mine":
        # Whoever has no unit of their own, as the chair, looks at all of it; whoever oversees every unit does, too.
        sees_all = own >= rulebook.directories[programme.directory].units.keys()
        return None if sees_all or (not own and programme.directory in roles.chaired) else own
    if scope.directory != programme.directory:
        return frozenset()
    if scope.kind == "unit":
        sees_all = _sees_all(roles, programme)
        return frozenset({scope.of}) if sees_all or scope.of in own else frozenset()
    if scope.of != programme.id:
        return frozenset()
    return None if _sees_all(roles, programme) else own


def _sees_all(roles: Roles, programme: Programme) -> bool:
    return roles.is_admin or programme.directory in roles.chaired or programme.id in roles.standing


def _sees_programme(roles: Roles, programme: Programme) -> bool:
    return _sees_all(roles, programme) or any(
        unit.directory == programme.directory for unit in roles.units | roles.overseen
    )


def _is_unit(unit: UnitOf, rulebook: Rulebook) -> bool:
    directory = rulebook.directories.get(unit.directory)
    return directory is not None and unit.unit in directory.units
