"""A plan as plain values: what `plan --format json` prints and a saved plan keeps; the names are a contract."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime, time

from rules.changes.values import Changes

Plain = object
"""str, int, bool, None, list, dict with text keys."""


def plain(changes: Changes) -> dict[str, Plain]:
    """Return all that changes: days and instants (UTC) in ISO 8601, texts in both languages."""
    found = {each.name: _plain(getattr(changes, each.name)) for each in fields(changes)}
    for move, values in zip(changes.moves, _lists(found, "moves"), strict=True):
        values["by_days"] = move.by
    return found


def _lists(found: Mapping[str, Plain], name: str) -> list[dict[str, Plain]]:
    values = found[name]
    assert isinstance(values, list)
    return values


def _plain(value: object) -> Plain:
    if is_dataclass(value) and not isinstance(value, type):
        return {each.name: _plain(getattr(value, each.name)) for each in fields(value)}
    if hasattr(value, "_asdict"):
        return {name.rstrip("_"): _plain(each) for name, each in value._asdict().items()}
    if isinstance(value, tuple | list):
        return [_plain(each) for each in value]
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    return value
