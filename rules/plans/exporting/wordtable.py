"""The table of a text document in WordprocessingML, written as text and parsed once."""

from collections.abc import Iterable
from xml.sax.saxutils import escape, quoteattr

from docx.oxml.ns import nsdecls
from docx.oxml.parser import parse_xml
from docx.oxml.xmlchemy import BaseOxmlElement

from rules.plans.exporting.palette import FILLS, HEADER, TEXT_SIZE
from rules.plans.exporting.plain import plain
from rules.plans.exporting.sheet import Column, Grid, Line, Section

_TWIPS_PER_MM = 1440 / 25.4
_CELL_MARGIN = 57
"""A millimetre, in twips: twelve columns leave no more."""


def table(grid: Grid, *, width: int) -> BaseOxmlElement:
    """Return the table, `width` millimetres wide; the widths of its columns are kept in proportion."""
    scale = width / sum(column.width for column in grid.columns) * _TWIPS_PER_MM
    widths = [round(column.width * scale) for column in grid.columns]
    rows = (
        _section(row, widths) if isinstance(row, Section) else _line(row, grid.columns, widths) for row in grid.rows
    )
    content = (_properties(sum(widths)), _columns(widths), _header(grid.columns, widths), *rows)
    return parse_xml(f"<w:tbl {nsdecls('w')}>{''.join(content)}</w:tbl>")


def _properties(width: int) -> str:
    edges = ("w:top", "w:left", "w:bottom", "w:right", "w:insideH", "w:insideV")
    borders = "".join(_element(edge, val="single", sz=4, space=0, color="auto") for edge in edges)
    margins = "".join(_element(side, w=_CELL_MARGIN, type="dxa") for side in ("w:left", "w:right"))
    return _element(
        "w:tblPr",
        _element("w:tblW", w=width, type="dxa"),
        _element("w:tblBorders", borders),
        _element("w:tblLayout", type="fixed"),
        _element("w:tblCellMar", margins),
    )


def _columns(widths: Iterable[int]) -> str:
    return _element("w:tblGrid", *(_element("w:gridCol", w=width) for width in widths))


def _header(columns: Iterable[Column], widths: Iterable[int]) -> str:
    cells = (
        _cell(column.heading, width, fill=HEADER, bold=True, centred=True)
        for column, width in zip(columns, widths, strict=True)
    )
    return _row(_element("w:tblHeader"), cells)


def _section(section: Section, widths: list[int]) -> str:
    italic = section.level > 0
    return _row("", [_cell(section.text, sum(widths), span=len(widths), bold=True, italic=italic, with_next=True)])


def _line(line: Line, columns: Iterable[Column], widths: Iterable[int]) -> str:
    cells = (
        _cell(
            shown.text,
            width,
            fill=FILLS[shown.tone] if shown.tone else "",
            bold=line.is_sum,
            centred=column.centred,
        )
        for shown, column, width in zip(line.cells, columns, widths, strict=True)
    )
    return _row("", cells)


def _row(kind: str, cells: Iterable[str]) -> str:
    """Return a row that no page break cuts in two."""
    return _element("w:tr", _element("w:trPr", _element("w:cantSplit"), kind), *cells)


def _cell(
    text: str,
    width: int,
    *,
    span: int = 1,
    fill: str = "",
    bold: bool = False,
    italic: bool = False,
    centred: bool = False,
    with_next: bool = False,
) -> str:
    properties = _element(
        "w:tcPr",
        _element("w:tcW", w=width, type="dxa"),
        _element("w:gridSpan", val=span) if span > 1 else "",
        _element("w:shd", val="clear", color="auto", fill=fill) if fill else "",
    )
    how = (
        _element("w:keepNext") if with_next else "",
        _element("w:spacing", before=20, after=20, line=240, lineRule="auto"),
        _element("w:jc", val="center") if centred else "",
    )
    letters = (
        _element("w:b") if bold else "",
        _element("w:i") if italic else "",
        _element("w:sz", val=2 * TEXT_SIZE),
    )
    before = _element("w:pPr", *how), _element("w:rPr", *letters)
    return _element("w:tc", properties, *(_paragraph(line, *before) for line in plain(text).split("\n")))


def _paragraph(text: str, how: str, letters: str) -> str:
    words = f'<w:t xml:space="preserve">{escape(text)}</w:t>'
    return _element("w:p", how, _element("w:r", letters, words))


def _element(name: str, *children: str, **attributes: str | int) -> str:
    said = "".join(f" w:{key}={quoteattr(str(value))}" for key, value in attributes.items())
    return f"<{name}{said}>{''.join(children)}</{name}>"
