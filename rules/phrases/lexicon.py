"""Lexicon: expressions of one word or several, each with what it means; how the word tables of the grammar are held."""

from collections.abc import Iterable, Mapping
from typing import Generic, TypeVar

from rules.phrases.cursor import Cursor
from rules.phrases.spelling import known

Value = TypeVar("Value")
Start = tuple[str, frozenset[str] | None]
"""The word with which something begins, and the words one of which must come second, None where any may."""


class _Node(Generic[Value]):
    """The words that may come next, and what the words up to here mean when they are an expression."""

    __slots__ = ("next", "value")

    def __init__(self) -> None:
        self.next: dict[str, _Node[Value]] = {}
        self.value: Value | None = None


class Lexicon(Generic[Value]):
    """Expressions with what each means, None being no meaning; the longest one that fits is taken."""

    __slots__ = ("_root",)

    def __init__(self, *tables: Mapping[str, Value]) -> None:
        self._root: _Node[Value] = _Node()
        for text, value in (entry for table in tables for entry in table.items()):
            node = self._root
            for word in known(text):
                node = node.next.setdefault(word, _Node())
            node.value = value

    @property
    def starts(self) -> tuple[Start, ...]:
        """Return the words with which an expression begins, and which ones come second."""
        return tuple(
            (word, None if node.value is not None else frozenset(node.next)) for word, node in self._root.next.items()
        )

    def take(self, cursor: Cursor) -> Value | None:
        """Take the longest expression that stands at the cursor, and return its value."""
        keys, at = cursor.keys, cursor.at
        node = self._root.next.get(keys[at])
        found, reached = None, at
        while node is not None:
            at += 1
            if node.value is not None:
                found, reached = node.value, at
            node = node.next.get(keys[at])
        cursor.at = reached
        return found


def words(text: str) -> frozenset[str]:
    """Return the words of a table in which they stand one after another with blanks between them."""
    return frozenset(text.split())


def phrases(text: str) -> tuple[str, ...]:
    """Return the expressions of a table, written one after another with `|` between them."""
    return tuple(expression for part in text.split("|") if (expression := " ".join(part.split())))


def meaning(value: Value, *tables: str | Iterable[str]) -> dict[str, Value]:
    """Return entries that all mean the same: `meaning("by", "chậm nhất | muộn nhất", …)`."""
    return {
        expression: value for table in tables for expression in (phrases(table) if isinstance(table, str) else table)
    }
