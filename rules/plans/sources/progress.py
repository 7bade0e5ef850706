"""Progress: how a source says how far it is."""

from collections.abc import Callable

Progress = Callable[[int, int], None]
"""Called with what is done and the total, in units of the source: rows, pages or parts of the text."""


def unseen(done: int, total: int) -> None:
    """Show nothing: for callers that watch no progress."""
