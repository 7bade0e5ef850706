"""The task that an amendment means: in which of the office's programmes, by the numbers and words that name it."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz, utils

from rules.load.names import without_marks
from rules.plans.draft import Amends, DraftTask
from rules.plans.writing import words
from rules.plans.writing.clean import clean
from rules.programme import Programme, Task
from rules.wording import Wording

_ALIKE, _UNLIKE = 85, 45
"""How alike two titles are, of 100, that surely mean one task; and below which they hardly do."""

_NUMBER = re.compile(r"(?:nhiem vu|va|,)\s*(?:so\s+|thu\s+)?(\d+(?:\.\d+)*)")
_ANNEX = re.compile(r"phu luc\s+(?:so\s+)?([ivx]+|\d+)")
_SECTION = re.compile(r"muc\s+(?:so\s+)?([\w.]+)")
_ROMAN = {
    "I": "1",
    "II": "2",
    "III": "3",
    "IV": "4",
    "V": "5",
    "VI": "6",
    "VII": "7",
    "VIII": "8",
    "IX": "9",
    "X": "10",
}


@dataclass(frozen=True, slots=True)
class Found:
    """The programme and task meant; without a task `why` says what is missing. `events` are the programme's titles."""

    programme: str = ""
    task: Task | None = None
    why: Wording = words.AMENDS
    questions: tuple[Wording, ...] = ()
    events: Mapping[str, str] = field(default_factory=dict)


def found_task(said: Amends, row: DraftTask, programmes: Mapping[str, Programme]) -> Found:
    """Return the task that an amendment means.

    The programme is the one whose document number, or id, the text names. Its task is the one with that number, in
    the annex and section where the text names them; without a number, the one whose title is that of the row.
    """
    named = [each for each in programmes.values() if _names(said.said, each)]
    if len(named) != 1:
        return Found(why=words.AMENDS_SEVERAL if named else words.AMENDS)
    [programme] = named
    events = {event.id: event.title for event in programme.events.values()}
    tasks = list(programme.tasks.values())
    numbers = _NUMBER.findall(without_marks(said.target))
    if len(numbers) > 1:
        return Found(programme.id, why=words.AMENDS_TASKS, events=events)
    candidates = _numbered(tasks, numbers[0], said.target) if numbers else tasks
    alike = [task for task in candidates if _likeness(task, row) >= _ALIKE]
    found = alike if len(alike) == 1 else candidates if numbers else alike
    if len(found) != 1:
        ids = [task.id for task in found]
        why = words.amends_unknown(clean(said.target) or clean(row.title), programme.document.number, ids)
        return Found(programme.id, why=why, events=events)
    return Found(programme.id, found[0], questions=tuple(_questions(found[0], row, said.target)), events=events)


def _questions(task: Task, row: DraftTask, target: str) -> Iterator[Wording]:
    likeness = _likeness(task, row)
    if likeness < _UNLIKE:
        yield words.check(words.amends_unlike(clean(task.title)))
    if likeness < _ALIKE and not all(_stands_under(task, place) for place in _places(target)):
        yield words.check(words.AMENDS_PLACE)


def _names(said: str, programme: Programme) -> bool:
    """Say whether a text names a programme: by the number of its document, whole, or by its id."""
    text, number = without_marks(said), without_marks(programme.document.number)
    wanted = [number] if any(sign.isdigit() for sign in number) else []
    return any(re.search(rf"(?<![\w/-]){re.escape(name)}(?![\w/-])", text) for name in (*wanted, programme.id))


def _numbered(tasks: Iterable[Task], number: str, target: str) -> Sequence[Task]:
    """Return the tasks of that number, those of the annex and section named where ids tell of them."""
    found = [task for task in tasks if _ends_in(task.id, number)]
    for place in _places(target):
        found = [task for task in found if _stands_under(task, place)] or found
    return found


def _places(target: str) -> Sequence[str]:
    """Return the numbers of the annex and the section that a text names."""
    text = without_marks(target)
    return (*_ANNEX.findall(text), *_SECTION.findall(text))


def _stands_under(task: Task, place: str) -> bool:
    return _plain(place) in {_plain(step) for step in (*task.id.split(".")[:-1], task.section)}


def _ends_in(id: str, number: str) -> bool:
    steps, wanted = id.split("."), number.split(".")
    return [_figure(step) for step in steps[-len(wanted) :]] == [_figure(step) for step in wanted]


def _plain(heading: str) -> str:
    return _ROMAN.get(heading.upper(), heading.upper())


def _figure(step: str) -> str:
    return step.lstrip("0") or "0"


def _likeness(task: Task, row: DraftTask) -> float:
    return fuzz.token_sort_ratio(task.title, clean(row.title), processor=utils.default_process)
