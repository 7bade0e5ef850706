"""The loader: the bytes of rule files → a Rulebook, or every problem they hold. Reading the disk is the shell's."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from rules.load.build import rulebook
from rules.load.documents import Documents
from rules.load.parsed import Parsed, Parser
from rules.load.place import Faults
from rules.problem import Problem
from rules.programme import Rulebook

__all__ = ["Loaded", "Parser", "load"]


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a folder of rule files comes to: a rulebook without problems, or problems without a rulebook."""

    rulebook: Rulebook | None
    problems: tuple[Problem, ...]


def load(files: Mapping[str, bytes], parser: Parser | None = None) -> Loaded:
    """Return the rulebook of these files, or all problems, sorted by place; the names are what messages show.

    A parser that is used again parses only the files that have changed.
    """
    parser = parser or Parser()
    faults = Faults()
    documents = Documents()
    for name in sorted(files):
        _read(parser.parsed(name, files[name]), documents, faults)
    found = rulebook(documents, faults, digest=_digest(files))
    if faults.problems:
        return Loaded(None, tuple(sorted(set(faults.problems))))
    return Loaded(found, ())


def _read(parsed: Parsed, documents: Documents, faults: Faults) -> None:
    before = len(faults.problems)
    faults.problems.extend(parsed.problems)
    for tree in parsed.trees:
        documents.add(tree, faults)
    if len(faults.problems) > before:
        documents.presume(parsed.text)


def _digest(files: Mapping[str, bytes]) -> str:
    digest = hashlib.sha256()
    for name in sorted(files):
        for part in (name.encode("utf-8", "surrogatepass"), files[name]):
            digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()
