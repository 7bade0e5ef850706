"""Deadlines: the reading of a task's phrase under `deadline:` or `deadlines:`, with what is to be asked about it."""

import re
from collections.abc import Mapping

from rules.phrases.forms import Form, form_of
from rules.phrases.reading import Kind, Reading
from rules.plans.draft import DraftTask
from rules.plans.writing import further, words
from rules.plans.writing.clean import clean, unlike
from rules.plans.writing.events import Events
from rules.plans.writing.layout import Entry
from rules.wording import Language, Wording

_LONGEST_PART = 60
_FIRST = re.compile(r"FREQ=MONTHLY;BYDAY=1(?:MO|TU|WE|TH|FR)")
# Their forms say by themselves what they come to.
_PLAIN: frozenset[Kind] = frozenset(
    {"continuous", "event", "before_event", "set_elsewhere", "unspecified", "not_a_deadline", "several"}
)


def dated(task: DraftTask, id: str, events: Events, language: Language, refusal: str | None) -> Entry:
    """Return the deadlines of a task, undated where the rule language does not take them: `refusal` says why."""
    questions = [words.check(doubt.said, doubt.alternatives) for doubt in task.doubts if doubt.field == "stated"]
    form = _form(task.reading, id, events) if task.reading and refusal is None else None
    if refusal is not None:
        questions.append(words.check(words.refused(refusal)))
    nearest = _nearest(task.reading)
    questions += [asked for each in _doubts(task.reading) if (asked := words.check(each, nearest)) not in questions]
    if form is None and not questions:
        questions.append(words.check(words.DEADLINE_UNREAD if task.stated else words.DEADLINE_MISSING))
    questions += [words.check(said) for said in further.questions(task, form, language)]
    if form is None:
        form = {"set_by": clean(task.stated) or words.DEADLINE_MISSING.say(language)}
    several = form.get("deadlines") if isinstance(form, Mapping) else None
    checks = tuple(question.say(language) for question in questions)
    entry = Entry("deadlines" if several else "deadline", several or form, checks, _why(task, form, language))
    return entry


def questions_about(task: DraftTask) -> list[Wording]:
    """Return what is asked about the deadline of a task, whatever rule file it is written in."""
    form = form_of(task.reading) if task.reading else None
    found = [*(doubt.said for doubt in task.doubts if doubt.field == "stated"), *_doubts(task.reading)]
    if form is None and not found:
        found.append(words.DEADLINE_UNREAD if task.stated else words.DEADLINE_MISSING)
    return list(dict.fromkeys([*found, *further.questions(task, form, "vi")]))


def _form(reading: Reading, id: str, events: Events) -> Form | None:
    """Return the form of a reading with ids in place of events; nothing is collected where it has no form."""
    if form_of(reading) is None:
        return None
    form = form_of(events.named(reading, id))
    several = form.get("deadlines") if isinstance(form, Mapping) else None
    if not isinstance(several, Mapping):
        return form
    parts: dict[str, Form] = {}
    for label, each in several.items():
        parts[unlike(clean(label)[:_LONGEST_PART].strip() or "hạn", parts)] = each
    return {"deadlines": parts}


def _doubts(reading: Reading | None) -> list[Wording]:
    if reading is None:
        return []
    found = [*reading.doubts, *(doubt for part in reading.parts for doubt in part.doubts)]
    return list(dict.fromkeys(found))


def _nearest(reading: Reading | None) -> tuple[str, ...]:
    """Return the recurrence that may do for one that a rule file cannot say: the first Monday of a month."""
    if reading is None or reading.deadline or reading.parts or len(reading.rrules) != 1:
        return ()
    return ("{every: month, on: first working day}",) if _FIRST.fullmatch(reading.rrules[0]) else ()


def _why(task: DraftTask, form: Form, language: Language) -> str:
    """Return how the deadline was counted, where its form does not show it."""
    if task.reading and task.reading.kind == "set_elsewhere":
        return words.NO_DAY.say(language)
    if task.reading is None or task.reading.kind in _PLAIN or (isinstance(form, Mapping) and "set_by" in form):
        return ""
    return clean(task.reading.why.say(language))
