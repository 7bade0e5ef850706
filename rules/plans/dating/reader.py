"""Reader: what reads a phrase, and the kinds of readings that the doubts about deadlines tell apart."""

from collections.abc import Callable

from rules.phrases import Reading

Read = Callable[[str], Reading]
DATED = frozenset({"date", "datetime", "before", "month", "quarter", "half", "year", "span"})
STANDING = frozenset({"continuous"})
