"""Directory: units, their posts, groups; who stands behind a post on a given day."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from rules.ladder import Role
from rules.problem import Source


@dataclass(frozen=True, slots=True)
class Holder:
    """Who reads the mail of a post on a given day: a title and an address, never a name."""

    title: str
    email: str
    acting: bool = False


@dataclass(frozen=True, slots=True)
class Acting:
    """A dated stand-in; both days included."""

    from_: date
    until: date
    title: str
    email: str


@dataclass(frozen=True, slots=True)
class Post:
    """A function of a unit. `email` is None when the post is vacant; `until` is the holder's last day."""

    title: str
    email: str | None
    until: date | None = None
    acting: tuple[Acting, ...] = ()
    source: Source = Source("")

    def holder(self, on: date) -> Holder | None:
        """Return who holds the post on that day, or None when nobody does."""
        for stand_in in self.acting:
            if stand_in.from_ <= on <= stand_in.until:
                return Holder(stand_in.title, stand_in.email, acting=True)
        if self.email is None or (self.until is not None and on > self.until):
            return None
        return Holder(self.title, self.email)


@dataclass(frozen=True, slots=True)
class OrgUnit:
    """An agency of the directory with the posts it has."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    head: Post | None = None
    focal: Post | None = None
    overseer: Post | None = None
    source: Source = Source("")


@dataclass(frozen=True, slots=True)
class Group:
    """A collective; `members` are unit ids, nested groups already expanded. `open` groups are never expanded."""

    id: str
    name: str
    members: tuple[str, ...]
    aliases: tuple[str, ...] = ()
    open: bool = False
    source: Source = Source("")


@dataclass(frozen=True, slots=True)
class Directory:
    """All units and groups of one province."""

    id: str
    chair: Post | None
    overseer: Post | None
    units: Mapping[str, OrgUnit] = field(default_factory=dict)
    groups: Mapping[str, Group] = field(default_factory=dict)
    source: Source = Source("")

    def addresses(self) -> Iterator[str]:
        """Yield the address of everybody who holds a post or stands in, some more than once."""
        posts = [self.chair, self.overseer]
        posts += [post for unit in self.units.values() for post in (unit.head, unit.focal, unit.overseer)]
        for post in posts:
            if post is not None:
                yield from (stand_in.email for stand_in in post.acting)
                if post.email:
                    yield post.email

    def post(self, unit: str, role: Role) -> Post | None:
        """Return the post of that role for that unit, or None when there is none; `standing` is no post of a unit."""
        org = self.units[unit]
        match role:
            case "head":
                return org.head
            case "focal":
                return org.focal
            case "overseer":
                return org.overseer or self.overseer
            case "chair":
                return self.chair
            case "standing":
                raise ValueError("standing is resolved against the programme's standing office")
