"""Targets as written: their signs made legible, the year of their column, a unit that stands in the target itself."""

import re
from collections.abc import Sequence

_SIGNS = {
    "geq": "≥", "geqslant": "≥", "ge": "≥", "leq": "≤", "leqslant": "≤", "le": "≤", "gt": ">", "lt": "<", "times": "×",
    "pm": "±", "approx": "≈", "sim": "~", "to": "→", "rightarrow": "→", "cdot": "·", "quad": " ", "neq": "≠",
}  # fmt: skip
_COMMAND = re.compile(r"\\([a-z]+)\s*", re.IGNORECASE)
_ESCAPED = re.compile(r"\\([%$&#_{} ,;])")
_WRAPPED = re.compile(r"\\(?:text|mathrm|mathbf|mathit|textbf|textit)\s*\{([^{}]*)\}")
_FORMULA = re.compile(r"\$([^$]*)\$")
_YEAR = re.compile(r"(?<!\d)(20\d{2})(?!\d)")
_AMOUNT = re.compile(r"[≥≤<>~≈]?\s*\d+(?:[.,]\d+)*\s*(%(?:\s?[^\W\d_]+)?|[^\W\d_][^\d;,]*)?")


def legible(text: str) -> str:
    """Return a text with the formulas that a scan left in it as plain signs: `$\\geq 70\\%$` is `≥ 70%`."""
    if "$" not in text and "\\" not in text:
        return text
    plain = _FORMULA.sub(lambda found: _plain(found[1]), text)
    return " ".join((_plain(plain) if "\\" in plain else plain).split())


def _plain(formula: str) -> str:
    """Return a formula in plain signs; a command that is not known stays, so that it is seen."""
    formula = _WRAPPED.sub(r"\1", formula).replace("{,}", ",")
    formula = _ESCAPED.sub(lambda found: found[1].replace(",", " ").replace(";", " "), formula)
    return _COMMAND.sub(lambda found: f"{_SIGNS[found[1]]} " if found[1] in _SIGNS else found[0], formula).strip()


def year_of(heading: str) -> int | None:
    """Return the year that the heading of a target names, the last of several; None where it names none."""
    years = _YEAR.findall(heading)
    return int(years[-1]) if years else None


def unit_within(targets: Sequence[str]) -> str:
    """Return the unit that all targets state after their figure (`70%`, `12 tổ chức`), '' where they do not."""
    units = {found[1].strip() for text in targets if (found := _AMOUNT.fullmatch(text)) and found[1]}
    return units.pop() if len(units) == 1 and all(_AMOUNT.fullmatch(text) for text in targets) else ""
