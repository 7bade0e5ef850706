"""Soundness: whether a drafted rule file loads, tried beside the least that it refers to, and which lines do not."""

from collections.abc import Iterable, Iterator, Mapping

from rules.load import load
from rules.phrases.forms import Form
from rules.plans.writing.layout import Entry, lines_of
from rules.plans.writing.office import Office

_FILE = "draft"
_POST: Mapping[str, Form] = {"title": "x", "email": "x@tinh.example"}


def unsound(text: str, office: Office, programmes: Iterable[Mapping[str, Form]] = ()) -> dict[int, str]:
    """Return what is wrong with a drafted rule file, by line, counted from 1; nothing where it loads.

    `programmes` are those whose tasks it amends.
    """
    beside = "\n".join(_stub(office, programmes)) + "\n"
    loaded = load({_FILE: text.encode(), "office": beside.encode()})
    return {problem.source.line: problem.message for problem in loaded.problems if problem.source.file == _FILE}


def _stub(office: Office, programmes: Iterable[Mapping[str, Form]]) -> Iterator[str]:
    """Yield the lines of a directory with the same ids, of a calendar and a ladder, and of the programmes."""
    directory = office.directory
    units: dict[str, Form] = {id: {"name": id, "head": _POST} for id in (*directory.units, office.standing)}
    groups: dict[str, Form] = {
        group.id: {"name": group.id, **({"open": True} if group.open else {"members": list(group.members)})}
        for group in directory.groups.values()
    }
    documents: tuple[Mapping[str, Form], ...] = (
        {"directory": directory.id, "units": units, **({"groups": groups} if groups else {})},
        {"calendar": office.calendar},
        {"ladder": office.ladder, "rungs": [{"id": "due", "at": "due", "to": ["head"]}]},
        *programmes,
    )
    for number, document in enumerate(documents):
        if number:
            yield "---"
        for key, value in document.items():
            yield from lines_of(Entry(key, value), 0)
