"""Earlier deadlines of a task as `amended:`; what the document does not say enough about becomes a question."""

import re
from datetime import date

from rules.phrases.forms import Form, form_of
from rules.plans.draft import DraftTask, Earlier
from rules.plans.writing import words
from rules.plans.writing.clean import clean
from rules.plans.writing.events import Events
from rules.wording import Wording

_NUMBER = re.compile(r"\d[\w.]*/[^\s,;()]+")
_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")


def amended(task: DraftTask, id: str, events: Events, *, accepted: bool) -> tuple[list[Form], list[Wording]]:
    """Return the entries of `amended:`, oldest first, and questions about the changes that make none.

    With `accepted` False all of them are questions: the task has several deadlines, or the rule language refuses them.
    """
    found: dict[date, Form] = {}
    questions: list[Wording] = []
    for earlier in task.earlier:
        day = _day(earlier.document)
        entry = _entry(earlier, day, id, events) if accepted and day and day not in found else None
        if entry is None or day is None:
            # Of one that the document does not name the reading has asked already, above the note.
            is_asked = earlier.reading is None and any(doubt.field == "note" for doubt in task.doubts)
            questions += [] if is_asked else [words.check(words.was_earlier(clean(earlier.said)))]
        else:
            found[day] = entry
    return [found[day] for day in sorted(found)], questions


def _entry(earlier: Earlier, day: date, id: str, events: Events) -> Form | None:
    """Return the entry, None where what the deadline was is not known, or was several."""
    reading = earlier.reading
    if reading is None or reading.parts or reading.deadline is None:
        return None
    form = form_of(events.named(reading, id))
    assert form is not None
    number = _NUMBER.search(clean(earlier.document))
    until = f"{number[0]} of {day}" if number else str(day)
    return {"deadline": form, "until": until, **({"why": why} if (why := clean(earlier.said)) else {})}


def _day(document: str) -> date | None:
    """Return the day of the document that changed a deadline, None where it is not given."""
    found = _DAY.search(document)
    try:
        return date(int(found[3]), int(found[2]), int(found[1])) if found else None
    except ValueError:
        return None
