"""Renamed: tasks that are gone and stand under another id, offered as a rename."""

from collections.abc import Iterator

from rules.changes.values import Renaming
from rules.fields import content
from rules.programme import Rulebook, Task
from rules.roster import owing_units


def renamings(before: Rulebook, after: Rulebook) -> Iterator[Renaming]:
    """Yield the tasks that are gone and stand under another id with the same content."""
    for id in sorted(before.programmes.keys() & after.programmes.keys()):
        was, is_ = before.programmes[id], after.programmes[id]
        new = {name: task for name, task in is_.tasks.items() if name not in was.tasks}
        for name in [name for name in was.tasks if name not in is_.tasks]:
            alike = [other for other, task in new.items() if _says_the_same(was.tasks[name], task)]
            if len(alike) == 1:
                task = new.pop(alike[0])
                yield Renaming(id, name, task.id, task.title, task.source.spot)


def _says_the_same(was: Task, is_: Task) -> bool:
    """Say whether two tasks differ in their ids only; a section taken from the id does not count."""
    return bool(content(was)[1:] == content(is_)[1:]) and owing_units(was) == owing_units(is_)
