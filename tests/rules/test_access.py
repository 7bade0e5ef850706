"""Access: roles as the directories have them on a day, and the one table of who may do what."""

from datetime import date

import pytest

from rules.access import ACTIONS, WHO, Action, Relation, Roles, Subject, UnitOf, may, reach, relations, roles_of
from rules.load import load
from rules.obligation import ObligationKey
from rules.programme import Rulebook

RULES = """\
directory: tinh
chair: {title: Chủ tịch, email: ct@tinh.example}
overseer: {title: Phó Chủ tịch, email: pct@tinh.example}
units:
  so-a:
    name: Sở A
    head: {title: Giám đốc A, email: gd.a@tinh.example,
           acting: [{from: 2026-04-01, until: 2026-04-10, title: Phó Giám đốc A, email: pgd.a@tinh.example}]}
    focal: {title: Văn phòng A, email: vp.a@tinh.example}
  so-b:
    name: Sở B
    head: {title: Giám đốc B, email: gd.b@tinh.example}
    overseer: {title: Phó Chủ tịch khối, email: pct.b@tinh.example}
  so-c:
    name: Sở C
    head: {title: Giám đốc C, email: gd.c@tinh.example}
  so-t:
    name: Sở Thường trực
    head: {title: Giám đốc T, email: gd.t@tinh.example}
---
directory: huyen
chair: {title: Chủ tịch huyện, email: ct@huyen.example}
units:
  so-b:
    name: Phòng B
    head: {title: Trưởng phòng B, email: tp.b@huyen.example}
---
programme: p
title: Chương trình
document: {number: 1/KH, date: 2026-01-05}
period: 2026
directory: tinh
calendar: lich
ladder: thang
standing: so-t
tasks:
  - {id: A.1, title: Việc, lead: so-b, coordinate: [so-a], deadline: 2026-04-03}
---
programme: q
title: Chương trình khác
document: {number: 2/KH, date: 2026-01-05}
period: 2026
directory: tinh
calendar: lich
ladder: thang
standing: so-c
tasks:
  - {id: A.1, title: Việc khác, lead: so-a, deadline: 2026-04-03}
---
ladder: thang
rungs: [{id: late, at: 1 working day late, to: [head]}]
---
calendar: lich
holidays: []
announced_until: 2026-12-31
"""
TODAY = date(2026, 3, 30)
ADMIN = "quan-tri@tinh.example"
KEY = ObligationKey("p", "A.1", "", "so-b", "")


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    loaded = load({"p.yaml": RULES.encode()})
    assert loaded.rulebook is not None, loaded.problems
    return loaded.rulebook


@pytest.fixture(scope="module")
def task(rulebook: Rulebook) -> Subject:
    found = Subject.of_obligation(KEY, rulebook)
    assert found is not None
    return found


def roles(rulebook: Rulebook, person: str, on: date = TODAY) -> Roles:
    return roles_of(rulebook, person, on, admins=[ADMIN])


@pytest.mark.parametrize(
    ("person", "expected"),
    [
        ("gd.b@tinh.example", {"owner"}),
        ("GD.B@Tinh.Example", {"owner"}),  # addresses differ by no letter's case
        ("gd.a@tinh.example", {"coordinating"}),
        ("vp.a@tinh.example", {"coordinating"}),  # a focal post stands for its unit
        ("gd.c@tinh.example", set()),  # another unit of the same directory, the standing office of another programme
        ("gd.t@tinh.example", {"standing"}),
        ("pct.b@tinh.example", {"overseer"}),  # the unit's own overseer
        ("pct@tinh.example", {"overseer"}),  # that of all others, through the coordinating unit
        ("ct@tinh.example", {"chair"}),
        ("ct@huyen.example", set()),  # the chair of another directory
        ("tp.b@huyen.example", set()),  # a unit of the same name in another directory
        (ADMIN, {"admin"}),
        ("ai-do@ngoai.example", set()),
    ],
)
def test_how_somebody_stands_to_a_task(rulebook: Rulebook, task: Subject, person: str, expected: set[Relation]) -> None:
    assert relations(roles(rulebook, person), task) == expected


def test_a_stand_in_is_the_head_for_the_days_of_it_and_the_head_is_not(rulebook: Rulebook) -> None:
    head, stand_in = "gd.a@tinh.example", "pgd.a@tinh.example"
    during, after = date(2026, 4, 10), date(2026, 4, 11)
    assert roles(rulebook, stand_in, during).units == {UnitOf("tinh", "so-a")}
    assert roles(rulebook, stand_in, during).held[0].acting
    assert not roles(rulebook, stand_in, after).is_known
    assert not roles(rulebook, head, during).is_known
    assert roles(rulebook, head, after).is_known


def test_the_highest_post_gives_the_title(rulebook: Rulebook) -> None:
    assert roles(rulebook, "pct@tinh.example").title == "Phó Chủ tịch"
    assert roles(rulebook, ADMIN).title == ""


# What each may do to a task of so-b: the table as it is meant to be, written out apart from the one in the code.
EXPECTED: dict[Action, str] = {
    "see_board": "overseer chair standing admin",
    "see_work": "owner stand_in coordinating overseer chair standing admin",
    "see_obligation": "owner stand_in coordinating overseer chair standing admin",
    "see_unit": "owner stand_in overseer chair standing admin",
    "answer": "owner stand_in",
    "ask_extension": "owner stand_in",
    "decide_extension": "standing overseer chair",
    "verify": "standing",
    "record_event": "standing",
    "answer_event": "owner stand_in standing",
    "date_task": "standing",
    "contribute": "owner",
    "see_summary": "owner overseer chair standing admin",
    "confirm_summary": "standing",
    "mark_national": "standing",
    "see_indicators": "owner stand_in coordinating overseer chair standing admin",
    "measure": "owner stand_in standing",
    "see_outbox": "admin",
    "see_audit": "admin",
}
PERSONS: dict[Relation, str] = {
    "owner": "gd.b@tinh.example",
    "coordinating": "vp.a@tinh.example",
    "overseer": "pct.b@tinh.example",
    "chair": "ct@tinh.example",
    "standing": "gd.t@tinh.example",
    "admin": ADMIN,
}


@pytest.mark.parametrize("action", ACTIONS)
def test_who_may_do_what_to_a_task(rulebook: Rulebook, task: Subject, action: Action) -> None:
    allowed = {name for name, person in PERSONS.items() if may(roles(rulebook, person), action, task)}
    assert allowed == set(EXPECTED[action].split()) - {"stand_in"}


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize(
    ("also", "reader"), [("", "pct.b@tinh.example"), ("email: pct.b@tinh.example", "ct@tinh.example")]
)
def test_who_reads_for_a_vacant_head_may_do_what_the_table_says(action: Action, also: str, reader: str) -> None:
    text = RULES.replace("email: gd.b@tinh.example", "vacant: true")
    loaded = load({"p.yaml": (text.replace(also, "vacant: true") if also else text).encode()}).rulebook
    assert loaded is not None
    subject = Subject.of_obligation(KEY, loaded)
    found = roles(loaded, reader)
    assert found.stands_in == {UnitOf("tinh", "so-b")}
    above = "chair" if also else "overseer"
    assert may(found, action, subject) == (not {"stand_in", above}.isdisjoint(EXPECTED[action].split())), action
    assert not roles(loaded, "pct@tinh.example").stands_in


def test_every_action_stands_in_both_tables() -> None:
    assert set(WHO) == set(ACTIONS) == set(EXPECTED)


def test_nobody_may_act_who_is_nothing(rulebook: Rulebook, task: Subject) -> None:
    stranger = roles(rulebook, "ai-do@ngoai.example")
    assert not any(may(stranger, action, subject) for action in ACTIONS for subject in (None, task))


def test_no_one_who_verifies_or_decides_speaks_for_the_unit_that_asks(task: Subject) -> None:
    assert not WHO["verify"] & WHO["answer"]
    assert not WHO["decide_extension"] & WHO["ask_extension"]


def test_of_a_programme_the_rules_forgot_nothing_is_shown(rulebook: Rulebook) -> None:
    assert Subject.of_obligation(KEY._replace(programme="gone"), rulebook) is None


def test_a_whole_programme_is_overseen_by_who_oversees_any_of_its_directory(rulebook: Rulebook) -> None:
    whole = Subject.of_programme(rulebook.programmes["p"])
    assert relations(roles(rulebook, "pct.b@tinh.example"), whole) == {"overseer"}
    assert relations(roles(rulebook, "ct@huyen.example"), whole) == set()
    assert relations(roles(rulebook, "gd.b@tinh.example"), whole) == set()


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize("address", ["ct@tinh.example", "pct@tinh.example", "pct.b@tinh.example", "gd.a@tinh.example",
                                     "gd.b@tinh.example", "gd.c@tinh.example", "gd.t@tinh.example", "tp.b@huyen.example",
                                     ADMIN])  # fmt: skip
@pytest.mark.parametrize("head", ["email: gd.b@tinh.example", "vacant: true"])
def test_how_far_an_action_reaches_is_what_may_says_of_each_obligation(action: Action, address: str, head: str) -> None:
    text = RULES.replace("lead: so-b,", "lead: {each: [so-b, so-c]}, head: [so-t],")
    rulebook = load({"a.yaml": text.replace("email: gd.b@tinh.example", head).encode()}).rulebook
    assert rulebook is not None
    programme = rulebook.programmes["p"]
    roles = roles_of(rulebook, address, TODAY, admins=[ADMIN])
    found = reach(roles, action, programme)
    for unit in ("so-b", "so-c", "so-b+so-c"):
        key = KEY._replace(unit=unit)
        shown = found.whole or not found.units.isdisjoint(key.units) or key.task in found.tasks
        assert shown == may(roles, action, Subject.of_obligation(key, rulebook)), (unit, found)
