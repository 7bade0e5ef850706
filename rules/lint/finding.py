"""Check and Finding: what the lint looks for, and what it found where."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

from rules.load.place import Place
from rules.problem import Source
from rules.wording import SEVERITIES, Language, Wording

if TYPE_CHECKING:
    from rules.lint.subject import Subject

Severity = Literal["error", "warning", "note"]
"""Notes are worth knowing and fail nothing."""


class Found(NamedTuple):
    """What one check found at a place, in words with the facts in them; `mend` where it is not the check's own."""

    place: Place
    said: Wording
    mend: Wording | None = None
    at_key: bool = False
    """Whether the key is meant that the value stands under."""

    @property
    def source(self) -> Source:
        """Return where it stands."""
        return self.place.key_source if self.at_key else self.place.source


@dataclass(frozen=True, slots=True)
class Check:
    """One thing the lint looks for: its code, why it matters, how it is mended, a bad and a good example."""

    code: str
    name: str
    severity: Severity
    title: Wording
    why: Wording
    mend: Wording
    bad: str
    good: str
    find: "Callable[[Subject], Iterable[Found]]"
    depends_on_today: bool = False
    """Whether it comes and goes by itself: a waiver of it is not called idle."""


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One finding of the lint, with its place, the reason and the suggested mend."""

    source: Source
    code: str
    severity: Severity
    path: str
    said: Wording
    mend: Wording

    def line(self, language: Language) -> str:
        """Return it on one line, as `check` prints it."""
        where = f"{self.source}: {self.path}" if self.path else str(self.source)
        mend = "sửa" if language == "vi" else "mend"
        severity = SEVERITIES[self.severity].say(language)
        return f"{where}: {self.code} {self.said.say(language)}; {mend}: {self.mend.say(language)} ({severity})"
