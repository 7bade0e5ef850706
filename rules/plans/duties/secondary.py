"""Secondary deadlines: those that a row states outside its column of deadlines, in its product or its title."""

from rules.phrases import Context, Reading
from rules.plans.draft import DraftTask
from rules.plans.duties.found import found_in


def secondary(task: DraftTask, context: Context) -> tuple[Reading, ...]:
    """Return the deadlines in a row's product and title that differ from the one of its column."""
    found: list[Reading] = []
    for text in (task.product, task.title):
        for one in found_in(text, context):
            if not any(same(one.reading, other) for other in (*found, *filter(None, [task.reading]))):
                found.append(one.reading)
    return tuple(found)


def same(one: Reading, other: Reading) -> bool:
    """Say whether two readings come to the same: a part of several is one of them."""
    if any(same(one, part) for part in other.parts):
        return True
    if one.rrules or other.rrules:
        return one.rrules == other.rrules and one.at == other.at
    if one.due or other.due:
        return one.due == other.due and one.at == other.at
    return one.kind == other.kind and (one.event or "").casefold() == (other.event or "").casefold()
