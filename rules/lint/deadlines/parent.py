"""A child later than its parent: an amending document or one that cites another gives a later day than that one has."""

import re
from collections.abc import Iterator
from datetime import date

from rapidfuzz import fuzz, process

from rules.lint.finding import Check, Found
from rules.lint.papers import items, text_of
from rules.lint.subject import Subject
from rules.programme import Programme, Task
from rules.wording import Wording

_SPACES = re.compile(r"\s+")


def _find(subject: Subject) -> Iterator[Found]:
    yield from _amending(subject)
    yield from _citing(subject)


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


def _citing(subject: Subject) -> Iterator[Found]:
    for child in subject.rulebook.programmes.values():
        own = " ".join(filter(None, (child.title, child.document.note)))
        for parent in subject.rulebook.programmes.values():
            if parent is child:
                continue
            whole = _cites(own, parent)
            for task in child.tasks.values():
                if whole or _cites(f"{task.basis or ''} {task.note or ''}", parent):
                    yield from _later(subject, child, task, parent)


def _cites(text: str, parent: Programme) -> bool:
    number = _SPACES.sub("", parent.document.number)
    return re.search(rf"(?<![\w/]){re.escape(number)}(?![\w/-])", _SPACES.sub(" ", text)) is not None


def _later(subject: Subject, child: Programme, task: Task, parent: Programme) -> Iterator[Found]:
    due = _latest(subject, child, task)
    titles = {id: each.title.lower() for id, each in parent.tasks.items()}
    like = process.extractOne(
        task.title.lower(), titles, scorer=fuzz.token_sort_ratio, score_cutoff=subject.limits.alike
    )
    limit = _latest(subject, parent, parent.tasks[like[2]]) if like else parent.period.end if parent.period else None
    if due is None or limit is None or due <= limit:
        return
    whose = f"{parent.id}/{like[2]}" if like else parent.id
    said = Wording(
        f"hạn {due} muộn hơn hạn {limit} của văn bản gốc {parent.document.number} ({whose})",
        f"the deadline {due} is later than {limit} of the document it cites, {parent.document.number} ({whose})",
    )
    part = next(iter(each.part for each in subject.dated(child, task) if each.term.due == due), "")
    yield Found(subject.deadline_place(child, task, part), said)


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
    bad="basis: Kế hoạch số 10/KH-UBND",
    good="basis: Kế hoạch số 10/KH-UBND",
    find=_find,
)
