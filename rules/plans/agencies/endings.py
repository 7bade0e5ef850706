"""Where a name ends: what may follow it without changing which agency is meant."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from rules.plans.agencies import vocabulary
from rules.plans.agencies.names import Names
from rules.plans.agencies.words import AND, Token, bare, words

Phrases = Mapping[str, Sequence[tuple[str, ...]]]
"""Phrases by their first word, the longest first."""


def _phrases(texts: Iterable[str]) -> Phrases:
    found: dict[str, list[tuple[str, ...]]] = {}
    for phrase in sorted(map(words, texts), key=len, reverse=True):
        found.setdefault(phrase[0], []).append(phrase)
    return found


TITLES = _phrases(vocabulary.TITLES)
DEPUTIES = _phrases(vocabulary.DEPUTIES)
HONORIFICS = _phrases(vocabulary.HONORIFICS)
DETERMINERS = _phrases(vocabulary.DETERMINERS)
LEADS = _phrases(vocabulary.LEADS)
WITH_PARTNER = _phrases(text for text in vocabulary.COORDINATES if text.endswith(("với", "cùng")))
ROLES = _phrases((*vocabulary.LEADS, *vocabulary.COORDINATES))
REMARKS = _phrases(vocabulary.REMARKS)
REMARKS_ON_ALL = _phrases(vocabulary.REMARKS_ON_ALL)
STANDING = _phrases(vocabulary.STANDING)
EXCEPTIONS = _phrases(vocabulary.EXCEPTIONS)
AGENCIES = _phrases(vocabulary.AGENCIES)
_PROVINCE = _phrases(vocabulary.PROVINCE)
_RELEVANT = _phrases((f"{vocabulary.RELEVANT} khác", vocabulary.RELEVANT))
_BEFORE_RELEVANT = _phrases(("khác có", "có", "khác"))
_RELEVANCE = _phrases((vocabulary.RELEVANT, "khác có", "có", "khác"))
_NOUNS = frozenset(words(vocabulary.COLLECTIVE_NOUNS))
_ALL = words("các")
_PARTNER = ("cùng", "cùng với", "và cùng với")
WITH = _phrases(_PARTNER)
_JOINTS = _phrases((*_PARTNER, *vocabulary.LEADS, *vocabulary.COORDINATES))
_LONGEST_PROVINCE = 5


class Ending(NamedTuple):
    """The place after a name and what belongs to it; whether it is limited to those concerned, or told what to do."""

    at: int
    relevant: bool = False
    remark: bool = False


@dataclass(frozen=True)
class Endings:
    """The words of one cell, seen from any place in them."""

    names: Names
    tokens: Sequence[Token]

    def phrase(self, at: int, phrases: Phrases) -> int:
        """Return the place after the longest of these phrases, the place itself when none stands there."""
        return next(self.ends(at, phrases), at)

    def ends(self, at: int, phrases: Phrases) -> Iterator[int]:
        """Return the place after each of these phrases that stands here, that of the longest first."""
        for phrase in phrases.get(self.tokens[at].text, ()) if at < len(self.tokens) else ():
            end = self._after(at, phrase)
            if end is not None:
                yield end

    def _after(self, at: int, phrase: tuple[str, ...]) -> int | None:
        for number, word in enumerate(phrase):
            if number and at < len(self.tokens) and self.tokens[at].text == "/":
                at += 1
            if at >= len(self.tokens) or self.tokens[at].text != word:
                return None
            at += 1
        return at

    def is_break(self, at: int) -> bool:
        """Say whether a name may end before this place."""
        if at >= len(self.tokens) or not self.tokens[at].is_word:
            return True
        is_cut = at > 0 and self.tokens[at - 1].start == self.tokens[at].start
        return not is_cut and (self.tokens[at].text == AND or self.phrase(at, _JOINTS) > at)

    def ending(self, at: int, *, of_all: bool) -> Ending | None:
        """Return how a name that was read up to here ends, None when something else follows; `of_all` a collective.

        A list of some members may follow a collective: `các sở, ban, ngành: Y tế, Nội vụ`.
        """
        at = self._province(at)
        relevant = self.phrase(self.phrase(at, _BEFORE_RELEVANT), _RELEVANT)
        is_relevant = relevant > self.phrase(at, _BEFORE_RELEVANT)
        if is_relevant:
            at = relevant
        if of_all and at < len(self.tokens) and self.tokens[at].text == ":":
            return None
        if self.is_break(at):
            return Ending(at, is_relevant)
        if self.phrase(at, REMARKS_ON_ALL if of_all else REMARKS) > at:
            return Ending(self.separator(at), is_relevant, remark=True)
        return None

    def separator(self, at: int) -> int:
        """Return the next place where words part that belong to no name and no bracket."""
        while at < len(self.tokens):
            token = self.tokens[at]
            if token.text == "(" and (close := self.closing(at)):
                at = close + 1
            elif self.is_break(at):
                return at
            else:
                longest = max((match.end for match in self.names.matches(self.tokens, at)), default=at + 1)
                at = longest if self.is_break(longest) else at + 1
        return at

    def closing(self, at: int) -> int | None:
        """Return the place of the bracket that closes the one here."""
        depth = 0
        for place in range(at, len(self.tokens)):
            depth += {"(": 1, ")": -1}.get(self.tokens[place].text, 0)
            if depth == 0:
                return place
        return None

    def relevant_collective(self, at: int) -> int | None:
        """Return the place after a collective of those concerned (`các cơ quan, đơn vị liên quan`) that begins here."""
        place = at
        while place < len(self.tokens):
            token = self.tokens[place]
            if place > at and (end := self.phrase(place, _RELEVANT)) > place:
                return end if self.is_break(end) else None
            is_second = place > at and (token.text,) == _ALL
            if is_second or not (token.text in _NOUNS or token.text in ",/-\n"):
                return None
            place += 1
        return None

    def _province(self, at: int) -> int:
        """Return the place after the province of the directory, or after the word for it alone."""
        named = self.phrase(at, _PROVINCE)
        for end in range(named + 1, min(named + _LONGEST_PROVINCE, len(self.tokens) + 1)):
            if not self.tokens[end - 1].is_word:
                break
            if "-".join(bare(token.text) for token in self.tokens[named:end]) == self.names.province:
                return end
        return named if self.is_break(named) or self.phrase(named, _RELEVANCE) > named else at
