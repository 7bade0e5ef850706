"""Scenarios in the shell: played one after the other, their letters written as this office writes them."""

from collections.abc import Iterable, Iterator

from notifications.compose import MailSettings, compose_plain, contact
from notifications.letters import letters
from rules.digest import Digest
from rules.load import Loaded
from rules.problem import Problem
from rules.scenario import Scenario
from rules.scenarios import Failure, Outcome, run
from rules.wording import Language, Wording, same
from scheduler.config import Config

NOTHING = Wording("không có gì", "nothing")
EXPECTED = Wording("phải có", "expected")
CAME_INSTEAD = Wording("thực tế", "came instead")
NOT_TO_COME = Wording("thư này không được đến", "this was not to come")


def played(scenarios: Iterable[Scenario], loaded: Loaded, config: Config, language: Language) -> Iterator[Outcome]:
    """Yield what comes of each scenario by the rules that were loaded with it; differences are in that language."""
    if loaded.rulebook is None:
        return
    settings = config.letters()

    def letter(digest: Digest) -> str:
        return letter_text(digest, settings)

    for scenario in scenarios:
        yield run(scenario, loaded.rulebook, config.policy, letter=letter, language=language)


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


def differences(outcome: Outcome, language: Language) -> list[Problem]:
    """Return each difference of a scenario as a problem of its file, on one line."""
    name = outcome.scenario.name
    return [Problem(failure.source, name, same(said(failure, language))) for failure in outcome.failures]


def said(failure: Failure, language: Language) -> str:
    """Return a difference on one line: what was expected, and what came instead."""
    first = failure.instead[0] if failure.instead else NOTHING.say(language)
    others = len(failure.instead) - 1
    more = Wording(f" (và {others} nữa)", f" (and {others} more)").say(language) if others > 0 else ""
    match failure.kind:
        case "unexpected":
            return f"{nobody_expected(failure).say(language)}: {first}{more}"
        case "unwanted":
            return f"{NOT_TO_COME.say(language)}: {first}"
        case "given":
            return f"{failure.expected}: {first}"
        case _:
            return f"{EXPECTED.say(language)} {failure.expected}; {CAME_INSTEAD.say(language)}: {first}{more}"


def nobody_expected(failure: Failure) -> Wording:
    """Return that mails of that day were not expected."""
    return Wording(f"ngày {failure.day} không ai chờ đợi", f"on {failure.day} nobody expected")
