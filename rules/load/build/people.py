"""Directories: posts that mail can reach, groups expanded; and Who, which looks up what a programme names."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rules.directory import Acting, Directory, Group, OrgUnit, Post
from rules.load.build.groups import UNIT_OR_GROUP, groups
from rules.load.documents import Document
from rules.load.mistake import quoted, unknown
from rules.load.place import Faults, Place
from rules.load.shapes.people import ActingShape, DirectoryShape, PostShape, UnitShape
from rules.wording import Wording

UNIT = Wording("đơn vị", "unit")


@dataclass(frozen=True, slots=True)
class Who:
    """A directory, and the ids of those of its units and groups that could not be read: they are not called unknown."""

    directory: Directory
    aside: Collection[str]
    place: Place
    """Where its document stands."""

    @property
    def is_complete(self) -> bool:
        """Whether all ids are known; without its list of units or groups no id is called unknown."""
        return not ((self.place / "units").is_unread or (self.place / "groups").is_unread)

    def lacks_posts(self, unit: str) -> bool:
        """Say whether the unit has neither focal nor head."""
        found = self.directory.units.get(unit)
        place = self.place / "units" / unit
        return found is not None and not (found.focal or found.head or place.incomplete("focal", "head"))

    def check_unit(self, name: str, place: Place, faults: Faults) -> None:
        """Add a problem unless `name` is a unit."""
        if name in self.directory.groups:
            said = Wording(
                f"{quoted(name)} là một nhóm; ở đây ghi một đơn vị",
                f"{quoted(name)} is a group; a unit is accepted here",
            )
            faults.at(place, said)
        elif name not in self.directory.units and name not in self.aside:
            faults.at(place, self._unknown(UNIT, name, self.directory.units))

    def units_of(self, names: Sequence[str], place: Place, faults: Faults, *, only_coordinate: bool) -> tuple[str, ...]:
        """Return the units that these units and groups come to, in order, each once.

        Open groups are left out where units only coordinate, and a problem elsewhere.
        """
        found: list[str] = []
        for index, name in enumerate(names):
            group = self.directory.groups.get(name)
            if group is None:
                self._check_known(name, place / index, faults)
                found.append(name)
            elif group.open and not only_coordinate:
                said = Wording(
                    f"nhóm {quoted(name)} là nhóm mở: phối hợp thì được, nhưng không ai trả lời thay nhóm",
                    f"group {quoted(name)} is open: it may coordinate, but nobody answers for it",
                )
                faults.at(place / index, said)
            else:
                found.extend(group.members)
        return tuple(dict.fromkeys(found))

    def _check_known(self, name: str, place: Place, faults: Faults) -> None:
        if name not in self.directory.units and name not in self.aside:
            names = {**self.directory.units, **self.directory.groups}
            faults.at(place, self._unknown(UNIT_OR_GROUP, name, names))

    def _unknown(self, what: Wording, name: str, known: Mapping[str, object]) -> Wording:
        within = Wording(f" trong danh bạ {self.directory.id}", f" in directory {self.directory.id}")
        return unknown(what, name, known, within=within, most=8, near=self._by_name(name))

    def _by_name(self, text: str) -> str | None:
        named: list[OrgUnit | Group] = [*self.directory.units.values(), *self.directory.groups.values()]
        ids = {word: each.id for each in named for word in (each.name, *each.aliases)}
        return ids.get(text)


def directory(document: Document[DirectoryShape], faults: Faults) -> Who:
    """Return the directory of a document."""
    shape, place = document.shape, document.place
    units = {name: _unit(name, unit, place / "units" / name, faults) for name, unit in shape.units.items()}
    declared = (*(place / "units").ids, *(place / "groups").ids)
    aside = [name for name in declared if name not in shape.units and name not in shape.groups]
    found = Directory(
        id=document.id,
        chair=_post(shape.chair, place / "chair", faults),
        overseer=_post(shape.overseer, place / "overseer", faults),
        units=units,
        groups=groups(shape, dict.fromkeys((*units, *aside)), place / "groups", faults),
        source=place.source,
    )
    _check_names(found, place, faults)
    return Who(found, aside, place)


def _unit(name: str, shape: UnitShape, place: Place, faults: Faults) -> OrgUnit:
    return OrgUnit(
        id=name,
        name=shape.name,
        aliases=shape.aliases,
        head=_post(shape.head, place / "head", faults),
        focal=_post(shape.focal, place / "focal", faults),
        overseer=_post(shape.overseer, place / "overseer", faults),
        source=place.key_source,
    )


def _post(shape: PostShape | None, place: Place, faults: Faults) -> Post | None:
    if shape is None:
        return None
    if shape.email is None and not shape.vacant and not place.incomplete("email", "vacant"):
        said = Wording(
            f"chức {quoted(shape.title)} không có địa chỉ thư; ghi email:, hoặc vacant: true",
            f"post {quoted(shape.title)} has no address; give email:, or vacant: true",
        )
        faults.at(place, said)
    if shape.email is not None and shape.vacant:
        said = Wording(
            f"chức {quoted(shape.title)} vừa khuyết vừa có email; giữ lại một",
            f"post {quoted(shape.title)} is vacant and has an email; keep one of the two",
        )
        faults.at(place / "vacant", said)
    acting = tuple(_acting(each, place / "acting" / index, faults) for index, each in enumerate(shape.acting))
    _check_overlaps(acting, place / "acting", faults)
    return Post(shape.title, shape.email, shape.until, acting, place.source)


def _acting(shape: ActingShape, place: Place, faults: Faults) -> Acting:
    if shape.until < shape.from_:
        said = Wording(
            f"{shape.until} sớm hơn from: {shape.from_}; cả hai ngày đều được tính",
            f"{shape.until} is earlier than from: {shape.from_}; both days are included",
        )
        faults.at(place / "until", said)
    return Acting(shape.from_, shape.until, shape.title, shape.email)


def _check_overlaps(acting: tuple[Acting, ...], place: Place, faults: Faults) -> None:
    read = [(n, each) for n, each in enumerate(acting) if not (place / n).incomplete("from", "until")]
    by_start = sorted(read, key=lambda numbered: numbered[1].from_)
    for (_, earlier), (index, later) in pairwise(by_start):
        if later.from_ <= earlier.until:
            said = Wording(
                f"từ {later.from_} đến {later.until} chồng lên từ {earlier.from_} đến {earlier.until}; "
                "mỗi lúc chỉ một người thay",
                f"{later.from_} to {later.until} overlaps with {earlier.from_} to {earlier.until}; "
                "one person stands in at a time",
            )
            faults.at(place / index, said)


def _check_names(found: Directory, place: Place, faults: Faults) -> None:
    """Add a problem for every name or alias that two units or groups share: it would not say whom a document means."""
    owners: dict[str, str] = {}
    for collection, members in (("units", found.units), ("groups", found.groups)):
        for each in members.values():
            _claim(owners, each, place / collection / each.id, faults)


def _claim(owners: dict[str, str], each: OrgUnit | Group, place: Place, faults: Faults) -> None:
    spots = [(each.name, place / "name"), *((alias, place / "aliases" / n) for n, alias in enumerate(each.aliases))]
    for text, spot in spots:
        owner = owners.setdefault(" ".join(text.casefold().split()), each.id)
        if owner != each.id:
            said = Wording(
                f"{quoted(text)} đã là tên của {owner}; một tên chỉ một đơn vị hoặc một nhóm",
                f"{quoted(text)} already names {owner}; a name or alias means one unit or group",
            )
            faults.at(spot, said)
