"""Word: a sheet → the bytes of a text document on A4 across, its tables with a header row that repeats on each page."""

from datetime import UTC, datetime, time
from io import BytesIO

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from rules.plans.exporting.packing import repacked
from rules.plans.exporting.palette import FONT, TEXT_SIZE, TITLE_SIZE
from rules.plans.exporting.plain import plain
from rules.plans.exporting.sheet import Grid, Sheet
from rules.plans.exporting.wordtable import table

MARGIN = 15
PAGE = (297, 210)


def word(sheet: Sheet) -> bytes:
    """Return the file."""
    document = Document()
    _set_up(document, sheet)
    for text, bold, italic in (
        (sheet.kind, True, False),
        (sheet.title, True, False),
        (sheet.reference, False, True),
        (sheet.state, False, False),
    ):
        _centred(document, text, bold=bold, italic=italic)
    for number, grid in enumerate(sheet.grids):
        _grid(document, grid, follows=number > 0)
    written = BytesIO()
    document.save(written)
    return repacked(written.getvalue(), sheet.on)


def _set_up(document: WordDocument, sheet: Sheet) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = map(Mm, PAGE)
    section.left_margin = section.right_margin = section.bottom_margin = Mm(MARGIN)
    section.top_margin = Mm(20)
    number_pages(section)
    set_letters(document, TEXT_SIZE)
    made = datetime.combine(sheet.on, time(0), UTC)
    properties = document.core_properties
    properties.title, properties.author, properties.comments = plain(sheet.title)[:255], "dondoc", ""
    properties.created, properties.modified, properties.language = made, made, sheet.language


def _centred(document: WordDocument, text: str, *, bold: bool = False, italic: bool = False) -> Paragraph:
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.space_after = Pt(3)
    run = paragraph.add_run(plain(text))
    run.bold, run.italic, run.font.size = bold, italic, Pt(TITLE_SIZE)
    return paragraph


def _grid(document: WordDocument, grid: Grid, *, follows: bool) -> None:
    if follows:
        _centred(document, grid.title, bold=True).paragraph_format.page_break_before = True
    body = document.element.body
    # A table stands before the properties of its section, which come last.
    body.insert(len(body) - 1, table(grid, width=PAGE[0] - 2 * MARGIN))
    # A document does not end with a table.
    for number, total in enumerate(grid.totals or ("",)):
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.space_before = Pt(0 if number else 6)
        paragraph.paragraph_format.space_after = Pt(0)
        paragraph.add_run(plain(total)).bold = True


def number_pages(section: Section) -> None:
    """Put the number of the page in the middle; Nghị định 30/2020/NĐ-CP leaves it out on the first."""
    section.different_first_page_header_footer = True
    paragraph = section.header.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)


def set_letters(document: WordDocument, size: int) -> None:
    """Set all text in the letter of official documents, in that size where it is not given another."""
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(size)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("w:eastAsia", "w:cs"):
        fonts.set(qn(script), FONT)


def set_headings(document: WordDocument, size: int) -> None:
    """Set titles and headings as offices print them, black and upright, while they stay headings to readers of the
    screen and in the navigation of Word."""
    for name in ("Title", "Heading 1", "Heading 2"):
        style = document.styles[name]
        style.font.name, style.font.size = FONT, Pt(size)
        style.font.bold, style.font.italic, style.font.color.rgb = True, False, RGBColor(0, 0, 0)
        style.paragraph_format.keep_with_next = True
        letters = style.element.get_or_add_rPr()
        fonts = letters.get_or_add_rFonts()
        # The theme's own letters would take precedence, and titles are underlined and spaced.
        for attribute in [key for key in fonts.attrib if key.endswith("Theme")]:
            del fonts.attrib[attribute]
        for script in ("w:eastAsia", "w:cs"):
            fonts.set(qn(script), FONT)
        for odd in (*letters.findall(qn("w:spacing")), *letters.findall(qn("w:kern"))):
            letters.remove(odd)
        properties = style.element.get_or_add_pPr()
        for odd in properties.findall(qn("w:pBdr")):
            properties.remove(odd)
