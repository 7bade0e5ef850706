"""The loader: the bytes of rule files → a Rulebook, or every problem they hold. Reading the disk is the shell's."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rules.load.build import rulebook
from rules.load.build.scenario import scenarios
from rules.load.documents import Documents, is_scenario, kind_at
from rules.load.parsed import Parsed, Parser
from rules.load.place import Faults
from rules.load.tree import Tree
from rules.problem import Problem
from rules.programme import Rulebook
from rules.scenario import Scenario

__all__ = ["Loaded", "Parser", "load"]


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


def load(files: Mapping[str, bytes], parser: Parser | None = None) -> Loaded:
    """Return the rulebook of these files, or all problems, sorted by place; the names are what messages show.

    A parser that is used again parses only the files that have changed.
    """
    parser = parser or Parser()
    reading = _Reading(Documents(), Faults(), Faults(), _Digest())
    for name in sorted(files):
        reading.read(name, files[name], parser.parsed(name, files[name]))
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

    def read(self, name: str, data: bytes, parsed: Parsed) -> None:
        """Take in one file."""
        before = len(self.faults.problems) + len(self.of_scenarios.problems)
        # What bears a marking must not enter the system, as a scenario no more than as a rule.
        self.faults.problems.extend(parsed.marked)
        self._add(parsed.problems, parsed.text)
        for tree in parsed.trees:
            self.documents.add(tree, self.of_scenarios if is_scenario(tree) else self.faults)
        if len(self.faults.problems) + len(self.of_scenarios.problems) > before:
            self.documents.presume(parsed.text)
        if not any(map(is_scenario, parsed.trees)):
            self.digest.add(name, data)
        elif rest := without_scenarios(parsed.text, parsed.trees):
            self.digest.add(name, rest.encode())

    def _add(self, problems: Iterable[Problem], text: str) -> None:
        for problem in problems:
            of = self.of_scenarios if kind_at(text, problem.source.line) == "scenario" else self.faults
            of.problems.append(problem)


def without_scenarios(text: str, read: Sequence[Tree]) -> str:
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
