"""Rõ trách nhiệm: one lead answers, or it is said whether several answer together or each for itself."""

from collections.abc import Iterator

from rules.lint.finding import Check, Found
from rules.lint.papers import has
from rules.lint.subject import Subject, named
from rules.wording import Wording


def _find(subject: Subject) -> Iterator[Found]:
    for programme, task in subject.tasks():
        place = subject.place(programme, task)
        units = list(task.lead.units)
        if len(units) < 2 or task.lead.each or has(place, "completion"):
            continue
        said = Wording(
            f"{len(units)} đơn vị cùng chủ trì ({named(units)}) mà không nói cùng hoàn thành hay mỗi đơn vị một phần",
            f"{len(units)} units lead ({named(units)}), and it is not said whether together or each for itself",
        )
        yield Found(place / "lead", said)


CHECK = Check(
    "D105",
    "shared-lead",
    "warning",
    Wording("rõ trách nhiệm: nhiều đơn vị chủ trì", "responsibility: several leads"),
    Wording(
        (
            "Nhiều đơn vị cùng chủ trì thì dễ thành không ai chủ trì: một đơn vị báo cáo xong, mọi đơn "
            "vị khác được coi là xong."
        ),
        "Where several lead, nobody may: one reports it done, and it counts as done for all the others.",
    ),
    Wording(
        (
            "giữ một đơn vị ở lead:, các đơn vị khác vào coordinate:; hoặc ghi completion: joint (một "
            "báo cáo chung) hay each"
        ),
        "keep one unit in lead: and put the others into coordinate:; or write completion: joint (one report) or each",
    ),
    bad="lead: [so-a, so-b]",
    good="completion: joint",
    find=_find,
)
