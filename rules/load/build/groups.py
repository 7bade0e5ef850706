"""Groups of a directory: members expanded down to units, circles named."""

from collections.abc import Collection
from dataclasses import dataclass, field

from rules.directory import Group
from rules.load.mistake import quoted, unknown
from rules.load.place import Faults, Place
from rules.load.shapes.people import DirectoryShape, GroupShape
from rules.wording import Wording

DEEPEST = 20
UNIT_OR_GROUP = Wording("đơn vị hay nhóm", "unit or group")


def groups(shape: DirectoryShape, units: Collection[str], place: Place, faults: Faults) -> dict[str, Group]:
    """Return the groups with all members expanded; `units` are the ids that are no readable group."""
    expansion = _Expansion(shape.groups, units, place, faults)
    return {name: expansion.group(name) for name in shape.groups}


@dataclass(frozen=True, slots=True)
class _Expansion:
    shapes: dict[str, GroupShape]
    units: Collection[str]
    place: Place
    faults: Faults
    done: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def group(self, name: str) -> Group:
        shape, place = self.shapes[name], self.place / name
        if name in self.units:
            said = Wording(
                f"{quoted(name)} cũng là mã của một đơn vị; một mã chỉ một đơn vị hoặc một nhóm",
                f"{quoted(name)} is the id of a unit too; an id means one unit or group",
            )
            self.faults.at_key(place, said)
        if shape.open and shape.members:
            said = Wording(
                f"nhóm {quoted(name)} là nhóm mở, không kể thành viên; bỏ members: hoặc open:",
                f"group {quoted(name)} is open, never expanded; leave out members: or open:",
            )
            self.faults.at(place / "members", said)
        if not shape.open and not shape.members and not place.incomplete("open", "members"):
            said = Wording(
                f"nhóm {quoted(name)} không có thành viên; kể ra ở members:, hoặc ghi open: true",
                f"group {quoted(name)} has no members; name them, or write open: true",
            )
            self.faults.at_key(place, said)
        members = self.members(name, ())
        return Group(name, shape.name, members, shape.aliases, shape.open, place.key_source)

    def members(self, name: str, trail: tuple[str, ...]) -> tuple[str, ...]:
        """Return the units of a group; `trail` are the groups it was reached through."""
        if name not in self.done:
            found: list[str] = []
            for index, member in enumerate(self.shapes[name].members):
                found.extend(self.member(member, self.place / name / "members" / index, (*trail, name)))
            self.done[name] = tuple(dict.fromkeys(found))
        return self.done[name]

    def member(self, member: str, place: Place, trail: tuple[str, ...]) -> tuple[str, ...]:
        if member in trail and member not in self.units:
            circle = " → ".join((*trail[trail.index(member) :], member))
            said = Wording(
                f"các nhóm chứa nhau thành vòng: {circle}; bỏ bớt một nhóm",
                f"groups contain each other in a circle: {circle}; take one of them out",
            )
            self.faults.at(place, said)
            return ()
        if len(trail) > DEEPEST:
            said = Wording(
                f"nhóm trong nhóm quá {DEEPEST} tầng; kể thẳng các đơn vị",
                f"groups within groups more than {DEEPEST} deep; name the units themselves",
            )
            self.faults.at(place, said)
            return ()
        if member in self.shapes and member not in self.units:
            if self.shapes[member].open:
                said = Wording(
                    f"nhóm {quoted(member)} là nhóm mở, không có thành viên để thêm; bỏ ra",
                    f"group {quoted(member)} is open and has no members to add; take it out",
                )
                self.faults.at(place, said)
            return self.members(member, trail)
        if member not in self.units and not (Place(self.place.tree) / "units").is_unread:
            self.faults.at(place, unknown(UNIT_OR_GROUP, member, [*self.units, *self.shapes], most=8))
        return (member,)
