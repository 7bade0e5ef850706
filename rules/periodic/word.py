"""Word: a snapshot → the bytes of a report in the layout of Nghị định 30/2020/NĐ-CP, Phụ lục I and III: A4, Times New
Roman, the agency beside Quốc hiệu and Tiêu ngữ, three numbered parts, the tasks in an annex across the page.

Nothing is invented: what nobody configured or the directory does not say is left to be filled in by hand.
"""

from datetime import UTC, date, datetime, time
from io import BytesIO
from typing import NamedTuple
from zoneinfo import ZoneInfo

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from rules.calendar import local_day
from rules.periodic.grids import annex
from rules.periodic.snapshot import Snapshot
from rules.periodic.telling import tell
from rules.periodic.told import Figures, Part, Points, Told
from rules.periodic.wordblocks import heads, signature
from rules.plans.exporting.packing import repacked
from rules.plans.exporting.plain import plain
from rules.plans.exporting.sheet import Cell, Column, Grid, Line
from rules.plans.exporting.word import number_pages, set_headings, set_letters
from rules.plans.exporting.wordtable import table
from rules.wording import Language, Wording

SIZE = 14
PAGE = (210, 297)
LEFT, RIGHT, EDGE, EDGE_ACROSS = 30, 15, 20, 15
MOST = 200
"""So many points of a list stand in the text; the workbook has all."""
INDENT, INDENT_BELOW = 10, 15
BLANK = "……………"
_WORDS, _NUMBERS = 56, 16
"""How wide a column of words and one of numbers are, in proportion."""
_LETTER = 2.6
"""How wide a letter of a heading is, on the same scale: no word of it is cut in two."""
_DEAR = Wording("Kính gửi", "To")


class Letterhead(NamedTuple):
    """What an office's letterhead says that the directory does not: the agency above it, and the place."""

    superior: str | None = None
    place: str | None = None


def to_word(snapshot: Snapshot, language: Language, *, zone: ZoneInfo, letterhead: Letterhead | None = None) -> bytes:
    """Return the file."""
    told, on = tell(snapshot, language, zone=zone, most=MOST), local_day(snapshot.at, zone)
    letterhead = letterhead or Letterhead()
    document = Document()
    _set_up(document, told, language, on)
    heads(document, snapshot, on, language, superior=letterhead.superior, place=letterhead.place or BLANK)
    _title(document, told)
    if snapshot.head.chair:
        _paragraph(document, f"{_DEAR.say(language)}: {snapshot.head.chair}", centred=True)
    for part in told.parts:
        _part(document, part)
    for note in told.notes:
        _paragraph(document, note, italic=True)
    signature(document, snapshot, language)
    _annex(document, snapshot, told, language)
    written = BytesIO()
    document.save(written)
    return repacked(written.getvalue(), on)


def _set_up(document: WordDocument, told: Told, language: Language, on: date) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = map(Mm, PAGE)
    section.left_margin, section.right_margin = Mm(LEFT), Mm(RIGHT)
    section.top_margin = section.bottom_margin = Mm(EDGE)
    number_pages(section)
    set_letters(document, SIZE)
    set_headings(document, SIZE)
    made = datetime.combine(on, time(0), UTC)
    properties = document.core_properties
    properties.title, properties.author, properties.comments = plain(told.title)[:255], "dondoc", ""
    properties.created, properties.modified, properties.language = made, made, language


def _title(document: WordDocument, told: Told) -> None:
    _paragraph(document, told.kind.upper(), bold=True, centred=True, before=18)
    _paragraph(document, told.title, centred=True, style="Title")
    _paragraph(document, f"({told.span})", italic=True, centred=True)
    for subject in told.subjects:
        _paragraph(document, subject, italic=True, centred=True)


def _part(document: WordDocument, part: Part) -> None:
    _paragraph(document, f"{part.number}. {part.title.upper()}", before=12, style="Heading 1")
    for paragraph in part.opening.splitlines():
        _body(document, paragraph)
    blocks: tuple[Figures | Points, ...] = (*part.figures, *part.lists)
    for number, block in enumerate(blocks, start=1):
        _heading(document, number, block.heading)
        if isinstance(block, Figures):
            _figures(document, block)
        else:
            _points(document, block)


def _heading(document: WordDocument, number: int, text: str) -> None:
    _paragraph(document, f"{number}. {text}", before=6, style="Heading 2")


def _points(document: WordDocument, points: Points) -> None:
    """Write a list as offices do: each point from a dash to a semicolon, the last one to a full stop."""
    last = len(points.points) - 1
    for number, point in enumerate(points.points):
        text = f"{point.text} – {point.detail}" if point.detail else point.text
        first, *rest = text.rstrip(" .;").split("\n")
        end = "." if number == last and not points.more else ";"
        _body(document, f"- {first}" if rest else f"- {first}{end}")
        for at, line in enumerate(rest, start=1):
            _body(document, line if at < len(rest) else f"{line}{end}", indent=INDENT_BELOW)
    if points.more:
        _body(document, f"- … (+{points.more}).")
    if not points.points:
        _body(document, points.empty)


def _figures(document: WordDocument, figures: Figures) -> None:
    """Write a table of numbers; its first column holds words."""
    longest = (max(map(len, head.split()), default=0) for head in figures.heads[1:])
    widths = [_WORDS, *(max(_NUMBERS, round(_LETTER * letters)) for letters in longest)]
    columns = tuple(
        Column(head, width, number > 0) for number, (head, width) in enumerate(zip(figures.heads, widths, strict=True))
    )
    last = len(figures.rows) - 1
    rows = tuple(
        Line(tuple(map(Cell, row)), is_sum=figures.totals and number == last) for number, row in enumerate(figures.rows)
    )
    body = document.element.body
    body.insert(len(body) - 1, table(Grid("", "", columns, rows), width=PAGE[0] - LEFT - RIGHT))
    _paragraph(document, "", size=6)


def _annex(document: WordDocument, snapshot: Snapshot, told: Told, language: Language) -> None:
    grid = annex(snapshot, language)
    section = document.add_section(WD_SECTION.NEW_PAGE)
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(PAGE[1]), Mm(PAGE[0])
    section.left_margin = section.right_margin = section.bottom_margin = Mm(EDGE_ACROSS)
    section.different_first_page_header_footer = False
    _paragraph(document, Wording("Phụ lục", "Annex").say(language), centred=True, style="Heading 1")
    _paragraph(document, grid.title.upper(), bold=True, centred=True)
    under = Wording(f"(Kèm theo {told.kind}: {told.title})", f"(Annexed to the report: {told.title})").say(language)
    _paragraph(document, under, italic=True, centred=True)
    body = document.element.body
    body.insert(len(body) - 1, table(grid, width=PAGE[1] - 2 * EDGE_ACROSS))
    # A document does not end with a table.
    _paragraph(document, " ".join(grid.totals), italic=True, size=SIZE if grid.totals else 6)


def _body(document: WordDocument, text: str, *, indent: int = INDENT) -> Paragraph:
    """Write a paragraph of the text: justified, its first line indented by 1 cm, further where it stands below one."""
    paragraph = _paragraph(document, text)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    paragraph.paragraph_format.first_line_indent = Mm(indent)
    return paragraph


def _paragraph(
    document: WordDocument,
    text: str,
    *,
    bold: bool = False,
    italic: bool = False,
    centred: bool = False,
    before: int = 0,
    size: int = SIZE,
    style: str = "Normal",
) -> Paragraph:
    paragraph = document.add_paragraph(style=style)
    form = paragraph.paragraph_format
    form.space_before, form.space_after, form.line_spacing = Pt(before), Pt(4), 1.1
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run(plain(text))
    # A heading is bold by its style.
    run.bold, run.italic, run.font.size = bold or None, italic or None, Pt(size)
    return paragraph
