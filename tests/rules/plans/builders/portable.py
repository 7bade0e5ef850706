"""PDF files written by hand: ruled tables and lines of text, in a font that states what each of its codes means."""

import zlib
from collections.abc import Sequence
from textwrap import wrap

from tests.rules.plans.builders.layout import PLAIN, Layout, Rows, boxes, pieces

_WIDTH, _HEIGHT, _MARGIN = 842, 595, 40
_SIZE = 9
_MEANING = b"""/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /All def /CMapType 2 def
1 begincodespacerange <0000> <FFFF> endcodespacerange 1 beginbfrange <0000> <FFFF> <0000> endbfrange
endcmap end end"""


def line(text: str, left: float, down: float) -> str:
    """Return what writes a line of text, at points from the upper left."""
    code = text.encode("utf-16-be").hex()
    return f"BT /F {_SIZE} Tf {left} {_HEIGHT - down} Td <{code}> Tj ET"


def ruled(rows: Rows, top: float) -> tuple[str, float]:
    """Return what draws a ruled table that begins at `top`, and where it ends."""
    width = (_WIDTH - 2 * _MARGIN) / len(rows[0])
    found = boxes(rows)
    wrapped = {box: wrap(box.text, int(box.width * width / _SIZE * 1.8)) for box in found}
    tops = [top]
    for n in range(len(rows)):
        tops.append(tops[-1] + 8 + (_SIZE + 3) * max(len(wrapped[box]) for box in found if box.row == n))
    drawn = []
    for box, lines in wrapped.items():
        left, upper, lower = _MARGIN + box.column * width, tops[box.row], tops[box.row + box.height]
        drawn.append(f"{left} {_HEIGHT - lower} {box.width * width} {lower - upper} re S")
        drawn += [line(text, left + 3, upper + 12 + n * (_SIZE + 3)) for n, text in enumerate(lines)]
    return "\n".join(drawn), tops[-1]


def pdf(*drawn: str, image: bool = False) -> bytes:
    """Return a PDF with a page for each content; with `image`, a picture covers every page."""
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"", *_font()]
    picture = "<</Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray/Length 1>>"
    objects.append(_stream(picture, b"\x00"))
    pages = []
    for content in drawn:
        cover = f"q {_WIDTH} 0 0 {_HEIGHT} 0 0 cm /I Do Q\n" if image else ""
        objects.append(_stream("<</Filter/FlateDecode/Length %d>>", zlib.compress((cover + content).encode())))
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {_WIDTH} {_HEIGHT}]/Contents {len(objects)} 0 R"
            "/Resources<</Font<</F 3 0 R>>/XObject<</I 7 0 R>>>>>>".encode()
        )
        pages.append(f"{len(objects)} 0 R")
    objects[1] = f"<</Type/Pages/Kids[{' '.join(pages)}]/Count {len(pages)}>>".encode()
    return _file(objects)


def _font() -> list[bytes]:
    return [
        b"<</Type/Font/Subtype/Type0/BaseFont/All/Encoding/Identity-H/DescendantFonts[4 0 R]/ToUnicode 6 0 R>>",
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/All/DW 500/FontDescriptor 5 0 R"
        b"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>>>",
        b"<</Type/FontDescriptor/FontName/All/Flags 4/Ascent 800/Descent -200/CapHeight 700/StemV 80/ItalicAngle 0"
        b"/FontBBox[0 -200 1000 800]>>",
        _stream("<</Length %d>>", _MEANING),
    ]


def _stream(head: str, content: bytes) -> bytes:
    return (head.replace("%d", str(len(content)))).encode() + b"\nstream\n" + content + b"\nendstream"


def _file(objects: Sequence[bytes]) -> bytes:
    made = bytearray(b"%PDF-1.7\n")
    places = []
    for n, content in enumerate(objects, start=1):
        places.append(len(made))
        made += b"%d 0 obj\n" % n + content + b"\nendobj\n"
    start = len(made)
    made += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    made += b"".join(b"%010d 00000 n \n" % place for place in places)
    return bytes(made + b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start))


def plan_pdf(rows: Rows, layout: Layout = PLAIN) -> bytes:
    """Return a plan as a PDF, each piece of its table on a page of its own."""
    return pdf(*(ruled(piece, _MARGIN)[0] for piece in pieces(rows, layout)))
