"""The scenarios of the example programmes pass, cover every kind of deadline there is, and each of them can fail."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from rules.deadline import Every, kind_of
from rules.load import Loaded, load
from rules.scenario import DeadlineGiven, DoneGiven, DownGiven, PostGiven, Scenario, SilenceGiven
from rules.scenarios import Outcome, run
from rules.scenarios.coverage import coverage
from tests.rules.books import POLICY

FOLDER = Path(__file__).parents[3] / "programmes"


@cache
def files() -> dict[str, str]:
    return {str(path.relative_to(FOLDER)): path.read_text() for path in sorted(FOLDER.rglob("*.yaml"))}


@cache
def found() -> Loaded:
    return load({name: text.encode() for name, text in files().items()})


def outcomes(texts: dict[str, str]) -> dict[str, Outcome]:
    """Return what comes of each scenario by these files."""
    from notifications.compose import MailSettings
    from scheduler.scenarios import letter_text

    there = load({name: text.encode() for name, text in texts.items()})
    assert there.problems == ()
    assert there.rulebook is not None
    settings = MailSettings("don-doc@dongthap.example")
    return {
        one.name: run(one, there.rulebook, POLICY, letter=lambda digest: letter_text(digest, settings))
        for one in there.scenarios
    }


def names() -> list[str]:
    return [scenario.name for scenario in found().scenarios]


def test_they_pass() -> None:
    assert found().scenario_problems == ()
    assert [name for name, outcome in outcomes(files()).items() if not outcome.is_met] == []


def test_every_kind_of_deadline_has_one() -> None:
    book = found().rulebook
    assert book is not None
    touched = {one.kind for one in coverage(book, list(outcomes(files()).values())).kinds if one.touched}
    touched |= {
        kind_of(each.deadline) for one in found().scenarios for each in one.given if isinstance(each, DeadlineGiven)
    }
    assert touched == {
        "date", "before", "month", "quarter", "half", "year", "span", "event", "before_event", "recurring",
        "continuous", "set_elsewhere",
    }  # fmt: skip


def test_every_rhythm_has_one() -> None:
    book = found().rulebook
    assert book is not None
    rhythms = set()
    for scenario in found().scenarios:
        tasks = book.programmes[scenario.programme].tasks
        deadlines = [each for id in scenario.tasks for each in tasks[id].deadlines.values()]
        deadlines += [each.deadline for each in scenario.given if isinstance(each, DeadlineGiven)]
        rhythms |= {(each.unit, each.count, each.if_unreported) for each in deadlines if isinstance(each, Every)}
    assert {unit for unit, _, _ in rhythms} == {"day", "week", "month", "quarter", "half", "year"}
    assert ("week", 2) in {(unit, count) for unit, count, _ in rhythms}
    assert {how for _, _, how in rhythms} == {"close", "carry"}


@pytest.mark.parametrize("kind", [DoneGiven, DownGiven, SilenceGiven, PostGiven, DeadlineGiven])
def test_everything_that_may_be_given_is_given_in_one(kind: type[object]) -> None:
    assert any(isinstance(each, kind) for scenario in found().scenarios for each in scenario.given)


BREAKS: dict[str, Callable[[dict[str, str]], dict[str, str]]] = {
    "every rung a day later or earlier": lambda texts: {
        **texts,
        "ladders.yaml": texts["ladders.yaml"]
        .replace("14 days before", "13 days before").replace("3 working days before", "4 working days before")
        .replace("5 working days before", "6 working days before").replace("1 working day late", "2 working days late")
        .replace("3 working days late", "4 working days late").replace("7 days late", "8 days late")
        .replace("15 days late", "16 days late").replace("2 hours late", "4 hours late")
        .replace("3 hours before", "5 hours before").replace("1 working day before", "2 working days before"),
    },
    "no reminder on the day": lambda texts: {
        **texts,
        "ladders.yaml": "\n".join(line for line in texts["ladders.yaml"].splitlines() if "due-today" not in line),
    },
    "another standing office": lambda texts: {
        name: text.replace("\nstanding: so-khcn", "\nstanding: so-tai-chinh") for name, text in texts.items()
    },
    "everything goes to the focal posts": lambda texts: {
        **texts,
        "ladders.yaml": texts["ladders.yaml"].replace("to: [head], cc: [focal]", "to: [focal], cc: [head]"),
    },
    "another agency answers for it": lambda texts: {
        **texts,
        "dong-thap-2026.yaml": texts["dong-thap-2026.yaml"]
        .replace("lead: cong-an\n", "lead: so-noi-vu\n").replace("ask: cong-an", "ask: so-noi-vu"),
    },
    "undated tasks get a day": lambda texts: {
        name: text
        if "scenarios" in name
        else text.replace("{set_by: Kế hoạch số 283/KH-UBND ngày 24/9/2025}", "2026-03-10")
        .replace("deadline: continuous", "deadline: 2026-03-31").replace("amended:\n      - {deadline: 2026-01,", "amended:\n      - {deadline: 2026-02,")
        for name, text in texts.items()
    },
}  # fmt: skip


@cache
def failing() -> dict[str, set[str]]:
    """Return which scenarios fail, or name what is gone, for each way of breaking the rules."""
    met = {
        how: {name for name, outcome in outcomes(broken(files())).items() if outcome.is_met}
        for how, broken in BREAKS.items()
    }
    return {how: set(names()) - passed for how, passed in met.items()}


def test_each_breaks_with_some_rule() -> None:
    told = set().union(*failing().values())
    assert [name for name in names() if name not in told] == []


def test_a_scenario_fails_only_with_the_rules_it_looks_at() -> None:
    assert "Thường xuyên – B.1 cả năm không ai bị nhắc" not in failing()["every rung a day later or earlier"]
    assert "Thường xuyên – B.1 cả năm không ai bị nhắc" in failing()["undated tasks get a day"]
    assert "Ngày – V.11 hạn 30/6/2026" not in failing()["undated tasks get a day"]


def test_what_is_played_is_cut_down_to_what_is_looked_at() -> None:
    from rules.scenarios.supposing import supposed

    book = found().rulebook
    assert book is not None

    def cut(scenario: Scenario) -> tuple[list[str], list[str]]:
        [programme] = supposed(book, scenario).programmes.values()
        return list(programme.tasks), list(programme.events)

    by_name = {scenario.name: scenario for scenario in found().scenarios}
    assert cut(by_name["Ngày – V.11 hạn 30/6/2026"]) == (["V.11"], [])
    name = next(name for name in by_name if name.startswith("Sau sự kiện, tính ngày –"))
    assert cut(by_name[name]) == (["A.19"], ["de-an-danh-gia-cds"])
