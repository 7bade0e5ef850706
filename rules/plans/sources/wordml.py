"""WordprocessingML: the names of its elements and how its attributes are read (ISO/IEC 29500-1, §17)."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math"
COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"


def w(name: str) -> str:
    """Return the full name of a Word element or attribute."""
    return f"{{{NAMESPACE}}}{name}"


VAL = w("val")


def value(element: Element | None, path: str) -> str | None:
    """Return `w:val` of the element at `path` (`tcPr/gridSpan`) under `element`, None when there is none."""
    found = find(element, path)
    return None if found is None else found.get(VAL)


def find(element: Element | None, path: str) -> Element | None:
    """Return the element at `path` under `element`."""
    for name in path.split("/"):
        element = None if element is None else element.find(w(name))
    return element


def number(text: str | None, otherwise: int, *, most: int = 10_000) -> int:
    """Return a whole number from 0 to `most`; `otherwise` for what is none."""
    return min(int(text), most) if text and text.isascii() and text.isdigit() and len(text) < 10 else otherwise


def is_on(element: Element | None, path: str) -> bool:
    """Say whether a switch such as `rPr/vanish` is there and not turned off."""
    found = find(element, path)
    return found is not None and found.get(VAL, "1") not in {"0", "false", "off"}


def contents(container: Element) -> Iterator[Element]:
    """Yield the paragraphs, tables, rows or cells in `container`, out of content controls and custom XML.

    What stands in a content control that nobody has filled in, its prompt, is left out.
    """
    for child in container:
        if child.tag == w("sdt"):
            inner = child.find(w("sdtContent"))
            if inner is not None and not is_on(child, "sdtPr/showingPlcHdr"):
                yield from contents(inner)
        elif child.tag in (w("customXml"), w("ins"), w("moveTo")):
            yield from contents(child)
        else:
            yield child
