"""Rich: the text of an Excel cell of which parts are struck through or raised."""

from typing import Any, NamedTuple

from openpyxl.cell.rich_text import CellRichText, TextBlock

from rules.plans.sources.characters import RAISED, one_line


class Said(NamedTuple):
    """What a cell says, and what in it is struck through."""

    text: str
    struck: tuple[str, ...]


def said(cell: Any, text: str) -> Said:
    """Return the text of a cell without what is struck through; `text` is all of it, where it is of one kind."""
    if cell.has_style and cell.font is not None and cell.font.strike:
        return Said("", tuple(filter(None, [one_line(text)])))
    if not isinstance(cell.value, CellRichText):
        return Said(text, ())
    kept, struck = "", []
    for part in cell.value:
        if isinstance(part, TextBlock) and part.font.strike:
            struck.append(one_line(part.text))
        elif isinstance(part, TextBlock) and part.font.vertAlign == "superscript":
            kept += part.text.translate(RAISED)
        else:
            kept += str(part)
    return Said(kept, tuple(filter(None, struck)))
