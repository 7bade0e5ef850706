"""Scenarios: played by the rules alone, on a world in memory, and set against what they expect."""

from rules.programme import Rulebook
from rules.scenario import Scenario
from rules.scenarios.judging import Letter, judge
from rules.scenarios.outcome import Failure, Outcome, Touched
from rules.scenarios.playing import play
from rules.scenarios.supposing import supposed
from rules.window import Policy
from rules.wording import Language

__all__ = ["Failure", "Letter", "Outcome", "Touched", "run"]


def run(
    scenario: Scenario, rulebook: Rulebook, policy: Policy, *, letter: Letter, language: Language = "en"
) -> Outcome:
    """Return what comes of a scenario by these rules; `letter` writes the letters whose words are expected.

    `language` is that in which differences are told.

    Only what it looks at is played, so the daily cap counts the mails about that alone.
    """
    rules = supposed(rulebook, scenario)
    played = play(scenario, rules, policy, language=language)
    found = judge(scenario, rules, played, letter, language=language)
    failures = tuple(found.failures())
    return Outcome(scenario, played.start, failures, found.touched(), len({id(one.message) for one in found.seen}))
