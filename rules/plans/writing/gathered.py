"""Gathered: what is asked of many tasks in the same words, asked once for the file with the list of the tasks."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from rules.plans.writing import words
from rules.plans.writing.rows import Row
from rules.wording import Wording

_MANY = 3
"""Tasks from which on the same question is asked once."""

Asked = tuple[str, str]
"""The key that a question is about, and its words."""


def gathered(rows: Sequence[Row]) -> tuple[tuple[Row, ...], tuple[Wording, ...]]:
    """Return the rows without the questions that many of them have alike, and these questions, each with its rows.

    What leaves a row unresolved stays above its field: the file is wrong without the answer.
    """
    found: dict[Asked, list[str]] = {}
    for row in rows:
        for asked in _asked(row):
            found.setdefault(asked, []).append(row.id)
    many = {asked: ids for asked, ids in found.items() if len(ids) >= _MANY}
    return tuple(_without(row, many) for row in rows), tuple(words.of_many(*asked, ids) for asked, ids in many.items())


def _asked(row: Row) -> Iterable[Asked]:
    """Yield the questions of a row that may be asked elsewhere, each once."""
    if row.is_resolved:
        yield from dict.fromkeys((_key(entry.key), check) for entry in row.entries for check in entry.checks)


def _without(row: Row, many: Mapping[Asked, object]) -> Row:
    if not any(asked in many for asked in _asked(row)):
        return row
    kept = (
        replace(entry, checks=tuple(check for check in entry.checks if (_key(entry.key), check) not in many))
        for entry in row.entries
    )
    return replace(row, entries=tuple(kept), is_asked_above=True)


def _key(key: str) -> str:
    return "deadline" if key == "deadlines" else key
