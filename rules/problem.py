"""Problem: one fault of an author, with its place. Faults of rule files and of configuration are values."""

from dataclasses import dataclass

from rules.wording import Language, Wording


@dataclass(frozen=True, slots=True, order=True)
class Source:
    """A place in a rule file; `line` and `column` count from 1, in characters."""

    file: str
    line: int = 1
    column: int = 1

    @property
    def spot(self) -> str:
        """Return the file and the line, as letters and plans name a place."""
        return f"{self.file}:{self.line}"

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong at one place. `path` names the field (`dong-thap-2026.tasks.A.14.deadline`), `said` what was
    found and what is accepted."""

    source: Source
    path: str
    said: Wording

    def __lt__(self, other: "Problem") -> bool:
        """Say which comes first: by the place, in both languages in the same order."""
        return (self.source, self.path, self.message) < (other.source, other.path, other.message)

    @property
    def message(self) -> str:
        """What was found, as logs and programs are told it: in English."""
        return self.said.en

    def told(self, language: Language) -> str:
        """Return the field and what is wrong with it, for people who know the place."""
        said = self.said.say(language)
        return f"{self.path}: {said}" if self.path else said

    def line(self, language: Language) -> str:
        """Return it on one line with its place, for people."""
        return f"{self.source}: {self.told(language)}"

    def __str__(self) -> str:
        return self.line("en")
