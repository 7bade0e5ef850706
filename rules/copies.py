"""Copies: who of those told of a task reports for a unit that owes it."""

from rules.digest import OwesAs
from rules.ladder import Role


def owes_as(role: Role, unit: str, units: tuple[str, ...]) -> OwesAs:
    """Return the post by which its holder belongs to one of the `units` that owe a task or whose heads answer for it,
    '' of any other: also of a unit that only works with it, whose head is told where it has no focal post."""
    return role if unit in units and (role == "head" or role == "focal" or role == "standing") else ""
