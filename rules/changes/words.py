"""Words that an edit changes and nothing else: titles, products, notes; of programmes, tasks, events, indicators."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from operator import attrgetter
from typing import Any

from rules.changes.touched import content
from rules.changes.values import Renaming, Rewording
from rules.programme import Event, Indicator, Rulebook, Task
from rules.roster import owing_units

_OF_TASK = ("named", "section", "title", "product", "basis", "stated", "note")
_KEYS = {"named": "id"}
_OF_PROGRAMME = ("title", "period", "before_means", "roll", "directory", "calendar", "ladder", "standing")


def rewordings(before: Rulebook, after: Rulebook) -> Iterator[Rewording]:
    """Yield what is said otherwise of programmes, tasks, events and indicators that are there before and after."""
    for id in sorted(before.programmes.keys() & after.programmes.keys()):
        was, is_ = before.programmes[id], after.programmes[id]
        yield from _differing(id, "", _OF_PROGRAMME, was, is_)
        yield from _differing(id, "", ("number", "date", "issuer", "note"), was.document, is_.document, "document.")
        for task in sorted(was.tasks.keys() & is_.tasks.keys()):
            yield from _differing(id, task, _OF_TASK, was.tasks[task], is_.tasks[task])
        yield from _named(id, "events", was.events, is_.events)
        indicators = [{each.id: each for each in programme.indicators} for programme in (was, is_)]
        yield from _named(id, "indicators", *indicators)


def renamings(before: Rulebook, after: Rulebook) -> Iterator[Renaming]:
    """Yield the tasks that are gone and stand under another id with the same content."""
    for id in sorted(before.programmes.keys() & after.programmes.keys()):
        was, is_ = before.programmes[id], after.programmes[id]
        new = {name: task for name, task in is_.tasks.items() if name not in was.tasks}
        for name in [name for name in was.tasks if name not in is_.tasks]:
            alike = [other for other, task in new.items() if _says_the_same(was.tasks[name], task)]
            if len(alike) == 1:
                task = new.pop(alike[0])
                yield Renaming(id, name, task.id, task.title, f"{task.source.file}:{task.source.line}")


def _says_the_same(was: Task, is_: Task) -> bool:
    """Say whether two tasks differ in their ids only; a section taken from the id does not count."""
    return bool(content(was)[1:] == content(is_)[1:]) and owing_units(was) == owing_units(is_)


def _differing(
    programme: str, task: str, names: Iterable[str], was: object, is_: object, prefix: str = ""
) -> Iterator[Rewording]:
    for name in names:
        old, new = attrgetter(name)(was), attrgetter(name)(is_)
        if old != new:
            yield Rewording(programme, task, prefix + _KEYS.get(name, name), _text(old), _text(new))


def _named(
    programme: str, what: str, was: Mapping[str, Event] | Mapping[str, Indicator], is_: Mapping[str, Any]
) -> Iterator[Rewording]:
    """Yield the events or indicators that are new, gone or said otherwise."""
    for id in [*was, *(id for id in is_ if id not in was)]:
        old, new = was.get(id), is_.get(id)
        if old is None or new is None:
            found = (old or new).title  # type: ignore[union-attr]
            yield Rewording(programme, "", f"{what}.{id}", found if old else "", found if new else "")
        else:
            yield from _differing(programme, "", _said(old), old, new, f"{what}.{id}.")


def _said(value: Event | Indicator) -> list[str]:
    """Return the names of what is said of it, without its id and its place."""
    place = "place" if isinstance(value, Indicator) else "source"
    return [each.name for each in fields(value) if each.name not in ("id", place)]


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    return str(getattr(value, "text", value))
