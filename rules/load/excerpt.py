"""Excerpts: what rule files write of one task, unread: enough to tell whether two editions of them differ in it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from rules.load.tree import Plain, trees

_NAMES = ("id", "renamed_from")
"""The keys of a task under which it may go by its id."""


@dataclass
class Excerpts:
    """Takes excerpts of many editions of the same files; a text is parsed once."""

    programme: str
    task: str
    _known: dict[str, tuple[Plain, ...]] = field(default_factory=dict)

    def of(self, files: Mapping[str, str]) -> list[Plain]:
        """Return what the files say of the task and of its programme beside the tasks; what does not parse is left
        out."""
        found: list[Plain] = []
        for name in sorted(files):
            text = files[name]
            if self.programme not in text:
                continue
            if text not in self._known:
                self._known[text] = tuple(self._of(name, text))
            found += self._known[text]
        return found

    def _of(self, name: str, text: str) -> Iterator[Plain]:
        for tree in trees(name, text, []):
            document = tree.root.value
            if not isinstance(document, dict):
                continue
            if document.get("programme") == self.programme:
                yield {key: value for key, value in document.items() if key not in ("tasks", "indicators")}
                yield [one for one in _items(document, "tasks") if self.task in [one.get(name) for name in _NAMES]]
            amend = [one for one in _items(document, "amend") if one.get("programme") == self.programme]
            if amend:
                yield [document.get("document"), *(one for one in amend if one.get("task") == self.task)]


def _items(document: Mapping[str, Plain], key: str) -> Iterator[Mapping[str, Plain]]:
    found = document.get(key)
    if isinstance(found, list):
        yield from (one for one in found if isinstance(one, dict))
