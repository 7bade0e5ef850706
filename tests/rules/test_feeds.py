"""Feeds: which obligations belong to a calendar: what is fetched of the database is all that its reader may see."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.access import Roles, Subject, may, roles_of
from rules.feeds import FeedScope, belongs, is_reminded, owed_in, scopes
from rules.load import load
from rules.obligation import ObligationKey
from rules.programme import Rulebook
from rules.roster import owing_units
from tests.offices import COMMON, directory, programme

ON = date(2026, 3, 30)
ADMIN = "quan-tri@tinh.example"
UNITS = ("u1", "u2", "u3")
PEOPLE = [*(f"{post}{number}@tinh.example" for post in ("head", "focal", "over") for number in (1, 2, 3))]
EVERYBODY = [*PEOPLE, "chair@tinh.example", ADMIN, "ai-do@ngoai.example"]


def some(units: st.SearchStrategy[list[str]]) -> st.SearchStrategy[str]:
    return units.map(lambda found: f"[{', '.join(found)}]")


several = some(st.lists(st.sampled_from(UNITS), min_size=1, max_size=3, unique=True))
leads = st.one_of(st.sampled_from(UNITS), several, several.map(lambda found: f"{{each: {found}}}"))
tasks = st.lists(st.tuples(leads, st.one_of(st.none(), several)), min_size=1, max_size=4)


def rulebook_of(of: list[tuple[str, str | None]]) -> Rulebook:
    lines = [
        f"  - {{id: A.{number}, title: Việc {number}, lead: {lead}, deadline: 2026-06-01"
        + (f", coordinate: {others}" if others else "")
        + "}\n"
        for number, (lead, others) in enumerate(of, 1)
    ]
    files = {"p.yaml": programme("".join(lines)), "common.yaml": COMMON, "tinh.yaml": directory(3)}
    loaded = load({name: text.encode() for name, text in files.items()})
    assert loaded.rulebook is not None, loaded.problems
    return loaded.rulebook


def keys(rulebook: Rulebook) -> list[ObligationKey]:
    found = rulebook.programmes["p"].tasks.values()
    return [ObligationKey("p", task.id, "", unit, "") for task in found for unit in owing_units(task)]


def roles(rulebook: Rulebook, person: str) -> Roles:
    return roles_of(rulebook, person, ON, admins=[ADMIN])


@given(tasks, st.sampled_from(EVERYBODY))
def test_what_belongs_to_a_calendar_is_fetched_and_no_more_is_shown_than_may_be_seen(
    of: list[tuple[str, str | None]], person: str
) -> None:
    rulebook = rulebook_of(of)
    who = roles(rulebook, person)
    every = (FeedScope("unit", "tinh", "u2"), FeedScope("programme", "tinh", "p"), FeedScope("programme", "x", "p"))
    for scope in (*scopes(who, rulebook), *every, FeedScope()):
        owed = owed_in(scope, who, rulebook)
        for key in keys(rulebook):
            if belongs(key, scope, who, rulebook):
                places = (key.programme, key.unit) in owed.units, (key.programme, key.task) in owed.tasks
                assert key.programme in owed.programmes or any(places)
                assert key.programme in owed.seen
                subject = Subject.of_obligation(key, rulebook)
                assert subject is not None
                assert may(who, "see_obligation", subject)


@given(tasks, st.sampled_from(PEOPLE))
def test_whose_unit_owes_it_has_it_in_their_own_calendar_and_is_reminded(
    of: list[tuple[str, str | None]], person: str
) -> None:
    rulebook = rulebook_of(of)
    who = roles(rulebook, person)
    unit = f"u{person[-14]}"
    for key in keys(rulebook):
        if unit in key.units:
            assert belongs(key, FeedScope(), who, rulebook)
            assert is_reminded(key, who, rulebook) == (not person.startswith("over"))


def test_a_stranger_has_no_calendar() -> None:
    rulebook = rulebook_of([("u2", None)])
    who = roles(rulebook, "ai-do@ngoai.example")
    assert scopes(who, rulebook) == ()
    assert not any(belongs(key, FeedScope(), who, rulebook) for key in keys(rulebook))


@pytest.mark.parametrize(
    "scope", [FeedScope(), FeedScope("unit", "tinh", "u2"), FeedScope("programme", "tinh", "p-2026")]
)
def test_a_scope_is_read_back_from_its_link(scope: FeedScope) -> None:
    assert FeedScope.read(str(scope)) == scope


@pytest.mark.parametrize("text", ["x", "unit", "unit\x1fa", "other\x1fa\x1fb", "unit\x1fa\x1fb\x1fc"])
def test_what_is_no_scope_is_none(text: str) -> None:
    assert FeedScope.read(text) is None
