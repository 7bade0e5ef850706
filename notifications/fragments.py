"""Fragments: what many letters say alike is put into words once. What a province asks of all its units differs from
letter to letter by little more than the unit's name."""

from collections.abc import Callable
from typing import Any

from markupsafe import Markup

from notifications.view import LineView

Macro = Callable[[LineView], str]

MOST_KEPT = 2048
_NUMBER, _AGENCY = "\x01", "\x02"
"""Where the number and the agency go. No letter holds these characters: they mean nothing in a text."""


def told(macro: Macro, line: LineView) -> str:
    """Return what the macro makes of the line."""
    return macro(line)


class Fragments:
    """Does what `told` does, remembering lines with their number and agency left open.

    It is for macros that look at no more than the texts of a line, and write agencies and numbers as they are.
    """

    def __init__(self, escape: Callable[[Any], str]) -> None:
        self._escape = escape
        self._kept: dict[tuple[Any, ...], str | None] = {}

    def told(self, macro: Macro, line: LineView) -> str:
        """Return what the macro makes of the line."""
        _, number, title, status, tone, agency, *rest = line
        key = (macro, not agency, title, status, tone, *rest)
        try:
            pattern = self._kept[key]
        except KeyError:
            pattern = self._keep(key, macro, line)
        if pattern is None:
            return macro(line)
        if type(pattern) is Markup:
            return Markup(str.replace(pattern, _NUMBER, str(number)).replace(_AGENCY, self._escape(agency)))
        return pattern.replace(_NUMBER, str(number)).replace(_AGENCY, agency)

    def _keep(self, key: tuple[Any, ...], macro: Macro, line: LineView) -> str | None:
        if len(self._kept) >= MOST_KEPT:
            self._kept.clear()
        texts = [*(value for value in line if isinstance(value, str)), *line.earlier]
        if any(_NUMBER in text or _AGENCY in text for text in texts):
            self._kept[key] = None
        else:
            open_ = line._replace(number=_NUMBER, agency=_AGENCY if line.agency else "")  # type: ignore[arg-type]
            self._kept[key] = macro(open_)
        return self._kept[key]
