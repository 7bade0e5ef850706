"""Readers: posts whose mail another person reads after an edit of the directory, now or from a day on; and where nobody
holds one any more, who reads it instead."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from rules.changes.values import Reader
from rules.days import plus
from rules.decide import end_of
from rules.directory import Directory, Holder, Post
from rules.ladder import Role
from rules.programme import Rulebook
from rules.prompts import units_written_to
from rules.recipients import AddressBooks
from rules.world import World

_ROLES: tuple[Role, ...] = ("head", "focal", "overseer")


def readers(before: Rulebook, after: World, *, today: date) -> Iterator[Reader]:
    """Yield every post of a unit, and every shared one, that somebody else holds from today or a later day on; once for
    each stretch of days."""
    reached = _reached(after)
    for id in sorted(before.directories.keys() & after.rulebook.directories.keys()):
        was, is_ = before.directories[id], after.rulebook.directories[id]
        if was == is_:
            continue
        instead = _Instead(after.rulebook, AddressBooks(is_))
        for unit in sorted(was.units.keys() & is_.units.keys()):
            for role in _ROLES:
                posts = getattr(was.units[unit], role), getattr(is_.units[unit], role)
                yield from map(instead.of, _of_post(is_, unit, role, posts, today, reached[id, unit, role]))
        for role in ("chair", "overseer"):
            posts = getattr(was, role), getattr(is_, role)
            yield from map(instead.of, _of_post(is_, "", role, posts, today, reached[id, "", "chair"]))


class _Stretch(NamedTuple):
    """Who holds a post from a day on, before and after."""

    from_on: date
    before: str | None
    after: str | None


def _of_post(
    directory: Directory, unit: str, role: Role, posts: tuple[Post | None, Post | None], today: date, reached: int
) -> Iterator[Reader]:
    old, new = posts
    source = (new or old or directory).source
    name = directory.units[unit].name if unit else ""
    found = list(_stretches(old, new, today))
    for one, next_ in zip(found, [*found[1:], None], strict=True):
        if one.before != one.after:
            until = plus(next_.from_on, -1) if next_ else None
            yield Reader(
                directory.id, unit, name, role, one.before, one.after, one.from_on, reached, source.spot, until
            )


def _stretches(old: Post | None, new: Post | None, today: date) -> Iterator[_Stretch]:
    last: _Stretch | None = None
    for on in sorted({today, *_turns((old, new), today)}):
        found = _Stretch(on, _holder(old, on), _holder(new, on))
        if last is None or found[1:] != last[1:]:
            yield found
            last = found


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


@dataclass(frozen=True, slots=True)
class _Instead:
    """Finds who reads what is owed to a post that nobody holds."""

    rulebook: Rulebook
    books: AddressBooks

    def of(self, reader: Reader) -> Reader:
        """Return it with who reads instead, and which standing offices are told that nobody is in post."""
        if reader.after is not None:
            return reader
        role, holder = self._above(reader)
        email = holder.email if holder else None
        return replace(reader, instead=email, instead_role=role if holder else None, told=tuple(self._told(reader)))

    def _above(self, reader: Reader) -> tuple[Role, Holder | None]:
        book = self.books.on(reader.from_on)
        if reader.unit:
            _, role, holder = book.holder_or_above(reader.unit, reader.role)
            return role, holder
        chair = book.directory.chair
        return "chair", chair.holder(reader.from_on) if chair else None

    def _told(self, reader: Reader) -> Iterator[str]:
        book, seen = self.books.on(reader.from_on), set[str]()
        for programme in self.rulebook.programmes.values():
            if programme.directory != reader.directory:
                continue
            if reader.unit and reader.unit not in units_written_to(programme):
                continue
            holder = book.holder_or_above(programme.standing, "standing").holder
            if holder and holder.email not in seen:
                seen.add(holder.email)
                yield holder.email


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
