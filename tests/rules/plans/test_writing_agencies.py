"""Agencies in a drafted rule file, and what is asked about those that were not found."""

import pytest

from rules.plans.blocks import Where
from rules.plans.draft import Agency
from rules.plans.writing import rule_file
from tests.rules.plans.drafts import A, B, draft, lines, office, task, text

PLACE = Where(page=3)


GROUP = (Agency("Các sở", ("cac-so",), each=True),)
UNSURE = (Agency("Sở Á", (), sure=False, suggestions=("so-a", "so-b")),)
RELATED = (Agency("Các đơn vị liên quan", ("lien-quan",), open=True),)


@pytest.mark.parametrize(
    ("leads", "expected"),
    [
        (B, "lead: so-b                    # Sở"),
        (A + B, "lead: [so-a, so-b]"),
        (A + A, "lead: so-a                    # Sở"),
        (GROUP, "lead: {each: cac-so}          # Sở"),
        ((Agency("Sở B", ("so-b",), role="coordinate"), *A), "lead: so-a                    # Sở"),
    ],
)
def test_leads(leads: tuple[Agency, ...], expected: str) -> None:
    assert lines(text(task("1", "Một", lead="Sở", leads=leads)), "lead")[0] == expected


@pytest.mark.parametrize(
    ("leads", "check"),
    [
        (UNSURE, "# CHECK: unknown agency “Sở Á”; alternatives: so-a | so-b"),
        ((), "# CHECK: nobody is named as lead"),
        (RELATED, "# CHECK: “Các đơn vị liên quan” is no agency in particular"),
        ((Agency("Sở X", ("so-x",)),), "# CHECK: unknown agency “Sở X”"),
    ],
)
def test_without_a_sure_lead_the_standing_office_stands_in(leads: tuple[Agency, ...], check: str) -> None:
    written = rule_file(draft(task("1", "Một", lead="Sở Á", leads=leads)), office())
    found = lines(written.text, "- id")
    assert found[2] == check
    assert found[3] == "lead: so-a                    # Sở Á"
    assert written.tasks[0].state == "unresolved"


def test_a_collective_beside_an_agency_makes_one_obligation_for_each() -> None:
    found = lines(text(task("1", "Một", leads=GROUP + B)), "- id")
    assert found[2] == "lead: {each: [cac-so, so-b]}"


def test_a_head_is_named_where_it_is_not_the_leads_own() -> None:
    assert "head: [so-b]" in text(task("1", "Một", head="Giám đốc Sở B", heads=B))
    assert "head:" not in text(task("1", "Một", head="Giám đốc Sở A", heads=A))
    assert "head:" not in text(task("1", "Một", leads=GROUP, heads=A))


def test_a_head_alone_gives_the_lead() -> None:
    found = lines(text(task("1", "Một", lead="", leads=(), head="Giám đốc Sở B", heads=B)), "lead")
    assert found[0] == "lead: so-b                    # Giám đốc Sở B"


def test_coordinating_agencies_that_are_not_sure_are_asked_about_beside_those_that_are() -> None:
    found = lines(text(task("1", "Một", coordinate="Sở B; Sở Á", coordinates=B + UNSURE)), "lead")
    assert found[1:3] == [
        "# CHECK: unknown agency “Sở Á”; alternatives: so-a | so-b",
        "coordinate: [so-b]            # Sở B; Sở Á",
    ]


def test_agencies_none_of_which_is_sure_are_asked_about_where_their_line_would_stand() -> None:
    found = lines(text(task("1", "Một", coordinates=UNSURE, product="Báo cáo")), "- id")
    assert found[2:5] == [
        "lead: so-a",
        "# CHECK: coordinate: unknown agency “Sở Á”; alternatives: so-a | so-b",
        "product: Báo cáo",
    ]
