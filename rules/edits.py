"""Edits: how one rulebook differs from another, thing by thing and in words: what was edited, not what came of it."""

import dataclasses
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Literal, TypeVar

from rules.field_words import Names, detail_words
from rules.fields import (
    FIELDS,
    Fields,
    calendar_fields,
    content,
    directory_fields,
    event_fields,
    indicator_fields,
    ladder_fields,
    names_of,
    plain,
    programme_fields,
    task_fields,
)
from rules.programme import Programme, Rulebook
from rules.wording import Wording

Kind = Literal["programme", "task", "event", "indicator", "directory", "calendar", "ladder"]
Change = Literal["added", "removed", "changed"]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Edit:
    """One difference. `kind` and `id` say of what: a task is `PROGRAMME/TASK`; `field` which of its properties, '' for
    the whole. `before` and `after` are in the words of an office, or as the rule file has them; None for nothing.
    `from_on`: the day from which it holds, where that is still to come."""

    kind: Kind
    id: str
    change: Change
    field: str = ""
    before: Wording | None = None
    after: Wording | None = None
    from_on: date | None = None
    names: Names = dataclasses.field(default_factory=dict, repr=False, compare=False)
    """What the units are called whose ids the field has."""

    @property
    def what(self) -> Wording:
        """Return the name of the field, '' for the whole."""
        of, _, detail = self.field.partition(" ")
        name = FIELDS.get(of, Wording(of, of))
        more = detail_words(of, detail, self.names)
        return Wording(f"{name.vi} {more.vi}".strip(), f"{name.en} {more.en}".strip())

    @property
    def words(self) -> Wording:
        """Return the difference as one says it."""
        what = self.what
        if self.before is not None and self.after is not None:
            vi, en = (f"{w}: {b} → {a}" for w, b, a in zip(what, self.before, self.after, strict=True))
            return Wording(vi, en)
        verb = _VERBS[self.change]
        given = self.after or self.before
        vi, en = (f"{v} {w}".strip() for v, w in zip(verb, what, strict=True))
        return Wording(f"{vi}: {given.vi}", f"{en}: {given.en}") if given else Wording(vi, en)


_VERBS: Mapping[Change, Wording] = {
    "added": Wording("thêm", "added"),
    "removed": Wording("bỏ", "removed"),
    "changed": Wording("sửa", "changed"),
}


def edits(before: Rulebook, after: Rulebook) -> Iterator[Edit]:
    """Yield every difference, in the order of the later rulebook; what it no longer has comes last of its kind."""
    for id, was, now in _paired(before.programmes, after.programmes):
        known = [names_of(book.directories.get(one.directory)) for book, one in ((before, was), (after, now)) if one]
        yield from _programme(id, was, now, {unit: name for names in known for unit, name in names.items()})
    for id, had, has in _paired(before.calendars, after.calendars):
        yield from _compared("calendar", id, had, has, calendar_fields)
    for id, stood, stands in _paired(before.directories, after.directories):
        names = {**names_of(stood), **names_of(stands)}
        found = _compared("directory", id, stood, stands, directory_fields)
        yield from (replace(edit, names=names) for edit in found)
    for id, rose, rises in _paired(before.ladders, after.ladders):
        yield from _compared("ladder", id, rose, rises, ladder_fields)


def task_edits(before: Programme | None, after: Programme | None, task: str, names: Names) -> Iterator[Edit]:
    """Yield how a task differs between two editions of its programme, None being rules without the programme; `names`
    are those of units.

    What other titles in the programme make of its words is no edit of the task.
    """
    was, now = (programme.task(task) if programme else None for programme in (before, after))
    either = after or before
    if either is None:
        return
    id = f"{either.id}/{task}"
    if before and was and after and now:
        if was.named == now.named and content(was) == content(now):
            return
        found = _differing("task", id, task_fields(before, was, names), task_fields(after, now, names))
        # What becomes of unreported occurrences goes with a recurrence that begins or ends.
        yield from (one for one in found if one.change == "changed" or not one.field.startswith("if_unreported"))
    else:
        yield from _whole("task", id, was, now)


def _programme(id: str, was: Programme | None, now: Programme | None, names: Names) -> Iterator[Edit]:
    if was is None or now is None:
        yield from _whole("programme", id, was, now)
        return
    if was == now:
        return
    yield from _differing("programme", id, programme_fields(was, names), programme_fields(now, names))
    for event, had, has in _paired(was.events, now.events):
        yield from _compared("event", f"{id}/{event}", had, has, partial(event_fields, names=names))
    for task, _, _ in _paired(was.tasks, now.tasks):
        yield from task_edits(was, now, task, names)
    measured, measures = ({one.id: one for one in programme.indicators} for programme in (was, now))
    for indicator, before, after in _paired(measured, measures):
        fields = partial(indicator_fields, names=names)
        yield from _compared("indicator", f"{id}/{indicator}", before, after, fields)


def _compared(kind: Kind, id: str, was: T | None, now: T | None, fields: Callable[[T], Fields]) -> Iterator[Edit]:
    if was is None or now is None:
        yield from _whole(kind, id, was, now)
    elif was is not now:
        yield from _differing(kind, id, fields(was), fields(now))


def _differing(kind: Kind, id: str, before: Fields, after: Fields) -> Iterator[Edit]:
    """Yield the fields that differ, those of the later edition first."""
    for field in [*after, *(name for name in before if name not in after)]:
        was, now = before.get(field), after.get(field)
        if was != now:
            change: Change = "added" if was is None else "removed" if now is None else "changed"
            yield Edit(kind, id, change, field, was, now)


def _whole(kind: Kind, id: str, was: object | None, now: object | None) -> Iterator[Edit]:
    """Yield the edit of what is there as a whole in one of the two only."""
    if now is not None:
        yield Edit(kind, id, "added", after=plain(getattr(now, "title", None)))
    elif was is not None:
        yield Edit(kind, id, "removed", before=plain(getattr(was, "title", None)))


def _paired(before: Mapping[str, T], after: Mapping[str, T]) -> list[tuple[str, T | None, T | None]]:
    ids = [*after, *(id for id in before if id not in after)]
    return [(id, before.get(id), after.get(id)) for id in ids]
