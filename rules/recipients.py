"""Recipients: which posts a rung reaches for an obligation, and who stands behind them on a day; upward where nobody does."""

from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from rules.directory import Directory, Holder
from rules.ladder import Role

_UPWARD: dict[Role, tuple[Role, ...]] = {
    "focal": ("focal", "head", "overseer", "chair"),
    "head": ("head", "overseer", "chair"),
    "overseer": ("overseer", "chair"),
    "chair": ("chair",),
}


class Reached(NamedTuple):
    """A post that was looked for: `holder` is None when nobody is in it, and the next one up follows in the list."""

    unit: str
    role: Role
    holder: Holder | None


@dataclass(frozen=True, slots=True)
class Owers:
    """The units an obligation's posts are looked up in."""

    units: tuple[str, ...]
    heads: tuple[str, ...]
    standing: str
    coordinate: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AddressBook:
    """A directory on one local day; look-ups are remembered."""

    directory: Directory
    on: date
    _known: dict[tuple[Role, tuple[str, ...]], tuple[Reached, ...]] = field(
        default_factory=dict, compare=False
    )

    def reach(self, owers: Owers, role: Role) -> tuple[Reached, ...]:
        """Return the posts reached by `role`, vacant ones passed on the way up included."""
        units = {"head": owers.heads, "standing": (owers.standing,), "chair": owers.units[:1]}.get(
            role, owers.units
        )
        return self._look_up(role, units)

    def focals(self, units: tuple[str, ...]) -> tuple[Reached, ...]:
        """Return the focal posts of those units, or the post above where there is none."""
        return self._look_up("focal", units)

    def _look_up(self, role: Role, units: tuple[str, ...]) -> tuple[Reached, ...]:
        found = self._known.get((role, units))
        if found is None:
            found = self._known[(role, units)] = tuple(
                post for unit in units for post in self._climb(unit, role)
            )
        return found

    def _climb(self, unit: str, role: Role) -> list[Reached]:
        """Return the posts from `role` upward to the first that somebody holds."""
        if role == "standing":
            return self._standing(unit)
        passed: list[Reached] = []
        for step in _UPWARD[role]:
            post = self.directory.post(unit, step)
            holder = post.holder(self.on) if post else None
            passed.append(Reached(unit, step, holder))
            if holder is not None:
                break
        return passed

    def _standing(self, unit: str) -> list[Reached]:
        holder = next((post.holder for post in self._climb(unit, "focal") if post.holder), None)
        return [Reached(unit, "standing", holder)]
