"""Amends: what a plan says about tasks of other programmes, as entries of `amend:` where these have a rule file."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from rules.load.names import LONGEST_LINE
from rules.phrases.forms import Form, form_of
from rules.plans.draft import Amends, Doubt, Draft, DraftTask
from rules.plans.writing import words
from rules.plans.writing.amended_task import Found, found_task
from rules.plans.writing.clean import clean
from rules.plans.writing.events import Events
from rules.plans.writing.layout import Entry, comment, flow, lines_of
from rules.plans.writing.office import Office
from rules.programme import Programme, Task
from rules.wording import Wording

_KEYS = ("programme", "task", "title", "deadline", "stated", "why")

Refused = Mapping[int, str]
"""Why the rule language does not take an amendment, by its place among those of the draft."""


@dataclass(frozen=True, slots=True)
class Asked:
    """An amendment that makes no entry: why, and as much of an entry as is known."""

    said: Amends
    why: Wording
    sketch: Mapping[str, Form]


@dataclass(frozen=True, slots=True)
class Made:
    """An amendment as an entry; the numbers of those of the draft that it stands for; what is asked about it."""

    entry: dict[str, Form]
    numbers: tuple[int, ...]
    questions: tuple[Wording, ...]

    def of(self, draft: Draft) -> Iterator[Amends]:
        """Yield what the draft says of it."""
        return (draft.amends[number] for number in self.numbers)

    @property
    def target(self) -> tuple[str, str]:
        """The programme and the task that it changes."""
        return str(self.entry["programme"]), str(self.entry["task"])


@dataclass(frozen=True, slots=True)
class Amendments:
    """All that a draft amends, as far as it can be written."""

    made: tuple[Made, ...] = ()
    asked: tuple[Asked, ...] = ()

    def marked(self, draft: Draft) -> tuple[DraftTask, ...]:
        """Return the tasks of the draft, those that change a task of another programme with a question about it."""
        changes = {(said.task, said.at): each.target for each in self.made for said in each.of(draft)}
        return tuple(
            replace(task, doubts=(*task.doubts, Doubt(words.amends_here(target[1], target[0]), task.at)))
            if (target := changes.get((task.no, task.at)))
            else task
            for task in draft.tasks
        )


def amendments(draft: Draft, office: Office, refused: Refused) -> Amendments:
    """Return the entries of `amend:`, one for each task that is changed, and questions about what makes none.

    A task is renamed to the title of the row that says so, and re-dated to its deadline; who leads it cannot be
    amended in a rule file, nor can a task be struck out.
    """
    made: dict[tuple[str, str], Made] = {}
    asked: list[Asked] = []
    for number, said in enumerate(draft.amends):
        row = _row(said, draft.tasks)
        found = found_task(said, row, office.programmes) if row else None
        why = words.refused(refused[number]) if number in refused else _obstacle(said, row, found, draft)
        entry = _entry(said, row, found) if row and found and why is None else {}
        if found is None or found.task is None or why or not (entry.keys() & {"title", "deadline"}):
            asked.append(Asked(said, why or words.AMENDS_NOTHING, _sketch(said, row, found)))
            continue
        key = found.programme, found.task.id
        before = made.get(key)
        made[key] = Made(
            {**(before.entry if before else {}), **entry},
            (*(before.numbers if before else ()), number),
            tuple(dict.fromkeys((*(before.questions if before else ()), *found.questions))),
        )
    return Amendments(tuple(made.values()), tuple(asked))


def _row(said: Amends, tasks: Iterable[DraftTask]) -> DraftTask | None:
    return next((task for task in tasks if task.at == said.at and task.no == said.task), None)


def _obstacle(said: Amends, row: DraftTask | None, found: Found | None, draft: Draft) -> Wording | None:
    """Return what keeps an amendment from being an entry, None where nothing does."""
    if row is None or found is None:
        return words.AMENDS
    if found.task is None:
        return found.why
    if said.what not in ("title", "deadline"):
        return words.AMENDS_OTHER
    if draft.document.date is None:
        return words.AMENDS_UNDATED
    if said.what == "deadline" and (why := _undatable(row, found.task, found.events, draft.document.date)):
        return why
    return None


def _undatable(row: DraftTask, task: Task, events: Mapping[str, str], day: date) -> Wording | None:
    """Return why a deadline cannot be replaced by that of the row, None where it can."""
    if "" not in task.deadlines:
        return words.AMENDS_PARTS
    if any(each.until_on >= day for each in task.amended):
        return words.AMENDS_EARLIER
    if _deadline(row, events) is None:
        return words.AMENDS_UNREAD
    return None


def _entry(said: Amends, row: DraftTask, found: Found) -> dict[str, Form]:
    entry: dict[str, Form] = {"programme": found.programme, "task": found.task.id if found.task else ""}
    if said.what == "title":
        entry["title"] = clean(row.title)[:LONGEST_LINE].strip()
    deadline = _deadline(row, found.events) if said.what == "deadline" else None
    if deadline is not None:
        entry |= {"deadline": deadline, "stated": clean(row.stated)} if clean(row.stated) else {"deadline": deadline}
    return entry | {"why": clean(said.said)}


def _deadline(row: DraftTask, known: Mapping[str, str]) -> Form | None:
    """Return the form of a row's deadline, None where it has none, several, or waits for what is no event there."""
    reading = row.reading
    if reading is None or reading.parts or form_of(reading) is None:
        return None
    events = Events(known)
    form = form_of(events.named(reading, row.no))
    return form if events.titles.keys() == known.keys() else None


def _sketch(said: Amends, row: DraftTask | None, found: Found | None) -> Mapping[str, Form]:
    """Return an entry with as much as is known in it, dots where a person must say."""
    sketch: dict[str, Form] = {
        "programme": found.programme if found and found.programme else "…",
        "task": found.task.id if found and found.task else "…",
    }
    if row and said.what == "title":
        return sketch | {"title": clean(row.title)}
    if row and said.what == "deadline":
        form = form_of(row.reading) if row.reading else None
        return sketch | {"deadline": form if form is not None else "…", "stated": clean(row.stated) or "…"}
    return sketch | {"why": "…"}


def lines(found: Amendments, office: Office) -> Iterator[tuple[int | None, str]]:
    """Yield the lines of `amend:`, each with the place of its amendment among the draft's, and questions below."""
    if found.made:
        yield None, "amend:"
    for each in found.made:
        checks = [line for asked in each.questions for line in comment(asked.say(office.language), 2)]
        yield from ((each.numbers[0], line) for line in checks)
        entries = (Entry(key, each.entry[key]) for key in _KEYS if key in each.entry)
        first, *rest = [line for entry in entries for line in lines_of(entry, 4)]
        yield from ((each.numbers[0], line) for line in (f"  - {first.lstrip()}", *rest))
    for why in dict.fromkeys(each.why for each in found.asked):
        alike = [each for each in found.asked if each.why == why]
        yield from ((None, line) for line in _question(why, alike, office))


def _question(why: Wording, asked: Iterable[Asked], office: Office) -> Iterator[str]:
    yield from comment(words.check(why).say(office.language), 0)
    for each in asked:
        at = each.said.at.said().say(office.language)
        yield from comment(clean(f"{each.said.task} → {each.said.target or '?'}: “{each.said.said}” ({at})"), 0)
    yield "# amend:"
    for each in asked:
        yield from (f"#   {line[2:]}" for line in comment(f"- {flow(each.sketch)}", 0))


def stubs(found: Amendments, office: Office) -> Iterator[dict[str, Form]]:
    """Yield the least of each programme amended that the entries can be tried against."""
    for id in dict.fromkeys(each.target[0] for each in found.made):
        named = [each.target[1] for each in found.made if each.target[0] == id]
        yield _stub(office.programmes[id], named, office)


def _stub(programme: Programme, tasks: Iterable[str], office: Office) -> dict[str, Form]:
    events: dict[str, Form] = {id: {"title": "x", "date": "2026-01-01"} for id in programme.events}
    return {
        "programme": programme.id,
        "title": "x",
        "document": {"number": "x", "date": "2026-01-01"},
        "period": 2026,
        "directory": office.directory.id,
        "calendar": office.calendar,
        "ladder": office.ladder,
        "standing": office.standing,
        **({"events": events} if events else {}),
        "tasks": [{"id": id, "title": "x", "lead": office.standing, "deadline": "continuous"} for id in tasks],
    }
