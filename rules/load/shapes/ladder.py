"""The shape of a ladder document."""

from typing import Annotated, Literal

from pydantic import BeforeValidator

from rules.ladder import Role
from rules.load.shapes.base import Shape, Slug, one_or_list
from rules.load.shapes.dates import ShortLength, WhenOfRung

_Roles = Annotated[tuple[Role, ...], BeforeValidator(one_or_list, json_schema_input_type=Role | list[Role])]


class RungShape(Shape):
    """`{id: late, at: 1 working day late, to: [head], cc: [focal], repeat: 7 days}`."""

    id: Slug
    at: WhenOfRung
    to: _Roles
    cc: _Roles = ()
    repeat: ShortLength | None = None
    if_missed: Literal["merge", "late", "drop"] = "merge"
    expires: ShortLength | None = None


class LadderShape(Shape):
    """Rungs in order of time."""

    ladder: Slug
    rungs: tuple[RungShape, ...]
