"""Texts of plans as paragraphs, one a line, to look for duties in."""

from rules.plans.blocks import Block, Paragraph, Where


def body(*texts: str) -> list[Block]:
    """Return the paragraphs, each with its line."""
    return [Paragraph(text, Where(line=n)) for n, text in enumerate(texts, 1)]
