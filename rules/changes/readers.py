"""Readers: posts whose mail another person reads after an edit of the directory, now or from a day on."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date

from rules.changes.values import Reader
from rules.days import plus
from rules.decide import end_of
from rules.directory import Directory, Post
from rules.ladder import Role
from rules.programme import Rulebook
from rules.world import World

_ROLES: tuple[Role, ...] = ("head", "focal", "overseer")


def readers(before: Rulebook, after: World, *, today: date) -> Iterator[Reader]:
    """Yield every post of a unit, and every shared one, that somebody else holds from today or a later day on."""
    reached = _reached(after)
    for id in sorted(before.directories.keys() & after.rulebook.directories.keys()):
        was, is_ = before.directories[id], after.rulebook.directories[id]
        for unit in sorted(was.units.keys() & is_.units.keys()):
            for role in _ROLES:
                old, new = getattr(was.units[unit], role), getattr(is_.units[unit], role)
                yield from _of_post(is_, unit, role, (old, new), today, reached[id, unit, role])
        yield from _of_post(is_, "", "chair", (was.chair, is_.chair), today, reached[id, "", "chair"])
        yield from _of_post(is_, "", "overseer", (was.overseer, is_.overseer), today, reached[id, "", "chair"])


def _of_post(
    directory: Directory, unit: str, role: Role, posts: tuple[Post | None, Post | None], today: date, reached: int
) -> Iterator[Reader]:
    old, new = posts
    for on in sorted({today, *_turns(posts, today)}):
        was, is_ = _holder(old, on), _holder(new, on)
        if was != is_:
            source = (new or old).source if new or old else directory.source  # type: ignore[union-attr]
            name = directory.units[unit].name if unit else ""
            yield Reader(directory.id, unit, name, role, was, is_, on, reached, source.spot)
            return


def _turns(posts: Iterable[Post | None], today: date) -> Iterator[date]:
    """Yield the days to come on which somebody else takes a post over."""
    for post in posts:
        if post is None:
            continue
        days = [day for acting in post.acting for day in (acting.from_, plus(acting.until, 1))]
        days += [plus(post.until, 1)] if post.until else []
        yield from (day for day in days if day > today)


def _holder(post: Post | None, on: date) -> str | None:
    found = post.holder(on) if post else None
    return found.email if found else None


def _reached(world: World) -> Counter[tuple[str, str, str]]:
    """Return how many open obligations each post answers for: its own unit's; those of all, for the chair."""
    found: Counter[tuple[str, str, str]] = Counter()
    for entry in world.entries.values():
        if end_of(entry.facts) is not None:
            continue
        directory = entry.cohort.followed.directory.id
        found[directory, "", "chair"] += 1
        for unit in {*entry.owers.units, *entry.owers.heads}:
            for role in _ROLES:
                found[directory, unit, role] += 1
    return found
