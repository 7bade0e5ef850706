"""Recipients: which posts a rung reaches for an obligation, and who stands behind them on a day; upward where nobody
does."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, NamedTuple

from rules.days import OutOfCalendarError, plus
from rules.directory import Directory, Holder, Post
from rules.ladder import Role
from rules.obligation import Reason, Slot

_UPWARD: dict[Role, tuple[Role, ...]] = {
    "focal": ("focal", "head", "overseer", "chair"),
    "head": ("head", "overseer", "chair"),
    "overseer": ("overseer", "chair"),
    "chair": ("chair",),
}

_OWN: tuple[Role, ...] = ("head", "focal")
"""The posts of a unit itself."""


class Reached(NamedTuple):
    """A post that was looked for: `holder` is None when nobody is in it, and the next one up follows in the list."""

    unit: str
    role: Role
    holder: Holder | None


class Target(NamedTuple):
    """A post that one rung reaches: `to` act, or as `cc` to know of it."""

    unit: str
    role: Role
    as_: Literal["to", "cc"]
    person: str | None
    """The address of who holds it, None when nobody does."""


@dataclass(frozen=True, slots=True, eq=False)
class Owers:
    """The units an obligation's posts are looked up in.

    Each is equal to itself only, so that look-ups by it cost nothing.
    """

    units: tuple[str, ...]
    heads: tuple[str, ...]
    standing: str
    coordinate: tuple[str, ...] = ()


class Posts(NamedTuple):
    """Whom a rung reaches, as roles; `coordinating`: the units that coordinate hear of it as well.

    `stands`: it is sent even if a later rung is. `jointly`: of several units that owe it jointly each hears of it, but
    for the one that reported it: `reported_by` is an address of it, or its name.
    """

    to: tuple[Role, ...]
    cc: tuple[Role, ...]
    coordinating: bool = False
    stands: bool = False
    jointly: bool = False
    reported_by: str = ""


class Handed(NamedTuple):
    """One post that a rung reaches, the rung being at `place` among those taken together.

    `reason`: why it is not sent, None when it is owed. `is_again`: the same person gets it for another post already.
    """

    place: int
    target: Target
    reason: Reason | None
    is_again: bool


class HandedOut(NamedTuple):
    """Who gets what of rungs taken together, all in order, and what of it is owed, each with the person's address.

    `roles`: the posts that are owed something.
    """

    all: tuple[Handed, ...]
    owed: tuple[tuple[str, Handed], ...]
    roles: frozenset[Role]


@dataclass(frozen=True, slots=True)
class AddressBook:
    """A directory on one local day, or on all days on which the same people hold its posts; look-ups are remembered."""

    directory: Directory
    on: date
    _known: dict[tuple[Role, tuple[str, ...]], tuple[Reached, ...]] = field(
        default_factory=dict, compare=False, repr=False
    )
    _handed: dict[tuple[Posts, ...], "HandingOut"] = field(default_factory=dict, compare=False, repr=False)

    def reach(self, owers: Owers, role: Role) -> tuple[Reached, ...]:
        """Return the posts reached by `role`, vacant ones passed on the way up included."""
        match role:
            case "head":
                units = owers.heads
            case "standing":
                units = (owers.standing,)
            case "chair":
                units = owers.units[:1]
            case _:
                units = owers.units
        return self._look_up(role, units)

    def targets(self, posts: Posts, owers: Owers) -> tuple[Target, ...]:
        """Return every post a rung reaches, once each, those asked to act before those informed.

        Where nobody is in post the post above stands in the list as well.
        """
        return tuple(handed.target for handed in self.handing_out((posts,))[owers].all)

    def handing_out(self, taken: tuple[Posts, ...]) -> "HandingOut":
        """Return who gets what of rungs taken together, in order of time: of one obligation each person the latest."""
        found = self._handed.get(taken)
        if found is None:
            found = self._handed[taken] = HandingOut(self, taken)
        return found

    def focals(self, units: tuple[str, ...]) -> tuple[Reached, ...]:
        """Return the focal posts of those units, or the posts above where there is none."""
        return self._look_up("focal", units)

    def partners(self, owers: Owers, reported_by: str) -> tuple[Reached, ...]:
        """Return the heads and focal posts of units that owe it jointly, but for the one that reported it: a unit of
        whoever has that address, or the one named so."""
        if len(owers.units) == 1:
            return ()
        others = (unit for unit in owers.units if not self._works_there(unit, reported_by))
        return tuple(post for unit in others for role in _OWN for post in self._look_up(role, (unit,)))

    def _works_there(self, unit: str, who: str) -> bool:
        holders = (self._climb(unit, role)[0].holder for role in _OWN)
        return who == unit or any(one is not None and one.email.casefold() == who.casefold() for one in holders)

    def holder_or_above(self, unit: str, role: Role) -> Reached:
        """Return who reads what is owed to a post: its holder, or of the posts above the first that is held.

        The holder is None when nobody up to the chair is in post.
        """
        return self._climb(unit, role)[-1]

    def _look_up(self, role: Role, units: tuple[str, ...]) -> tuple[Reached, ...]:
        found = self._known.get((role, units))
        if found is None:
            found = self._known[(role, units)] = tuple(post for unit in units for post in self._climb(unit, role))
        return found

    def _climb(self, unit: str, role: Role) -> list[Reached]:
        """Return the posts from `role` upward to the first that somebody holds."""
        if role == "standing":
            return [Reached(unit, "standing", self._climb(unit, "focal")[-1].holder)]
        passed: list[Reached] = []
        for rank in _UPWARD[role]:
            post = self.directory.post(unit, rank)
            holder = post.holder(self.on) if post else None
            passed.append(Reached(unit, rank, holder))
            if holder is not None:
                break
        return passed


class HandingOut(dict[Owers, HandedOut]):
    """Who gets what of certain rungs taken together, worked out once for each obligation's posts."""

    def __init__(self, book: AddressBook, taken: tuple[Posts, ...]) -> None:
        super().__init__()
        self._book, self._taken = book, taken
        self._alike: dict[tuple[tuple[str, ...], ...], HandedOut] = {}
        self._coordinating = any(posts.coordinating for posts in taken)

    def __missing__(self, owers: Owers) -> HandedOut:
        alike = (owers.units, owers.heads, (owers.standing,), owers.coordinate if self._coordinating else ())
        found = self._alike.get(alike)
        if found is None:
            found = self._alike[alike] = self._work_out(owers)
        self[owers] = found
        return found

    def _work_out(self, owers: Owers) -> HandedOut:
        reached = [(place, target) for place, posts in enumerate(self._taken) for target in self._targets(posts, owers)]
        latest = {target.person: place for place, target in reached}
        seen: set[tuple[int, str | None]] = set()
        handed = []
        for place, target in reached:
            reason = self._why_not(place, target, latest)
            handed.append(Handed(place, target, reason, (place, target.person) in seen))
            seen.add((place, target.person))
        owed = tuple((each.target.person, each) for each in handed if each.target.person and not each.reason)
        return HandedOut(tuple(handed), owed, frozenset(each.target.role for _, each in owed))

    def _why_not(self, place: int, target: Target, latest: Mapping[str | None, int]) -> Reason | None:
        if target.person is None:
            return Reason.NOBODY
        gives_way = latest[target.person] != place and not self._taken[place].stands
        return Reason.SUPERSEDED if gives_way else None

    def _targets(self, posts: Posts, owers: Owers) -> Iterable[Target]:
        found: dict[tuple[str, Role], Target] = {}
        asked: tuple[tuple[Literal["to", "cc"], Iterable[Reached]], ...] = (
            ("to", (post for role in posts.to for post in self._book.reach(owers, role))),
            ("cc", (post for role in posts.cc for post in self._book.reach(owers, role))),
            ("cc", self._book.focals(owers.coordinate) if posts.coordinating else ()),
            ("cc", self._book.partners(owers, posts.reported_by) if posts.jointly else ()),
        )
        for as_, reached in asked:
            for unit, role, holder in reached:
                found.setdefault((unit, role), Target(unit, role, as_, holder.email if holder else None))
        return found.values()


class Former(NamedTuple):
    """Who owed an obligation before others did: the units that have no part in it any more, by the book of today.
    `not_told`: the others that owed it, each with why it is not told."""

    owers: Owers
    book: AddressBook
    not_told: Mapping[str, Reason]

    @property
    def reason(self) -> Reason | None:
        """Return why none of them is told, None where one is."""
        return None if self.owers.units else next(iter(self.not_told.values()), Reason.NOBODY)

    def why_not(self, slot: Slot) -> Reason | None:
        """Return why a notice that others lead it now is not sent after all, None when it is."""
        return self.not_told.get(slot.unit) if slot.rung == "passed" else None


def handing_out(taken: tuple[Posts, ...], owers: Owers, book: AddressBook, former: Former | None) -> HandingOut:
    """Return who gets what of rungs taken together: with `former`, those of the `owers` alone who owed it before."""
    if former is None:
        return book.handing_out(taken)
    found = HandingOut(former.book, taken)
    found[owers] = found[former.owers]
    return found


@dataclass(frozen=True, slots=True)
class AddressBooks:
    """The address books of one directory: a new one for each day on which the holder of some post changes."""

    directory: Directory
    _changes: list[date] = field(init=False, repr=False)
    _books: dict[int, AddressBook] = field(default_factory=dict, init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_changes", sorted({day for post in _posts(self.directory) for day in _turns(post)}))

    def on(self, day: date) -> AddressBook:
        """Return who holds which post on that day."""
        era = bisect_right(self._changes, day)
        book = self._books.get(era)
        if book is None:
            book = self._books[era] = AddressBook(self.directory, day)
        return book


def _posts(directory: Directory) -> Iterable[Post]:
    posts = [directory.chair, directory.overseer]
    for unit in directory.units.values():
        posts += [unit.head, unit.focal, unit.overseer]
    return (post for post in posts if post is not None)


def _turns(post: Post) -> Iterable[date]:
    """Yield the days from which on somebody else may hold the post."""
    last_days = [acting.until for acting in post.acting] + ([post.until] if post.until else [])
    yield from (acting.from_ for acting in post.acting)
    for day in last_days:
        try:
            yield plus(day, 1)
        except OutOfCalendarError:
            continue
