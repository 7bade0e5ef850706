"""Called: what people read as the name of an obligation. Facts and ledger know a renamed task by its first id."""

from collections.abc import Mapping
from typing import NamedTuple

from rules.obligation import ObligationKey
from rules.programme import Rulebook, Task

PresentIds = Mapping[tuple[str, str], str]
"""The present ids of the tasks that were renamed, by programme and first id."""


class Called(NamedTuple):
    """The name as the rule file writes it now; `renamed_from`: the first id of a task that was renamed."""

    key: ObligationKey
    renamed_from: str | None

    @property
    def place(self) -> str:
        """Return programme and task alone, as commands take them."""
        return f"{self.key.programme}/{self.key.task}"

    @property
    def first(self) -> tuple[str, str]:
        """Return programme and task as facts and ledger know them."""
        return self.key.programme, self.renamed_from or self.key.task

    def as_json(self) -> dict[str, object]:
        """Return the name for programs."""
        return {**self.key._asdict(), "renamed_from": self.renamed_from}

    def __str__(self) -> str:
        return str(self.key)


def called(key: ObligationKey, task: Task | None) -> Called:
    """Return what an obligation is called; `task` None: the rules no longer know it, and it keeps its first id."""
    if task is None or task.named == key.task:
        return Called(key, None)
    return Called(key._replace(task=task.named), key.task)


def present_ids(rulebook: Rulebook) -> PresentIds:
    """Return what the renamed tasks of a rulebook are called now."""
    programmes = rulebook.programmes.values()
    return {(one.id, task.id): task.named for one in programmes for task in one.followed() if task.named != task.id}
