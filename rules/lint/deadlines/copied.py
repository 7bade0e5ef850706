"""Copies: a task that stands in another programme too, with the same lead and another day."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from rapidfuzz import fuzz

from rules.lint.finding import Check, Found
from rules.lint.subject import Subject
from rules.programme import Programme, Task
from rules.wording import Wording

_SHORTEST = 15
"""Titles shorter than this are alike by chance."""


class _Copy(NamedTuple):
    programme: Programme
    task: Task
    title: str
    dues: frozenset[date]


def _find(subject: Subject) -> Iterator[Found]:
    by_lead: dict[str, list[_Copy]] = defaultdict(list)
    for programme, task in sorted(subject.tasks(), key=lambda pair: (pair[0].document.date or date.min, pair[0].id)):
        dues = frozenset(each.term.due for each in subject.dated(programme, task) if each.term.due and not each.recurs)
        if dues and len(task.title) >= _SHORTEST:
            for unit in dict.fromkeys((*task.lead.named, *task.lead.units)):
                by_lead[unit].append(_Copy(programme, task, task.title.lower(), dues))
    told: set[tuple[str, str, str, str]] = set()
    for copies in by_lead.values():
        for earlier, later in _alike(copies, subject.limits.alike):
            pair = (earlier.programme.id, earlier.task.id, later.programme.id, later.task.id)
            if pair not in told:
                told.add(pair)
                yield _said(subject, earlier, later)


def _alike(copies: Sequence[_Copy], least: int) -> Iterator[tuple[_Copy, _Copy]]:
    for index, later in enumerate(copies):
        for earlier in copies[:index]:
            if (
                earlier.programme is not later.programme
                and earlier.dues != later.dues
                and fuzz.token_sort_ratio(earlier.title, later.title, score_cutoff=least)
            ):
                yield earlier, later


def _said(subject: Subject, earlier: _Copy, later: _Copy) -> Found:
    ours, theirs = (", ".join(map(str, sorted(each.dues))) for each in (later, earlier))
    name = f"{earlier.programme.id}/{earlier.task.id}"
    said = Wording(
        f"giống nhiệm vụ {name} ('{earlier.task.title}', cùng chủ trì) nhưng khác hạn: {ours}, bên kia {theirs}",
        f"like task {name} ('{earlier.task.title}', the same lead), with another deadline: {ours}, there {theirs}",
    )
    return Found(subject.place(later.programme, later.task) / "title", said)


CHECK = Check(
    "D408",
    "copied",
    "warning",
    Wording("chép từ chương trình khác mà khác hạn", "a copy from another programme with another day"),
    Wording(
        "Một việc nhắc hai lần với hai hạn thì không ai biết hạn nào đúng.",
        "One piece of work reminded of twice, for two days: nobody knows which of them holds.",
    ),
    Wording(
        "giữ một nơi; nếu văn bản sau đổi hạn, dùng amend: ở chương trình sau",
        "keep it in one place; where the later document moves the deadline, use amend: in its programme",
    ),
    bad="title: Hoàn thiện cơ sở dữ liệu đất đai toàn tỉnh",
    good="title: Hoàn thiện cơ sở dữ liệu đất đai toàn tỉnh",
    find=_find,
)
