"""Copies: who of those told of a task reports for a unit that owes it."""

from rules.digest import OwesAs
from rules.ladder import Role


def owes_as(role: Role, unit: str, units: tuple[str, ...]) -> OwesAs:
    """Return the post by which its holder belongs to one of the `units` that owe a task, '' of any other."""
    if role == "focal" or role == "standing":
        return role if unit in units else ""
    return "head" if role == "head" else ""
