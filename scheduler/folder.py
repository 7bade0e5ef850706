"""The folder of rule files: which files there are and what is in them. What they mean is for `rules.load`."""

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from rules.load import Loaded, Parser, load
from rules.load.text import LARGEST_FILE
from rules.problem import Problem, Source
from rules.wording import Wording

SUFFIXES = (".yaml", ".yml")


@dataclass(frozen=True, slots=True)
class RuleFiles:
    """The bytes of all rule files by name, as messages show it, and what could not be read."""

    files: Mapping[str, bytes]
    problems: tuple[Problem, ...]


def read_rules(entries: Iterable[str], folder: Path) -> RuleFiles:
    """Return the rule files under `entries`, folders or single files as written, relative to `folder`."""
    files: dict[str, bytes] = {}
    problems: list[Problem] = []
    for entry in entries:
        found = list(_rule_files(folder / entry))
        if not found:
            problems.append(_nothing(entry, folder / entry))
        for path in found:
            name = _name(path, entry, folder)
            try:
                files[name] = _content(path)
            except OSError as fault:
                said = Wording(f"không đọc được: «{fault.strerror}»", f"cannot be read: {fault.strerror}")
                problems.append(Problem(Source(name), "", said))
    return RuleFiles(dict(sorted(files.items())), tuple(problems))


def texts_of(files: Mapping[str, bytes]) -> dict[str, str]:
    """Return the files as a revision keeps them; they have to be UTF-8."""
    return {name: data.decode("utf-8-sig") for name, data in files.items()}


def load_rules(read: RuleFiles, parser: Parser | None = None) -> Loaded:
    """Return the rulebook of the files, or every problem of reading and understanding them.

    A parser that is used again parses only the files that have changed.
    """
    loaded = load(read.files, parser)
    if not read.problems:
        return loaded
    return Loaded(None, tuple(sorted({*read.problems, *loaded.problems})))


def _rule_files(root: Path) -> Iterator[Path]:
    """Yield the rule files below a folder, or the one file it is; hidden ones are passed over."""
    if root.is_file():
        yield root
        return
    seen: set[str] = set()
    for place, folders, names in os.walk(root, followlinks=True):
        real = os.path.realpath(place)
        folders[:] = [] if real in seen else sorted(name for name in folders if not name.startswith("."))
        if real in seen:
            continue
        seen.add(real)
        for name in sorted(names):
            path = Path(place, name)
            if name.lower().endswith(SUFFIXES) and not name.startswith(".") and _is_readable_kind(path):
                yield path


def _is_readable_kind(path: Path) -> bool:
    """Say whether it is a file, or a link that leads nowhere and must be reported; a pipe would never end."""
    return path.is_file() or not path.exists()


def _content(path: Path) -> bytes:
    """Return the bytes, of a file that is too large only as many as show it: the loader says so."""
    with path.open("rb") as file:
        return file.read(LARGEST_FILE + 1)


def _name(path: Path, entry: str, folder: Path) -> str:
    root = folder / entry
    inside = path.relative_to(root)
    return (Path(entry) / inside).as_posix()


def _nothing(entry: str, path: Path) -> Problem:
    if path.is_dir():
        said = Wording(
            "thư mục này không có tệp quy tắc nào (*.yaml, *.yml)", "no rule files (*.yaml, *.yml) in this folder"
        )
        return Problem(Source(entry), "", said)
    return Problem(Source(entry), "", Wording("không có thư mục hay tệp này", "there is no such folder or file"))
