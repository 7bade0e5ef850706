"""Struck: text that somebody crossed out: it is not read, and what it was is said where it stood."""

from collections.abc import Sequence

from rules.wording import Wording

_SHOWN = 200


def struck_out(texts: Sequence[str]) -> Wording:
    """Return what is said of text that is struck through."""
    said = "», «".join(texts)
    shown = said if len(said) <= _SHOWN else f"{said[:_SHOWN]}…"
    return Wording(
        f"Chữ bị gạch ngang không được đọc: «{shown}».",
        f"Text that is struck through is not read: «{shown}».",
    )
