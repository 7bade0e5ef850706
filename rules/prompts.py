"""Prompts: what people are asked or told beside the ladders of tasks: has an event happened, and, to the standing
office once a week, what it must see to. Each is a small obligation of its own, so that the ledger holds it once."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from rules.deadline import After, AheadOf, Deadline, Unit
from rules.digest import Matter, Question
from rules.directory import Holder, OrgUnit, Post
from rules.events import dated_ahead
from rules.inforce import in_force
from rules.ladder import Role
from rules.obligation import ObligationKey
from rules.programme import Event, Programme
from rules.recipients import AddressBook, Owers, Reached
from rules.roster import Known
from rules.stated import stated
from rules.term import Term

WATCH = "watch"
STATEMENT = "statement"
EVENT_PREFIX = "event:"
HEAD = "Người đứng đầu"
FOCAL = "Đầu mối"
"""How a post is named that the directory does not have."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """One prompt of one period: `key` makes it exist once."""

    key: ObligationKey
    kind: Literal["watch", "statement"]
    role: Role
    unit: str


def prompts(programme: Programme, known: Known, *, today: date) -> Iterator[Prompt]:
    """Yield the prompts that belong to the period `today` lies in: one per event nobody recorded, one statement a
    week."""
    for event in unrecorded(programme, known, today=today):
        assert event.watch
        period = period_key(today, event.watch.every)
        key = ObligationKey(programme.id, EVENT_PREFIX + event.id, "", event.watch.ask, period)
        yield Prompt(key, "watch", "focal", event.watch.ask)
    week = period_key(today, "week")
    key = ObligationKey(programme.id, STATEMENT, "", programme.standing, week)
    yield Prompt(key, "statement", "standing", programme.standing)


def unrecorded(programme: Programme, known: Known, *, today: date) -> Iterator[Event]:
    """Yield the watched events that have not happened by `today`, as far as anyone recorded; where a deadline lies
    ahead of one, its day is enough."""
    for event in programme.events.values():
        times = known.get(event.id, ())
        if event.watch is None or any(occurred.on <= today for occurred in times):
            continue
        # Asked last: it goes through all tasks, and few events have a day that is still to come.
        if not (times and event.id in dated_ahead(programme)):
            yield event


def recipient(prompt: Prompt, programme: Programme, book: AddressBook) -> Reached | None:
    """Return the post that gets the prompt, or None when nobody up to the chair is in post."""
    owers = Owers((prompt.unit,), (prompt.unit,), programme.standing)
    return next((post for post in book.reach(owers, prompt.role) if post.holder), None)


def period_key(day: date, unit: Unit) -> str:
    """Return the name of the day, week, month, quarter, half or year that `day` lies in."""
    match unit:
        case "day":
            return str(day)
        case "week":
            return str(day - timedelta(days=day.weekday()))
        case "month":
            return f"{day:%Y-%m}"
        case "quarter":
            return f"{day.year}-Q{(day.month + 2) // 3}"
        case "half":
            return f"{day.year}-H{(day.month + 5) // 6}"
        case "year":
            return str(day.year)


def question(event: Event, programme: Programme) -> Question:
    """Return the question whether that event has happened, with the tasks that wait for it."""
    waiting = tuple(task.named for task in programme.tasks.values() if _waits_for(task.deadlines.values(), event.id))
    return Question(
        programme=programme.id,
        programme_title=programme.title,
        event=event.id,
        title=event.title,
        expected=event.watch.expected if event.watch else None,
        waiting_tasks=waiting,
        source=event.source.spot,
        is_ahead=event.id in dated_ahead(programme),
    )


def matters(
    programme: Programme, known: Known, book: AddressBook, terms: Mapping[str, Term], *, today: date
) -> list[Matter]:
    """Return what the standing office must see to, from the rules alone: undated tasks, overdue events, posts without
    holder.

    `terms` holds the present term of each task that is still open, by task id; of one of several deadlines by
    `task/part`. Those that have a day may be left out.
    """
    found = [*_undated(programme, terms, today), *_overdue_events(programme, known, today)]
    return [*found, *_vacant(programme, book)]


def _undated(programme: Programme, terms: Mapping[str, Term], today: date) -> Iterator[Matter]:
    for name, term in terms.items():
        id, _, part = name.partition("/")
        task = programme.tasks.get(id)
        if task is None or part not in task.deadlines or term.due is not None or term.kind == "continuous":
            continue
        if term.kind in ("event", "before_event") and term.starts is None:
            continue  # still waiting for its event: that is the event's matter
        title = f"{task.title} – {part}" if part else task.title
        text = f"{title}: {stated(task, part, in_force(task, part, today).deadline) or in_words(term)}"
        since = programme.document.date
        yield Matter("undated", programme.id, task.named, text, since, source=task.deadline_source.spot)


def in_words(term: Term) -> str:
    """Return why a term has no day, in Vietnamese, for a listing."""
    return term.why.vi


def _overdue_events(programme: Programme, known: Known, today: date) -> Iterator[Matter]:
    """Yield the events nobody recorded by the day they were expected, and those that nobody expects by any day."""
    for event in unrecorded(programme, known, today=today):
        expected = event.watch.expected if event.watch else None
        if expected is None or expected < today:
            source = event.source.spot
            yield Matter("unrecorded", programme.id, event.id, event.title, expected=expected, source=source)


def _vacant(programme: Programme, book: AddressBook) -> Iterator[Matter]:
    """Yield the posts that mail looks for and nobody holds, and the units that lack one, with who reads instead."""
    directory = book.directory
    for id in sorted(units_written_to(programme)):
        unit = directory.units[id]
        posts: tuple[tuple[str, Role, Post | None], ...]
        posts = ((HEAD, "head", unit.head), (FOCAL, "focal", unit.focal), ("", "overseer", unit.overseer))
        for named, role, post in posts:
            if (post is None and not named) or (post is not None and post.holder(book.on)):
                continue
            title = post.title if post else named
            # Most titles name the unit themselves.
            shown = title if unit.name.casefold() in title.casefold() else f"{title} ({unit.name})"
            reader = book.holder_or_above(id, role).holder
            yield _vacancy(programme, shown, reader, post or unit, post.until if post else None)
    chair = directory.chair.holder(book.on) if directory.chair else None
    for shared, reader in ((directory.overseer, chair), (directory.chair, None)):
        if shared is not None and shared.holder(book.on) is None:
            yield _vacancy(programme, shared.title, reader, shared, shared.until)


def units_written_to(programme: Programme) -> set[str]:
    """Return the units whose posts mail of the programme looks for."""
    tasks = programme.tasks.values()
    # Many tasks have the same leads: a group of a thousand units is gone through once.
    heads = {unit for units in {task.head or task.lead.units for task in tasks} for unit in units}
    leads = {unit for units in {task.lead.units for task in tasks} for unit in units}
    return {programme.standing} | heads | leads


def _vacancy(
    programme: Programme, post: str, reader: Holder | None, place: Post | OrgUnit, since: date | None
) -> Matter:
    instead = f"thư gửi {reader.title} nhận thay" if reader else "không ai nhận thay, thư không gửi đi được"
    text = f"{instead}; đề nghị bổ sung người nhận thư vào danh bạ"
    return Matter("vacant", programme.id, post, text, since, source=place.source.spot)


def _waits_for(deadlines: Iterable[Deadline], event: str) -> bool:
    return any(isinstance(deadline, After | AheadOf) and deadline.event == event for deadline in deadlines)
