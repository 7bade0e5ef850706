"""A child later than its parent: an amending document or one that cites another gives a later day than that one has."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from rapidfuzz import fuzz, process

from rules.lint.finding import Check, Found
from rules.lint.papers import items, text_of
from rules.lint.subject import Subject
from rules.programme import Programme, Task
from rules.wording import Wording

_SPACES = re.compile(r"\s+")
# What a citation is parted from its neighbours by.
_ENDS = re.compile(r";|\d+\s?[/-]\s?[^\W\d]")
_PARTED = re.compile(r"[;,]|\bvà\b")
_CLAUSE = r"(?:nhiệm vụ|mục|stt|số thứ tự)\s+(?:số\s+)?"


def _find(subject: Subject) -> Iterator[Found]:
    yield from _amending(subject)
    for late in later_than_cited(subject):
        yield _said(subject, late)


def _amending(subject: Subject) -> Iterator[Found]:
    for child in subject.rulebook.programmes.values():
        place = subject.papers.of("programme", child.id)
        for index, entry in enumerate(items(place, "amend")):
            parent = subject.rulebook.programmes[text_of(entry, "programme")]
            task = parent.tasks[text_of(entry, "task")]
            due = _latest(subject, parent, task, text_of(entry, "part")) if entry.part("deadline") else None
            if parent.period and due and due > parent.period.end:
                said = Wording(
                    f"{parent.id}/{task.id} được dời đến {due}, sau khi {parent.id} kết thúc ({parent.period.end})",
                    f"{parent.id}/{task.id} is moved to {due}, after {parent.id} ends ({parent.period.end})",
                )
                yield Found(place / "amend" / index / "deadline", said)


class Late(NamedTuple):
    """A task due after the day that the programme it cites allows: that of the tasks there, or else of its end."""

    child: Programme
    task: Task
    due: date
    parent: Programme
    above: tuple[Task, ...]
    limit: date


def later_than_cited(subject: Subject) -> Iterator[Late]:
    """Yield the tasks that are due later than what they cite."""
    for child in subject.rulebook.programmes.values():
        own = " ".join(filter(None, (child.title, child.document.note)))
        for parent in subject.rulebook.programmes.values():
            if parent is child:
                continue
            whole = _cited(own, parent) is not None
            for task in child.tasks.values():
                cited = _cited("; ".join(filter(None, (task.basis, task.note))), parent)
                if (whole or cited is not None) and (late := _late(subject, child, task, parent, cited or [])):
                    yield late


def _cited(text: str, parent: Programme) -> list[Task] | None:
    """Return the tasks of a programme that a text names where it cites it, none where it cites the whole; None where it
    does not cite it."""
    number = _SPACES.sub("", parent.document.number)
    text = _SPACES.sub(" ", text)
    found = re.search(rf"(?<![\w/]){re.escape(number)}(?![\w/-])", text)
    if found is None:
        return None
    # `Mục A.1 Kế hoạch số 10/KH-UBND` or `10/KH-UBND ngày 02/01/2026, A.1`.
    before, behind = _PARTED.split(text[: found.start()])[-1], _ENDS.split(text[found.end() :])[0]
    return _named(before, parent) or _named(behind, parent)


def _named(text: str, parent: Programme) -> list[Task]:
    return [
        task
        for id, task in parent.tasks.items()
        if id in text and re.search(rf"{_beginning(id)}{re.escape(id)}(?![\w/-]|\.\w)", text, re.IGNORECASE)
    ]


def _beginning(id: str) -> str:
    """Return what stands before an id: a mere number or letter needs to be called a clause, as days have them."""
    is_telling = any(map(str.isalpha, id)) and any(map(str.isdigit, id))
    return r"(?<![\w./-])" if is_telling else rf"(?<!\w){_CLAUSE}"


def _late(subject: Subject, child: Programme, task: Task, parent: Programme, cited: Sequence[Task]) -> Late | None:
    due = _latest(subject, child, task)
    above = list(cited) or _alike(subject, task, parent)
    if above:
        limit = max((day for each in above if (day := _latest(subject, parent, each))), default=None)
    else:
        limit = parent.period.end if parent.period else None
    if due is None or limit is None or due <= limit:
        return None
    return Late(child, task, due, parent, tuple(above), limit)


def _said(subject: Subject, late: Late) -> Found:
    child, task, due, parent, above, limit = late
    whose = ", ".join(f"{parent.id}/{each.id}" for each in above) or parent.id
    said = Wording(
        f"hạn {due} muộn hơn hạn {limit} của văn bản gốc {parent.document.number} ({whose})",
        f"the deadline {due} is later than {limit} of the document it cites, {parent.document.number} ({whose})",
    )
    part = next(iter(each.part for each in subject.dated(child, task) if each.term.due == due), "")
    return Found(subject.deadline_place(child, task, part), said)


def _alike(subject: Subject, task: Task, parent: Programme) -> list[Task]:
    """Return the task of a programme whose title is most like that of the task, none where none is like it."""
    titles = {id: each.title.lower() for id, each in parent.tasks.items()}
    like = process.extractOne(
        task.title.lower(), titles, scorer=fuzz.token_sort_ratio, score_cutoff=subject.limits.alike
    )
    return [parent.tasks[like[2]]] if like else []


def _latest(subject: Subject, programme: Programme, task: Task, part: str | None = None) -> date | None:
    """Return the last day of a task's deadlines that do not recur."""
    dues = (each.term.due for each in subject.dated(programme, task) if not each.recurs and part in (None, each.part))
    return max((due for due in dues if due), default=None)


CHECK = Check(
    "D404",
    "later-than-parent",
    "warning",
    Wording("hạn muộn hơn văn bản gốc", "later than the document above it"),
    Wording(
        "Kế hoạch cấp dưới, hoặc văn bản điều chỉnh, không được cho hạn sau hạn của văn bản mà nó thực hiện.",
        "A plan that carries out another document, or amends it, may not give more time than that document has.",
    ),
    Wording(
        "rút hạn về trước hạn của văn bản gốc, hoặc ghi văn bản cho phép lùi vào why:",
        "bring the deadline before that of the document above, or name in why: what allows more time",
    ),
    bad="basis: Kế hoạch số 10/KH-UBND  # ở đó: 2026-06\n    deadline: 2026-09",
    good="basis: Kế hoạch số 10/KH-UBND  # ở đó: 2026-06\n    deadline: 2026-06",
    find=_find,
)
