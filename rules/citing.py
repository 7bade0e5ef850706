"""Citing: a document, and a place in it, as one writes them in a letter."""

from functools import lru_cache

from rules.days import day_vi
from rules.programme import Document


@lru_cache(maxsize=256)
def citation(document: Document) -> str:
    """Return the document as one cites it: number, date, issuer."""
    parts = [document.number]
    if document.date:
        parts.append(f"ngày {day_vi(document.date)}")
    if document.issuer:
        parts.append(f"của {document.issuer}")
    return " ".join(parts)


def clause(section_name: str, task: str) -> str:
    """Return the place in the document: section and number."""
    return task if not section_name or task.startswith(section_name) else f"{section_name}, {task}"
