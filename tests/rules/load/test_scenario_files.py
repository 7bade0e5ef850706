"""Scenario files: what they may say is read, and each mistake gets its message; rules are not touched by either."""

from itertools import takewhile
from pathlib import Path

import jsonschema
import pytest

from rules.load import Loaded, load
from rules.load.schema import json_schema
from rules.load.tree import trees
from rules.obligation import Reason
from rules.scenario import (
    DeadlineGiven,
    DoneGiven,
    DownGiven,
    EventGiven,
    PostGiven,
    SilenceGiven,
)
from tests.rules.load.files import COMMON, HERE

RULES = (HERE / "scenario-rules.yaml").read_bytes()
BAD = sorted((HERE / "bad_scenarios").glob("*.yaml"))
GOOD = HERE / "good_scenarios" / "everything.yaml"
VALIDATOR = jsonschema.Draft202012Validator(json_schema())
SEEN_BY_THE_SCHEMA = [
    "no-expect", "expect-nothing", "expect-nobody-false", "expect-others-true", "expect-unknown-key",
    "day-in-vietnamese", "tasks-key", "mail-is-text", "given-nothing", "given-two", "given-hour-short",
    "not-sent-reason",
]  # fmt: skip


def read(**files: str | bytes) -> Loaded:
    """Return what these files come to beside the rules that scenarios test here."""
    texts = {name: text if isinstance(text, bytes) else text.encode() for name, text in files.items()}
    return load({"common.yaml": COMMON, "rules.yaml": RULES, **texts})


SHORT = """\
scenario: Ngắn
expect:
  - {on: 2026-03-31, nobody: true}
"""


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_a_bad_scenario_gets_the_message_in_its_first_lines_and_stops_no_rule(path: Path) -> None:
    data = path.read_bytes()
    expected = [
        line.removeprefix("# ") for line in takewhile(lambda line: line.startswith("# "), data.decode().splitlines())
    ]

    loaded = read(f=data)

    assert [str(problem).removeprefix("f:") for problem in loaded.scenario_problems] == expected
    assert loaded.problems == ()
    assert loaded.rulebook is not None
    # What is meant all the same is read: the problem is said once.
    if path.stem not in ("title-twice", "yaml-duplicate-key", "scenario-misspelt", "scenario-not-first"):
        assert loaded.scenarios == ()


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_the_schema_sees_mistakes_of_shape_in_scenarios(path: Path) -> None:
    documents = [tree.root.value for tree in trees(path.name, path.read_text(), [])]
    if path.stem in SEEN_BY_THE_SCHEMA:
        assert not all(VALIDATOR.is_valid(document) for document in documents)


def test_what_loads_is_valid_for_editors() -> None:
    for tree in trees("f", GOOD.read_text(), []):
        assert list(VALIDATOR.iter_errors(tree.root.value)) == []


def test_every_key_of_a_scenario_is_read() -> None:
    loaded = read(f=GOOD.read_bytes())
    assert loaded.scenario_problems == ()
    everything, shortest = loaded.scenarios
    assert (everything.name, everything.tasks, everything.is_only) == ("Tất cả các khóa", ("A.1", "A.2"), True)
    assert (str(everything.start), str(everything.first), str(everything.last)) == (
        "2026-01-05",
        "2026-03-01",
        "2026-07-31",
    )
    kinds = [type(given) for given in everything.given]
    assert kinds == [
        EventGiven, EventGiven, DoneGiven, SilenceGiven, SilenceGiven, DownGiven, PostGiven, PostGiven, DeadlineGiven,
        DeadlineGiven,
    ]  # fmt: skip
    done = everything.given[2]
    assert isinstance(done, DoneGiven)
    assert done.units == ("so-a", "so-b")
    assert [len(each.mails) for each in everything.expect] == [2, 0, 1, 1]
    assert everything.expect[0].not_sent[0].reason is Reason.SILENCED
    assert everything.expect[2].mails[0].tasks == ("event:hop",)
    assert (shortest.programme, shortest.tasks, str(shortest.first)) == ("ke-hoach", (), "2026-03-31")


def test_every_reason_for_which_a_notice_is_not_sent_may_be_expected() -> None:
    for reason in Reason:
        text = f"scenario: x\nexpect:\n  - {{on: 2026-03-31, not_sent: {{rung: som, reason: {reason}}}}}\n"
        assert read(f=text).scenario_problems == ()


# --- scenarios are no rules ------------------------------------------------------------------------------------------


def digest(**files: str | bytes) -> str:
    found = read(**files).rulebook
    assert found is not None
    return found.digest


def test_a_scenario_of_its_own_file_or_after_the_rules_changes_nothing_of_what_is_in_force() -> None:
    assert digest(f=SHORT) == digest()
    assert digest(f=SHORT + "---\n" + SHORT.replace("Ngắn", "Khác")) == digest()
    more = "calendar: lich-2\nbased_on: VN\n"
    assert digest(f=f"{more}---\n{SHORT}") == digest(f=more)
    assert digest(f=f"{more}---\n{SHORT.replace('2026-03-31', '2026-04-01')}") == digest(f=more)


def test_a_scenario_before_rules_counts_only_by_its_lines_since_mails_name_the_lines_of_rules() -> None:
    more = "---\ncalendar: lich-2\nbased_on: VN\n"
    assert digest(f=SHORT + more) == digest(f=SHORT.replace("Ngắn", "Khác") + more)
    assert digest(f=SHORT + more) != digest(f=SHORT + "# một dòng\n" + more)


def test_a_rule_that_changes_is_seen_with_scenarios_around_it() -> None:
    more = "calendar: lich-2\nbased_on: VN\n"
    assert digest(f=f"{more}---\n{SHORT}") != digest(f=f"{more}weekend: [sunday]\n---\n{SHORT}")


def test_a_broken_scenario_in_a_file_of_rules_leaves_the_rules() -> None:
    loaded = read(f="calendar: lich-2\nbased_on: VN\n---\nscenario: x\nexpect: [{on: 2026-02-30, nobody: true}]\n")
    assert loaded.rulebook is not None
    assert "lich-2" in loaded.rulebook.calendars
    assert [problem.path for problem in loaded.scenario_problems] == ["expect.1.on"]


def test_a_broken_rule_in_a_file_of_scenarios_is_a_problem_of_rules() -> None:
    loaded = read(f="scenario: x\nexpect: [{on: 2026-03-30, nobody: true}]\n---\ncalendar: Lịch\n")
    assert loaded.rulebook is None
    assert [problem.source.line for problem in loaded.problems] == [4]
    assert loaded.scenario_problems == ()


def test_scenarios_are_not_blamed_for_rules_that_cannot_be_read() -> None:
    loaded = read(f="scenario: x\nexpect: [{on: 2026-03-30, mail: {task: A.9}}]\n", g="calendar: Lịch\n")
    assert loaded.scenario_problems == ()
    assert loaded.scenarios == ()


def test_a_programme_is_named_where_there_are_several() -> None:
    other = RULES.decode().replace("programme: ke-hoach", "programme: ke-hoach-2")
    loaded = read(f=SHORT, g=other)
    assert [str(problem) for problem in loaded.scenario_problems] == [
        "f:1:1: 'programme' is missing: which one is tested? known: ke-hoach-2, ke-hoach"
    ]
