"""Names: what ids are called, by the rules in force; what they no longer know goes by its id."""

from datetime import date
from functools import lru_cache

from rules.days import day_en, day_vi
from rules.obligation import ObligationKey
from rules.plans.agencies.words import bare
from rules.programme import Programme, Rulebook, Task
from rules.prompts import STATEMENT
from rules.wording import Wording


def task_of(rulebook: Rulebook, key: ObligationKey) -> Task | None:
    """Return the task of an obligation, None where the rules no longer know it."""
    programme = rulebook.programmes.get(key.programme)
    return programme.tasks.get(key.task) if programme else None


def title_of(rulebook: Rulebook, key: ObligationKey) -> str:
    """Return what an obligation is called: its task, with its part where it has several."""
    task = task_of(rulebook, key)
    title = task.title if task else _asked(rulebook, key)
    return f"{title} – {key.part}" if key.part else title


def _asked(rulebook: Rulebook, key: ObligationKey) -> str:
    """Return what a letter asks beside tasks: a value, an event, what the standing office is to see to; else the id."""
    programme = rulebook.programmes.get(key.programme)
    kind, _, id_ = key.task.partition(":")
    if programme is not None and kind == "event" and id_ in programme.events:
        return programme.events[id_].title
    if key.task == STATEMENT and programme is not None:
        return f"Việc của cơ quan thường trực: {programme.title}"
    found = programme.task(key.task) if programme is not None else None
    return found.title if found else key.task


def number_of(rulebook: Rulebook, key: ObligationKey) -> str:
    """Return the number of its task, as the document has it."""
    programme = rulebook.programmes.get(key.programme)
    task = programme.task(key.task) if programme else None
    return task.named if task else key.task


def occurrence_name(occurrence: str) -> Wording:
    """Return an occurrence by its day, with which one it is of several on that day: `17/4/2026 (thứ 2 trong ngày)`."""
    day, _, number = occurrence.partition("#")
    try:
        on = date.fromisoformat(day)
    except ValueError:
        return Wording(occurrence, occurrence)
    vi, en = (f" (thứ {number} trong ngày)", f" (no. {number} of the day)") if number else ("", "")
    return Wording(f"{day_vi(on)}{vi}", f"{day_en(on)}{en}")


def unit_name(rulebook: Rulebook, programme: Programme | None, unit: str) -> str:
    """Return the name of a unit, or of several that owe jointly."""
    directory = rulebook.directories.get(programme.directory) if programme else None
    known = directory.units if directory else {}
    return ", ".join(known[one].name if one in known else one for one in unit.split("+"))


@lru_cache(maxsize=50_000)
def plain(text: str) -> str:
    """Return a text as it is searched in: in lower case, without marks."""
    return bare(text.casefold())


def tasks_found(programme: Programme, text: str) -> frozenset[str]:
    """Return the tasks whose number, title or product holds all the words of `text`, with or without their marks."""
    words = plain(text).split()
    return frozenset(
        task.id
        for task in programme.tasks.values()
        if all(word in plain(f"{task.named} {task.title} {task.product or ''}") for word in words)
    )
