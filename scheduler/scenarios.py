"""Scenarios in the shell: played one after the other, their letters written as this office writes them."""

from collections.abc import Iterable, Iterator

from notifications.compose import MailSettings, compose_plain, contact
from notifications.letters import letters
from rules.digest import Digest
from rules.load import Loaded
from rules.problem import Problem
from rules.scenario import Scenario
from rules.scenarios import Failure, Outcome, run
from scheduler.config import Config


def played(scenarios: Iterable[Scenario], loaded: Loaded, config: Config) -> Iterator[Outcome]:
    """Yield what comes of each scenario by the rules that were loaded with it."""
    if loaded.rulebook is None:
        return
    settings = config.letters()

    def letter(digest: Digest) -> str:
        return letter_text(digest, settings)

    for scenario in scenarios:
        yield run(scenario, loaded.rulebook, config.policy, letter=letter)


def letter_text(digest: Digest, settings: MailSettings) -> str:
    """Return subject and text of the letter; where an office's own template fails, of the plain one, as when it is
    sent."""
    as_of = digest.made_at.astimezone(settings.zone)
    try:
        written = letters(settings.language, settings.templates)
        letter = written.write(digest, contact=contact(settings), as_of=as_of)
    # An edited template may raise anything at all.
    except Exception:
        letter = compose_plain(digest, settings)
    return f"{letter.subject}\n{letter.text}"


def differences(outcome: Outcome) -> list[Problem]:
    """Return each difference of a scenario as a problem of its file, on one line."""
    return [Problem(failure.source, outcome.scenario.name, said(failure)) for failure in outcome.failures]


def said(failure: Failure) -> str:
    """Return a difference on one line: what was expected, and what came instead."""
    first = failure.instead[0] if failure.instead else "nothing"
    more = f" (and {len(failure.instead) - 1} more)" if len(failure.instead) > 1 else ""
    match failure.kind:
        case "unexpected":
            return f"on {failure.day} nobody expected: {first}{more}"
        case "unwanted":
            return f"this was not to come: {first}"
        case "given":
            return f"{failure.expected}: {first}"
        case _:
            return f"expected {failure.expected}; came instead: {first}{more}"
