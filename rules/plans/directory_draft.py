"""Directory draft: the agencies that a plan names, as a directory file to be filled in.

The file loads as it is: every address stands under `.example`, and a collective whose members nobody knows yet has one
unit in their place. All of that is marked `# CHECK:`.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from rules.directory import Group, OrgUnit
from rules.phrases.forms import Form
from rules.plans.agencies.sightings import Sighting, Sightings, sightings
from rules.plans.agencies.standard import GROUPS, UNITS
from rules.plans.draft import DraftTask
from rules.plans.writing.clean import clean, slug
from rules.plans.writing.layout import Entry, comment, lines_of
from rules.wording import Language, Wording

_TOP = Wording(
    "Danh bạ dự thảo từ một kế hoạch: chỉ có chức danh, không có tên người; mọi địa chỉ dưới .example là tạm. Sửa từng "
    "dòng CHECK rồi xóa chữ CHECK; thêm focal: (đầu mối) và overseer: (lãnh đạo phụ trách) cho từng cơ quan.",
    "A directory drafted from a plan: posts only, no persons; every address under .example stands in. Mend each line "
    "marked CHECK and take the mark away; add focal: and overseer: to the agencies.",
)
_ADDRESS = Wording("CHECK: địa chỉ", "CHECK: the address")
_POST = Wording("CHECK: chức danh, địa chỉ", "CHECK: the title and the address")
_NEW = Wording("CHECK: tên như trong văn bản", "CHECK: named as in the document")
_STANDS_IN = Wording(
    "CHECK: thay bằng danh sách đơn vị thật của nhóm {}", "CHECK: replace it with the actual units of group {}"
)
_MEMBERS = Wording(
    "CHECK: thành viên; văn bản không liệt kê, ở đây chỉ có những cơ quan mà văn bản nêu tên",
    "CHECK: the members; the document does not list them, these are those it names elsewhere",
)
_UNLISTED = Wording("CHECK: thành viên; văn bản không liệt kê", "CHECK: the members; the document does not list them")
_OPEN = Wording(
    "CHECK: không nêu thành viên và chỉ phối hợp; thay bằng members: nếu cần báo từng đơn vị",
    "CHECK: members unknown, they only coordinate; put members: here if each is to be told",
)
_UNCLEAR = Wording("CHECK: chưa rõ “{}”", "CHECK: “{}” is not clear")
_PERHAPS = Wording("{}; có phải {}? Nếu đúng, thêm vào aliases:", "{}; is it {}? If so, add it to the aliases:")
_CHAIR = Wording("Chủ tịch UBND tỉnh", "Chủ tịch UBND tỉnh")
_HEAD = Wording("Người đứng đầu {}", "Người đứng đầu {}")
_PARTS: Mapping[str, tuple[str, ...]] = {"cac-so-nganh-dia-phuong": ("cac-so-nganh", "ubnd-cap-xa")}
"""Standard collectives that consist of others."""
_MOST_ALIASES = 12


def draft_directory(tasks: Iterable[DraftTask], *, id: str, language: Language = "vi") -> str:
    """Return the text of a directory file with the agencies of these tasks: units, titles, aliases, collectives."""
    name, all_tasks = slug(id), tuple(tasks)
    leading = [cell for task in all_tasks for cell in (task.lead, task.head) if cell]
    found = sightings(leading, [task.coordinate for task in all_tasks if task.coordinate], id=name)
    return "\n".join(_File(name, found, language).lines()) + "\n"


@dataclass
class _File:
    id: str
    found: Sightings
    language: Language
    taken: set[str] = field(default_factory=set)

    def lines(self) -> Iterator[str]:
        """Return the lines of the file."""
        yield from comment(self.said(_TOP), 0)
        yield f"directory: {self.id}"
        chair: Form = {"title": _CHAIR.say(self.language), "email": self.address("chu-tich")}
        yield from lines_of(Entry("chair", chair, beside=self.said(_POST)), 0)
        groups = self.groups()
        units = [unit for unit in self.found.directory.units.values() if unit.id in self.found.seen]
        empty = [group for group in groups if not self.is_open(group) and not self.members(group)]
        yield "units:" if units or empty else "units: {}"
        for unit in units:
            yield from self.unit(unit, self.found.seen[unit.id])
        for group in empty:
            yield from self.stand_in(group)
        yield from ["groups:"] if groups else []
        for group in groups:
            yield from self.group(group)
        yield from self.unclear()

    def groups(self) -> list[Group]:
        """Return the groups that the plan names, and those they consist of."""
        named = {part for id in self.found.seen for part in (id, *_PARTS.get(id, ()))}
        return [group for group in self.found.directory.groups.values() if group.id in named]

    def unit(self, unit: OrgUnit, seen: Sighting) -> Iterator[str]:
        """Return the lines of a unit."""
        yield f"  {unit.id}:"
        checks = () if unit.id in UNITS else (self.said(_NEW),)
        yield from lines_of(Entry("name", unit.name, checks=checks), 4)
        yield from self.aliases(unit.name, seen)
        known = next((title for title, _ in seen.titles.most_common(1)), unit.head.title if unit.head else "")
        title = known or _HEAD.say(self.language).format(unit.name)
        head: Form = {"title": clean(title), "email": self.address(unit.id)}
        yield from lines_of(Entry("head", head, beside=self.said(_ADDRESS if known else _POST)), 4)

    def aliases(self, name: str, seen: Sighting) -> Iterator[str]:
        """Return the line of what else somebody is called, leaving out what already names anyone."""
        self.taken.add(_same(name))
        others: list[str] = []
        for text, _ in seen.names.most_common():
            if _same(text) not in self.taken and len(others) < _MOST_ALIASES:
                self.taken.add(_same(text))
                others.append(text)
        if others:
            yield from lines_of(Entry("aliases", others), 4)

    def stand_in(self, group: Group) -> Iterator[str]:
        """Return the lines of the unit that stands for the members of a group."""
        unit, name = self.stand_in_id(group), f"{group.name} (1)"
        yield f"  {unit}:"
        check = self.said(_STANDS_IN).format(group.id)
        yield from lines_of(Entry("name", name, checks=(check,)), 4)
        head: Form = {"title": _HEAD.say(self.language).format(name), "email": self.address(unit)}
        yield from lines_of(Entry("head", head, beside=self.said(_POST)), 4)

    def group(self, group: Group) -> Iterator[str]:
        """Return the lines of a group."""
        yield f"  {group.id}:"
        yield from lines_of(Entry("name", group.name), 4)
        yield from self.aliases(group.name, self.found.seen.get(group.id, Sighting()))
        if self.is_open(group):
            yield from lines_of(Entry("open", True, beside="" if group.open else self.said(_OPEN)), 4)
            return
        members = self.members(group)
        check = _MEMBERS if members and group.id not in _PARTS else _UNLISTED
        checks = () if group.id in _PARTS else (self.said(check),)
        yield from lines_of(Entry("members", members or [self.stand_in_id(group)], checks=checks), 4)

    def is_open(self, group: Group) -> bool:
        """Say whether a group is never expanded: those concerned, and those unknown who only coordinate."""
        return group.open or (group.id not in GROUPS and not self.found.seen[group.id].leads)

    def members(self, group: Group) -> Sequence[str]:
        """Return the members that are known: the groups it consists of, or those of its units that the plan names."""
        return _PARTS.get(group.id) or [unit for unit in group.members if unit in self.found.seen]

    def unclear(self) -> Iterator[str]:
        """Return a comment for each text that may be an agency."""
        for text, ids in self.found.unclear.items():
            asked = self.said(_UNCLEAR).format(text)
            known = [id for id in ids if id in self.found.seen]
            yield from comment(self.said(_PERHAPS).format(asked, ", ".join(known)) if known else asked, 0)

    def stand_in_id(self, group: Group) -> str:
        """Return the id of the unit that stands for the members of a group."""
        return slug(f"{group.id} 1", {*self.found.directory.units, *self.found.directory.groups})

    def address(self, mailbox: str) -> str:
        """Return a placeholder address."""
        return f"{mailbox}@{self.id}.example"

    def said(self, wording: Wording) -> str:
        """Return a text in the language of the file."""
        return wording.say(self.language)


def _same(name: str) -> str:
    """Return a name as the loader compares it."""
    return " ".join(name.casefold().split())
