"""Seen: what of the stock somebody may see, as conditions of SQL; who may see what is for `rules.access` to say."""

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from db.axes import Condition, o


@dataclass(frozen=True, slots=True)
class Seen:
    """What somebody may see of each programme: all of it, or what some units owe and some tasks. `units` are as the
    obligations name them, joint ones too."""

    whole: frozenset[str] = frozenset()
    units: tuple[tuple[str, frozenset[str]], ...] = ()
    """Of a programme: what these units owe."""
    tasks: tuple[tuple[str, frozenset[str]], ...] = ()
    """Of a programme: these tasks, whoever owes them."""

    @property
    def programmes(self) -> tuple[str, ...]:
        """Return the programmes of which something is seen."""
        parts = (one for one, names in (*self.units, *self.tasks) if names)
        return tuple(sorted(self.whole.union(parts)))

    def of(self, programme: str) -> Condition:
        """Return the condition on the obligations of that programme."""
        if programme in self.whole:
            return sa.true()
        return sa.or_(
            sa.false(), *self._parts(o.unit, self.units, programme), *self._parts(o.task, self.tasks, programme)
        )

    def shows(self, programme: str, task: str, unit: str) -> bool:
        """Say whether it shows the obligations of that task which the unit owes."""
        return (
            programme in self.whole
            or unit in dict(self.units).get(programme, ())
            or task in dict(self.tasks).get(programme, ())
        )

    @staticmethod
    def _parts(
        column: sa.Column[Any], parts: tuple[tuple[str, frozenset[str]], ...], programme: str
    ) -> list[Condition]:
        return [column.in_(sorted(names)) for one, names in parts if one == programme and names]
