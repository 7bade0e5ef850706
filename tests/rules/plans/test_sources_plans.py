"""The tables of the real plans, laid out as Word and Excel files, are read as the tables of their text."""

import pytest

from rules.plans.blocks import Pages, Table
from rules.plans.sources.opening import pages
from tests.plans import needs_plans, plan_file
from tests.rules.plans.builders.excel import xlsx
from tests.rules.plans.builders.word import docx, paragraph, row, table


def tables(found: Pages) -> list[list[list[str]]]:
    return [[list(row.cells) for row in block.rows] for block in found.blocks if isinstance(block, Table)]


@needs_plans
@pytest.mark.parametrize("plan", ["000", "002", "003", "004"])
def test_word_and_excel_say_what_the_text_says(plan: str) -> None:
    found = plan_file(plan)
    expected = tables(pages(found.read_bytes()))
    word = docx(*(part for rows in expected for part in (paragraph(""), table(*(row(*cells) for cells in rows)))))
    assert tables(pages(word)) == expected
    assert tables(pages(xlsx(*((f"{n}", rows) for n, rows in enumerate(expected))))) == expected
