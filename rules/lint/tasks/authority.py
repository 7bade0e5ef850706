"""Rõ thẩm quyền: somebody above the head is asked in the end, and can be."""

from collections.abc import Iterator

from rules.ladder import SUPERIORS
from rules.lint.finding import Check, Found
from rules.lint.subject import Subject, named
from rules.wording import Wording


def _nobody_above(subject: Subject) -> Iterator[Found]:
    for ladder in subject.rulebook.ladders.values():
        if not subject.users(ladder) or any(SUPERIORS.intersection(rung.to) for rung in ladder.rungs):
            continue
        said = Wording(
            f"thang {ladder.id} không nhờ ai trên người đứng đầu đơn vị: trễ bao lâu cũng không lên cấp trên",
            f"ladder {ladder.id} asks nobody above the head: however late, it never goes up",
        )
        yield Found(subject.papers.of("ladder", ladder.id) / "rungs", said, at_key=True)


def _no_overseer(subject: Subject) -> Iterator[Found]:
    lacking: dict[tuple[str, str], set[str]] = {}
    for (ladder, directory), units in subject.climbing.items():
        if any("overseer" in rung.to for rung in subject.rulebook.ladders[ladder].rungs):
            posts = subject.rulebook.directories[directory]
            for unit in units:
                if posts.post(unit, "overseer") is None:
                    lacking.setdefault((directory, unit), set()).add(ladder)
    for (directory, unit), ladders in lacking.items():
        shown = named(sorted(ladders))
        said = Wording(
            f"{unit} không có lãnh đạo phụ trách (overseer), mà thang {shown} báo lên lãnh đạo phụ trách",
            f"{unit} has no overseer and the directory names none, though ladder {shown} asks one",
        )
        yield Found(subject.papers.of("directory", directory) / "units" / unit, said, at_key=True)


LADDER = Check(
    "D107",
    "nobody-above",
    "warning",
    Wording("rõ thẩm quyền: không ai trên người đứng đầu được nhờ", "authority: nobody above the head is asked"),
    Wording(
        "Khi đơn vị không làm, phải rõ ai có thẩm quyền được báo và từ ngày nào.",
        "When a unit does nothing it must be clear who is told, and from which day on.",
    ),
    Wording(
        "thêm một bậc: {id: overseer, at: 7 days late, to: [overseer], cc: [head, standing]}",
        "add a rung: {id: overseer, at: 7 days late, to: [overseer], cc: [head, standing]}",
    ),
    bad="- {id: late, at: 1 working day late, to: [head], repeat: 7 days}",
    good="- {id: overseer, at: 7 days late, to: [overseer], cc: [head]}",
    find=_nobody_above,
)
OVERSEER = Check(
    "D108",
    "no-overseer",
    "warning",
    Wording("rõ thẩm quyền: không có lãnh đạo phụ trách", "authority: no overseer can be reached"),
    Wording(
        (
            "Bậc thang báo lên lãnh đạo phụ trách mà đơn vị không có thì thư đi thẳng lên người đứng đầu "
            "tỉnh, hoặc không đi đâu."
        ),
        "A rung that asks the overseer of a unit without one goes straight to the chair, or nowhere.",
    ),
    Wording(
        "ghi overseer: cho đơn vị, hoặc một overseer chung cạnh chair:",
        "give the unit an overseer:, or one for all beside chair:",
    ),
    bad="so-a: {name: Sở A, head: {title: Giám đốc Sở A, email: gd.a@tinh.example}}",
    good="overseer: {title: Phó Chủ tịch, email: pct@tinh.example}",
    find=_no_overseer,
)
