"""Layout: keys and values as lines of YAML, on one line where they fit, folded or one item a line where not."""

import re
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rules.phrases.forms import Form
from rules.plans.writing.clean import clean

WIDTH = 120
_BESIDE = 32
# What stands without quotes: in a block, and within brackets, where a comma ends it.
_BLOCK = re.compile(r"[\w(/≥≤<](?:[^:#]|:(?! |$)|(?<! )#)*")
_FLOW = re.compile(r"[\w(/≥≤<][^:#,?\[\]{}]*")
_WORD = re.compile(r"null|true|false", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Entry:
    """A key with its value; `checks` are comments above it, `beside` one behind it (above, where the line is full).

    Without a value the comments alone stand where the key would.
    """

    key: str
    value: Form | None
    checks: tuple[str, ...] = ()
    beside: str = ""


def lines_of(entry: Entry, indent: int) -> list[str]:
    """Return the lines of an entry, its comments included."""
    above = [line for check in entry.checks for line in comment(check, indent)]
    if entry.value is None:
        return above
    found = _pair(scalar(entry.key), entry.value, indent)
    if not entry.beside:
        return above + found
    line = f"{found[0]:<{_BESIDE}}  # {clean(entry.beside)}"
    if len(found) == 1 and len(line) <= WIDTH:
        return [*above, line]
    return [*above, *comment(entry.beside, indent), *found]


def comment(text: str, indent: int) -> list[str]:
    """Return the lines of a comment, wrapped; what stands on a line of its own begins one."""
    lead = " " * indent + "# "
    wrapped = [line for part in text.split("\n") for line in _wrapped(part, WIDTH - len(lead))]
    return [lead + ("  " if number else "") + line for number, line in enumerate(wrapped)]


def _wrapped(text: str, width: int) -> list[str]:
    return textwrap.wrap(clean(text), width, break_long_words=False, break_on_hyphens=False)


def scalar(text: str, plain: re.Pattern[str] = _FLOW) -> str:
    """Return a text as it stands on one line: plain where that reads back as the same text, in quotes elsewhere."""
    if plain.fullmatch(text) and not _WORD.fullmatch(text):
        return text
    if '"' in text and "'" not in text:
        return f"'{text}'"
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def flow(value: Form, plain: re.Pattern[str] = _FLOW) -> str:
    """Return a value on one line: `{from: 2026-02, by: 2026}`, `[so-khcn, cong-an]`."""
    if isinstance(value, str):
        return scalar(value, plain)
    if isinstance(value, int):
        return str(value).lower()
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{scalar(key)}: {flow(each)}" for key, each in value.items()) + "}"
    return "[" + ", ".join(map(flow, value)) + "]"


def _pair(key: str, value: Form, indent: int) -> list[str]:
    blank = " " * indent
    line = f"{blank}{key}: {flow(value, _BLOCK)}"
    if len(line) <= WIDTH and not _is_list_of_mappings(value):
        return [line]
    if isinstance(value, str):
        return [f"{blank}{key}: >-", *_folded(value, indent + 2)]
    if isinstance(value, Mapping):
        inner = (_pair(scalar(name), each, indent + 2) for name, each in value.items())
        return [f"{blank}{key}:", *_joined(inner)]
    assert isinstance(value, Sequence)
    return [f"{blank}{key}:", *_joined(_item(each, indent + 2) for each in value)]


def _is_list_of_mappings(value: Form) -> bool:
    return isinstance(value, list | tuple) and any(isinstance(each, Mapping) for each in value)


def _item(value: Form, indent: int) -> list[str]:
    line = f"{' ' * indent}- {flow(value, _BLOCK)}"
    if len(line) <= WIDTH or not isinstance(value, Mapping):
        return [line]
    pairs = _joined(_pair(scalar(key), each, indent + 2) for key, each in value.items())
    return [f"{' ' * indent}- {pairs[0].lstrip()}", *pairs[1:]]


def _folded(text: str, indent: int) -> list[str]:
    wrapped = textwrap.wrap(text, WIDTH - indent, break_long_words=False, break_on_hyphens=False)
    return [" " * indent + line for line in wrapped]


def _joined(parts: Iterable[list[str]]) -> list[str]:
    return [line for part in parts for line in part]
