"""Phrases kept out of sight while the grammar was written: how many are read right, how many wrongly while sure.

Further readings that are as good stand in the column `or`, told apart by ` | `; what they do not name is not compared.
"""

from tests.rules.phrases.tables import HERE, Row, reading_of, rows_of, told

LEAST_RIGHT = 0.93
MOST_WRONG_WHILE_SURE = 0.005
_TIMED = ("start", "due", "at", "offset")


def test_enough_of_the_phrases_held_back_are_right() -> None:
    rows = rows_of(HERE / "held_back.tsv")
    right = [is_right(row, told(reading_of(row))) for row in rows]
    assert sum(right) / len(rows) >= LEAST_RIGHT


def test_few_of_the_phrases_held_back_are_wrong_while_sure() -> None:
    rows = rows_of(HERE / "held_back.tsv")
    found = [(row, told(reading_of(row))) for row in rows]
    wrong = sum(one["confidence"] == "sure" and not is_right(row, one) for row, one in found)
    assert wrong / len(rows) <= MOST_WRONG_WHILE_SURE


def is_right(row: Row, found: Row) -> bool:
    """Say whether a reading is the one in the table, or one that is as good."""
    return _is_same(row, found) or any(_agrees(other, found) for other in _others(row))


def _is_same(row: Row, found: Row) -> bool:
    """Say whether a reading is the one in the table; an event is compared by there being one, not by its wording."""
    if row["kind"] != found["kind"]:
        return False
    if row["kind"] in ("not_a_deadline", "unspecified"):
        return True
    if row["kind"] == "several":
        return _ends(row["parts"]) == _ends(found["parts"])
    same_times = all((row[column] or "") == found[column] for column in _TIMED if row[column] != "24:00")
    same_strict = row["kind"] != "before" or not row["strict"] or row["strict"] == found["strict"]
    same_rules = row["kind"] != "recurring" or _listed(row["rrule"]) == _listed(found["rrule"])
    return same_times and same_strict and same_rules and bool(row["event"]) == bool(found["event"])


def _others(row: Row) -> list[Row]:
    said = [other for other in row.get("or", "").split(" | ") if other]
    return [dict(field.split("=", 1) for field in other.split(", ") if "=" in field) for other in said]


def _agrees(other: Row, found: Row) -> bool:
    return all(_listed(value) == _listed(found[column]) for column, value in other.items())


def _listed(cell: str | None) -> list[str]:
    return sorted(part.strip() for part in (cell or "").split(" + ") if part.strip())


def _ends(parts: str) -> list[str]:
    """Return the last days of the parts, in the order of the parts as text."""
    return sorted(part.rpartition("..")[2] for part in _listed(parts))
