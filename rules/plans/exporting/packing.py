"""Packing: office files are zip archives that carry the hour of their making; here they carry the day they show."""

from datetime import date
from io import BytesIO
from xml.etree import ElementTree
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

CORE = "docProps/core.xml"
_TERMS = "{http://purl.org/dc/terms/}"
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest hour a zip archive can name."""


def repacked(data: bytes, on: date) -> bytes:
    """Return the same archive with every hour fixed: files at the epoch of zip, the document made on the day `on`."""
    packed = BytesIO()
    with ZipFile(BytesIO(data)) as source, ZipFile(packed, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            entry = ZipInfo(name, _EPOCH)
            entry.compress_type, entry.create_system, entry.external_attr = ZIP_DEFLATED, 0, 0
            target.writestr(entry, _dated(content, on) if name == CORE else content, compresslevel=6)
    return packed.getvalue()


def _dated(core: bytes, on: date) -> bytes:
    root = ElementTree.fromstring(core)
    for name in ("created", "modified"):
        for found in root.iter(f"{_TERMS}{name}"):
            found.text = f"{on.isoformat()}T00:00:00Z"
    return bytes(ElementTree.tostring(root, encoding="UTF-8", xml_declaration=True))
