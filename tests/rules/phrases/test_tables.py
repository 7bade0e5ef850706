"""Every table of phrases: those of the five plans, those of other documents, and those of each family."""

import pytest

from tests.rules.phrases.tables import COLUMNS, HERE, Row, reading_of, rows_of, told

TABLES = (HERE / "plans.tsv", HERE / "common.tsv", HERE / "examined.tsv", *sorted((HERE / "families").glob("*.tsv")))
CASES = [pytest.param(row, id=f"{path.stem}: {row['phrase'][:60]}") for path in TABLES for row in rows_of(path)]


@pytest.mark.parametrize("row", CASES)
def test_a_phrase_comes_to_its_reading(row: Row) -> None:
    found = told(reading_of(row))
    assert found == {column: row[column] for column in COLUMNS}


def test_no_phrase_stands_twice_in_a_table() -> None:
    for path in TABLES:
        keys = [(row["phrase"], row["year"], row["issued"]) for row in rows_of(path)]
        assert len(keys) == len(set(keys)), path.name


def test_every_family_has_readings_that_are_sure_or_says_why_not() -> None:
    for path in TABLES:
        for row in rows_of(path):
            reading = reading_of(row)
            assert (row["confidence"] == "check") == bool(reading.doubts), row["phrase"]
            assert all(doubt.vi and doubt.en for doubt in reading.doubts)
