"""A new programme, ladder or directory: its text, in the house layout."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from rules.phrases.forms import Form
from rules.plans.writing.layout import Entry, flow, lines_of, scalar


class NewProgramme(NamedTuple):
    """What is asked about a programme."""

    id: str
    title: str
    number: str
    date: date | None
    issuer: str
    period: str
    directory: str
    calendar: str
    ladder: str
    standing: str


class NewPost(NamedTuple):
    """A post: its title, and its address, '' where nobody holds it."""

    title: str
    email: str

    def form(self) -> Form:
        """Return it as a rule file has it."""
        return {"title": self.title, "email": self.email} if self.email else {"title": self.title, "vacant": True}


class NewUnit(NamedTuple):
    """A unit with its posts; None for one it does not have."""

    id: str
    name: str
    head: NewPost
    focal: NewPost | None = None
    overseer: NewPost | None = None


class NewLadder(NamedTuple):
    """How many days before and after a deadline whom is told; 0 leaves a rung out."""

    id: str
    early: int = 14
    soon: int = 3
    again: int = 7
    overseer: int = 7
    chair: int = 15


def programme_text(asked: NewProgramme) -> str:
    """Return a programme without tasks: `task_added` puts them in."""
    document: dict[str, Form] = {"number": asked.number}
    document |= {"date": asked.date.isoformat()} if asked.date else {}
    document |= {"issuer": asked.issuer} if asked.issuer else {}
    entries: dict[str, Form] = {"programme": asked.id, "title": asked.title, "document": document}
    entries |= {"period": asked.period} if asked.period else {}
    for key in ("directory", "calendar", "ladder", "standing"):
        entries[key] = getattr(asked, key)
    return _text(entries)


def ladder_text(asked: NewLadder) -> str:
    """Return a ladder that tells the head before any superior."""
    rungs: list[dict[str, Form]] = []
    if asked.early:
        rungs.append({"id": "heads-up", "at": _days(asked.early, "before"), "to": ["focal"]})
    if asked.soon:
        rungs.append({"id": "due-soon", "at": _working(asked.soon, "before"), "to": ["head"], "cc": ["focal"]})
    rungs.append({"id": "due-today", "at": "due", "to": ["head"], "cc": ["focal"]})
    late: dict[str, Form] = {"id": "late", "at": _working(1, "late"), "to": ["head"], "cc": ["focal", "standing"]}
    rungs.append(late | ({"repeat": _days(asked.again, "").strip()} if asked.again else {}))
    if asked.overseer:
        rungs.append(
            {"id": "overseer", "at": _days(asked.overseer, "late"), "to": ["overseer"], "cc": ["head", "standing"]}
        )
    if asked.chair:
        above: Form = ["overseer", "head", "standing"] if asked.overseer else ["head", "standing"]
        rungs.append({"id": "chair", "at": _days(asked.chair, "late"), "to": ["chair"], "cc": above})
    lines = (f"  - {flow(rung)}" for rung in rungs)
    return f"ladder: {asked.id}\nrungs:\n" + "\n".join(lines) + "\n"


def directory_text(id: str, *, chair: NewPost | None, overseer: NewPost | None, units: Iterable[NewUnit]) -> str:
    """Return a directory of units."""
    entries: dict[str, Form] = {"directory": id}
    entries |= {"chair": chair.form()} if chair else {}
    entries |= {"overseer": overseer.form()} if overseer else {}
    lines = [_text(entries).rstrip("\n"), "units:"]
    for unit in units:
        lines.append(f"  {scalar(unit.id)}:")
        fields: dict[str, Form] = {"name": unit.name}
        posts = {"head": unit.head, "focal": unit.focal, "overseer": unit.overseer}
        fields |= {role: post.form() for role, post in posts.items() if post}
        lines += [line for key, value in fields.items() for line in lines_of(Entry(key, value), 4)]
    return "\n".join(lines) + "\n"


def _text(entries: Mapping[str, Form]) -> str:
    return "\n".join(line for key, value in entries.items() for line in lines_of(Entry(key, value), 0)) + "\n"


def _days(count: int, side: str) -> str:
    return f"{count} {'day' if count == 1 else 'days'} {side}"


def _working(count: int, side: str) -> str:
    return f"{count} working {'day' if count == 1 else 'days'} {side}"
