"""Excerpts: two editions of the files differ in them where they differ in the task, its programme or its amendments."""

import pytest

from rules.load.excerpt import Excerpts

FILE = """\
programme: p
title: Chương trình
tasks:
  - {id: A.1, title: Một, lead: u1, deadline: 2026-03}
  - title: Hai
    id: A.2
    deadline: 2026-04
"""
AMENDING = "programme: q\ndocument: {number: 5/KH}\namend:\n  - {programme: p, task: A.2, deadline: 2026-06}\n"


@pytest.mark.parametrize(
    ("old", "new", "differs"),
    [
        ("title: Hai", "title: Hai mới", True),
        ("deadline: 2026-04", "deadline: 2026-05", True),
        ("title: Chương trình", "title: Chương trình mới", True),
        ("deadline: 2026-06", "deadline: 2026-07", True),
        ("number: 5/KH", "number: 6/KH", True),
        ("id: A.2", "id: A.3, renamed_from: A.2".replace(", ", "\n    "), True),
        ("title: Một", "title: Một mới", False),
        ("programme: p\n", "# ghi chú\nprogramme: p\n", False),
    ],
)
def test_they_differ_in_what_bears_on_the_task_only(old: str, new: str, differs: bool) -> None:
    before = {"p.yaml": FILE, "q.yaml": AMENDING}
    after = {name: text.replace(old, new, 1) for name, text in before.items()}
    assert before != after
    excerpts = Excerpts()
    assert (excerpts.of(before, "p", "A.2") != excerpts.of(after, "p", "A.2")) is differs
    assert excerpts.of({"p.yaml": "programme: p\n  tasks: ["}, "p", "A.2") == []
