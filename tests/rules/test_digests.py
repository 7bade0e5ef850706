"""Digests: one line an obligation, the most pressing first, addressed by the highest post."""

from collections.abc import Iterable

import pytest

from rules.digest import Digest, Matter, Question, Recipient
from rules.digests import Item, digest, holder_of, recipient_of
from rules.ledger import Ledger
from rules.obligation import Facts, Notice, Slot
from rules.roster import Roster
from tests.rules.books import DIRECTORY, POLICY, at, book, day, key, one

NOW = at("2026-04-15")
READER = Recipient("Giám đốc Sở A", "gd.a@x.example", "Sở A")
RULES = book(
    "tasks:\n"
    + one("2026-03-31", id="A.1")
    + one("2026-04-10", id="A.2")
    + one("2026-04-15", id="A.3")
    + one("2026-04-17", id="A.4")
    + one("2026-05-15", id="A.5")
)
ROSTER = Roster(RULES, POLICY)


def item(
    task: str, rung: str = "late", as_: str = "to", *, role: str = "head", unit: str = "a", when: str = "2026-04-15"
) -> Item:
    facts = Facts(at("2026-01-05"))
    followed = ROSTER.follow(key(task), facts, today=day("2026-04-15"))
    assert followed
    notice = Notice(Slot(rung, 0, unit, role), as_, at(when), "owed", READER.email)  # type: ignore[arg-type]
    return Item(followed, notice, facts, Ledger(followed.table.late_rungs))


def made(*items: Item, matters: Iterable[Matter] = (), questions: Iterable[Question] = ()) -> Digest:
    return digest(READER, items, ROSTER, now=NOW, matters=tuple(matters), questions=tuple(questions))


def test_the_most_pressing_come_first() -> None:
    found = made(
        item("A.5", "new"),
        item("A.4", "due-soon"),
        item("A.3", "due-today"),
        item("A.2"),
        item("A.1"),
        item("A.1", as_="cc"),
    )
    assert [(line.key.task, line.section) for line in found.lines] == [
        ("A.1", "overdue"),  # fifteen days late
        ("A.2", "overdue"),  # five
        ("A.3", "due_today"),
        ("A.4", "due_soon"),
        ("A.5", "new"),
    ]


# The same obligation through several posts or rungs: one line.
@pytest.mark.parametrize(
    ("items", "expected"),
    [
        ((item("A.1", as_="cc"), item("A.1", as_="to")), ("late", "to")),  # asked wins over informed
        ((item("A.1", as_="to"), item("A.1", as_="cc")), ("late", "to")),
        ((item("A.1", "late", when="2026-04-14"), item("A.1", "later")), ("later", "to")),  # then the later one
        ((item("A.1", "later"), item("A.1", "late", when="2026-04-14")), ("later", "to")),
        ((item("A.1", "late", when="2026-04-14"), item("A.1", "up", "cc")), ("late", "to")),
    ],
)
def test_one_obligation_has_one_line(items: tuple[Item, ...], expected: tuple[str, str]) -> None:
    assert [(line.rung, line.as_) for line in made(*items).lines] == [expected]


@pytest.mark.parametrize(
    ("items", "matters", "kind"),
    [
        ([item("A.1")], [], "reminder"),
        ([item("A.1", role="focal")], [], "reminder"),
        ([item("A.1", role="standing", unit="tt")], [], "standing"),
        ([], [Matter("undated", "ct", "A.1", "Việc")], "standing"),
        ([item("A.1", role="overseer")], [], "escalation"),
        ([item("A.1", role="overseer"), item("A.2", role="standing", unit="tt")], [], "escalation"),
        # A superior who reads what is new because nobody else is in post is not called upon.
        ([item("A.5", "new", role="overseer")], [], "reminder"),
        ([item("A.5", "moved", role="chair")], [], "reminder"),
    ],
)
def test_the_letter_is_a_reminder_an_escalation_or_the_standing_offices(
    items: list[Item], matters: list[Matter], kind: str
) -> None:
    assert made(*items, matters=matters).kind == kind


def test_a_letter_names_each_programme_once_and_says_what_is_summed_up() -> None:
    question = Question("khac", "Chương trình khác", "su-kien", "Sự kiện", None, (), "x:1")
    matter = Matter("vacant", "ct", "Giám đốc", "Sở A")
    found = made(item("A.1", "baseline"), item("A.2"), questions=[question, question], matters=[matter, matter])
    assert found.programmes == ("ct", "khac")
    assert found.baseline
    assert found.questions == (question,)
    assert found.matters == (matter,)
    assert not made(item("A.1")).baseline


def test_who_holds_a_post_and_how_one_addresses_them() -> None:
    directory = RULES.directories["tinh"]
    address_book = ROSTER.book(directory, day("2026-04-15"))
    standing = Slot("late", 0, "tt", "standing")
    holder = holder_of(standing, "tt", address_book)
    assert holder
    assert recipient_of(standing, holder, directory) == Recipient("Phòng Tổng hợp", "vp.tt@x.example", "Thường trực")
    chair = Slot("chair", 0, "a", "chair")
    holder = holder_of(chair, "tt", address_book)
    assert holder
    assert recipient_of(chair, holder, directory).unit_name == ""


def test_a_post_nobody_holds_any_more_has_no_holder() -> None:
    text = DIRECTORY.replace("email: gd.a@x.example", "email: gd.a@x.example, until: 2026-04-01")
    roster = Roster(book("tasks:\n" + one("2026-03-31", id="A.1"), directory=text), POLICY)
    directory = roster.rulebook.directories["tinh"]
    slot = Slot("late", 0, "a", "head")
    assert holder_of(slot, "tt", roster.book(directory, day("2026-04-01")))
    assert holder_of(slot, "tt", roster.book(directory, day("2026-04-02"))) is None
