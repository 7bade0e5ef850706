"""Access: which roles an address has by the directories on a day, and what each of them may do.

Who may do what stands in one table, `WHO`; pages and feeds ask `may`.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple, get_args

from rules.directory import Directory, Post
from rules.ladder import Role
from rules.obligation import ObligationKey
from rules.posts import posts
from rules.programme import Programme, Rulebook
from rules.recipients import AddressBook

Relation = Literal["owner", "stand_in", "coordinating", "overseer", "chair", "standing", "admin"]
"""How a person stands to what is asked for: head or focal of a unit that owes it, whoever reads the mail of such a head
while nobody holds the post, head or focal of a unit that coordinates it, overseer of such a unit, chair of the
directory, of the standing office of the programme, administrator."""

Action = Literal[
    "see_board",
    "see_work",
    "see_obligation",
    "see_unit",
    "answer",
    "ask_extension",
    "decide_extension",
    "verify",
    "record_event",
    "answer_event",
    "date_task",
    "contribute",
    "see_summary",
    "confirm_summary",
    "mark_national",
    "see_indicators",
    "measure",
    "see_outbox",
    "see_audit",
]
ACTIONS: tuple[Action, ...] = get_args(Action)

_LEADERS: frozenset[Relation] = frozenset({"overseer", "chair", "standing"})
_ALL: frozenset[Relation] = frozenset(get_args(Relation))

WHO: Mapping[Action, frozenset[Relation]] = {
    "see_board": _LEADERS | {"admin"},
    "see_work": _ALL,
    "see_obligation": _ALL,
    "see_unit": _ALL - {"coordinating"},
    "answer": frozenset({"owner", "stand_in"}),
    "ask_extension": frozenset({"owner", "stand_in"}),
    "decide_extension": frozenset({"standing", "overseer", "chair"}),
    "verify": frozenset({"standing"}),
    "record_event": frozenset({"standing"}),
    "answer_event": frozenset({"owner", "stand_in", "standing"}),
    "date_task": frozenset({"standing"}),
    "contribute": frozenset({"owner"}),
    "see_summary": _LEADERS | {"owner", "admin"},
    "confirm_summary": frozenset({"standing"}),
    "mark_national": frozenset({"standing"}),
    "see_indicators": _ALL,
    "measure": frozenset({"owner", "stand_in", "standing"}),
    "see_outbox": frozenset({"admin"}),
    "see_audit": frozenset({"admin"}),
}


class UnitOf(NamedTuple):
    """A unit of a directory."""

    directory: str
    unit: str


class Held(NamedTuple):
    """A post that an address stands behind; the unit is '' for the chair and for an overseer of all units."""

    directory: str
    unit: str
    role: Role
    title: str
    acting: bool = False


@dataclass(frozen=True, slots=True)
class Roles:
    """All that an address is on a day. `units`: of these it is head or focal."""

    person: str
    held: tuple[Held, ...] = ()
    units: frozenset[UnitOf] = frozenset()
    overseen: frozenset[UnitOf] = frozenset()
    stands_in: frozenset[UnitOf] = frozenset()
    """The units whose head nobody is, and whose mail goes up to it."""
    chaired: frozenset[str] = frozenset()
    standing: frozenset[str] = frozenset()
    """The programmes whose standing office it is head or focal of."""
    is_admin: bool = False

    @property
    def is_known(self) -> bool:
        """Say whether it is anything at all: nobody else signs in."""
        return bool(self.held) or self.is_admin

    @property
    def title(self) -> str:
        """Return the title it goes by: that of its highest post, '' where it has none."""
        return min(self.held, key=lambda held: _RANK.index(held.role)).title if self.held else ""


@dataclass(frozen=True, slots=True)
class Subject:
    """What an action is on: a programme with the units that owe and that coordinate, or a directory alone."""

    directory: str
    programme: str = ""
    units: tuple[str, ...] = ()
    coordinating: tuple[str, ...] = ()

    @classmethod
    def of_programme(cls, programme: Programme) -> "Subject":
        """Return a whole programme; every unit owes something of it, or may come to."""
        return cls(programme.directory, programme.id)

    @classmethod
    def of_obligation(cls, key: ObligationKey, rulebook: Rulebook) -> "Subject | None":
        """Return what an obligation is to access; None when the rules no longer know its programme."""
        programme = rulebook.programmes.get(key.programme)
        if programme is None:
            return None
        task = programme.task(key.task)
        heads, coordinating = (task.head, task.coordinate) if task else ((), ())
        return cls(programme.directory, programme.id, (*key.units, *heads), coordinating)


_RANK: tuple[Role, ...] = ("chair", "overseer", "head", "focal", "standing")


def may(roles: Roles, action: Action, subject: Subject | None = None) -> bool:
    """Say whether somebody may do that: on `subject`, or, without one, on anything at all."""
    return not WHO[action].isdisjoint(relations(roles, subject))


def sees_unit(roles: Roles, of: UnitOf, rulebook: Rulebook) -> bool:
    """Say whether somebody may see how a unit as such stands: to share a task with it is not enough."""
    programmes = (one.id for one in rulebook.programmes.values() if one.directory == of.directory)
    return any(may(roles, "see_unit", Subject(of.directory, one, (of.unit,))) for one in ("", *programmes))


class Reach(NamedTuple):
    """What of a programme an action may be done to: all of it, or what these units owe, or these tasks."""

    whole: bool
    units: frozenset[str] = frozenset()
    tasks: frozenset[str] = frozenset()


def reach(roles: Roles, action: Action, programme: Programme) -> Reach:
    """Return to what of a programme somebody may do that: the same as asking `may` of each of its obligations."""
    who, directory = WHO[action], programme.directory
    if (
        ("admin" in who and roles.is_admin)
        or ("chair" in who and directory in roles.chaired)
        or ("standing" in who and programme.id in roles.standing)
    ):
        return Reach(whole=True)
    overseen = _in(roles.overseen, directory) if "overseer" in who else frozenset()
    owing = overseen | (_in(roles.units, directory) if "owner" in who else frozenset())
    owing |= _in(roles.stands_in, directory) if "stand_in" in who else frozenset()
    coordinating = overseen | (_in(roles.units, directory) if "coordinating" in who else frozenset())
    tasks = (
        task.id
        for task in programme.tasks.values()
        if not (owing.isdisjoint(task.head) and coordinating.isdisjoint(task.coordinate))
    )
    return Reach(whole=False, units=owing, tasks=frozenset(tasks))


def _in(units: frozenset[UnitOf], directory: str) -> frozenset[str]:
    return frozenset(one.unit for one in units if one.directory == directory)


def relations(roles: Roles, subject: Subject | None = None) -> frozenset[Relation]:
    """Return how somebody stands to `subject`; without one, all that they are to anything."""
    return frozenset(_all(roles) if subject is None else _to(roles, subject))


def unit_spoken_for(roles: Roles, key: ObligationKey, rulebook: Rulebook) -> str:
    """Return the unit that somebody speaks for: their own of those that owe it jointly, else all of them."""
    programme = rulebook.programmes.get(key.programme)
    spoken_for = roles.units | roles.stands_in
    own = [unit for unit in key.units if programme and UnitOf(programme.directory, unit) in spoken_for]
    return own[0] if len(own) == 1 else key.unit


def roles_of(rulebook: Rulebook, person: str, on: date, *, admins: Iterable[str] = ()) -> Roles:
    """Return what an address is on a day, whatever the case of its letters."""
    address = person.casefold()
    directories = rulebook.directories.values()
    held = tuple(found for directory in directories for found in _held(directory, address, on))
    units = frozenset(UnitOf(found.directory, found.unit) for found in held if found.role in ("head", "focal"))
    return Roles(
        person=address,
        held=held,
        units=units,
        overseen=frozenset(
            UnitOf(directory.id, unit)
            for directory in directories
            for unit in directory.units
            if _holds(directory.post(unit, "overseer"), address, on)
        ),
        stands_in=frozenset(found for directory in directories for found in _stood_in_for(directory, address, on)),
        chaired=frozenset(found.directory for found in held if found.role == "chair"),
        standing=frozenset(
            programme.id
            for programme in rulebook.programmes.values()
            if UnitOf(programme.directory, programme.standing) in units
        ),
        is_admin=address in {admin.casefold() for admin in admins},
    )


def _held(directory: Directory, address: str, on: date) -> Iterator[Held]:
    for unit, role, post in posts(directory):
        holder = post.holder(on)
        if holder is not None and holder.email.casefold() == address:
            yield Held(directory.id, unit, role, holder.title, holder.acting)


def _stood_in_for(directory: Directory, address: str, on: date) -> Iterator[UnitOf]:
    book = AddressBook(directory, on)
    for unit, org in directory.units.items():
        if org.head is None or org.head.holder(on) is None:
            reader = book.holder_or_above(unit, "head").holder
            if reader is not None and reader.email.casefold() == address:
                yield UnitOf(directory.id, unit)


def _holds(post: Post | None, address: str, on: date) -> bool:
    holder = post.holder(on) if post else None
    return holder is not None and holder.email.casefold() == address


def _all(roles: Roles) -> Iterator[Relation]:
    if roles.units:
        yield from ("owner", "coordinating")
    if roles.stands_in:
        yield "stand_in"
    if roles.overseen or any(held.role == "overseer" for held in roles.held):
        yield "overseer"
    if roles.chaired:
        yield "chair"
    if roles.standing:
        yield "standing"
    if roles.is_admin:
        yield "admin"


def _to(roles: Roles, subject: Subject) -> Iterator[Relation]:
    owing, coordinating = (
        {UnitOf(subject.directory, unit) for unit in units} for units in (subject.units, subject.coordinating)
    )
    if owing & roles.units:
        yield "owner"
    if owing & roles.stands_in:
        yield "stand_in"
    if coordinating & roles.units:
        yield "coordinating"
    if roles.overseen & (owing | coordinating) or (not owing and _oversees(roles, subject.directory)):
        yield "overseer"
    if subject.directory in roles.chaired:
        yield "chair"
    if subject.programme in roles.standing:
        yield "standing"
    if roles.is_admin:
        yield "admin"


def _oversees(roles: Roles, directory: str) -> bool:
    return any(unit.directory == directory for unit in roles.overseen)
