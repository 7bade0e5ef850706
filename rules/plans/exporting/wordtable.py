"""The table of a text document, as WordprocessingML: element by element, each row written once."""

from collections.abc import Iterable

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
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
    made = _element("w:tbl", children=[_properties(sum(widths)), _columns(widths)])
    made.append(_header(grid.columns, widths))
    for row in grid.rows:
        made.append(_section(row, widths) if isinstance(row, Section) else _line(row, grid.columns, widths))
    return made


def _properties(width: int) -> BaseOxmlElement:
    edges = ("w:top", "w:left", "w:bottom", "w:right", "w:insideH", "w:insideV")
    borders = [_element(edge, val="single", sz=4, space=0, color="auto") for edge in edges]
    margins = [_element(side, w=_CELL_MARGIN, type="dxa") for side in ("w:left", "w:right")]
    return _element(
        "w:tblPr",
        children=[
            _element("w:tblW", w=width, type="dxa"),
            _element("w:tblBorders", children=borders),
            _element("w:tblLayout", type="fixed"),
            _element("w:tblCellMar", children=margins),
        ],
    )


def _columns(widths: Iterable[int]) -> BaseOxmlElement:
    return _element("w:tblGrid", children=[_element("w:gridCol", w=width) for width in widths])


def _header(columns: Iterable[Column], widths: Iterable[int]) -> BaseOxmlElement:
    row = _element("w:tr", children=[_element("w:trPr", children=[_element("w:cantSplit"), _element("w:tblHeader")])])
    for column, width in zip(columns, widths, strict=True):
        row.append(_cell(column.heading, width, fill=HEADER, bold=True, centred=True))
    return row


def _section(section: Section, widths: list[int]) -> BaseOxmlElement:
    row = _element("w:tr", children=[_element("w:trPr", children=[_element("w:cantSplit")])])
    italic = section.level > 0
    row.append(_cell(section.text, sum(widths), span=len(widths), bold=True, italic=italic, with_next=True))
    return row


def _line(line: Line, columns: Iterable[Column], widths: Iterable[int]) -> BaseOxmlElement:
    row = _element("w:tr", children=[_element("w:trPr", children=[_element("w:cantSplit")])])
    for shown, column, width in zip(line.cells, columns, widths, strict=True):
        fill = FILLS[shown.tone] if shown.tone else ""
        row.append(_cell(shown.text, width, fill=fill, centred=column.centred))
    return row


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
) -> BaseOxmlElement:
    properties = _element("w:tcPr", children=[_element("w:tcW", w=width, type="dxa")])
    if span > 1:
        properties.append(_element("w:gridSpan", val=span))
    if fill:
        properties.append(_element("w:shd", val="clear", color="auto", fill=fill))
    cell = _element("w:tc", children=[properties])
    for line in plain(text).split("\n"):
        cell.append(_paragraph(line, bold=bold, italic=italic, centred=centred, with_next=with_next))
    return cell


def _paragraph(text: str, *, bold: bool, italic: bool, centred: bool, with_next: bool) -> BaseOxmlElement:
    how = [_element("w:keepNext")] if with_next else []
    how.append(_element("w:spacing", before=20, after=20, line=240, lineRule="auto"))
    how += [_element("w:jc", val="center")] if centred else []
    letters = [_element(name) for name, wanted in (("w:b", bold), ("w:i", italic)) if wanted]
    letters.append(_element("w:sz", val=2 * TEXT_SIZE))
    words = OxmlElement("w:t")
    words.text = text
    words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    run = _element("w:r", children=[_element("w:rPr", children=letters), words])
    return _element("w:p", children=[_element("w:pPr", children=how), run])


def _element(name: str, *, children: Iterable[BaseOxmlElement] = (), **attributes: str | int) -> BaseOxmlElement:
    made = OxmlElement(name)
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), str(value))
    made.extend(children)
    return made
