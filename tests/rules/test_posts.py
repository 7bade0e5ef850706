"""Who stands behind a post on a day, and behind which posts an address stands, with where the directory says so."""

import pytest

from rules.ladder import Role
from rules.posts import standing_behind, tenures
from tests.rules.books import book, day, task

DIRECTORY = """
directory: tinh
chair: {title: Chủ tịch, email: ct@x.example}
overseer: {title: Phó Chủ tịch, email: pct@x.example}
units:
  a:
    name: Sở A
    head: {title: Giám đốc Sở A, email: gd.a@x.example,
           acting: [{from: 2026-04-01, until: 2026-04-10, title: Phó Giám đốc, email: pgd.a@x.example}]}
    focal: {title: Văn phòng Sở A, vacant: true}
  tt:
    name: Thường trực
    head: {title: Chánh Văn phòng, email: gd.tt@x.example, until: 2026-05-31}
    focal: {title: Phòng Tổng hợp, email: vp.tt@x.example}
"""
TINH = book(task("2026-03"), directory=DIRECTORY).directories["tinh"]


@pytest.mark.parametrize(
    ("unit", "role", "on", "vi", "en"),
    [
        ("a", "head", "2026-03-31", "người đứng đầu Sở A: Giám đốc Sở A, tại ngày 31/3/2026", "the head of Sở A"),
        (
            "a", "head", "2026-04-10",
            "người đứng đầu Sở A: Phó Giám đốc, thay Giám đốc Sở A từ 01/4/2026 đến 10/4/2026", "acting for",
        ),
        ("a", "head", "2026-04-11", "người đứng đầu Sở A: Giám đốc Sở A, tại ngày 11/4/2026", "on 11 April 2026"),
        ("a", "focal", "2026-04-11", "đầu mối Sở A: ngày 11/4/2026 không ai giữ", "nobody held it on 11 April 2026"),
        ("tt", "head", "2026-06-01", "người đứng đầu Thường trực: ngày 01/6/2026 không ai giữ", "nobody held it"),
        ("tt", "standing", "2026-06-01", "cơ quan thường trực Thường trực: Phòng Tổng hợp, tại ngày 01/6/2026", "on 1 June"),
        ("a", "overseer", "2026-06-01", "cấp trên phụ trách Sở A: Phó Chủ tịch, tại ngày 01/6/2026", "the overseer of"),
        ("a", "chair", "2026-06-01", "người chủ trì: Chủ tịch, tại ngày 01/6/2026", "the chair"),
        ("gone", "head", "2026-06-01", "người đứng đầu gone: không có chức vụ này", "there is no such post"),
    ],
)  # fmt: skip
def test_why_it_was_this_person_on_that_day(unit: str, role: Role, on: str, vi: str, en: str) -> None:
    said, source = standing_behind(TINH, unit, role, day(on))
    assert said.vi == vi
    assert en in said.en
    assert source.file == "directory.yaml"


def test_an_address_stands_behind_its_posts_but_while_somebody_else_acts() -> None:
    found = list(tenures(TINH, "gd.a@x.example", day("2026-03-01"), day("2026-04-30")))
    assert [(one.unit, one.role, str(one.first), str(one.last), one.is_acting) for one in found] == [
        ("a", "head", "2026-03-01", "2026-03-31", False),
        ("a", "head", "2026-04-11", "2026-04-30", False),
    ]


def test_who_acts_stands_behind_the_post_for_those_days_only() -> None:
    [found] = tenures(TINH, "pgd.a@x.example", day("2026-03-01"), day("2026-04-30"))
    assert (str(found.first), str(found.last), found.title, found.is_acting) == (
        "2026-04-01", "2026-04-10", "Phó Giám đốc", True
    )  # fmt: skip


def test_a_post_ends_with_the_last_day_of_its_holder() -> None:
    [found] = tenures(TINH, "gd.tt@x.example", day("2026-05-01"), day("2026-06-30"))
    assert str(found.last) == "2026-05-31"


def test_what_is_shared_by_all_units_stands_once() -> None:
    [found] = tenures(TINH, "pct@x.example", day("2026-05-01"), day("2026-06-30"))
    assert (found.unit, found.role) == ("", "overseer")
