"""Plans written down as text in a test, read as `dondoc read` reads them."""

from rules.plans.draft import Draft
from rules.plans.reading import read_plan
from rules.plans.sources.text import text_pages


def draft(text: str, *, year: int | None = 2026) -> Draft:
    """Return the draft of a text in which `¦` stands for a tab."""
    return read_plan(text_pages(tabs(text).encode()), directory=None, year=year)


def tabs(text: str) -> str:
    """Return the text with tabs for `¦`, so that its columns are seen in a test."""
    return "\n".join("\t".join(cell.strip() for cell in line.split("¦")) for line in text.splitlines())
