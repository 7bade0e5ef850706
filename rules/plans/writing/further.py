"""Further deadlines: what is asked about those a row states outside its column, with the line that would add them."""

from collections.abc import Mapping

from rules.phrases.forms import Form, form_of
from rules.plans.draft import DraftTask, Further
from rules.plans.writing import words
from rules.plans.writing.clean import clean, unlike
from rules.plans.writing.layout import flow
from rules.wording import Language, Wording


def questions(task: DraftTask, form: Form | None, language: Language) -> list[Wording]:
    """Return the question about each further deadline of a row that none is about yet.

    `form` is that of the row's own deadline, None where it has none. Behind the question stands, on a line of its own,
    what the deadline would have to be replaced by.
    """
    asked = {choice for doubt in task.doubts if doubt.field == "stated" for choice in doubt.alternatives}
    found = [(each, form_of(each.reading)) for each in task.secondary]
    return [
        _question(each, own, form, language)
        for each, own in found
        if own != form and (own is None or flow(own) not in asked)
    ]


def _question(further: Further, found: Form | None, form: Form | None, language: Language) -> Wording:
    asked = words.further(words.COLUMNS[further.field], clean(further.said), _each(found))
    line = _line(form, found, further, language) if found is not None and not further.reading.event else ""
    return words.with_line(asked, line) if line else asked


def _each(form: Form | None) -> str:
    """Return what recurs without a day of its own: the day is asked for."""
    return str(form["every"]) if isinstance(form, Mapping) and set(form) == {"every"} else ""


def _line(form: Form | None, found: Form, further: Further, language: Language) -> str:
    """Return the line with both deadlines; only with the further one where the row has none of its own."""
    if isinstance(found, Mapping) and "deadlines" in found:
        return ""
    if form is None:
        return f"deadline: {flow(found)}"
    own = form.get("deadlines") if isinstance(form, Mapping) else None
    parts: dict[str, Form] = dict(own) if isinstance(own, Mapping) else {words.MAIN.say(language): form}
    name = words.REPORT if "báo cáo" in further.said.casefold() else words.ANOTHER
    parts[unlike(name.say(language), parts)] = _until(found, form)
    return f"deadlines: {flow(parts)}"


def _until(found: Form, form: Form) -> Form:
    """Return what recurs within months until the day by which the row is to be done, where it has a single one."""
    is_frequent = isinstance(found, Mapping) and found.get("every") in ("day", "week", "month") and "until" not in found
    if not is_frequent or not isinstance(form, str) or not form[:4].isdigit():
        return found
    assert isinstance(found, Mapping)
    return {**found, "until": form}
