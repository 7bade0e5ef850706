"""Whatever the bytes, loading ends in a rulebook or in problems, never in an exception; and the schema accepts what loads."""

import json

import jsonschema
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.load import Loaded, load
from rules.load.schema import json_schema
from tests.rules.load.files import BAD, COMMON, GOOD

VALIDATOR = jsonschema.Draft202012Validator(json_schema())
TEXTS = [COMMON, *(path.read_bytes() for path in (*GOOD, *BAD))]
WORDS = st.sampled_from(
    ["programme", "tasks", "id", "lead", "each", "deadline", "every", "on", "from", "by", "after", "within", "units", "rungs", "to",
     "head", "continuous", "2026-02-30", "2026", "2 weeks", "last", "06-31", "so-a", "&a", "*a", "<<", "!!x", "31", "null", "true", "-1",
     "ế", "09:00", "x@y.z"]
)  # fmt: skip
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | WORDS | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=4),
    max_leaves=12,
)
KINDS = st.sampled_from(["programme", "directory", "ladder", "calendar"])


def ends_well(loaded: Loaded) -> None:
    assert (loaded.rulebook is None) == bool(loaded.problems)
    assert all("\n" not in str(problem) and problem.source.line >= 1 for problem in loaded.problems)


@given(st.binary(max_size=300))
def test_any_bytes(data: bytes) -> None:
    ends_well(load({"f": data}))


@given(st.text(alphabet=st.sampled_from("a: -[]{},\n\t'\"&*!|>%@`?#\\é\u2028\x85\r0<"), max_size=60))
def test_any_punctuation(text: str) -> None:
    ends_well(load({"f": text.encode()}))


@given(st.sampled_from(TEXTS), st.data())
def test_any_damage_to_a_real_file(text: bytes, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 30)))
    piece = data.draw(
        WORDS.map(str.encode) | st.binary(max_size=4) | st.sampled_from([b"", b": ", b"\n", b"- ", b"[", b"}", b"'"])
    )
    ends_well(load({"common.yaml": COMMON, "f": text[:start] + piece + text[end:]}))


@settings(max_examples=200)
@given(
    KINDS,
    VALUES,
    st.dictionaries(WORDS | st.sampled_from(["title", "document", "events", "amend", "calendar"]), VALUES, max_size=6),
)
def test_any_values(kind: str, name: object, rest: dict[str, object]) -> None:
    ends_well(load({"common.yaml": COMMON, "f": json.dumps({kind: name, **rest}).encode()}))


@settings(max_examples=200)
@given(VALUES)
def test_the_schema_accepts_every_deadline_that_loads(deadline: object) -> None:
    programme = {
        "programme": "x",
        "title": "X",
        "document": {"number": "5"},
        "directory": "tinh",
        "calendar": "lich",
        "period": 2026,
    }
    tasks = [{"id": "A.1", "title": "Việc", "lead": "so-a", "deadline": deadline}]
    document = {**programme, "ladder": "chuan", "standing": "so-a", "tasks": tasks}
    loaded = load({"common.yaml": COMMON, "f": json.dumps(document).encode()})
    ends_well(loaded)
    assert loaded.rulebook is None or VALIDATOR.is_valid(document)
