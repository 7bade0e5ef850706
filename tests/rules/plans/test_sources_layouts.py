"""The same plan in every format and layout gives the same tables."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from rules.plans.blocks import Pages, Table
from rules.plans.sources.opening import pages
from rules.plans.sources.text import text_pages
from tests.rules.plans.builders.excel import plan_xlsx
from tests.rules.plans.builders.layout import PLAIN, PLAN, Layout, as_text, pieces, plain
from tests.rules.plans.builders.portable import plan_pdf
from tests.rules.plans.builders.word import plan_docx

LAYOUTS = {
    "plain": PLAIN,
    "other order": Layout(order=(0, 5, 4, 2, 3, 1)),
    "split": Layout(split=(2, 5)),
    "split, header repeated": Layout(split=(2, 3, 5), repeat_header=True),
    "sections merged": Layout(merge_sections=True),
    "header of two rows": Layout(two_row_header=True),
    "all of it": Layout(
        order=(0, 1, 4, 2, 3, 5), split=(3, 4), repeat_header=True, merge_sections=True, two_row_header=True
    ),
    "a section alone on its page": Layout(split=(3, 4), merge_sections=True),
}


def tables(found: Pages) -> list[list[list[str]]]:
    return [[list(row.cells) for row in block.rows] for block in found.blocks if isinstance(block, Table)]


@pytest.mark.parametrize("name", LAYOUTS)
def test_word_and_pdf_give_the_tables_as_they_were_laid_out(name: str) -> None:
    layout = LAYOUTS[name]
    expected = [plain(piece) for piece in pieces(PLAN, layout)]
    assert tables(pages(plan_docx(PLAN, layout))) == expected
    assert tables(pages(plan_pdf(PLAN, layout))) == expected


@pytest.mark.parametrize("name", LAYOUTS)
def test_excel_gives_the_rows_as_one_table_of_its_sheet(name: str) -> None:
    layout = LAYOUTS[name]
    expected = [row for piece in pieces(PLAN, layout) for row in plain(piece)]
    assert tables(pages(plan_xlsx(PLAN, layout))) == [expected]


def test_the_text_source_gives_the_same_table() -> None:
    as_words = tables(text_pages(as_text(pieces(PLAN, PLAIN))))
    assert as_words == tables(pages(plan_docx(PLAN))) == tables(pages(plan_xlsx(PLAN))) == tables(pages(plan_pdf(PLAN)))


@pytest.mark.parametrize("name", LAYOUTS)
def test_word_numbers_its_rows_and_layout_tables_around_the_plan_change_nothing(name: str) -> None:
    layout = LAYOUTS[name]
    same = replace(layout, numbered=True, nested=True)
    assert tables(pages(plan_docx(PLAN, same))) == [plain(piece) for piece in pieces(PLAN, layout)]


@pytest.mark.parametrize("build", [plan_docx, plan_xlsx, plan_pdf])
def test_merged_cells_say_what_they_span(build: Callable[..., bytes]) -> None:
    found = pages(build(PLAN, Layout(two_row_header=True, merge_sections=True)))
    (table,) = (block for block in found.blocks if isinstance(block, Table))
    assert [set(row.spanned) for row in table.rows[:3]] == [{3}, set(), {2, 3, 4, 5}]
    assert [set(row.continued) for row in table.rows[:3]] == [set(), {0, 1, 4, 5}, set()]


def test_every_row_knows_where_it_stands() -> None:
    layout = Layout(split=(2,))
    word = [block.rows[0].at for block in pages(plan_docx(PLAN, layout)).blocks if isinstance(block, Table)]
    assert list(map(str, word)) == ["table 1, row 1", "table 2, row 1"]
    paper = [block.rows[0].at for block in pages(plan_pdf(PLAN, layout)).blocks if isinstance(block, Table)]
    assert list(map(str, paper)) == ["page 1, table 1, row 1", "page 2, table 2, row 1"]
    (sheet,) = pages(plan_xlsx(PLAN, layout)).blocks
    assert isinstance(sheet, Table)
    assert str(sheet.rows[3].at) == "sheet Phụ lục, row 4"


@pytest.mark.parametrize("build", [plan_docx, plan_xlsx, plan_pdf])
def test_progress_grows_up_to_its_total(build: Callable[..., bytes]) -> None:
    seen: list[tuple[int, int]] = []
    pages(build(PLAN, Layout(split=(2, 4))), "", lambda done, total: seen.append((done, total)))
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)
    assert seen[-1][0] == seen[-1][1] > 0
