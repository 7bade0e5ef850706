"""The loader: the bytes of rule files → a Rulebook, or every problem they hold. Reading the disk is the shell's."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from rules.load.build import rulebook
from rules.load.build.scenario import scenarios
from rules.load.documents import Documents, is_scenario, kind_at
from rules.load.place import Faults
from rules.load.text import LARGEST_FILE, decode
from rules.load.tree import Tree, trees
from rules.problem import Problem
from rules.programme import Rulebook
from rules.scenario import Scenario


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a folder of rule files comes to: a rulebook without problems, or problems without a rulebook.

    Scenarios are tests, no rules: what is wrong with them keeps no rule from being put in force.
    """

    rulebook: Rulebook | None
    problems: tuple[Problem, ...]
    scenarios: tuple[Scenario, ...] = ()
    """Those without problems, in the order of the files."""
    scenario_problems: tuple[Problem, ...] = ()


def load(files: Mapping[str, bytes]) -> Loaded:
    """Return the rulebook of these files, or all problems, sorted by place; the names are what messages show."""
    reading = _Reading(Documents(), Faults(), Faults(), _Digest())
    for name in sorted(files):
        reading.read(name, files[name])
    faults, documents = reading.faults, reading.documents
    found = rulebook(documents, faults, digest=reading.digest.hex())
    if faults.problems:
        return Loaded(None, _sorted(faults), (), _sorted(reading.of_scenarios))
    tests = scenarios(documents.scenarios.values(), found, reading.of_scenarios)
    return Loaded(found, (), tests, _sorted(reading.of_scenarios))


@dataclass(frozen=True, slots=True)
class _Reading:
    """The documents read so far, the problems of rules and those of scenarios."""

    documents: Documents
    faults: Faults
    of_scenarios: Faults
    digest: "_Digest"

    def read(self, name: str, data: bytes) -> None:
        """Take in one file."""
        text = decode(name, data)
        if isinstance(text, Problem):
            presumed = data[:LARGEST_FILE].decode("utf-8", "replace")
            self._add([text], presumed)
            self.documents.presume(presumed)
            self.digest.add(name, data)
            return
        before = len(self.faults.problems) + len(self.of_scenarios.problems)
        found: list[Problem] = []
        read = trees(name, text, found)
        self._add(found, text)
        for tree in read:
            self.documents.add(tree, self.of_scenarios if is_scenario(tree) else self.faults)
        if len(self.faults.problems) + len(self.of_scenarios.problems) > before:
            self.documents.presume(text)
        if not any(map(is_scenario, read)):
            self.digest.add(name, data)
        elif rest := without_scenarios(text, read):
            self.digest.add(name, rest.encode())

    def _add(self, problems: Iterable[Problem], text: str) -> None:
        for problem in problems:
            of = self.of_scenarios if kind_at(text, problem.source.line) == "scenario" else self.faults
            of.problems.append(problem)


def without_scenarios(text: str, read: list[Tree]) -> str:
    """Return the text of a file without the scenarios in it, '' when nothing else is.

    Those that stand before a rule leave their empty lines, so that the rules after them are where they were.
    """
    if all(map(is_scenario, read)):
        return ""
    bounds = [0, *(tree.begins for tree in read[1:]), len(text)]
    parts = [text[start:end] for start, end in pairwise(bounds)]
    kept = ["\n" * part.count("\n") if is_scenario(tree) else part for tree, part in zip(read, parts, strict=True)]
    while is_scenario(read[len(kept) - 1]):
        kept.pop()
    return "".join(kept)


class _Digest:
    """A digest over the names and texts of all files, but for what is a test and no rule."""

    def __init__(self) -> None:
        self._digest = hashlib.sha256()

    def add(self, name: str, data: bytes) -> None:
        """Take in a file."""
        for part in (name.encode("utf-8", "surrogatepass"), data):
            self._digest.update(len(part).to_bytes(8, "big") + part)

    def hex(self) -> str:
        """Return the digest of all files so far."""
        return self._digest.hexdigest()


def _sorted(faults: Faults) -> tuple[Problem, ...]:
    return tuple(sorted(set(faults.problems)))
