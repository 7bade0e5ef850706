"""Questions about an agency, and what may be meant instead."""

from collections.abc import Iterable, Sequence

from rapidfuzz import fuzz, process

from rules.plans.agencies.names import Names
from rules.plans.agencies.vocabulary import FORMER
from rules.plans.agencies.words import AND, PASSED_OVER, Token, bare, key
from rules.wording import Wording

UNKNOWN = Wording("không có trong danh bạ", "not in the directory")
AMBIGUOUS = Wording("danh bạ có nhiều cơ quan cùng tên này", "the directory has several agencies of this name")
TAIL = Wording("có phần sau tên chưa hiểu được", "words after the name are not understood")
DEPUTY = Wording("chức danh cấp phó, không phải người đứng đầu", "a deputy, not the head")
PERSON = Wording("tên người, không phải cơ quan hay chức danh", "a person's name, no agency or post")
TOO_LONG = Wording("ô quá dài", "the cell is too long")
OPEN_LEAD = Wording(
    "chưa xác định là cơ quan nào, không thể chủ trì: ghi thêm từng cơ quan vào lead, nếu không có thì bỏ dòng này",
    "it does not say which agencies; nobody would answer: add them to the lead one by one, or drop this line",
)
EXCEPT = Wording("có ngoại lệ hoặc điều kiện trong ngoặc", "the bracket makes an exception or condition")
OTHER = Wording("trong ngoặc có cơ quan khác", "the bracket names another agency")
UNCLEAR_RELEVANT = Wording(
    "chưa rõ “liên quan” nói về những cơ quan nào", "unclear which of these 'liên quan' is about"
)

MOST = 4
_SHOWN = 160
_NEAR = 85
_FORMER = {key(old): key(new) for old, new in FORMER}


def about(text: str, question: Wording) -> Wording:
    """Return the question with the words of the cell that it is about."""
    shown = text if len(text) <= _SHOWN else f"{text[:_SHOWN].rstrip()}…"
    return Wording(f"“{shown}”: {question.vi}", f"“{shown}”: {question.en}")


def suggestions(names: Names, tokens: Sequence[Token]) -> tuple[str, ...]:
    """Return the ids that these words may mean, the likeliest first: named in them, their successor, spelled alike."""
    return tuple(dict.fromkeys((*inside(names, tokens), *looks_like(names, tokens))))[:MOST]


def looks_like(names: Names, tokens: Sequence[Token]) -> tuple[str, ...]:
    """Return the ids whose former name, or whose name but for a slip, these words are."""
    return tuple(dict.fromkeys((*_successors(names, tokens), *_alike(names, tokens))))


def inside(names: Names, tokens: Sequence[Token]) -> tuple[str, ...]:
    """Return the ids that are named somewhere in these words."""
    found: dict[str, None] = {}
    at = 0
    while at < len(tokens):
        longest = (
            max(names.matches(tokens, at), key=lambda match: match.end, default=None) if _opens(tokens[at]) else None
        )
        if longest:
            found.update(dict.fromkeys(longest.ids))
        at = longest.end if longest else at + 1
    return tuple(found)


def _opens(token: Token) -> bool:
    return token.is_word and token.text != AND


def _successors(names: Names, tokens: Sequence[Token]) -> Iterable[str]:
    said = _significant(tokens)
    for old, new in _FORMER.items():
        if said[: len(old)] == old and (match := names.exactly(new)):
            yield from match.ids


def _alike(names: Names, tokens: Sequence[Token]) -> Iterable[str]:
    said = bare(" ".join(_significant(tokens)))
    known = names.by_letters
    for name, _, _ in process.extract(said, known.keys(), scorer=fuzz.ratio, score_cutoff=_NEAR, limit=MOST):
        yield from known[name]


def _significant(tokens: Sequence[Token]) -> tuple[str, ...]:
    return tuple(token.text for token in tokens if token.is_word and token.text not in PASSED_OVER)
