"""Drafts made by hand, and the office they are for: the units of tests/rules/load/common.yaml."""

from datetime import date

from rules.load import load
from rules.phrases import Context, Reading, read
from rules.plans.blocks import Where
from rules.plans.draft import Agency, Draft, DraftDocument, DraftTask
from rules.plans.writing import Office, rule_file
from rules.programme import Programme
from tests.rules.load.files import COMMON

CONTEXT = Context(2026, date(2026, 3, 7))
DOCUMENT = DraftDocument("07-QĐ/BCĐ", CONTEXT.issued, "Ban Chỉ đạo tỉnh", "Chương trình công tác năm 2026", 2026)
SECTION = "A TRỌNG TÂM > I Quý I năm 2026"
A = (Agency("Sở A", ("so-a",)),)
B = (Agency("Sở B", ("so-b",)),)


def office(**events: str) -> Office:
    """Return the office, with the events that its programme has already."""
    book = load({"common": COMMON}).rulebook
    assert book is not None
    return Office("ke-hoach", book.directories["tinh"], "lich", "chuan", "so-a", "en", events=events)


def reading(stated: str) -> Reading | None:
    """Return the reading of a phrase, None of an empty cell."""
    return read(stated, CONTEXT) if stated else None


def task(no: str, title: str, stated: str = "Tháng 5", **rest: object) -> DraftTask:
    """Return a row led by Sở A unless said otherwise."""
    fields: dict[str, object] = {"section": SECTION, "lead": "Sở A", "leads": A, "at": Where(page=3, table=2, row=7)}
    return DraftTask(no=no, title=title, stated=stated, reading=reading(stated), **(fields | rest))  # type: ignore[arg-type]


def draft(*tasks: DraftTask, **rest: object) -> Draft:
    """Return a draft of these tasks."""
    return Draft(DOCUMENT, tasks, **rest)  # type: ignore[arg-type]


def programme(text: str) -> Programme:
    """Return the programme of a rule file, which has no problems."""
    loaded = load({"common": COMMON, "file": text.encode()})
    assert loaded.problems == (), loaded.problems
    assert loaded.rulebook is not None
    [found] = loaded.rulebook.programmes.values()
    return found


def text(*tasks: DraftTask) -> str:
    """Return the rule file of these tasks, which loads."""
    written = rule_file(draft(*tasks), office()).text
    programme(written)
    return written


def lines(written: str, first: str) -> list[str]:
    """Return the lines from the one that begins so, to the next item or blank line, without indentation."""
    found = written.splitlines()
    start = next(n for n, line in enumerate(found) if line.strip().startswith(first))
    end = next((n for n in range(start + 1, len(found)) if not found[n] or found[n].startswith("  - ")), len(found))
    return [line.strip() for line in found[start:end]]
