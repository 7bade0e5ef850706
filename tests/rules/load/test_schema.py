"""The JSON Schema for editors agrees with the loader: it accepts what loads, and refuses what has the wrong shape."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from rules.load import load
from rules.load.described import KEYS
from rules.load.documents import KINDS
from rules.load.schema import json_schema
from rules.load.tree import trees
from rules.problem import Problem
from tests.rules.load.files import BAD, COMMON, GOOD, HERE

SCHEMA: dict[str, Any] = json_schema()
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)

# Mistakes of meaning, which a schema cannot see: impossible days, references, order, lengths of words, YAML itself.
SEEN_BY_THE_SCHEMA = [
    "deadline-quarter-impossible", "deadline-half-impossible", "deadline-day-first", "deadline-month-first",
    "deadline-quarter-in-words", "deadline-one-digit", "deadline-lower-case-quarter", "deadline-digits-only",
    "deadline-year-far-away", "deadline-with-hour", "deadline-in-vietnamese", "deadline-is-a-list", "deadline-is-true",
    "deadline-unknown-form", "deadline-two-forms", "deadline-and-deadlines", "deadline-missing", "deadline-unknown-key",
    "span-with-until", "hour-impossible", "hour-midnight", "hour-short", "within-without-unit", "within-unknown-unit",
    "within-vietnamese", "within-zero", "within-negative", "ahead-without-by", "every-unknown", "every-zero",
    "every-on-day-zero", "every-on-weekday-misspelt", "every-on-quoted-number", "every-if-unreported", "continuous-false",
    "continuous-review", "task-unknown-key", "task-title-missing", "task-title-true", "task-completion",
    "task-list-expected", "amended-until-unreadable", "amended-until-day-first", "programme-roll", "document-date",
    "route-unknown-kind", "event-watch-every", "ladder-unknown-post", "ladder-time-unreadable",
    "ladder-time-without-unit", "ladder-time-in-months", "ladder-if-missed", "unit-is-text", "unit-unknown-post",
    "calendar-holiday-without-source", "calendar-year", "calendar-far-year", "calendar-weekend", "yaml-not-a-mapping",
    "yaml-unknown-kind",
]  # fmt: skip


def documents(path: Path) -> list[object]:
    problems: list[Problem] = []
    return [tree.root.value for tree in trees(path.name, path.read_text(), problems)]


def test_the_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    assert json.loads(json.dumps(SCHEMA)) == SCHEMA
    assert '"null"' not in json.dumps(SCHEMA)


@pytest.mark.parametrize(
    "path",
    [
        *GOOD,
        *sorted((HERE / "good_scenarios").glob("*.yaml")),
        HERE / "common.yaml",
        *sorted((HERE.parents[2] / "programmes").rglob("*.yaml")),
    ],
    ids=str,
)
def test_what_loads_is_valid(path: Path) -> None:
    for document in documents(path):
        assert list(VALIDATOR.iter_errors(document)) == []


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_the_schema_sees_mistakes_of_shape_and_nothing_that_is_none(path: Path) -> None:
    seen = any(not VALIDATOR.is_valid(document) for document in documents(path))
    assert load({"common.yaml": COMMON, "f": path.read_bytes()}).rulebook is None
    if path.stem in SEEN_BY_THE_SCHEMA:
        assert seen


@pytest.mark.parametrize(
    "deadline",
    [2026, "2026", "2026-03", "2026-03-31", "2026-Q1", "2026-H2", "2100", "continuous", {"by": 2026, "at": "17:00"}, {"every": "2 halves"},
     {"every": "half", "on": ["last friday", 30]}, {"every": "1 day", "on": "working day"}, {"after": 7, "within": "1 working day"},
     {"continuous": True, "review": "2 quarters"}, {"set_by": 5}, {"from": "2026-01-31", "by": 2027}],
)  # fmt: skip
def test_the_writings_that_load_are_valid(deadline: object) -> None:
    task = {"id": 14, "title": 2026, "lead": "so-a", "deadline": deadline}
    programme = {
        "programme": "x",
        "title": "X",
        "document": {"number": 5},
        "directory": "tinh",
        "calendar": "lich",
        "period": 2026,
    }
    document = {**programme, "ladder": "chuan", "standing": "so-a", "events": {"7": {"title": "Họp"}}, "tasks": [task]}

    assert load({"common.yaml": COMMON, "f": json.dumps(document).encode()}).problems == ()
    assert list(VALIDATOR.iter_errors(document)) == []


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_key_of_every_kind_of_document_is_described_with_examples(language: Any) -> None:
    definitions = json_schema(language)["$defs"]
    assert isinstance(definitions, dict)
    assert {shape.__name__ for shape in KINDS.values()} <= definitions.keys()
    for name, definition in definitions.items():
        said = KEYS[name]
        assert said.keys() - {""} == definition["properties"].keys(), name
        for key, described in (("", definition), *definition["properties"].items()):
            assert described["description"] == said[key].meaning.say(language)
            assert described["examples"], (name, key)


def test_every_key_is_described_in_two_languages() -> None:
    for name, keys in KEYS.items():
        for key, said in keys.items():
            assert said.meaning.vi, (name, key)
            assert said.meaning.vi != said.meaning.en, (name, key)


@pytest.mark.parametrize("name", KEYS)
def test_the_examples_of_a_key_are_values_it_may_have(name: str) -> None:
    definitions: dict[str, Any] = SCHEMA["$defs"]
    for key, schema in definitions[name]["properties"].items():
        validator = jsonschema.Draft202012Validator({**schema, "$defs": definitions})
        for example in schema["examples"]:
            assert list(validator.iter_errors(example)) == [], (name, key, example)
