"""Unreadable: a file that a setting names, and what it says when it cannot be read."""

from pathlib import Path


class Unreadable(Exception):
    """A file that a setting names and that cannot be read; the message names both."""


def secret_in(setting: str, file: Path) -> str:
    """Return the secret that a file holds; Unreadable when it cannot be read."""
    try:
        return file.read_text(encoding="utf-8").strip("\r\n")
    except (OSError, UnicodeDecodeError) as fault:
        reason = fault.strerror if isinstance(fault, OSError) else "not UTF-8"
        raise Unreadable(f"{setting} {file}: {reason}") from None
