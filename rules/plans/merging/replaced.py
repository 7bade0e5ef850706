"""Replaced: the deadline that a new version of a plan moves stays in the file, as an entry of `amended:`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from rules.phrases.forms import Form
from rules.plans.merging.located import Item, Located, dashes
from rules.plans.merging.splicing import Splices
from rules.plans.writing.layout import Entry, lines_of


@dataclass(frozen=True, slots=True)
class Issue:
    """The document of a new version: its number, '' where it has none, and its day."""

    number: str
    day: date
    is_other: bool
    """Whether the file's document has a day too, so that this is another document."""


def later_issue(old: Located, new: Located) -> Issue | None:
    """Return the document of the new version, None where it is not known to be a later one than the file's.

    A later document replaces the deadlines of the one before from its day on, and lateness until then is judged by
    what was in force: so the file keeps the deadline that stood, under `amended:`, with the number and the day of the
    document that replaced it. The same document read anew, one without a date, and one that is not later than the
    file's or than the last entry of a task correct the reading: there the deadline is put in the place of the other,
    and the question above it says what stood there.
    """
    before, after = _document(old), _document(new)
    day, known = _day(after.get("date")), _day(before.get("date"))
    if day is None or (known is not None and day <= known):
        return None
    number = str(after.get("number", ""))
    return Issue(number if number[:1].isdigit() else "", day, is_other=known is not None)


def is_amendable(old: Item, new: Item, issue: Issue) -> bool:
    """Say whether a task's deadline can go under `amended:`: one that is understood, of a task that has one.

    The new version may state the history itself; then its word stands.
    """
    stood = old.value("deadline")
    is_single = stood is not None and new.value("deadline") is not None
    is_unread = isinstance(stood, Mapping) and "set_by" in stood
    replaced = (_day(str(each.get("until", "")).rpartition(" of ")[2]) for each in _entries(old))
    is_last = all(day is not None and day < issue.day for day in replaced)
    return old.is_block and is_single and not is_unread and "amended" not in new.fields and is_last


def amend(old: Item, issue: Issue, lines: Sequence[str], splices: Splices) -> None:
    """Put the deadline of a task under its `amended:`, behind the entries that it has."""
    stood = old.value("deadline")
    assert stood is not None
    until = f"{issue.number} of {issue.day}" if issue.number else str(issue.day)
    entry: Form = {"deadline": stood, "until": until}
    made = lines_of(Entry("amended", [entry]), old.indent)
    field = old.fields.get("amended")
    if field is None:
        splices.insert(old.fields["deadline"].end, made)
    elif (column := dashes(field, lines)) is not None:
        splices.insert(field.end, (" " * column + line[old.indent + 2 :] for line in made[1:]))
    else:
        splices.replace(field.start, field.end, lines_of(Entry("amended", [*_entries(old), entry]), old.indent))


def _entries(item: Item) -> list[Mapping[str, Form]]:
    found = item.value("amended")
    listed = found if isinstance(found, list) else [found]
    return [each for each in listed if isinstance(each, Mapping)]


def _document(located: Located) -> Mapping[str, Form]:
    found = located.keys["document"].value if "document" in located.keys else None
    return found if isinstance(found, Mapping) else {}


def _day(text: Form | None) -> date | None:
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        return None
