"""Origin: who applies what from where: the folder, and the git commit it stands at, where there is one."""

import os
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha1
from pathlib import Path

from scheduler.config import Config
from scheduler.folder import SUFFIXES

_PATIENCE = 10.0
"""Seconds that git is given."""
_PLAIN = ("-c", "core.hooksPath=/dev/null", "-c", "core.fsmonitor=false", "-c", "core.quotePath=false")
WITH_CHANGES = "with changes"


@dataclass(frozen=True, slots=True)
class Origin:
    """Who applied what from where.

    `git_commit` names the commit of the folder, `… with changes` where the files are not those of the commit.
    """

    by: str
    folder: str
    git_commit: str | None = None


def origin_of(config: Config, files: Mapping[str, bytes], *, by: str) -> Origin:
    """Return where rule files that were read by this configuration come from."""
    return Origin(by, ", ".join(config.rules), commit_of(config, files))


def commit_of(config: Config, files: Mapping[str, bytes]) -> str | None:
    """Return the commit that the folder of the rule files stands at, None where there is no repository.

    Only objects are looked up: neither hooks nor filters nor the monitor of a repository are run.
    """
    commits = set()
    clean = True
    for entry in config.rules:
        root = config.folder / entry
        where = root if root.is_dir() else root.parent
        commit = _git(where, "rev-parse", "--verify", "--quiet", "HEAD^{commit}")
        if commit is None:
            return None
        commits.add(commit.strip())
        clean = clean and _blobs(where, root, entry) == _blobs_of(files, entry)
    if len(commits) != 1:
        return None
    commit = commits.pop()
    return commit if clean else f"{commit} {WITH_CHANGES}"


def _blobs(where: Path, root: Path, entry: str) -> dict[str, str]:
    """Return the ids of the committed rule files below a folder, or of the one file, by the names messages show."""
    listed = _git(where, "ls-tree", "-r", "-z", "HEAD", "--", "." if root.is_dir() else root.name)
    found = {}
    for line in (listed or "").split("\0"):
        described, tab, name = line.partition("\t")
        shown = (Path(entry) / name).as_posix() if root.is_dir() else Path(entry).as_posix()
        if tab and _is_rule_file(name):
            found[shown] = described.split()[2]
    return found


def _is_rule_file(name: str) -> bool:
    parts = Path(name).parts
    return name.lower().endswith(SUFFIXES) and not any(part.startswith(".") for part in parts)


def _blobs_of(files: Mapping[str, bytes], entry: str) -> dict[str, str]:
    own = Path(entry).as_posix()
    return {name: _blob(data) for name, data in files.items() if name == own or Path(own) in Path(name).parents}


def _blob(data: bytes) -> str:
    """Return the id git gives to a file's content."""
    return sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()


def _git(where: Path, *arguments: str) -> str | None:
    """Return what git says, None where it is not there or has nothing to say."""
    command = ["git", *_PLAIN, "--no-optional-locks", "-C", str(where), *arguments]
    try:
        ran = subprocess.run(command, capture_output=True, timeout=_PATIENCE, check=False, env=dict(_environment()))
    except (OSError, subprocess.TimeoutExpired):
        return None
    return ran.stdout.decode("utf-8", "replace") if ran.returncode == 0 else None


def _environment() -> Iterator[tuple[str, str]]:
    """Yield the environment without what would lead git to another repository."""
    yield from ((name, value) for name, value in os.environ.items() if not name.startswith("GIT_"))
    yield "GIT_TERMINAL_PROMPT", "0"
