"""Whom a rung reaches: posts, not persons; upward where nobody is in post; each person once, by the latest rung."""

from datetime import date

import pytest

from rules.directory import Directory
from rules.ladder import Role
from rules.obligation import Reason
from rules.recipients import AddressBook, AddressBooks, Owers, Posts
from tests.rules.books import DIRECTORY, book, day, task

ON = date(2026, 3, 2)
OF_A = Owers(("a",), ("a",), "tt")
TELL_HEAD = Posts(("head",), ("focal", "standing"))

HOLES = """
directory: tinh
chair: {title: Chủ tịch, email: ct@x.example}
units:
  a: {name: A, head: {title: Giám đốc A, email: gd.a@x.example}}
  b: {name: B, head: {title: Giám đốc B, vacant: true}, focal: {title: VP B, email: vp.b@x.example}}
  c: {name: C, head: {title: Giám đốc C, email: gd.c@x.example, until: 2026-03-10,
      acting: [{from: 2026-02-01, until: 2026-02-10, title: Phó Giám đốc C, email: pgd.c@x.example}]},
      overseer: {title: Phó Chủ tịch C, email: pct.c@x.example}}
  tt: {name: TT, head: {title: Chánh VP, email: gd.tt@x.example}, focal: {title: Phòng TH, vacant: true}}
groups:
  cac-so: {name: Các sở, members: [a, b, c]}
"""


def directory(text: str = DIRECTORY) -> Directory:
    return book(task("2026-03-31"), directory=text).directories["tinh"]


def reached(book: AddressBook, owers: Owers, role: Role) -> list[str]:
    """Return the posts reached, in order: `a head gd.a`, `b head -` where nobody is in post."""
    return [
        f"{unit} {role} {holder.email.partition('@')[0] if holder else '-'}"
        for unit, role, holder in book.reach(owers, role)
    ]


@pytest.mark.parametrize(
    ("unit", "role", "expected"),
    [
        # Whoever is in post.
        ("a", "head", ["a head gd.a"]),
        ("c", "overseer", ["c overseer pct.c"]),
        ("a", "chair", ["a chair ct"]),
        # A post the unit does not have, or nobody holds: the next one up.
        ("a", "focal", ["a focal -", "a head gd.a"]),
        ("b", "head", ["b head -", "b overseer -", "b chair ct"]),
        ("a", "overseer", ["a overseer -", "a chair ct"]),
        ("b", "focal", ["b focal vp.b"]),
        # The standing office's focal post is vacant: its head reads what is sent to it.
        ("a", "standing", ["tt standing gd.tt"]),
    ],
)
def test_mail_goes_one_post_up_where_nobody_is(unit: str, role: Role, expected: list[str]) -> None:
    assert reached(AddressBook(directory(HOLES), ON), Owers((unit,), (unit,), "tt"), role) == expected


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        ("2026-01-31", ["c head gd.c"]),
        ("2026-02-01", ["c head pgd.c"]),  # both days of an acting holder are included
        ("2026-02-10", ["c head pgd.c"]),
        ("2026-02-11", ["c head gd.c"]),
        ("2026-03-10", ["c head gd.c"]),  # the holder's last day
        ("2026-03-11", ["c head -", "c overseer pct.c"]),
    ],
)
def test_a_post_changes_hands_on_its_day(on: str, expected: list[str]) -> None:
    books = AddressBooks(directory(HOLES))
    assert reached(books.on(day(on)), Owers(("c",), ("c",), "tt"), "head") == expected


def test_one_book_serves_all_days_between_two_changes() -> None:
    books = AddressBooks(directory(HOLES))
    assert books.on(day("2026-02-11")) is books.on(day("2026-03-10"))
    assert books.on(day("2026-03-10")) is not books.on(day("2026-03-11"))
    assert books.on(day("2026-03-11")) is books.on(day("2036-03-11"))


def test_joint_leads_are_all_told_and_one_chair_once() -> None:
    owers = Owers(("a", "b"), ("a", "b"), "tt")
    found = AddressBook(directory(), ON)
    assert reached(found, owers, "head") == ["a head gd.a", "b head gd.b"]
    assert reached(found, owers, "chair") == ["a chair ct"]
    handed = found.handing_out((Posts(("head",), ("overseer",)),))[owers]
    assert [(person.partition("@")[0], each.is_again) for person, each in handed.owed] == [
        ("gd.a", False),
        ("gd.b", False),
        ("pct", False),
        ("pct", True),  # the overseer of both: told once, for two posts
    ]


def test_the_responsible_head_may_be_another_units() -> None:
    owers = Owers(("a",), ("b", "c"), "tt")
    found = AddressBook(directory(), ON)
    assert reached(found, owers, "head") == ["b head gd.b", "c head gd.c"]
    assert reached(found, owers, "focal") == ["a focal vp.a"]


def test_those_asked_come_before_those_informed_and_each_post_stands_once() -> None:
    found = AddressBook(directory(HOLES), ON)
    targets = found.targets(Posts(("head",), ("focal", "standing")), OF_A)
    assert [(t.unit, t.role, t.as_, t.person) for t in targets] == [
        ("a", "head", "to", "gd.a@x.example"),
        ("a", "focal", "cc", None),  # the unit has none: its head has it already
        ("tt", "standing", "cc", "gd.tt@x.example"),
    ]


def test_who_coordinates_hears_of_announcements_only() -> None:
    owers = Owers(("a",), ("a",), "tt", coordinate=("b", "c"))
    found = AddressBook(directory(), ON)
    told = [t.person for t in found.targets(Posts(("head",), (), coordinating=True), owers)]
    assert told == ["gd.a@x.example", "vp.b@x.example", "vp.c@x.example"]
    assert [t.person for t in found.targets(Posts(("head",), ()), owers)] == ["gd.a@x.example"]


# Rungs taken together, each with its posts, and what becomes of each notice.
@pytest.mark.parametrize(
    ("taken", "expected"),
    [
        # The latest rung for each person stands, the earlier ones give way.
        (
            [Posts(("head",), ("focal",)), Posts(("head",), ())],
            ["0 head superseded", "0 focal owed", "1 head owed"],
        ),
        # A later rung that only informs is later all the same.
        (
            [Posts(("head",), ()), Posts(("overseer",), ("head",))],
            ["0 head superseded", "1 overseer owed", "1 head owed"],
        ),
        # `if_missed: late`: sent even so.
        ([Posts(("head",), (), stands=True), Posts(("head",), ())], ["0 head owed", "1 head owed"]),
        # Different people keep what is theirs.
        ([Posts(("focal",), ()), Posts(("head",), ())], ["0 focal owed", "1 head owed"]),
    ],
)
def test_an_earlier_rung_gives_way_to_a_later_one_of_the_same_person(taken: list[Posts], expected: list[str]) -> None:
    found = AddressBook(directory(), ON).handing_out(tuple(taken))[OF_A]
    assert [f"{each.place} {each.target.role} {each.reason or 'owed'}" for each in found.all] == expected


def test_one_person_on_several_posts_gets_the_latest_rung_of_any() -> None:
    """The standing office leads a task itself: its focal post is reached as focal and as standing."""
    owers = Owers(("tt",), ("tt",), "tt")
    found = AddressBook(directory(), ON).handing_out((Posts(("focal",), ()), Posts(("head",), ("focal", "standing"))))
    assert [(h.place, h.target.role, h.reason, h.is_again) for h in found[owers].all] == [
        (0, "focal", Reason.SUPERSEDED, False),
        (1, "head", None, False),
        (1, "focal", None, False),
        (1, "standing", None, True),
    ]


def test_look_ups_are_remembered() -> None:
    found = AddressBook(directory(), ON)
    assert found.reach(OF_A, "head") is found.reach(Owers(("a",), ("a",), "tt"), "head")
    assert found.handing_out((TELL_HEAD,))[OF_A] is found.handing_out((TELL_HEAD,))[Owers(("a",), ("a",), "tt")]


def test_who_reads_what_is_owed_to_a_post() -> None:
    found = AddressBook(directory(HOLES), day("2026-03-11"))
    assert found.holder_or_above("c", "head").role == "overseer"
    assert found.holder_or_above("b", "focal").role == "focal"
    nobody = AddressBook(directory(HOLES.replace("email: ct@x.example", "vacant: true")), ON)
    assert nobody.holder_or_above("b", "head").holder is None
