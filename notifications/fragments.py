"""Fragments: what many letters say alike is put into words once. What a province asks of all its units differs from
letter to letter by little more than the unit's name."""

from collections.abc import Callable
from typing import Any

from markupsafe import Markup

from notifications.view import LineView

Macro = Callable[[LineView], str]

MOST_KEPT = 2048
_NUMBER, _AGENCY, _URL = "\x01", "\x02", "\x03"
"""Where the number, the agency and the link go. No letter holds these characters: they mean nothing in a text."""


def told(macro: Macro, line: LineView) -> str:
    """Return what the macro makes of the line."""
    return macro(line)


class Fragments:
    """Does what `told` does, remembering lines with their number, agency and link left open.

    It is for macros that look at no more than the texts of a line, and write agencies, links and numbers as they are.
    """

    def __init__(self, escape: Callable[[Any], str]) -> None:
        self._escape = escape
        self._kept: dict[tuple[Any, ...], str | None] = {}

    def told(self, macro: Macro, line: LineView) -> str:
        """Return what the macro makes of the line."""
        _, number, title, status, tone, agency, url, *rest = line
        key = (macro, not agency, not url, title, status, tone, *rest)
        try:
            pattern = self._kept[key]
        except KeyError:
            pattern = self._keep(key, macro, line)
        if pattern is None:
            return macro(line)
        if type(pattern) is Markup:
            told = str.replace(pattern, _NUMBER, str(number)).replace(_AGENCY, self._escape(agency))
            return Markup(told.replace(_URL, self._escape(url)))
        return pattern.replace(_NUMBER, str(number)).replace(_AGENCY, agency).replace(_URL, url)

    def _keep(self, key: tuple[Any, ...], macro: Macro, line: LineView) -> str | None:
        if len(self._kept) >= MOST_KEPT:
            self._kept.clear()
        texts = [*(value for value in line if isinstance(value, str)), *line.earlier]
        if any(place in text for text in texts for place in (_NUMBER, _AGENCY, _URL)):
            self._kept[key] = None
        else:
            agency, url = _AGENCY if line.agency else "", _URL if line.url else ""
            open_ = line._replace(number=_NUMBER, agency=agency, url=url)  # type: ignore[arg-type]
            self._kept[key] = macro(open_)
        return self._kept[key]
