"""Forgotten: tasks that the rules at hand do not know, as the last revision had them by which they were owed."""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy.engine import Connection

from db.obligations import StoredObligation
from db.revisions import numbers_before
from rules.programme import Task
from scheduler.office import rulebook_of

MOST = 20
"""So many revisions are remembered: each takes a second to read."""
LOOKED_AT = 5
"""So many revisions before the one that withdrew a task are looked at: several may be applied between two passes."""

_Tasks = Mapping[tuple[str, str], Task]


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What was read of earlier revisions, each once."""

    _tasks: OrderedDict[int, _Tasks] = field(default_factory=OrderedDict)

    def task(self, connection: Connection, stored: StoredObligation) -> Task | None:
        """Return the task of an obligation, None where no revision that can be read has it."""
        place, is_withdrawn = (stored.key.programme, stored.key.task), stored.state == "withdrawn"
        before = stored.revision if is_withdrawn else stored.revision + 1
        for revision in numbers_before(connection, before, limit=LOOKED_AT):
            found = self._of(connection, revision).get(place)
            if found is not None:
                return found
        return None

    def _of(self, connection: Connection, revision: int) -> _Tasks:
        known = self._tasks.get(revision)
        if known is None:
            known = self._tasks[revision] = _read(connection, revision)
            while len(self._tasks) > MOST:
                self._tasks.popitem(last=False)
        return known


def _read(connection: Connection, revision: int) -> _Tasks:
    try:
        programmes = rulebook_of(connection, revision).programmes.values()
    except ValueError:
        # Written by another version; what it was called is then not known.
        return {}
    return {(programme.id, task.id): task for programme in programmes for task in programme.followed()}
