"""Secondary deadlines: those that a row states outside its column of deadlines, in its product or its title."""

from typing import Literal

from rules.phrases import Context, Reading
from rules.plans.draft import DraftTask, Further
from rules.plans.duties.found import Found, found_in

_LONGEST, _BESIDE = 80, 30


def secondary(task: DraftTask, context: Context) -> tuple[Further, ...]:
    """Return the deadlines in a row's product and title that differ from the one of its column."""
    found: list[Further] = []
    texts: tuple[tuple[Literal["product", "title"], str], ...] = (("product", task.product), ("title", task.title))
    for field, text in texts:
        for one in found_in(text, context):
            known = (*(each.reading for each in found), *filter(None, [task.reading]))
            if not any(same(one.reading, other) for other in known):
                found.append(Further(field, _clause(text, one), one.reading))
    return tuple(found)


def _clause(text: str, found: Found) -> str:
    """Return the clause that a phrase stands in, of a long one the words beside the phrase."""
    start = max(text.rfind(mark, 0, found.start) for mark in (". ", "; ", "("))
    end = min((at for mark in (". ", ";", ")") if (at := text.find(mark, found.end)) >= 0), default=len(text))
    clause = text[start + 1 : end].strip(" .;,(")
    if len(clause) <= _LONGEST:
        return clause
    before = text[max(0, found.start - _BESIDE) : found.start].partition(" ")[2]
    after = text[found.end : found.end + _BESIDE].rpartition(" ")[0]
    return f"…{before}{found.text}{after}…"


def same(one: Reading, other: Reading) -> bool:
    """Say whether two readings come to the same: a part of several is one of them."""
    if any(same(one, part) for part in other.parts):
        return True
    if one.rrules or other.rrules:
        return one.rrules == other.rrules and one.at == other.at
    if one.due or other.due:
        return one.due == other.due and one.at == other.at
    return one.kind == other.kind and (one.event or "").casefold() == (other.event or "").casefold()
