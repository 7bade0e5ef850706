"""Tasks: a row of a plan as the entries of a rule file, every doubt above the field it is about."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from rules.load.names import LONGEST_LINE
from rules.plans.draft import DraftTask, Field
from rules.plans.tables.lines import shown
from rules.plans.writing import agencies, words
from rules.plans.writing.clean import clean
from rules.plans.writing.deadlines import dated
from rules.plans.writing.earlier import amended
from rules.plans.writing.events import Events
from rules.plans.writing.layout import Entry
from rules.plans.writing.naming import Ids
from rules.plans.writing.office import Office
from rules.plans.writing.rows import Row, identified
from rules.plans.writing.signs import FIELDS
from rules.wording import Wording

Refused = Mapping[str, str]
"""Why the rule language does not take a field as it was read, by its key."""


def row(task: DraftTask, ids: Ids, events: Events, office: Office, refused: Refused) -> Row:
    """Return a task with its entries in their order, the id first, with its place and its sign."""
    is_duty = not task.no and task.at.row is None
    id, is_own = (ids.take_duty(), True) if is_duty else ids.take(task.section, task.no)
    earlier, about_earlier = amended(
        task, id, events, accepted="amended" not in refused and not (task.reading and task.reading.parts)
    )
    found = [
        _title(task, office),
        *_agencies(task, office),
        *_texts(task),
        dated(task, id, events, office.language, refused.get("deadline")),
        *([Entry("amended", earlier)] if earlier else []),
    ]
    asked = _asked(task, {entry.key for entry in found}, office)
    found = [Entry(each.key, each.value, (*asked.get(each.key, ()), *each.checks), each.beside) for each in found]
    whole = [*asked["id"], *(each.say(office.language) for each in about_earlier)]
    if not is_own and (task.no or not _is_asked(task, "no")):
        whole.insert(0, words.check(words.NUMBER_AGAIN if task.no else words.NUMBER_MISSING).say(office.language))
    place = task.at.said().say(office.language)
    return Row(identified(id, whole, place, found, FIELDS), is_resolved=_is_resolved(task, found, office))


def _is_resolved(task: DraftTask, found: Iterable[Entry], office: Office) -> bool:
    """Say whether the deadline was understood, and a lead found."""
    is_undated = any(isinstance(each.value, Mapping) and "set_by" in each.value for each in found)
    is_set_elsewhere = task.reading is not None and task.reading.kind == "set_elsewhere"
    return (is_set_elsewhere or not is_undated) and agencies.lead(task, office.directory, office.standing).is_found


def _title(task: DraftTask, office: Office) -> Entry:
    title = clean(task.title)
    if not title:
        missing = () if _is_asked(task, "title") else (words.check(words.TITLE_MISSING).say(office.language),)
        return Entry("title", words.NO_TITLE.say(office.language), missing)
    if len(title) > LONGEST_LINE:
        cut = title[:LONGEST_LINE].rpartition(" ")[0] or title[:LONGEST_LINE]
        return Entry("title", cut, (words.check(words.TITLE_LONG).say(office.language),))
    return Entry("title", title)


def _is_asked(task: DraftTask, field: Field) -> bool:
    """Say whether the reading asks about a field already."""
    return any(doubt.field == field for doubt in task.doubts)


def _agencies(task: DraftTask, office: Office) -> Iterable[Entry]:
    lead = agencies.lead(task, office.directory, office.standing)
    if not task.leads and not task.heads and _is_asked(task, "lead"):
        lead = replace(lead, questions=())
    found = {
        "lead": (lead, task.lead or task.head),
        "head": (agencies.head(task, office.directory), task.head),
        "coordinate": (agencies.coordinate(task, office.directory), task.coordinate),
    }
    for key, (named, text) in found.items():
        if named.value is not None:
            checks = tuple(clean(each.say(office.language)) for each in named.questions)
            yield Entry(key, named.value, checks, _beside(clean(shown(text)), named, office))
        elif named.questions:
            asked = (words.of_field(key, each) for each in named.questions)
            yield Entry(key, None, tuple(clean(each.say(office.language)) for each in asked))


def _beside(text: str, named: agencies.Named, office: Office) -> str:
    """Return the words of the cell where the ids do not show them."""
    ids = agencies.ids_in(named.value)
    is_shown = named.is_whole and (len(ids) > 1 or text.casefold() in agencies.names(ids, office.directory))
    return "" if is_shown else text


def _texts(task: DraftTask) -> Iterable[Entry]:
    title = clean(task.title)
    extra = [f"{heading}: {text}" for heading, text in task.extra.items() if clean(text)]
    notes = [task.note, *extra, *([title] if len(title) > LONGEST_LINE else [])]
    texts = {"product": task.product, "basis": task.basis, "note": "; ".join(filter(None, map(clean, notes)))}
    texts["stated"] = task.stated
    return [Entry(key, clean(text)) for key, text in texts.items() if clean(text)]


def _asked(task: DraftTask, keys: set[str], office: Office) -> dict[str, list[str]]:
    """Return the doubts of the reading by the key they stand above; those about no key stand above the id."""
    found: dict[str, list[str]] = {"id": []}
    for doubt in task.doubts:
        if doubt.field == "stated":
            continue
        said: Wording = words.check(doubt.said, doubt.alternatives)
        key = doubt.field if doubt.field in keys else "id"
        found.setdefault(key, []).append(clean(said.say(office.language)))
    return found
