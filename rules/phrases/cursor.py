"""Cursor: where the descent stands in the tokens of a phrase, and what it takes from there."""

from collections.abc import Callable, Container
from typing import Concatenate, ParamSpec, TypeVar, cast

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
        at = self.at + by
        return self.keys[at] if at < len(self.keys) else ""

    def behind(self, by: int = 1) -> str:
        """Return the key of an earlier token, '' before the first."""
        return self.keys[self.at - by] if self.at >= by else ""

    def take(self, *keys: str) -> bool:
        """Take these tokens, all or none."""
        at, here = self.at, self.keys
        for key in keys:
            if here[at] != key:
                return False
            at += 1
        self.at = at
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
        at = self.at
        if self.keys[at] == NUMBER and low <= (number := self.tokens[at].number) <= high:
            self.at = at + 1
            return number
        return None

    def back(self, at: int) -> None:
        """Return to an earlier position."""
        self.at = at


def or_back(family: Callable[Concatenate[Cursor, Given], Taken]) -> Callable[Concatenate[Cursor, Given], Taken]:
    """Make what takes several tokens take all it wants or none: where it returns None, the cursor has not moved."""

    def taken(cursor: Cursor, /, *args: Given.args, **named: Given.kwargs) -> Taken:
        start = cursor.at
        found = family(cursor, *args, **named)
        if found is None:
            cursor.at = start
        return found

    if family.__code__.co_argcount + family.__code__.co_kwonlyargcount == 1:
        taken = cast(
            Callable[Concatenate[Cursor, Given], Taken], _alone_or_back(cast(Callable[[Cursor], Taken], family))
        )
    taken.__name__, taken.__doc__ = family.__name__, family.__doc__
    return taken


def _alone_or_back(family: Callable[[Cursor], Taken]) -> Callable[[Cursor], Taken]:
    """Do the same for what is given the cursor alone, as most are: no arguments are packed for each call."""

    def taken(cursor: Cursor) -> Taken:
        start = cursor.at
        found = family(cursor)
        if found is None:
            cursor.at = start
        return found

    return taken
