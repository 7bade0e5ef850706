"""Keeping files: text written whole or not at all."""

from collections.abc import Iterable
from itertools import chain, count
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


def backup(path: Path) -> Path:
    """Return where a file may be kept as it was: beside it, ending in .bak, under a name that nothing has yet."""
    numbers: Iterable[str] = chain([""], (f".{number}" for number in count(2)))
    names = (f"{path.name}{number}.bak" for number in numbers)
    return next(each for each in map(path.with_name, names) if not each.exists())
