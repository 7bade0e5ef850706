"""Reading a cell: the pieces it falls into, each an agency found or words that nobody in the directory is called by."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from rules.plans.agencies import endings as said
from rules.plans.agencies.endings import Ending, Endings
from rules.plans.agencies.names import Match, Names
from rules.plans.agencies.questions import (
    AMBIGUOUS,
    DEPUTY,
    EXCEPT,
    OTHER,
    PERSON,
    TAIL,
    UNCLEAR_RELEVANT,
    UNKNOWN,
    inside,
)
from rules.plans.agencies.words import AND, Token
from rules.wording import Wording

Role = Literal["lead", "head", "coordinate"]
_HARD = frozenset(";+*•")
_LIST = frozenset(".)")
_LIST_LETTERS = frozenset("abcdđeghik")


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a cell, from `start` to before `end`, and what they were read as; a `question` leaves it open."""

    start: int
    end: int
    ids: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    """The name it was found by, from which the next piece may borrow its beginning (`Sở Tài chính, Nội vụ`)."""
    relevant: bool = False
    remark: bool = False
    is_derived: bool = False
    """Found by less than a name of the directory: an abbreviation, a beginning borrowed, `tỉnh` left out."""
    role: Role | None = None
    question: Wording | None = None


@dataclass
class Cell:
    """One cell while it is read from left to right."""

    names: Names
    tokens: Sequence[Token]
    at: int = 0
    role: Role | None = None
    found: list[Piece] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.endings = Endings(self.names, self.tokens)

    def read(self) -> tuple[Piece, ...]:
        """Return the pieces of the whole cell, in order."""
        while True:
            between = self._separators()
            if self.at >= len(self.tokens):
                return tuple(self.found)
            if self._role(between):
                continue
            piece = self._agency(between) or self._rest()
            piece = replace(piece, role=piece.role or self.role)
            self.at = piece.end
            self._add(piece, is_apart=bool(_HARD & set(between)))

    def _separators(self) -> str:
        """Pass what stands between agencies: marks, `và`, the numbers and dashes of lists; return their text."""
        passed = ""
        while self.at < len(self.tokens):
            token = self.tokens[self.at]
            partner = self.endings.phrase(self.at, said.WITH)
            if not token.is_word or token.text == AND:
                passed += "*" if token.text == "-" and passed.endswith("\n") else token.text
                self.at += 1
            elif partner > self.at or self._is_list_number():
                passed += "," if partner > self.at else "*"
                self.at = max(partner, self.at + 1)
            else:
                break
        return passed

    def _is_list_number(self) -> bool:
        number, *rest = self.tokens[self.at : self.at + 2]
        is_number = number.text.isdecimal() or number.text in _LIST_LETTERS
        is_first = self.at == 0 or not (self.tokens[self.at - 1].is_word or self.tokens[self.at - 1].text == "/")
        return is_number and is_first and bool(rest) and rest[0].text in _LIST

    def _role(self, between: str) -> bool:
        """Read `chủ trì` or `phối hợp với`: of what follows, or of what it stands behind."""
        end = self.endings.phrase(self.at, said.ROLES)
        if end == self.at:
            return False
        role = self._role_until(end, self.at)
        is_behind = bool(self.found) and not between and self.endings.phrase(self.at, said.WITH_PARTNER) == self.at
        if is_behind and self.endings.is_break(end) and not self._has_colon(end):
            self._mark_back(role)
        else:
            self.role = role
        self.at = end
        return True

    def _has_colon(self, at: int) -> bool:
        return at < len(self.tokens) and self.tokens[at].text == ":"

    def _mark_back(self, role: Role) -> None:
        """Give the role to the last piece and to those enumerated before it."""
        for number in range(len(self.found) - 1, -1, -1):
            piece = self.found[number]
            self.found[number] = replace(piece, role=role)
            before = self.tokens[self.found[number - 1].end : piece.start] if number else ()
            if not number or any(token.text in _HARD or (token.is_word and token.text != AND) for token in before):
                return

    def _agency(self, between: str) -> Piece | None:
        """Return the agency that begins here, None when nobody is called so."""
        places = (self.at, *self._prefixed())
        candidates = [piece for place in places for piece in self._named(place)]
        candidates += self._relevant(places[-1], candidates)
        if not candidates and self._may_borrow(between):
            candidates = list(self._borrowing())
        longest = max(candidates, key=lambda piece: (piece.end, len(piece.words), not piece.is_derived), default=None)
        return self._bracketed(longest) if longest else None

    def _prefixed(self) -> Iterator[int]:
        """Return the places after a form of address, `mỗi`, and each title that may stand here."""
        at = self.endings.phrase(self.at, said.HONORIFICS)
        at = self.endings.phrase(at, said.DETERMINERS)
        for titled in (*self.endings.ends(at, said.TITLES), at):
            yield self.endings.phrase(titled, said.DETERMINERS)

    def _named(self, at: int, *, after: Sequence[str] = ()) -> Iterator[Piece]:
        """Return every piece from here whose name begins at `at` and ends properly."""
        for match in self.names.matches(self.tokens, at, after=after):
            ending = self.endings.ending(match.end, of_all=self._is_collective(match))
            if ending is not None:
                yield self._piece(match, ending, is_derived=match.is_derived or bool(after))

    def _piece(self, match: Match, ending: Ending, *, is_derived: bool) -> Piece:
        piece = Piece(self.at, ending.at, match.ids, match.words, ending.relevant, ending.remark, is_derived)
        return replace(piece, question=AMBIGUOUS) if len(match.ids) > 1 else piece

    def _is_collective(self, match: Match) -> bool:
        return any(each in self.names.directory.groups for each in match.ids)

    def _relevant(self, prefixed: int, named: Sequence[Piece]) -> Iterator[Piece]:
        """Return the collective of those concerned that begins here; whom it takes in may be unclear."""
        end = self.endings.relevant_collective(prefixed)
        if end is None or any(piece.end >= end for piece in named):
            return
        inner = max(named, key=lambda piece: piece.end, default=None)
        question = UNCLEAR_RELEVANT if inner else None
        yield Piece(self.at, end, inner.ids if inner else (), relevant=True, question=question)

    def _may_borrow(self, between: str) -> bool:
        before = self.found[-1] if self.found else None
        if before is None or not before.words or before.question or before.remark or _HARD & set(between):
            return False
        return "/" in between or self.endings.phrase(self.at, said.AGENCIES) == self.at

    def _borrowing(self) -> Iterator[Piece]:
        """Return the piece whose name begins with words of the one before (`Văn phòng Tỉnh ủy/UBND tỉnh`)."""
        words = self.found[-1].words
        for length in range(len(words) - 1, 0, -1):
            pieces = list(self._named(self.at, after=words[:length]))
            if pieces:
                yield max(pieces, key=lambda piece: piece.end)
                return

    def _bracketed(self, piece: Piece) -> Piece:
        """Return the piece with the brackets behind it, questioned where they may change whom it means."""
        at = piece.end
        while at < len(self.tokens) and self.tokens[at].text == "(" and (close := self.endings.closing(at)):
            inner = Cell(self.names, self.tokens[at + 1 : close])
            role = inner.sole_role()
            question = piece.question or (None if role else inner.doubted(piece))
            piece = replace(piece, end=close + 1, role=role or piece.role, question=question)
            at = close + 1
        ending = self.endings.ending(at, of_all=True)
        return replace(piece, end=ending.at) if ending else replace(self._to_separator(piece), question=TAIL)

    def sole_role(self) -> Role | None:
        """Return the role that this text consists of (`chủ trì`, `phối hợp`), None when it says anything else."""
        if not self.tokens or self.endings.phrase(0, said.ROLES) < len(self.tokens):
            return None
        return self._role_until(len(self.tokens), 0)

    def _role_until(self, end: int, at: int) -> Role:
        return "lead" if self.endings.phrase(at, said.LEADS) == end else "coordinate"

    def doubted(self, piece: Piece) -> Wording | None:
        """Return why this text, in a bracket behind a piece, makes it doubtful."""
        if any(self.endings.phrase(at, said.EXCEPTIONS) > at for at in range(len(self.tokens))):
            return EXCEPT
        others = set(inside(self.names, self.tokens)) - set(piece.ids)
        if others and self.endings.phrase(0, said.STANDING) == 0:
            return OTHER
        is_group = any(each in self.names.directory.groups for each in piece.ids)
        names_it = bool(inside(self.names, self.tokens))
        return EXCEPT if is_group and self.tokens and not names_it else None

    def _rest(self) -> Piece:
        """Return the words up to the next separator as a question."""
        piece = self._to_separator(Piece(self.at, self.at + 1, question=UNKNOWN))
        return replace(piece, question=self._why(piece))

    def _why(self, piece: Piece) -> Wording:
        addressed = self.endings.phrase(piece.start, said.HONORIFICS)
        if self.endings.phrase(addressed, said.DEPUTIES) > addressed:
            return DEPUTY
        if addressed > piece.start and self.endings.phrase(addressed, said.TITLES) == addressed:
            return PERSON
        return TAIL if self._begins_with_name(piece) else UNKNOWN

    def _begins_with_name(self, piece: Piece) -> bool:
        return any(match.end <= piece.end for match in self.names.matches(self.tokens, piece.start))

    def _to_separator(self, piece: Piece) -> Piece:
        return replace(piece, end=max(self.endings.separator(piece.end), piece.start + 1))

    def _add(self, piece: Piece, *, is_apart: bool) -> None:
        """Add the piece, to the one before it when it may be the rest of that one's name or of its remark."""
        before = self.found[-1] if self.found else None
        is_whole = piece.question is None or bool(piece.ids) or self._is_own(piece)
        if before and before.question is UNKNOWN and piece.is_derived:
            is_whole = False
        if before is None or is_apart or is_whole:
            self.found.append(piece)
        elif before.remark:
            self.found[-1] = replace(before, end=piece.end)
        else:
            self.found[-1] = replace(before, end=piece.end, question=before.question or UNKNOWN)

    def _is_own(self, piece: Piece) -> bool:
        """Say whether the words begin as the name of an agency or the title of a person does."""
        begun = max(
            self.endings.phrase(piece.start, phrases)
            for phrases in (said.AGENCIES, said.TITLES, said.HONORIFICS, said.DEPUTIES)
        )
        return piece.start < begun < piece.end
