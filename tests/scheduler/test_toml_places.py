"""Places of keys and values in TOML, which tomllib does not keep."""

import tomllib
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.toml_places import places

TEXT = '''# a = 1
zone = "Asia/X" # zone = 2
rules = [
  "a", # [mail]
  "b]"]
"quo.ted" = 1
[mail]
window = {from = "07:00", "until"='18:00', deep = {er = 1}}
admin=["a@b", """
x = 1"""]
[ smtp ]  # [web]
host . name.x = 1
said = """
[web]
port = 1
"""
[[web]]
port = 3
'''


@pytest.mark.parametrize(
    ("name", "key", "value"),
    [
        ("zone", (2, 1), (2, 8)),
        ("rules", (3, 1), (3, 9)),
        ("quo.ted", (6, 1), (6, 13)),
        ("mail.window", (8, 1), (8, 10)),
        ("mail.window.from", (8, 11), (8, 18)),
        ("mail.window.until", (8, 27), (8, 35)),
        ("mail.window.deep.er", (8, 52), (8, 57)),
        ("mail.admin", (9, 1), (9, 7)),
        ("smtp.host.name.x", (12, 1), (12, 17)),
        ("smtp.said", (13, 1), (13, 8)),
        ("web.port", (18, 1), (18, 8)),
    ],
)
def test_a_key_and_its_value_are_found(name: str, key: tuple[int, int], value: tuple[int, int]) -> None:
    found = places(TEXT)
    assert (found.keys[name], found.values[name]) == (key, value)


def test_nothing_in_a_comment_or_a_text_is_taken_for_a_key() -> None:
    assert {"a", "x", "mail.x", "smtp.port"} & places(TEXT).keys.keys() == set()


def names(tree: Mapping[str, Any], prefix: str = "") -> set[str]:
    found = set()
    for key, value in tree.items():
        found.add(prefix + key)
        if isinstance(value, dict):
            found |= names(value, f"{prefix}{key}.")
    return found


KEYS = st.from_regex(r"[a-z]{1,4}", fullmatch=True)
VALUES = st.sampled_from(
    ['"x = 1"', "'# no'", "12", "[1, 2]", "[ # c\n '}' ]", "{p = 1, q = {r = ']'}}", "07:00:00", '"""\nk = 2\n"""']
)


@given(st.dictionaries(KEYS, st.dictionaries(KEYS, VALUES, max_size=4), max_size=4))
def test_every_key_that_tomllib_reads_has_its_place(tree: dict[str, dict[str, str]]) -> None:
    text = "".join(
        f"[{table}] # t\n" + "".join(f"{key} = {value}  # v\n" for key, value in keys.items())
        for table, keys in tree.items()
    )
    assert places(text).keys.keys() == names(tomllib.loads(text))
