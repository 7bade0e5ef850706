"""Signs: two letters for each field of a task as it was read, which tell later who changed it: a person or the plan."""

import hashlib
import json
import re
from collections.abc import Mapping

from rules.phrases.forms import Form
from rules.plans.writing.clean import clean

FIELDS = ("title", "lead", "head", "coordinate", "product", "basis", "note", "stated", "deadline", "amended")
INDICATOR_FIELDS = ("title", "section", "unit", "targets", "owner", "source", "note")
ASKED = "CHECK"
"""Under this the questions about a row are signed, as if they were a field."""
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_SIGN = re.compile(r"# (?:.*· )?([\w-]{16,22})$", re.ASCII)
_WIDTH = 2


def signs(row: Mapping[str, Form], fields: tuple[str, ...] = FIELDS) -> str:
    """Return the signs of a row's fields and of the questions about it, one behind the other."""
    return "".join(sign(row.get(field)) for field in (*fields, ASKED))


def sign(value: Form | None) -> str:
    """Return the sign of a value; how it is laid out does not count."""
    if value is None:
        return "--"
    said = hashlib.sha256(json.dumps(plain(value), sort_keys=True).encode()).digest()
    return _LETTERS[said[0] & 63] + _LETTERS[said[1] & 63]


def signed(line: str, fields: tuple[str, ...] = FIELDS) -> Mapping[str, str] | None:
    """Return the signs behind the id of a row by field, None where the line has none, or none of these fields."""
    found = _SIGN.search(line)
    if found is None or len(found[1]) != _WIDTH * len(fields) + _WIDTH:
        return None
    return {field: found[1][_WIDTH * n : _WIDTH * (n + 1)] for n, field in enumerate((*fields, ASKED))}


def plain(value: Form) -> Form:
    """Return a value as text, list or mapping of texts, blanks single: equal for what a rule file takes as equal."""
    if isinstance(value, Mapping):
        return {clean(key): plain(each) for key, each in value.items()}
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, int):
        return str(value).lower()
    items = [plain(each) for each in value]
    return items[0] if len(items) == 1 else items
