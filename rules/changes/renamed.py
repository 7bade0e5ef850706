"""Renamed: tasks that are gone and stand under another id, offered as a rename; and parts of a task under another name,
with what is lost."""

from collections.abc import Collection, Iterator

from rules.changes.values import Renaming
from rules.fields import content
from rules.programme import Programme, Rulebook, Task
from rules.resuming import Held
from rules.roster import owing_units


def renamings(before: Rulebook, after: Rulebook, held: Collection[Held]) -> Iterator[Renaming]:
    """Yield the tasks that are gone and stand under another id with the same content, and the parts likewise.

    `held` are the obligations there are, of which something may be lost.
    """
    for id in sorted(before.programmes.keys() & after.programmes.keys()):
        was, is_ = before.programmes[id], after.programmes[id]
        if was == is_:
            continue
        yield from _tasks(was, is_, held)
        for name in sorted(was.tasks.keys() & is_.tasks.keys()):
            if was.tasks[name].deadlines.keys() != is_.tasks[name].deadlines.keys():
                yield from _parts(id, was.tasks[name], is_.tasks[name], held)


def _tasks(was: Programme, is_: Programme, held: Collection[Held]) -> Iterator[Renaming]:
    new = {name: task for name, task in is_.tasks.items() if name not in was.tasks}
    for name in [name for name in was.tasks if name not in is_.tasks]:
        alike = [other for other, task in new.items() if _says_the_same(was.tasks[name], task)]
        if len(alike) == 1:
            task = new.pop(alike[0])
            lost = _lost([one for one in held if one.key[:2] == (was.id, name)])
            yield Renaming(was.id, name, task.id, task.title, task.source.spot, "", *lost)


def _parts(programme: str, was: Task, is_: Task, held: Collection[Held]) -> Iterator[Renaming]:
    new = {part: deadline for part, deadline in is_.deadlines.items() if part not in was.deadlines}
    for part in [part for part in was.deadlines if part not in is_.deadlines]:
        alike = [other for other, deadline in new.items() if deadline == was.deadlines[part]]
        if len(alike) == 1:
            del new[alike[0]]
            lost = _lost([one for one in held if one.key[:3] == (programme, is_.id, part)])
            yield Renaming(programme, part, alike[0], is_.title, is_.deadline_source.spot, is_.named, *lost)


def _says_the_same(was: Task, is_: Task) -> bool:
    """Say whether two tasks differ in their ids only; a section taken from the id does not count."""
    return bool(content(was)[1:] == content(is_)[1:]) and owing_units(was) == owing_units(is_)


def _lost(held: Collection[Held]) -> tuple[int, int]:
    """Return how many notices of these were sent, and how many of them are reported done."""
    sent = sum(notice.state == "sent" for one in held for notice in one.notices)
    return sent, sum(one.facts.done_at is not None for one in held)
