"""Remarks: what people noted beside the cells of an Excel sheet, as notes with the place of the cell."""

from collections.abc import Iterator

from openpyxl.utils.cell import coordinate_to_tuple

from rules.plans.blocks import Paragraph, Where
from rules.plans.sources.archive import Archive
from rules.plans.sources.characters import one_line

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def remarks(archive: Archive, sheet: str, part: str) -> Iterator[Paragraph]:
    """Yield the remarks of a sheet in the order they are kept; what is only a thread's copy of one is in it too."""
    name = archive.related(part, "comments")
    for comment in archive.xml(name).iter(f"{_MAIN}comment") if name else ():
        text = one_line("".join(piece.text or "" for piece in comment.iter(f"{_MAIN}t")))
        if text:
            yield Paragraph(text, Where(sheet=sheet, row=coordinate_to_tuple(comment.get("ref", "A1"))[0]))
