"""Events: what deadlines wait for, each under an id of its own; the same words are the same event."""

from collections.abc import Mapping
from dataclasses import replace

from rules.deadline import After, AheadOf, Deadline
from rules.load.names import LONGEST_LINE
from rules.phrases.reading import Reading
from rules.plans.writing.clean import clean, slug

_UNNAMED = "su-kien"


class Events:
    """The events met so far, by id; `known` are those a programme has already, by id too."""

    def __init__(self, known: Mapping[str, str] | None = None) -> None:
        self.titles = dict(known or {})
        self.waiting: dict[str, list[str]] = {}
        """Which tasks wait for each, by its id."""
        self._ids = {_same(title): id for id, title in self.titles.items()}

    def id_of(self, text: str) -> str:
        """Return the id of the event that a phrase names."""
        title = clean(text)[:LONGEST_LINE].strip() or _UNNAMED
        id = self._ids.get(_same(title))
        if id is None:
            id = slug(title, self.titles, otherwise=_UNNAMED)
            self._ids[_same(title)] = id
            self.titles[id] = title[:1].upper() + title[1:]
        return id

    def named(self, reading: Reading, task: str) -> Reading:
        """Return the reading of a task's deadline with the ids of its events in place of their words."""
        return reading._replace(
            deadline=self._named(reading.deadline, task) if reading.deadline else None,
            parts=tuple(self.named(part, task) for part in reading.parts),
        )

    def _named(self, deadline: Deadline, task: str) -> Deadline:
        if not isinstance(deadline, After | AheadOf):
            return deadline
        id = self.id_of(deadline.event)
        waiting = self.waiting.setdefault(id, [])
        waiting.extend([task] if task not in waiting else [])
        return replace(deadline, event=id)


def _same(title: str) -> str:
    return title.casefold().rstrip(".;,")
