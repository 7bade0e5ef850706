"""Texts of plans as paragraphs, one a line, to look for duties in, and the rows of a table beside them."""

from rules.phrases import Context, read
from rules.plans.blocks import Block, Paragraph, Where
from rules.plans.draft import DraftTask

CONTEXT = Context(2025)


def body(*texts: str) -> list[Block]:
    """Return the paragraphs, each with its line."""
    return [Paragraph(text, Where(line=n)) for n, text in enumerate(texts, 1)]


def row(title: str, stated: str, *, no: str = "4", product: str = "") -> DraftTask:
    """Return a row of a table with its deadline read."""
    return DraftTask(no, "", title, product=product, stated=stated, reading=read(stated, CONTEXT))
