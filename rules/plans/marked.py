"""Marked: the places of a document that bear a marking of classified matter. Nothing of such a document is read."""

from collections.abc import Iterator
from typing import NamedTuple

from rules.classified import Marking, markings
from rules.plans.blocks import Pages, Paragraph, Where


class MarkedAt(NamedTuple):
    """A marking and its place in the document."""

    at: Where
    marking: Marking


def marked(pages: Pages) -> Iterator[MarkedAt]:
    """Yield every marking in the paragraphs, cells and notes of a document."""
    for at, text in _texts(pages):
        for line in text.split("\n"):
            yield from (MarkedAt(at, marking) for marking in markings("", line))


def _texts(pages: Pages) -> Iterator[tuple[Where, str]]:
    for block in (*pages.blocks, *pages.notes):
        if isinstance(block, Paragraph):
            yield block.at, block.text
        else:
            for row in block.rows:
                yield from ((row.at, cell) for cell in row.cells if cell)
