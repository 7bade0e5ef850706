"""Load: more deadlines of one head on one day than anybody can mind."""

from collections.abc import Iterator
from datetime import date

from rules.days import day_vi
from rules.lint.finding import Check, Found
from rules.lint.subject import Subject, heads_of, named
from rules.load.place import Place
from rules.wording import Wording


def _find(subject: Subject) -> Iterator[Found]:
    owed: dict[tuple[str, date], dict[str, None]] = {}
    heads: dict[str, tuple[Place, str]] = {}
    for programme, task in subject.open_tasks():
        for unit in heads_of(task):
            head = subject.directory(programme).units[unit].head
            holder = head.holder(subject.today) if head else None
            if holder is None:
                continue
            place = subject.papers.of("directory", programme.directory) / "units" / unit / "head"
            heads.setdefault(holder.email, (place, holder.title))
            for dated in subject.dated(programme, task):
                due = dated.term.due
                if due is not None and due >= subject.today:
                    owed.setdefault((holder.email, due), {})[f"{programme.id}/{task.id}"] = None
    for (email, due), tasks in owed.items():
        if len(tasks) > subject.limits.load:
            place, title = heads[email]
            said = Wording(
                f"{title} ({email}) có {len(tasks)} hạn cùng ngày {day_vi(due)}: {named(list(tasks))} "
                f"(ngưỡng {subject.limits.load})",
                f"{title} ({email}) has {len(tasks)} deadlines on {due}: {named(list(tasks))} (threshold "
                f"{subject.limits.load})",
            )
            yield Found(place, said)


CHECK = Check(
    "D403",
    "load",
    "warning",
    Wording("quá nhiều hạn trong một ngày", "too many deadlines on one day"),
    Wording(
        "Một người không thể lo mấy chục việc cùng ngày; thường do ghi hết năm thay cho ngày thật.",
        "Nobody minds dozens of deadlines on one day; most often the end of the year stands for a real day.",
    ),
    Wording(
        "giãn các hạn với đơn vị; ngưỡng đổi bằng --limit load=N",
        "spread the deadlines with the unit; another threshold: --limit load=N",
    ),
    bad="title: Giao mười một việc cùng một ngày",
    good="title: Giao mười việc cùng một ngày",
    find=_find,
    depends_on_today=True,
)
