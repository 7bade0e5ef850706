"""Word: the paragraphs, tables and notes of a .docx. What stands in headers and footers is left out.

The parts are read here rather than through python-docx, whose paragraphs and cells know neither the numbers that Word
shows, nor tracked changes, content controls and text boxes.
"""

from collections import Counter
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from rules.plans.blocks import NOWHERE, Block, Notice, Pages, Paragraph
from rules.plans.sources.archive import Archive
from rules.plans.sources.body import Body
from rules.plans.sources.characters import one_line
from rules.plans.sources.numbering import numbering
from rules.plans.sources.progress import Progress, unseen
from rules.plans.sources.refusals import damage_refused, damaged
from rules.plans.sources.runs import Story
from rules.plans.sources.wordml import contents, w
from rules.wording import Wording

_ADDED = tuple(map(w, ("ins", "moveTo", "cellIns")))
_REMOVED = tuple(map(w, ("del", "moveFrom", "cellDel")))


def docx_pages(archive: Archive, progress: Progress = unseen) -> Pages:
    """Return what a Word document holds. Raises Unreadable when its parts are missing or broken."""
    with damage_refused("Word"):
        main = archive.related("", "officeDocument")
        text = None if main is None else archive.xml(main).find(w("body"))
        if main is None or text is None:
            raise damaged("Word")
        story = Story(numbering(_part(archive, main, "numbering"), _part(archive, main, "styles")), _first_page(text))
        body = Body(story)
        blocks: list[Block] = []
        children = list(contents(text))
        for done, child in enumerate(children, start=1):
            blocks += body.blocks(child)
            progress(done, len(children))
        notes = [note for kind in ("footnote", "endnote", "comment") for note in _notes(archive, main, kind, story)]
        return Pages(tuple(blocks), (*_notices(text, story), *body.notices), tuple(notes))


def _part(archive: Archive, main: str, kind: str) -> Element | None:
    name = archive.related(main, kind)
    return None if name is None else archive.xml(name)


def _first_page(text: Element) -> int | None:
    """Return 1 when Word left in the text where its pages ended, else None: pages are then not known."""
    return None if next(text.iter(w("lastRenderedPageBreak")), None) is None else 1


def _notes(archive: Archive, main: str, kind: str, story: Story) -> Iterator[Paragraph]:
    """Yield the notes of a kind that the text refers to, each at the place that refers to it."""
    part = _part(archive, main, f"{kind}s")
    for note in () if part is None else part.iter(w(kind)):
        at = story.referred.get((kind, note.get(w("id"), "")))
        if at is None:
            continue
        text = one_line("\n".join(story.words(paragraph) for paragraph in note.iter(w("p"))))
        if text:
            yield Paragraph(text, at)


def _notices(text: Element, story: Story) -> Iterator[Notice]:
    found = Counter(element.tag for element in text.iter() if element.tag in _ADDED or element.tag in _REMOVED)
    if found:
        added, removed = (sum(found[tag] for tag in tags) for tags in (_ADDED, _REMOVED))
        yield Notice(_tracked(added, removed), NOWHERE)
    if story.hidden:
        yield Notice(_hidden(story.hidden), NOWHERE)
    if next(text.iter(w("altChunk")), None) is not None:
        yield Notice(_EMBEDDED, NOWHERE)


def _tracked(added: int, removed: int) -> Wording:
    return Wording(
        f"Văn bản còn thay đổi chưa chấp nhận (Track Changes): {added} chỗ thêm được đọc, {removed} chỗ xóa bị bỏ qua.",
        f"The document has tracked changes: {added} insertions are read, {removed} deletions are left out.",
    )


def _hidden(count: int) -> Wording:
    return Wording(
        f"{count} đoạn chữ ẩn (Hidden) không được đọc.",
        f"{count} pieces of hidden text are not read.",
    )


_EMBEDDED = Wording(
    "Văn bản nhúng một tệp khác (altChunk), phần đó không được đọc: hãy mở bằng Word và lưu lại.",
    "The document embeds another file (altChunk), which is not read: open it in Word and save it again.",
)
