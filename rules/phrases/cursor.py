"""Cursor: where the descent stands in the tokens of a phrase, and what it takes from there."""

from collections.abc import Callable, Container
from typing import ParamSpec, TypeVar

from rules.phrases.tokens import NUMBER, Token

Taken = TypeVar("Taken")
Given = ParamSpec("Given")

_BEYOND = 8
_END = Token("", "", -1, 0, 0, glued=False)


class Cursor:
    """A position in the tokens of a phrase. Every `take…` moves on when it finds what it wants, and only then."""

    __slots__ = ("at", "keys", "tokens")

    def __init__(self, tokens: tuple[Token, ...]) -> None:
        self.tokens = (*tokens, *(_END,) * _BEYOND)
        self.keys = [token.key for token in self.tokens]
        self.at = 0

    @property
    def is_over(self) -> bool:
        """Say whether nothing is left."""
        return not self.keys[self.at]

    @property
    def key(self) -> str:
        """Return the key of the next token, '' at the end."""
        return self.keys[self.at]

    @property
    def here(self) -> Token:
        """Return the next token."""
        return self.tokens[self.at]

    def ahead(self, by: int) -> str:
        """Return the key of a later token."""
        return self.keys[min(self.at + by, len(self.keys) - 1)]

    def behind(self, by: int = 1) -> str:
        """Return the key of an earlier token, '' before the first."""
        return self.keys[self.at - by] if self.at >= by else ""

    def take(self, *keys: str) -> bool:
        """Take these tokens, all or none."""
        for offset, key in enumerate(keys):
            if self.keys[self.at + offset] != key:
                return False
        self.at += len(keys)
        return True

    def take_any(self, keys: Container[str]) -> str:
        """Take one token that is among `keys` and return its key, '' when it is none of them."""
        key = self.keys[self.at]
        if key and key in keys:
            self.at += 1
            return key
        return ""

    def take_number(self, low: int = 0, high: int = 99_999_999) -> int | None:
        """Take a number between `low` and `high`."""
        if self.keys[self.at] == NUMBER and low <= self.tokens[self.at].number <= high:
            self.at += 1
            return self.tokens[self.at - 1].number
        return None

    def back(self, at: int) -> None:
        """Return to an earlier position."""
        self.at = at


def or_back(family: Callable[Given, Taken]) -> Callable[Given, Taken]:
    """Make what takes several tokens take all it wants or none: where it returns None, the cursor has not moved.

    The cursor is its first argument."""

    def taken(*args: Given.args, **named: Given.kwargs) -> Taken:
        cursor = args[0]
        assert isinstance(cursor, Cursor)
        start = cursor.at
        found = family(*args, **named)
        if found is None:
            cursor.at = start
        return found

    taken.__name__, taken.__doc__ = family.__name__, family.__doc__
    return taken
