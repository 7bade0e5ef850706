"""Writing back: the rule files of a revision into the folder, each whole or not at all, nothing of a person's lost."""

import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from scheduler.config import Config
from scheduler.folder import read_rules


class CannotWrite(Exception):
    """The files cannot be written into the folder; the message says which and why."""


@dataclass(frozen=True, slots=True)
class Folder:
    """How the folder differs from the files that are to be in it. `edited` are those that somebody changed since the
    rules in force were applied, or added."""

    differs: tuple[str, ...]
    edited: tuple[str, ...]


@dataclass
class Prepared:
    """Files written beside those they are to replace; nothing is replaced before `replace`."""

    config: Config
    ready: dict[Path, Path] = field(default_factory=dict)
    superfluous: list[Path] = field(default_factory=list)
    to_keep: list[Path] = field(default_factory=list)

    def replace(self) -> list[Path]:
        """Put the files in place, and return where what somebody had edited is kept: `NAME.bak`."""
        kept = [_kept(path) for path in self.to_keep]
        for path, beside in self.ready.items():
            beside.replace(path)
        for path in self.superfluous:
            path.unlink(missing_ok=True)
        return kept

    def drop(self) -> None:
        """Remove what was written beside the files."""
        for beside in self.ready.values():
            beside.unlink(missing_ok=True)


def compared(config: Config, wanted: Mapping[str, str], in_force: Mapping[str, str]) -> Folder:
    """Return how the folder differs from `wanted`; `in_force` is what it held when it was applied last."""
    found = read_rules(config.rules, config.folder).files
    differs = [name for name in sorted({*found, *wanted}) if found.get(name) != _bytes(wanted.get(name))]
    # A file that is gone was nobody's edit to lose.
    edited = [name for name in differs if name in found and found[name] != _bytes(in_force.get(name))]
    return Folder(tuple(differs), tuple(edited))


def prepared(config: Config, wanted: Mapping[str, str], folder: Folder) -> Prepared:
    """Write the files that differ beside their places. CannotWrite where one lies outside of the configured folders or
    cannot be written; then nothing is left behind."""
    outside = [name for name in folder.differs if name in wanted and not _is_inside(name, config)]
    if outside:
        rules = ", ".join(config.rules)
        raise CannotWrite(f"{', '.join(outside)}: the settings name other rule files by now ({rules})")
    ready = Prepared(config)
    try:
        for name in folder.differs:
            path = (config.folder / name).resolve()
            if name in wanted:
                ready.ready[path] = _written(path, wanted[name].encode())
            else:
                ready.superfluous.append(path)
            if name in folder.edited:
                ready.to_keep.append(path)
    except OSError as fault:
        ready.drop()
        raise CannotWrite(f"{fault.filename}: {fault.strerror}") from None
    return ready


def _written(path: Path, data: bytes) -> Path:
    """Write a hidden file beside a place, with the rights of the one it is to replace."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.part")
    beside.write_bytes(data)
    if path.exists():
        shutil.copymode(path, beside)
    return beside


def _kept(path: Path) -> Path:
    """Keep a copy of a file under the first free name, which is no rule file's."""
    copy = next(name for name in _names(path) if not name.exists())
    shutil.copy2(path, copy)
    return copy


def _names(path: Path) -> Iterator[Path]:
    yield path.with_name(f"{path.name}.bak")
    number = 2
    while True:
        yield path.with_name(f"{path.name}.{number}.bak")
        number += 1


def _is_inside(name: str, config: Config) -> bool:
    return any(Path(name) == Path(entry) or Path(entry) in Path(name).parents for entry in config.rules)


def _bytes(text: str | None) -> bytes | None:
    return None if text is None else text.encode()
