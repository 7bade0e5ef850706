"""Citing: a document, and a place in it, as one writes them in a letter."""

from functools import lru_cache

from rules.days import day_en, day_vi
from rules.programme import Document, Programme, Task
from rules.wording import Wording


@lru_cache(maxsize=256)
def cited(document: Document) -> Wording:
    """Return the document as one cites it: number, date, issuer; number and issuer as they are in either language."""
    vi = en = document.number
    if document.date:
        vi, en = f"{vi} ngày {day_vi(document.date)}", f"{en} of {day_en(document.date)}"
    if document.issuer:
        vi, en = f"{vi} của {document.issuer}", f"{en}, {document.issuer}"
    return Wording(vi, en)


def citation(document: Document) -> str:
    """Return the document as one cites it in Vietnamese."""
    return cited(document).vi


def place_of(task: Task, programme: Programme) -> Wording:
    """Return where a task stands: the place in the document, and the document."""
    document, place = cited(programme.document), clause(task.section, task.named)
    return Wording(f"{place}, {document.vi}", f"{place}, {document.en}")


def clause(section_name: str, task: str) -> str:
    """Return the place in the document: section and number."""
    return task if not section_name or task.startswith(section_name) else f"{section_name}, {task}"
