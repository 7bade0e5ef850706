"""The tables of the real plans, laid out as Word and Excel files, are read as the tables of their text."""

import os
from pathlib import Path

import pytest

from rules.plans.blocks import Pages, Table
from rules.plans.sources.opening import pages
from tests.rules.plans.builders.excel import xlsx
from tests.rules.plans.builders.word import docx, paragraph, row, table

PLANS = Path(os.environ.get("DONDOC_PLANS", Path(__file__).resolve().parents[4] / "shared" / "plans"))


def tables(found: Pages) -> list[list[list[str]]]:
    return [[list(row.cells) for row in block.rows] for block in found.blocks if isinstance(block, Table)]


@pytest.mark.parametrize("plan", ["000", "002", "003", "004"])
def test_word_and_excel_say_what_the_text_says(plan: str) -> None:
    found = next(PLANS.glob(f"{plan}_*.txt"), None)
    if found is None:
        pytest.skip(f"the real plans are not at {PLANS}")
    expected = tables(pages(found.read_bytes()))
    word = docx(*(part for rows in expected for part in (paragraph(""), table(*(row(*cells) for cells in rows)))))
    assert tables(pages(word)) == expected
    assert tables(pages(xlsx(*((f"{n}", rows) for n, rows in enumerate(expected))))) == expected
