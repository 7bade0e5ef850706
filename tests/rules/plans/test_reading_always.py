"""Whatever a table holds, it is read without an error and no row of it is lost without a word."""

from collections.abc import Iterator

from hypothesis import given, settings
from hypothesis import strategies as st

from rules.plans.blocks import Pages, Row, Table, Where
from rules.plans.draft import Draft
from rules.plans.reading import read_plan
from rules.plans.sources.text import text_pages
from rules.plans.tables.grids import is_blank
from rules.plans.tables.headings import header_at

HEADERS = (
    ("TT", "Nhiệm vụ", "Cơ quan chủ trì", "Thời hạn"),
    ("STT", "Nội dung", "Chủ trì", "Phối hợp", "Sản phẩm", "Tiến độ", "Ghi chú"),
    ("Thời gian", "Đơn vị thực hiện", "Nhiệm vụ", "STT"),
    ("TT", "Lĩnh vực", "Nhiệm vụ", "Người đứng đầu", "Bắt đầu", "Kết thúc", "Cột lạ"),
    ("TT", "Chỉ tiêu", "Đơn vị tính", "Mục tiêu năm 2026", "Cơ quan chủ trì"),
)
TEXTS = (
    "", "", "", "1", "2.", "3.1", "a)", "-", "I", "II.", "A", "TC.1", "I. THỂ CHẾ", "HẠ TẦNG SỐ", "Mục I", "Rà soát",
    "- Tập huấn", "tiếp theo", "Ban hành quy chế", "Sở A", "Sở A; Sở B", "UBND các xã", "Báo cáo", "Quý II", "30/6/2026",
    "Thường xuyên", "x", "nt", "//", "Tổng cộng: 5", "Ghi chú: bổ sung", "Nhiệm vụ", "Thời hạn", "(1)", "(2)", "70%",
    "Phụ lục II", "…", "|", "**",
)  # fmt: skip
texts = st.sampled_from(TEXTS) | st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), max_size=8)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    header = draw(st.sampled_from((*HEADERS, ())))
    width = len(header) or draw(st.integers(2, 8))
    body = draw(st.lists(st.lists(texts, min_size=width, max_size=width), min_size=1, max_size=8))
    place = draw(st.integers(0, min(2, len(body)))) if header else 0
    rows = [*body[:place], list(header), *body[place:]] if header else body
    marked = st.frozensets(st.integers(0, width - 1), max_size=2)
    return Table(
        tuple(Row(tuple(row), Where(table=1, row=n), draw(marked)) for n, row in enumerate(rows, 1)), Where(table=1)
    )


def told(draft: Draft) -> Iterator[object]:
    """Yield the places that the draft names."""
    for task in draft.tasks:
        yield from (task.at, *(doubt.at for doubt in task.doubts))
    yield from (indicator.at for indicator in draft.indicators)
    yield from (doubt.at for doubt in draft.doubts)


def words(draft: Draft) -> set[str]:
    """Return all words that tasks, indicators, their headings and the doubts hold."""
    found = [
        text
        for task in draft.tasks
        for text in (
            task.no, task.section, task.title, task.lead, task.head, task.coordinate, task.product, task.basis,
            task.stated, task.note, *task.extra.values(),
        )
    ]  # fmt: skip
    for one in draft.indicators:
        found += [one.no, one.section, one.title, one.unit, one.owner, one.source, one.note, *one.targets.values()]
    doubts = (*draft.doubts, *(doubt for task in draft.tasks for doubt in task.doubts))
    return split(*found, *(doubt.said.vi for doubt in doubts))


def split(*texts: str) -> set[str]:
    return {word.strip(".():«»;") for text in texts for word in text.split()}


def is_title(table: Table, index: int) -> bool:
    """Say whether a row names the table: one text above its headings."""
    header = next((at for at in range(len(table.rows)) if header_at(table.rows, at)), 0)
    return index < header and len({cell for cell in table.rows[index].cells if cell}) == 1


def is_header(table: Table, index: int) -> bool:
    return any(
        (header := header_at(table.rows, first)) and first <= index < first + header.height
        for first in range(max(0, index - 2), index + 1)
    )


@settings(max_examples=150)
@given(st.lists(tables(), min_size=1, max_size=2))
def test_no_row_is_lost_without_a_word(found: list[Table]) -> None:
    draft = read_plan(Pages(tuple(found)), directory=None, year=2026)
    if any(doubt.said.en.startswith(("A table of", "The table has no column")) for doubt in draft.doubts):
        return
    places, kept = set(told(draft)), words(draft)
    for table in found:
        for index, row in enumerate(table.rows):
            if not any(row.cells) or is_blank(row) or is_header(table, index) or row.at in places:
                continue
            if is_title(table, index):
                continue
            assert split(*row.cells) <= kept, row


@settings(max_examples=100)
@given(st.lists(st.lists(texts | st.just("\t") | st.just("KẾ HOẠCH"), max_size=8).map(" ".join), max_size=12))
def test_any_text_is_read_without_an_error(lines: list[str]) -> None:
    assert isinstance(read_plan(text_pages("\n".join(lines).encode()), directory=None, year=None), Draft)
