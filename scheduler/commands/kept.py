"""Keeping files: text written whole or not at all."""

from pathlib import Path

from scheduler.commands.reading import Refused


def keep(path: Path, text: str) -> None:
    """Write the text into a file, beside it first; Refused where that cannot be."""
    beside = path.with_name(f".{path.name}.part")
    try:
        beside.write_bytes(text.encode())
        beside.replace(path)
    except OSError as fault:
        beside.unlink(missing_ok=True)
        raise Refused(f"{path}: {fault.strerror}") from None
