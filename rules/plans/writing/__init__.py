"""Writing: a draft → a rule file that a person reviews: what was read, where it stands, what is asked about it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from rules.load.periods import LAST_YEAR
from rules.load.text import LARGEST_FILE
from rules.phrases.forms import Form
from rules.plans.draft import Draft
from rules.plans.writing import indicators as indicator_rows
from rules.plans.writing import tasks as task_rows
from rules.plans.writing import words
from rules.plans.writing.amends import Amendments, amendments, stubs
from rules.plans.writing.amends import lines as amend_lines
from rules.plans.writing.clean import clean
from rules.plans.writing.events import Events
from rules.plans.writing.gathered import gathered
from rules.plans.writing.heading import heading, year_of
from rules.plans.writing.layout import Entry, comment, lines_of
from rules.plans.writing.naming import Ids
from rules.plans.writing.office import Office
from rules.plans.writing.rows import Counts, Row, counted
from rules.plans.writing.sound import unsound
from rules.wording import Wording

__all__ = ["Counts", "Office", "Row", "TooLarge", "Written", "counted", "rule_file"]

_ATTEMPTS = 4
_AMEND = "amend"


@dataclass(frozen=True, slots=True)
class Written:
    """The text of a rule file with the rows it was made of, in the order of the draft."""

    text: str
    tasks: tuple[Row, ...]
    indicators: tuple[Row, ...]
    asked: tuple[str, ...] = ()
    """What is asked once about many of the tasks."""


class TooLarge(Exception):
    """The rule file of a draft is larger than one may be."""

    reason = Wording(
        f"tệp quy tắc lớn hơn {LARGEST_FILE:,} byte: hãy chia kế hoạch ra nhiều phần",
        f"its rule file is larger than {LARGEST_FILE:,} bytes: split the plan",
    )


def rule_file(draft: Draft, office: Office) -> Written:
    """Return the rule file of a draft; it loads, whatever is doubtful about the draft.

    What the rule language refuses is written as a question instead: the text is loaded on trial. Raises TooLarge.
    """
    refused: list[dict[str, str]] = [{} for _ in draft.tasks]
    unamended: dict[int, str] = {}
    for _ in range(_ATTEMPTS):
        found = amendments(draft, office, unamended)
        file = _File(replace(draft, tasks=found.marked(draft)), office, refused, found)
        if len(file.written.text.encode()) > LARGEST_FILE:
            raise TooLarge
        wrong = unsound(file.written.text, office, stubs(found, office))
        if not wrong:
            return file.written
        for line, message in wrong.items():
            number, key = file.owner(line)
            if key == _AMEND:
                unamended[number] = message
            else:
                refused[number]["deadline" if key == "deadlines" else key] = message
    raise AssertionError("what was refused is written again")


class _File:
    """The lines of a rule file, and which task and key each belongs to."""

    def __init__(self, draft: Draft, office: Office, refused: Sequence[task_rows.Refused], amended: Amendments) -> None:
        ids, events = Ids(), Events(office.events)
        tasks = tuple(
            task_rows.row(task, ids, events, office, each) for task, each in zip(draft.tasks, refused, strict=True)
        )
        tasks, asked = gathered(tasks) if office.is_new else (tasks, ())
        ids, year = Ids(), year_of(draft.document) or LAST_YEAR
        indicators = tuple(indicator_rows.row(each, ids, office, year=year) for each in draft.indicators)
        self._lines = heading(draft, office, tasks, indicators, asked)
        self._owners: dict[int, tuple[int, str]] = {}
        self._add(_events(events, office))
        self._add_tasks(draft, tasks)
        self._add(_indicators(indicators))
        self._add_amendments(amended, office)
        said = tuple(each.say(office.language) for each in asked)
        self.written = Written("\n".join(self._lines) + "\n", tasks, indicators, said)

    def owner(self, line: int) -> tuple[int, str]:
        """Return the number of the task, or of the amendment, and the key that stand on a line, counted from 1."""
        return self._owners[line]

    def _add(self, lines: Iterable[str]) -> None:
        found = list(lines)
        self._lines += ["", *found] if found else []

    def _add_tasks(self, draft: Draft, rows: Sequence[Row]) -> None:
        section = None
        self._add(["tasks:"] if rows else [])
        for number, (task, row) in enumerate(zip(draft.tasks, rows, strict=True)):
            if task.section != section:
                section = task.section
                self._lines += ["", *comment(clean(section), 2)] if clean(section) else []
            for key, line in row.lines():
                self._lines.append(line)
                self._owners[len(self._lines)] = (number, key)

    def _add_amendments(self, amended: Amendments, office: Office) -> None:
        found = list(amend_lines(amended, office))
        self._lines += [""] if found else []
        for number, line in found:
            self._lines.append(line)
            if number is not None:
                self._owners[len(self._lines)] = (number, _AMEND)


def _events(events: Events, office: Office) -> Iterator[str]:
    if events.waiting:
        yield "events:"
    for id, waiting in events.waiting.items():
        if len(waiting) > 1:
            yield from comment(words.check(words.waiting(waiting)).say(office.language), 2)
        yield f"  {id}:"
        watch: Form = {"ask": office.standing, "every": "month"}
        for entry in (Entry("title", events.titles[id]), Entry("watch", watch)):
            yield from lines_of(entry, 4)


def _indicators(rows: Sequence[Row]) -> Iterator[str]:
    if rows:
        yield "indicators:"
    for row in rows:
        yield from (line for _, line in row.lines())
