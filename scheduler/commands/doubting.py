"""Doubting: a value that looks mistaken is recorded, and the command says so."""

from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from rules.indicators.entry import Entry


def print_doubt(entry: "Entry") -> None:
    """Print beside the output what makes a value look mistaken, if anything does."""
    from rules.indicators.entry import doubt

    if found := doubt(entry.indicator, entry.value):
        typer.echo(f"{entry.programme}/{entry.indicator.id}: {found.en}", err=True)
