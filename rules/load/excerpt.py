"""Excerpts: what rule files write of one task, unread: enough to tell whether two editions of them differ in it."""

from collections import OrderedDict
from collections.abc import Iterator, Mapping
from hashlib import blake2b
from typing import NamedTuple

from rules.load.tree import Plain, trees

_NAMES = ("id", "renamed_from")
"""The keys of a task under which it may go by its id."""
MOST_TEXTS = 1024
"""Of so many texts it is remembered what they write."""


class _Of(NamedTuple):
    """Of what something is written: of a task, or, where `task` is '', of its programme beside the tasks."""

    programme: str
    task: str


_Written = Mapping[_Of, tuple[bytes, ...]]


class Excerpts:
    """Takes excerpts of many editions of the same files; each text is parsed once, for all tasks, and digests of what
    it writes are kept (some 50 bytes a task)."""

    def __init__(self) -> None:
        self._known: OrderedDict[bytes, _Written] = OrderedDict()

    def of(self, files: Mapping[str, str], programme: str, task: str) -> list[bytes]:
        """Return digests of what the files say of a task and of its programme beside the tasks; what does not parse is
        left out."""
        found: list[bytes] = []
        for name in sorted(files):
            if programme in files[name]:
                written = self._written(name, files[name])
                found += [*written.get(_Of(programme, ""), ()), *written.get(_Of(programme, task), ())]
        return found

    def _written(self, name: str, text: str) -> _Written:
        """Return what a text writes. Two threads may parse the same one: both come to the same."""
        of = _digest(text)
        written = self._known.get(of)
        if written is None:
            parts: dict[_Of, list[bytes]] = {}
            for place, digest in _parts(name, text):
                parts.setdefault(place, []).append(digest)
            written = self._known[of] = {place: tuple(digests) for place, digests in parts.items()}
            while len(self._known) > MOST_TEXTS:
                self._known.popitem(last=False)
        return written


def _parts(name: str, text: str) -> Iterator[tuple[_Of, bytes]]:
    for tree in trees(name, text, []):
        document = tree.root.value
        if not isinstance(document, dict):
            continue
        programme = document.get("programme")
        if isinstance(programme, str):
            head = {key: value for key, value in document.items() if key not in ("tasks", "indicators")}
            yield _Of(programme, ""), _digest(head)
            for task in _items(document, "tasks"):
                for called in {str(task.get(key)) for key in _NAMES if task.get(key) is not None}:
                    yield _Of(programme, called), _digest(task)
        amends = _items(document, "amend")
        for programme in dict.fromkeys(str(one.get("programme")) for one in amends):
            yield _Of(programme, ""), _digest(document.get("document"))
        for one in amends:
            yield _Of(str(one.get("programme")), str(one.get("task"))), _digest(one)


def _digest(written: Plain) -> bytes:
    return blake2b(repr(written).encode(), digest_size=16).digest()


def _items(document: Mapping[str, Plain], key: str) -> list[Mapping[str, Plain]]:
    found = document.get(key)
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []
