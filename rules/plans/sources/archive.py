"""Archive: the zip file inside a Word or Excel document: checked before anything is unpacked, read part by part.

The standard library never unpacks more of a part than the directory announces, so limits on the directory are limits on
what is unpacked. XML parts that define entities (a DTD) are refused: the format forbids them (ECMA-376-2, §7).
"""

import posixpath
import struct
import zipfile
from io import BytesIO
from typing import NamedTuple, NoReturn
from xml.etree.ElementTree import Element, fromstring
from xml.parsers.expat import ExpatError, ParserCreate

from rules.plans.sources.refusals import damage_refused, damaged, locked, refusal, too_large

_MOST_UNPACKED = 300_000_000
_MOST_DIRECTORY = 4_000_000
_SUSPICIOUS = 100_000_000
_MOST_RATIO = 100
_PIECE = 4096
_MOST_TAGS = 5_000_000
_END = b"PK\x05\x06"
_END_64 = b"PK\x06\x07"
_STRICT = b"http://purl.oclc.org/ooxml/"
_TRANSITIONAL = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    b"http://purl.oclc.org/ooxml/officeDocument/math": b"http://schemas.openxmlformats.org/officeDocument/2006/math",
}
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


class Relation(NamedTuple):
    """What one part of a document is to another: its id, its kind (`numbering`) and the part's name."""

    id: str
    kind: str
    part: str


class Archive:
    """The parts of a document by name; raises Unreadable when made from a zip that is broken, locked or a bomb."""

    def __init__(self, data: bytes) -> None:
        _check_directory(data)
        with damage_refused("Office (zip)"):
            self._zip = zipfile.ZipFile(BytesIO(data))
        parts = self._zip.infolist()
        if any(part.flag_bits & 1 for part in parts):
            raise locked("Office (zip)")
        if any(part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for part in parts):
            raise damaged("Office (zip)")
        unpacked = sum(part.file_size for part in parts)
        if unpacked > _MOST_UNPACKED or (unpacked > _SUSPICIOUS and unpacked > _MOST_RATIO * len(data)):
            raise too_large(f"giải nén thành {unpacked:,} byte", f"it unpacks to {unpacked:,} bytes")
        self.names = frozenset(part.filename for part in parts)
        for name in self.names:
            if name.endswith((".xml", ".rels")):
                self._refuse_entities(name)

    def read(self, name: str) -> bytes:
        """Return the bytes of a part; raise Unreadable when it is missing or broken."""
        with damage_refused("Office (zip)"):
            return self._zip.read(name)

    def xml(self, name: str) -> Element:
        """Return the root of an XML part, in the transitional namespaces."""
        text = self.read(name)
        refuse_crowds(text, _MOST_TAGS)
        if _STRICT in text:
            for strict, transitional in _TRANSITIONAL.items():
                text = text.replace(strict, transitional)
        with damage_refused("Office (zip)"):
            return fromstring(text)

    def relations(self, name: str) -> list[Relation]:
        """Return what `name` ('' the whole package) relates to inside the document."""
        folder, file = posixpath.split(name)
        relations = posixpath.join(folder, "_rels", f"{file}.rels")
        if relations not in self.names:
            return []
        found = []
        for relation in self.xml(relations).iter(_RELATION):
            target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target", ""))).lstrip("/")
            if relation.get("TargetMode") != "External" and target in self.names:
                found.append(Relation(relation.get("Id", ""), posixpath.basename(relation.get("Type", "")), target))
        return found

    def related(self, name: str, kind: str) -> str | None:
        """Return the part that `name` ('' the whole package) has as its `kind`, None without one."""
        return next((relation.part for relation in self.relations(name) if relation.kind == kind), None)

    def _refuse_entities(self, name: str) -> None:
        """Refuse a part with a DTD, which can only stand before its first element."""
        parser = ParserCreate()
        parser.StartDoctypeDeclHandler = _refuse_dtd
        seen: list[str] = []
        parser.StartElementHandler = lambda tag, _: seen.append(tag)
        with damage_refused("Office (zip)"), self._zip.open(name) as part:
            while not seen and (piece := part.read(_PIECE)):
                try:
                    parser.Parse(piece)
                except ExpatError:
                    return


def refuse_crowds(xml: bytes, most: int) -> None:
    """Raise Unreadable for XML with more than `most` tags, which small files can unpack to: each takes memory."""
    if xml.count(b"<") > most:
        raise too_large(f"hơn {most:,} thẻ XML", f"more than {most:,} XML tags")


def _refuse_dtd(*_: object) -> NoReturn:
    raise refusal(
        "tệp chứa định nghĩa thực thể XML (DTD), điều mà tệp Word và Excel không được có",
        "the file defines XML entities (a DTD), which Word and Excel files must not",
    )


def _check_directory(data: bytes) -> None:
    """Refuse a directory that is missing or so long that merely listing it would take memory."""
    end = data.rfind(_END)
    if end < 0 or len(data) < end + 22:
        raise damaged("Office (zip)")
    (size,) = struct.unpack_from("<L", data, end + 12)
    if size > _MOST_DIRECTORY or data[max(end - 20, 0) : end].startswith(_END_64):
        raise too_large("danh mục bên trong quá dài", "its directory is too long")
