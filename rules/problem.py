"""Problem: one fault of an author, with its place. Faults of rule files and of configuration are values."""

from dataclasses import dataclass


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


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """What is wrong at one place. `path` names the field (`dong-thap-2026.tasks.A.14.deadline`), `message` what was
    found and what is accepted."""

    source: Source
    path: str
    message: str

    def __str__(self) -> str:
        where = f"{self.source}: {self.path}" if self.path else str(self.source)
        return f"{where}: {self.message}"
