"""Columns: which column of a table of indicators holds what, and the year of each target."""

from collections.abc import Mapping
from dataclasses import dataclass

from rules.plans.indicators.targets import year_of
from rules.plans.tables.headings import Header


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column holds what; `targets` are those of each year, `unnamed` says that some heading named none."""

    no: int | None
    group: int | None
    title: int
    unit: int | None
    owner: int | None
    source: int | None
    note: int | None
    targets: Mapping[int, int]
    unnamed: bool


def columns_of(header: Header, year: int | None) -> Columns:
    """Return the columns of a table; a target whose heading names no year is of `year`."""
    held = [(index, year_of(column.heading)) for index, column in enumerate(header.columns) if column.holds == "target"]
    years: dict[int, int] = {}
    unnamed = False
    for index, named in held:
        meant = named or year
        if meant is None or meant in years:
            unnamed = True
        else:
            years[meant] = index
            unnamed = unnamed or named is None
    title = header.at("indicator")
    title = header.at("title") if title is None else title
    assert title is not None
    at = header.at
    return Columns(at("no"), at("group"), title, at("unit"), at("lead"), at("basis"), at("note"), years, unnamed)
