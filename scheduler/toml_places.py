"""Where keys and values stand in a text that is known to be TOML: `tomllib` reads the values and keeps no places."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

_TOKEN = re.compile(
    r"""(?P<skip>[ \t\r]+|\#[^\n]*)
      | (?P<string>\"{3}(?:\\.|[^\\])*?\"{3,5} | '{3}.*?'{3,5} | "(?:\\.|[^"\\\n])*" | '[^'\n]*')
      | (?P<mark>[\[\]{}=,\n])
      | (?P<bare>[^\s\#"'\[\]{}=,]+)""",
    re.VERBOSE | re.DOTALL,
)


class Place(NamedTuple):
    """A line and a column, both from 1."""

    line: int
    column: int


class _Token(NamedTuple):
    kind: str
    text: str
    start: int


@dataclass(frozen=True, slots=True)
class Places:
    """For each key, by its dotted name: where the key stands and where its value does."""

    keys: Mapping[str, Place]
    values: Mapping[str, Place]


@dataclass
class _Scan:
    text: str
    tokens: Iterator[_Token]
    keys: dict[str, Place] = field(default_factory=dict)
    values: dict[str, Place] = field(default_factory=dict)

    def at(self, start: int) -> Place:
        return Place(self.text.count("\n", 0, start) + 1, start - self.text.rfind("\n", 0, start))


def places(text: str) -> Places:
    """Return where everything in a valid TOML text stands; of a name that occurs more than once, the first time."""
    scan = _Scan(text, _tokens(text))
    table = ""
    for token in scan.tokens:
        if token.text == "[" and token.kind == "mark":
            table = _header(scan)
        elif token.kind in ("string", "bare"):
            _key_and_value(scan, token, table)
    return Places(scan.keys, scan.values)


def _tokens(text: str) -> Iterator[_Token]:
    for found in _TOKEN.finditer(text):
        if found.lastgroup and found.lastgroup != "skip":
            yield _Token(found.lastgroup, found[0], found.start())


def _header(scan: _Scan) -> str:
    """Read `[table]` or `[[table]]` up to the end of its line and return the name."""
    parts: list[str] = []
    first = None
    for token in scan.tokens:
        if token.text == "\n":
            break
        if token.kind != "mark":
            first = first or token
            parts += _names(token)
    name = ".".join(parts)
    if first:
        scan.keys.setdefault(name, scan.at(first.start))
    return name


def _key_and_value(scan: _Scan, first: _Token, table: str) -> str:
    """Read `key = value`, note both places, and return the mark that ended the value ('' at the end of the text)."""
    parts = _names(first)
    for token in scan.tokens:
        if token.text == "=" and token.kind == "mark":
            break
        parts += _names(token)
    name = ".".join([table, *parts] if table else parts)
    scan.keys.setdefault(name, scan.at(first.start))
    return _value(scan, name)


def _value(scan: _Scan, name: str) -> str:
    """Read a value to its end, keys of inline tables included; return the mark after it."""
    depth = 0
    for token in scan.tokens:
        if token.kind == "mark" and depth == 0 and token.text in (",", "}", "\n", "]"):
            return token.text
        scan.values.setdefault(name, scan.at(token.start))
        if token.kind != "mark":
            continue
        if token.text == "{":
            _inline_table(scan, name)
        depth += {"[": 1, "]": -1}.get(token.text, 0)
    return ""


def _inline_table(scan: _Scan, name: str) -> None:
    for token in scan.tokens:
        if token.kind == "mark" and token.text == "}":
            return
        if token.kind != "mark" and _key_and_value(scan, token, name) == "}":
            return


def _names(token: _Token) -> list[str]:
    """Return the names in one token of a key: `a.b` are two, `"a.b"` is one."""
    if token.kind == "string":
        return [token.text[1:-1]]
    return [name for name in token.text.split(".") if name]
