"""Copies: a task that stands in another programme too, with the same lead and another day."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from rapidfuzz import fuzz, process

from rules.lint.deadlines.parent import later_than_cited
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
    """In small letters, its words in order: those that stand elsewhere in it make no difference."""
    leads: frozenset[str]
    dues: frozenset[date]


def _find(subject: Subject) -> Iterator[Found]:
    before: list[_Copy] = []
    # Of a copy that is later than what it cites D404 speaks.
    told = {
        frozenset({(late.child.id, late.task.id), (late.parent.id, above.id)})
        for late in later_than_cited(subject)
        for above in late.above
    }
    for programme in sorted(
        subject.rulebook.programmes.values(), key=lambda one: (one.document.date or date.min, one.id)
    ):
        own = [copy for task in programme.tasks.values() if (copy := _copy(subject, programme, task))]
        titles = [copy.title for copy in before]
        for later in own:
            for _, _, index in process.extract(
                later.title, titles, scorer=fuzz.ratio, score_cutoff=subject.limits.alike, limit=None
            ):
                earlier = before[index]
                pair = frozenset({(each.programme.id, each.task.id) for each in (earlier, later)})
                if earlier.leads & later.leads and earlier.dues != later.dues and pair not in told:
                    yield _said(subject, earlier, later)
        before += own


def _copy(subject: Subject, programme: Programme, task: Task) -> _Copy | None:
    dues = frozenset(each.term.due for each in subject.dated(programme, task) if each.term.due and not each.recurs)
    if not dues or len(task.title) < _SHORTEST:
        return None
    words = " ".join(sorted(task.title.lower().split()))
    return _Copy(programme, task, words, frozenset((*task.lead.named, *task.lead.units)), dues)


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
    bad="title: Hoàn thiện cơ sở dữ liệu đất đai toàn tỉnh\n    deadline: 2026-09  # khac/A.1: 2026-06",
    good="title: Hoàn thiện cơ sở dữ liệu đất đai toàn tỉnh\n    deadline: 2026-06  # khac/A.1: 2026-06",
    find=_find,
)
