"""Chronicle: the story of a task as entries in order of time; here what the editions of its rules say of it."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal, NamedTuple

from rules.citing import citation
from rules.days import day_en, month_en
from rules.deadline import After, AheadOf, Deadline
from rules.edits import Edit, task_edits
from rules.field_words import Names
from rules.fields import deadline_words
from rules.programme import Amendment, Programme, Task
from rules.wording import Wording

_DAY = re.compile(r"\b(\d{4})-(\d{2})(?:-(\d{2}))?\b", re.ASCII)
EntryKind = Literal[
    "first", "amendment", "edit", "removed", "back",
    "event", "event_retracted",
    "new", "moved", "withdrawn", "reopened", "closed",
    "mail", "remark", "report", "verdict", "extension", "silence", "silence_lifted",
]  # fmt: skip
KINDS: Mapping[EntryKind, Wording] = {
    "first": Wording("thời hạn đầu tiên", "first deadline"),
    "amendment": Wording("điều chỉnh thời hạn", "deadline amended"),
    "edit": Wording("sửa quy tắc", "rules edited"),
    "removed": Wording("bỏ khỏi quy tắc", "taken out of the rules"),
    "back": Wording("đưa lại vào quy tắc", "back in the rules"),
    "event": Wording("sự kiện", "event"),
    "event_retracted": Wording("rút ghi nhận sự kiện", "event taken back"),
    "new": Wording("phát sinh", "new"),
    "moved": Wording("đổi thời hạn", "moved"),
    "withdrawn": Wording("rút", "withdrawn"),
    "reopened": Wording("theo dõi lại", "followed again"),
    "closed": Wording("hết kỳ", "closed"),
    "mail": Wording("thư", "mail"),
    "remark": Wording("ý kiến", "remark"),
    "report": Wording("báo cáo", "report"),
    "verdict": Wording("xác nhận", "verdict"),
    "extension": Wording("gia hạn", "extension"),
    "silence": Wording("tạm dừng nhắc", "silence"),
    "silence_lifted": Wording("nhắc lại", "silence lifted"),
}
_ORDER = {kind: number for number, kind in enumerate(KINDS)}


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that happened. `at` is when it became known, `on` the day it takes effect or names, where it has one.

    `units`: whose obligations it concerns, none for all of them. `details` are the facts behind the words.
    """

    at: datetime
    kind: EntryKind
    words: Wording
    on: date | None = None
    by: str | None = None
    document: str | None = None
    revision: int | None = None
    part: str = ""
    occurrence: str = ""
    units: tuple[str, ...] = ()
    details: Mapping[str, object] = field(default_factory=dict)


class Edition(NamedTuple):
    """A programme as one revision holds it; None where that one does not have it."""

    revision: int
    at: datetime
    by: str
    programme: Programme | None
    names: Names = {}  # noqa: RUF012 - nobody writes into it
    """What the units of its directory are called."""


def in_time(entries: Iterable[Entry]) -> list[Entry]:
    """Return entries in order of time; those of one instant as cause and effect."""
    return sorted(entries, key=lambda entry: (entry.at, _ORDER[entry.kind]))


def of_rules(editions: Iterable[Edition], task: str) -> Iterator[Entry]:
    """Yield what the editions of a programme, oldest first, say of a task: its first deadline, each amendment once with
    its document, and what else was edited."""
    before: Programme | None = None
    names: dict[str, str] = {}
    amendments: set[tuple[str, date]] = set()
    has_begun = False
    for edition in editions:
        now = edition.programme
        names |= edition.names
        was, is_ = (programme.task(task) if programme else None for programme in (before, now))
        if now is None or is_ is None:
            if was is not None:
                yield _presence(edition, "removed", was.title)
        else:
            if not has_begun:
                yield from _first(edition, now, is_)
            elif was is None:
                yield _presence(edition, "back", is_.title)
            amended = list(_amendments(edition, now, is_, amendments))
            yield from amended
            if was is not None:
                yield from _edits(edition, task_edits(before, now, task, names), {entry.part for entry in amended})
            has_begun = True
        before = now


def events_of(programme: Programme, task: Task) -> set[str]:
    """Return the events on which a deadline of the task hangs, now or before an amendment, and those they follow."""
    deadlines = [*task.deadlines.values(), *(one.deadline for one in task.amended)]
    found: set[str] = set()
    for deadline in deadlines:
        event = deadline.event if isinstance(deadline, After | AheadOf) else None
        while event is not None and event not in found:
            found.add(event)
            after = programme.events[event].after if event in programme.events else None
            event = after[0] if after else None
    return found


def _first(edition: Edition, programme: Programme, task: Task) -> Iterator[Entry]:
    for part, deadline in task.deadlines.items():
        first = next((one.deadline for one in task.amended if one.part == part), deadline)
        words = deadline_words(programme, first)
        yield Entry(
            at=edition.at,
            kind="first",
            words=Wording(words.vi, _spoken(words.en)),
            on=programme.document.date,
            by=edition.by,
            document=citation(programme.document),
            revision=edition.revision,
            part=part,
            details={"deadline": words.en, "stated": task.stated, "title": task.title},
        )


def _amendments(edition: Edition, programme: Programme, task: Task, told: set[tuple[str, date]]) -> Iterator[Entry]:
    """Yield the amendments that no earlier edition had, each from the deadline it replaced to the one it set."""
    for number, one in enumerate(task.amended):
        if (one.part, one.until_on) in told:
            continue
        told.add((one.part, one.until_on))
        was, now = deadline_words(programme, one.deadline), deadline_words(programme, _next(task, one, number))
        why = f" ({one.why})" if one.why else ""
        yield Entry(
            at=edition.at,
            kind="amendment",
            words=Wording(f"hạn cũ {was.vi}, nay {now.vi}{why}", f"was {_spoken(was.en)}, now {_spoken(now.en)}{why}"),
            on=one.until_on,
            by=edition.by,
            document=one.document,
            revision=edition.revision,
            part=one.part,
            details={"before": was.en, "after": now.en, "why": one.why},
        )


def _spoken(form: str) -> str:
    """Return the English form of a deadline with its days and months in words (`27 August 2026`), as all else says
    them."""

    def in_words(found: re.Match[str]) -> str:
        year, month, day = (int(number or 0) for number in found.groups())
        try:
            return day_en(date(year, month, day)) if day else month_en(date(year, month, 1))
        except ValueError:
            # Words that only look like a day.
            return found[0]

    return _DAY.sub(in_words, form)


def _next(task: Task, one: Amendment, number: int) -> Deadline:
    """Return the deadline that took the place of the one that an amendment replaced."""
    later = (after.deadline for after in task.amended[number + 1 :] if after.part == one.part)
    return next(later, task.deadlines[one.part])


def _edits(edition: Edition, edits: Iterable[Edit], amended: set[str]) -> Iterator[Entry]:
    """Yield what was edited beside the amendments, which speak for themselves."""
    for edit in edits:
        field, _, part = edit.field.partition(" ")
        if field == "amendment" and edit.change == "added":
            continue
        if field == "deadline" and part in amended and edit.change == "changed":
            continue
        before, after = edit.before, edit.after
        yield Entry(
            at=edition.at,
            kind="edit",
            words=edit.words,
            by=edition.by,
            revision=edition.revision,
            part=part if field in ("deadline", "if_unreported", "amendment") else "",
            details={
                "field": edit.field,
                "change": edit.change,
                "before": before.en if before else None,
                "after": after.en if after else None,
            },
        )


def _presence(edition: Edition, kind: EntryKind, title: str) -> Entry:
    return Entry(edition.at, kind, Wording(title, title), by=edition.by, revision=edition.revision)


def without_echoes(entries: Sequence[Entry]) -> list[Entry]:
    """Return entries without the moves that an amendment of the same revision tells already, with its document."""
    amended = {(entry.revision, entry.part) for entry in entries if entry.kind == "amendment"}
    return [one for one in entries if one.kind != "moved" or one.occurrence or (one.revision, one.part) not in amended]
