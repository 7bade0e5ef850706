"""Checking: what `dondoc check` finds, once or again and again, only what has changed being parsed anew."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from rules.calendar import local_day
from rules.doubts import doubts
from rules.load import Loaded, Parser
from rules.problem import Problem
from rules.programme import Rulebook
from rules.wording import Language
from scheduler.commands import linted
from scheduler.config import Config
from scheduler.folder import RuleFiles, load_rules, read_rules

if TYPE_CHECKING:
    from rules.lint import Finding


class Checked(NamedTuple):
    """What was found: problems, then warnings without --strict, findings with it."""

    problems: list[Problem]
    warnings: list[Problem]
    findings: "list[Finding]"
    rulebook: Rulebook | None
    files: int
    scenarios: int
    is_strict: bool

    @property
    def fails(self) -> bool:
        """Whether anything of it ought to be mended."""
        return bool(self.problems) or linted.fails(self.findings)


@dataclass(slots=True)
class Checker:
    """The configured rule files; `asked`: what of the lint, None without --strict."""

    settings: Config
    asked: linted.Asked | None
    with_scenarios: bool
    """Whether the scenarios beside the rules are played."""
    language: Language = "en"
    """In which differences of scenarios are told."""
    parser: Parser = field(default_factory=Parser)
    templates: Sequence[Problem] | None = None
    """What is wrong with the office's own templates, once they have been looked at."""

    def look(self, now: datetime) -> Checked:
        """Return what is found in the files as they are now."""
        read = read_rules(self.settings.rules, self.settings.folder)
        loaded = load_rules(read, self.parser)
        problems = [*loaded.problems, *self._of_scenarios(loaded), *self._of_templates()]
        scenarios = len(loaded.scenarios)
        if self.asked is None:
            warned = doubts(loaded.rulebook, self.settings.policy) if loaded.rulebook else []
            return Checked(problems, warned, [], loaded.rulebook, len(read.files), scenarios, is_strict=False)
        found = self._linted(read, loaded.rulebook, self.asked, now)
        # Among the findings a marking has its mend in both languages.
        problems = [problem for problem in problems if not problem.message.startswith("D701: ")]
        return Checked(problems, [], found, loaded.rulebook, len(read.files), scenarios, is_strict=True)

    def _of_scenarios(self, loaded: Loaded) -> list[Problem]:
        """Return what is wrong with scenarios, and what came otherwise than they expect."""
        if not self.with_scenarios:
            return []
        if not loaded.scenarios:
            return list(loaded.scenario_problems)
        from scheduler.scenarios import differences, played

        outcomes = played(loaded.scenarios, loaded, self.settings, self.language)
        return sorted(
            [*loaded.scenario_problems, *(found for each in outcomes for found in differences(each, self.language))]
        )

    def _linted(
        self, read: RuleFiles, rulebook: Rulebook | None, asked: "linted.Asked", now: datetime
    ) -> "list[Finding]":
        today = local_day(now, self.settings.policy.zone)
        return linted.findings(self.settings, read, rulebook, asked, today=today, parser=self.parser)

    def _of_templates(self) -> Sequence[Problem]:
        if self.templates is None:
            self.templates = ()
            if self.settings.templates is not None:
                from notifications.verify import verify

                self.templates = verify(self.settings.templates, self.settings.language)
        return self.templates
