"""Amendments by other programmes, folded into the tasks they change, in the order of the documents' dates."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from rules.load.build.programme import Draft
from rules.load.build.task import TASK, check_later, check_part
from rules.load.documents import Documents
from rules.load.mistake import unknown
from rules.load.place import Faults, Place
from rules.load.shapes.programme import AmendShape
from rules.programme import Amendment, Task
from rules.wording import Wording


@dataclass(frozen=True, slots=True)
class _Change:
    on: date
    number: str
    shape: AmendShape
    place: Place


def amended(drafts: Mapping[str, Draft], documents: Documents, faults: Faults) -> None:
    """Replace in `drafts` every task that another programme amends."""
    changes = [change for each in drafts.values() for change in _changes(each, documents, faults)]
    for change in sorted(changes, key=lambda change: change.on):
        target = drafts.get(change.shape.programme)
        if target is not None:
            _apply(change, target, faults)


def _changes(amending: Draft, documents: Documents, faults: Faults) -> Iterator[_Change]:
    document, place = amending.document.shape.document, amending.document.place
    if amending.document.shape.amend and document.date is None and not (place / "document").incomplete("date"):
        said = Wording(
            "văn bản sửa đổi nhiệm vụ phải có ngày: nhiệm vụ đổi từ ngày ấy; ghi date:",
            "a document that amends tasks has a date: they change on that day",
        )
        faults.at(place / "document", said)
    for index, shape in enumerate(amending.document.shape.amend):
        here = place / "amend" / index
        if shape.programme == amending.document.id:
            said = Wording(
                "nhiệm vụ của chính chương trình thì sửa bằng amended: trong nhiệm vụ, không bằng amend:",
                "a programme's own tasks are changed by amended: in the task, not by amend:",
            )
            faults.at(here / "programme", said)
        elif documents.check("programme", shape.programme, here / "programme", faults):
            given = shape.deadline or shape.stated or shape.title
            if not given and not here.incomplete("deadline", "stated", "title"):
                said = Wording(
                    "không sửa đổi gì; ghi deadline, stated hoặc title",
                    "nothing is amended; give deadline, stated or title",
                )
                faults.at(here, said)
            yield _Change(document.date or date.max, document.number, shape, here)


def _apply(change: _Change, target: Draft, faults: Faults) -> None:
    shape, place = change.shape, change.place
    task = target.tasks.get(target.scope.task_id(shape.task))
    if task is not None:
        target.tasks[task.id] = _changed(task, change, target, faults)
    elif not target.scope.has_task(shape.task):
        within = Wording(f" trong {shape.programme}", f" in {shape.programme}")
        faults.at(place / "task", unknown(TASK, shape.task, target.tasks, within=within, most=8))


def _changed(task: Task, change: _Change, target: Draft, faults: Faults) -> Task:
    shape, place = change.shape, change.place
    if shape.deadline is not None and check_part(shape.part, task.deadlines, place, faults):
        part = shape.part or ""
        if change.on < date.max:
            check_later(part, change.on, task.amended, place, faults)
        earlier = Amendment(task.deadlines[part], change.on, change.number, shape.why, part)
        task = replace(
            task,
            deadlines={**task.deadlines, part: target.scope.deadline(shape.deadline, place / "deadline")},
            amended=(*task.amended, earlier),
            deadline_source=(place / "deadline").key_source,
        )
    return replace(task, title=shape.title or task.title, stated=shape.stated or task.stated)
