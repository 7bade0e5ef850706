"""The loader: the bytes of rule files → a Rulebook, or every problem they hold. Reading the disk is the shell's."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from rules.classified import CODE, MEND, Marking, markings
from rules.load.build import rulebook
from rules.load.documents import Documents
from rules.load.place import Faults
from rules.load.text import LARGEST_FILE, decode
from rules.load.tree import trees
from rules.problem import Problem
from rules.programme import Rulebook
from rules.waivers import waivers


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a folder of rule files comes to: a rulebook without problems, or problems without a rulebook."""

    rulebook: Rulebook | None
    problems: tuple[Problem, ...]


def load(files: Mapping[str, bytes]) -> Loaded:
    """Return the rulebook of these files, or all problems, sorted by place; the names are what messages show."""
    faults = Faults()
    documents = Documents()
    for name in sorted(files):
        _read(name, files[name], documents, faults)
    found = rulebook(documents, faults, digest=_digest(files))
    if faults.problems:
        return Loaded(None, tuple(sorted(set(faults.problems))))
    return Loaded(found, ())


def _read(name: str, data: bytes, documents: Documents, faults: Faults) -> None:
    text = decode(name, data)
    if isinstance(text, Problem):
        faults.problems.append(text)
        documents.presume(data[:LARGEST_FILE].decode("utf-8", "replace"))
        return
    marked = classified(name, text)
    faults.problems.extend(Problem(each.source, "", f"{CODE}: {each.said.en}; {MEND.en}") for each in marked)
    before = len(faults.problems)
    read = trees(name, text, faults.problems)
    for tree in read:
        documents.add(tree, faults)
    if len(faults.problems) > before:
        documents.presume(text)


def classified(name: str, text: str) -> list[Marking]:
    """Return the markings of classified matter in a file, but for those that a waiver says are none."""
    found = list(markings(name, text))
    if not found:
        return []
    waived = [waiver for waiver in waivers(name, text) if CODE in waiver.codes and waiver.is_reasoned]
    lines = {line for waiver in waived for line in (waiver.line, waiver.source.line)}
    return [marking for marking in found if marking.source.line not in lines]


def _digest(files: Mapping[str, bytes]) -> str:
    digest = hashlib.sha256()
    for name in sorted(files):
        for part in (name.encode("utf-8", "surrogatepass"), files[name]):
            digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()
