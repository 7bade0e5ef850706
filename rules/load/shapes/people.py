"""The shape of a directory document."""

from pydantic import Field

from rules.load.shapes.base import Address, Line, References, Shape, Slug, Yes
from rules.load.shapes.dates import Day


class ActingShape(Shape):
    """A dated stand-in, both days included."""

    from_: Day = Field(alias="from")
    until: Day
    title: Line
    email: Address


class PostShape(Shape):
    """A post with the address its mail goes to, or `vacant: true`."""

    title: Line
    email: Address | None = None
    vacant: Yes = False
    until: Day | None = None
    acting: tuple[ActingShape, ...] = ()


class UnitShape(Shape):
    """An agency."""

    name: Line
    aliases: tuple[Line, ...] = ()
    head: PostShape | None = None
    focal: PostShape | None = None
    overseer: PostShape | None = None


class GroupShape(Shape):
    """A collective of units and groups."""

    name: Line
    aliases: tuple[Line, ...] = ()
    members: References = ()
    open: Yes = False


class DirectoryShape(Shape):
    """All units and groups of one province."""

    directory: Slug
    chair: PostShape | None = None
    overseer: PostShape | None = None
    units: dict[Slug, UnitShape]
    groups: dict[Slug, GroupShape] = Field(default_factory=dict)
