"""Rõ người: a head with an address stands behind every lead."""

from collections.abc import Iterator

from rules.lint.finding import Check, Found
from rules.lint.subject import Subject, heads_of, named
from rules.wording import Wording


def _find(subject: Subject) -> Iterator[Found]:
    owing: dict[tuple[str, str], list[str]] = {}
    for programme, task in subject.open_tasks():
        for unit in heads_of(task):
            owing.setdefault((programme.directory, unit), []).append(task.id)
    for (directory, unit), tasks in owing.items():
        org = subject.rulebook.directories[directory].units[unit]
        place = subject.papers.of("directory", directory) / "units" / unit
        if org.head is None:
            said = Wording(
                f"{org.name} không có người đứng đầu, mà phải trả lời cho {len(tasks)} nhiệm vụ ({named(tasks)})",
                f"{unit} has no head, and answers for {len(tasks)} tasks ({named(tasks)})",
            )
            yield Found(place, said, at_key=True)
        elif org.head.email is None and org.head.holder(subject.today) is None:
            # Of one who has left D302 speaks.
            said = Wording(
                f"ngày {subject.today} không ai giữ chức {org.head.title}, mà chức này phải trả lời cho "
                f"{len(tasks)} nhiệm vụ ({named(tasks)})",
                f"nobody holds the post {org.head.title} on {subject.today}, which answers for {len(tasks)} tasks "
                f"({named(tasks)})",
            )
            yield Found(place / "head", said)


CHECK = Check(
    "D101",
    "no-head",
    "warning",
    Wording("rõ người: không có người đứng đầu", "person: nobody at the head"),
    Wording(
        "Nhiệm vụ phải có người chịu trách nhiệm cụ thể. Đơn vị không có người đứng đầu thì thư nhắc dồn lên cấp trên.",
        "A task needs one person who answers for it. Where a unit has no head, its reminders go to the post above.",
    ),
    Wording(
        (
            "ghi head: của đơn vị với địa chỉ, acting: của người phụ trách tạm, hoặc giao head: của "
            "nhiệm vụ cho đơn vị khác"
        ),
        "give the unit a head: with an address, or acting: for who stands in, or name another unit in the task's head:",
    ),
    bad="head: {title: Giám đốc Sở A, vacant: true}",
    good="head: {title: Giám đốc Sở A, email: gd.a@tinh.example}",
    find=_find,
    depends_on_today=True,
)
