"""Word documents written by hand, element by element, so that a test can say exactly what is in them."""

import zipfile
from collections.abc import Sequence
from io import BytesIO
from xml.sax.saxutils import escape

from tests.rules.plans.builders.layout import PLAIN, Layout, Rows, boxes, pieces

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_XML = ("<w:", "<m:", "<mc:")
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
MACROS = "application/vnd.ms-word.document.macroEnabled.main+xml"
_NAMES = (
    f'xmlns:w="{WORD}" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)


def run(text: str, properties: str = "") -> str:
    """Return a run of text; `properties` is the inside of its `w:rPr`."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(content: str, properties: str = "") -> str:
    """Return a paragraph of runs, or of plain text."""
    inner = content if content.startswith(_XML) else run(content)
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner if content else ''}</w:p>"


def listed(content: str, *, list_id: int = 1, level: int = 0) -> str:
    """Return a paragraph that Word numbers."""
    return paragraph(content, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>')


def cell(content: str, *, span: int = 1, down: str = "", extra: str = "") -> str:
    """Return a cell of paragraphs, or of one paragraph of plain text; `down` is `restart` or `continue`."""
    merged = f'<w:vMerge w:val="{down}"/>' if down else ""
    inner = content if content.startswith(_XML) else paragraph(content)
    return f'<w:tc><w:tcPr><w:gridSpan w:val="{span}"/>{merged}{extra}</w:tcPr>{inner}</w:tc>'


def row(*cells: str, properties: str = "") -> str:
    """Return a row of cells, or of plain texts."""
    made = (each if each.startswith("<w:tc>") or each.startswith("<w:sdt>") else cell(each) for each in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(made)}</w:tr>"


def table(*rows: str, widths: Sequence[int] = ()) -> str:
    """Return a table of rows."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


def level(
    at: int, *, form: str = "decimal", shows: str | None = None, start: int = 1, extra: str = "", style: str = ""
) -> str:
    """Return a level of a list that shows `shows` (`%1.`)."""
    text = f"%{at + 1}" if shows is None else shows
    linked = f'<w:pStyle w:val="{style}"/>' if style else ""
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{linked}{extra}'
        f'<w:lvlText w:val="{escape(text)}"/></w:lvl>'
    )


def lists(models: Sequence[Sequence[str]], uses: Sequence[tuple[int, int, str]]) -> str:
    """Return `numbering.xml`: the levels of each model, and the lists by id, model and overrides."""
    abstract = "".join(
        f'<w:abstractNum w:abstractNumId="{n}">{"".join(levels)}</w:abstractNum>' for n, levels in enumerate(models)
    )
    nums = "".join(
        f'<w:num w:numId="{name}"><w:abstractNumId w:val="{model}"/>{overrides}</w:num>'
        for name, model, overrides in uses
    )
    return f"<w:numbering {_NAMES}>{abstract}{nums}</w:numbering>"


ONE_LIST = lists([[level(0)]], [(1, 0, "")])


def notes(kind: str, texts: dict[int, str]) -> str:
    """Return `footnotes.xml`, `endnotes.xml` or `comments.xml`; `kind` is the singular."""
    inner = "".join(f'<w:{kind} w:id="{n}">{paragraph(text)}</w:{kind}>' for n, text in texts.items())
    return f"<w:{kind}s {_NAMES}>{inner}</w:{kind}s>"


def docx(*content: str, main_type: str = _MAIN, **parts: str) -> bytes:
    """Return a Word file with this text and these parts by their name (`numbering`, `styles`, `footnotes` …)."""
    text = "".join(each if each.startswith(_XML) else paragraph(each) for each in content)
    files = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="xml" '
        f'ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="{main_type}"/></Types>',
        "_rels/.rels": _relations({"officeDocument": "word/document.xml"}),
        "word/document.xml": f"<w:document {_NAMES}><w:body>{text}</w:body></w:document>",
        "word/_rels/document.xml.rels": _relations({name: f"{name}.xml" for name in parts}),
    }
    return packed(files | {f"word/{name}.xml": part for name, part in parts.items()})


def _relations(targets: dict[str, str]) -> str:
    inner = "".join(
        f'<Relationship Id="r{n}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(targets.items())
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{inner}</Relationships>'


def packed(files: dict[str, str] | dict[str, bytes]) -> bytes:
    """Return a zip of these files."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return made.getvalue()


def plan_docx(rows: Rows, layout: Layout = PLAIN) -> bytes:
    """Return a plan as a Word file."""
    made = []
    for piece in pieces(rows, layout):
        drawn = _table(piece, layout)
        made += [paragraph(""), table(row(cell(drawn + paragraph("")))) if layout.nested else drawn]
    return docx(*made, numbering=ONE_LIST)


def drawn(rows: Rows) -> str:
    """Return a table in which `<` and `^` stand for what other cells span."""
    return _table(rows, PLAIN)


def _table(rows: Rows, layout: Layout) -> str:
    found = boxes(rows)
    drawn = []
    for n, texts in enumerate(rows):
        at = 0
        cells = []
        while at < len(texts):
            box = next(box for box in found if box.column == at and box.row <= n < box.row + box.height)
            down = "" if box.height == 1 else "restart" if box.row == n else "continue"
            text = box.text if box.row == n else ""
            content = listed("") if layout.numbered and text.isdigit() else text
            cells.append(cell(content, span=box.width, down=down))
            at += box.width
        drawn.append(row(*cells, properties="<w:tblHeader/>" if "STT" in texts else ""))
    return table(*drawn)
