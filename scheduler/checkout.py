"""Checkout: whether git is at work in the folder of the rule files: what it has written so far is no edit yet."""

from collections.abc import Iterable
from pathlib import Path

LOCK = "index.lock"


def git_at_work(entries: Iterable[str], folder: Path) -> Path | None:
    """Return the lock that git holds while it changes the files of a repository in which rule files lie, None when it
    holds none."""
    for entry in entries:
        repository = _repository((folder / entry).absolute())
        if repository is not None and (repository / LOCK).exists():
            return repository / LOCK
    return None


def _repository(place: Path) -> Path | None:
    """Return git's own folder of the checkout around a place."""
    for around in (place, *place.parents):
        git = around / ".git"
        if git.is_dir():
            return git
        if git.is_file():
            return _linked(git)
    return None


def _linked(file: Path) -> Path | None:
    """Return the folder that the `.git` file of a further worktree names."""
    try:
        kind, _, named = file.read_text(encoding="utf-8").strip().partition(": ")
    except (OSError, UnicodeDecodeError):
        return None
    return file.parent / named if kind == "gitdir" else None
