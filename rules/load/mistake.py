"""Mistake: what an author wrote where something else is accepted; and the few words all messages are made of."""

import difflib
from collections.abc import Iterable
from functools import lru_cache

from rules.wording import NOTHING, Wording, same

IN_FILES = Wording("các tệp này", "in these files")


class Mistake(ValueError):
    """A value that does not read; `said` is the message, one line, with the offending text and the accepted forms."""

    def __init__(self, said: Wording) -> None:
        super().__init__(said.en)
        self.said = said


def shown(value: object) -> Wording:
    """Return any value as messages show it: a word in quotes, a mapping or a list by what it is."""
    if isinstance(value, dict):
        return Wording("một nhóm khóa", "a mapping")
    if isinstance(value, (list, tuple)):
        return Wording("một danh sách", "a list")
    if value is None:
        return Wording("giá trị trống", "nothing")
    return same(str(value).lower() if isinstance(value, bool) else quoted(value))


def quoted(word: object) -> str:
    """Return a word as messages show it: in quotes, on one line, cut when long."""
    text = " ".join(str(word).split())
    return f"'{text if len(text) <= 60 else text[:57] + '…'}'"


def nearest(text: object, accepted: Iterable[str]) -> str | None:
    """Return the accepted word that looks most like the text, None when none is near."""
    return _nearest(str(text).lower()[:100], tuple(accepted))


@lru_cache(maxsize=1000)
def _nearest(text: str, accepted: tuple[str, ...]) -> str | None:
    # The same slip often stands in hundreds of places: a unit that was renamed.
    by_lower = {word.lower(): word for word in accepted}
    near = difflib.get_close_matches(text, by_lower, n=1, cutoff=0.6)
    return by_lower[near[0]] if near else None


def did_you_mean(text: object, accepted: Iterable[str]) -> Wording:
    """Return `; did you mean 'x'?` for the nearest accepted word, nothing when none is near."""
    return suggestion(nearest(text, accepted))


def suggestion(text: str | None) -> Wording:
    """Return the ending of a message that proposes `text`, nothing for None."""
    return Wording(f"; có phải '{text}'?", f"; did you mean '{text}'?") if text else NOTHING


def unknown(
    what: Wording,
    name: str,
    known: Iterable[str],
    *,
    within: Wording = NOTHING,
    most: int = 30,
    searched: Wording = NOTHING,
    near: str | None = None,
) -> Wording:
    """Return that no such thing (`what`: a unit) has that name `within` something, and which names there are; `near` is
    proposed where none of them looks like it, and where there are none it is said where they were `searched`."""
    words = list(known)
    shown_words, hint = listed(words, most), suggestion(nearest(name, words) or near)
    none = Wording(f"{searched.vi} chưa có {what.vi} nào".lstrip(), f"none {searched.en}".rstrip())
    there = Wording(f"hiện có: {shown_words}", shown_words) if words else none
    return Wording(
        f"không có {what.vi} {quoted(name)}{within.vi}; {there.vi}{hint.vi}",
        f"unknown {what.en} {quoted(name)}{within.en}; known: {there.en}{hint.en}",
    )


def refused(value: object, accepted: Wording, near: Wording = NOTHING) -> Wording:
    """Return what was found and what is accepted."""
    found = shown(value)
    return Wording(
        f"gặp {found.vi}; được ghi: {accepted.vi}{near.vi}", f"found {found.en}; accepted: {accepted.en}{near.en}"
    )


def is_no(value: object, what: Wording, accepted: Wording, near: Wording = NOTHING) -> Wording:
    """Return that what was found is none of what is wanted (`what`: a day), and how one is written."""
    found = shown(value)
    return Wording(
        f"{found.vi} không phải {what.vi}; được ghi: {accepted.vi}{near.vi}",
        f"{found.en} is no {what.en}; accepted: {accepted.en}{near.en}",
    )


def joined(words: Iterable[str]) -> Wording:
    """Return the words in quotes, joined as in `'a' and 'b'`."""
    all_words = list(map(quoted, words))
    return Wording(" và ".join(all_words), " and ".join(all_words))


def listed(words: Iterable[str], most: int = 30) -> str:
    """Return the words separated by commas, `…` after the first `most`."""
    all_words = list(words)
    return ", ".join(all_words[:most]) + (", …" if len(all_words) > most else "")
