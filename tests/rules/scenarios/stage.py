"""Where scenarios are played in tests: the small rulebook of tests/rules/books.py with scenarios beside it."""

from rules.load import Loaded, load
from rules.load.build.scenario import scenarios
from rules.load.documents import Documents
from rules.load.place import Faults
from rules.load.tree import trees
from rules.programme import Rulebook
from rules.scenario import Scenario
from rules.scenarios import Outcome, run
from tests.rules.books import DIRECTORY, OFFICIAL, POLICY, PROGRAMME, STANDARD

ONE = "tasks:\n  - {id: T.1, title: Việc T.1, lead: a, deadline: 2026-03-31}\n"


def loaded(scenario: str, tasks: str = ONE, *, ladder: str = STANDARD, directory: str = DIRECTORY) -> Loaded:
    """Return the rules and scenarios; all of them must be sound."""
    files = {"ct.yaml": PROGRAMME + tasks, "ladder.yaml": ladder, "directory.yaml": directory, "s.yaml": scenario}
    found = load({name: text.encode() for name, text in files.items()} | {"calendar.yaml": OFFICIAL.read_bytes()})
    assert [str(each) for each in (*found.problems, *found.scenario_problems)] == []
    return found


def beside(rulebook: Rulebook, text: str) -> tuple[tuple[Scenario, ...], list[str]]:
    """Return the scenarios of a text and its problems, read beside rules that were loaded once for all."""
    documents, faults = Documents(), Faults()
    for tree in trees("s.yaml", text, faults.problems):
        documents.add(tree, faults)
    found = scenarios(documents.scenarios.values(), rulebook, faults)
    return found, [str(problem) for problem in faults.problems]


def outcome(text: str, tasks: str = ONE, *, ladder: str = STANDARD, directory: str = DIRECTORY) -> Outcome:
    """Return what comes of a scenario; its heading, `scenario:` and `programme:`, need not be written."""
    found = loaded(f"scenario: Thử\nprogramme: ct\n{text}", tasks, ladder=ladder, directory=directory)
    assert found.rulebook is not None
    return run(found.scenarios[0], found.rulebook, POLICY, letter=lambda digest: f"Thư gửi {digest.recipient.title}")


def failures(text: str, tasks: str = ONE, *, ladder: str = STANDARD, directory: str = DIRECTORY) -> list[str]:
    """Return the differences, a text each: `3 missing: …; instead: …`, with the line in the scenario."""
    found = outcome(text, tasks, ladder=ladder, directory=directory)
    # The heading's two lines are not counted.
    return [
        f"{one.source.line - 2} {one.kind}: {one.expected}; instead: {'; '.join(one.instead)}" for one in found.failures
    ]
