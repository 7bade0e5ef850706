"""People: who is meant by what a scenario calls them, on a day; and how an address is called in the words of posts."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import cache

from rules.directory import Directory, Post
from rules.ladder import Role
from rules.programme import Programme, Rulebook, Task
from rules.prompts import EVENT_PREFIX
from rules.recipients import AddressBook, AddressBooks
from rules.scenario import Scenario, Whom
from rules.wording import Language, Wording

Reader = Callable[[date], frozenset[str]]
"""One reader: the address on a day, of a title that several bear all of theirs, none where nobody is in post."""


class People:
    """The directory of one scenario's programme."""

    def __init__(self, scenario: Scenario, rulebook: Rulebook) -> None:
        self._programme: Programme = rulebook.programmes[scenario.programme]
        self._directory: Directory = rulebook.directories[self._programme.directory]
        self._books = AddressBooks(self._directory)

    def readers(self, whom: Whom, task: str | None, units: tuple[str, ...]) -> list[Reader]:
        """Return each reader meant; `task`, and of its units those named, say whose post it is where that is open."""
        if whom.address is not None:
            return [lambda _: frozenset([whom.address or ""])]
        if whom.title is not None:
            return [self._titled(whom.title)]
        assert whom.role is not None
        if whom.units is not None:
            return [self._held(unit, whom.role) for unit in whom.units if whom.role != "coordinate"]
        return [self._reached(unit, role) for unit, role in self._posts(whom, task, units)]

    def slots(self, whom: Whom, task: str | None, units: tuple[str, ...]) -> set[tuple[str, str]]:
        """Return the posts meant, as unit and role."""
        if whom.role is None:
            return set()
        if whom.units is not None:
            return {(unit, whom.role) for unit in whom.units}
        return set(self._posts(whom, task, units))

    def vacancy(self, whom: Whom, day: date, language: Language) -> str:
        """Return what is to be known when nobody holds a post that is named, '' when somebody does."""
        vacant = [unit for unit in whom.units or () if not self._held(unit, whom.role or "")(day)]
        if not vacant or whom.role in (None, "coordinate"):
            return ""
        above = self._book(day).holder_or_above(vacant[0], _role(whom.role or ""))
        post = f"{vacant[0]}/{whom.role}"
        where = Wording("các chức trên cũng trống", "nor any post above")
        if above.holder:
            instead = self.called(above.holder.email, day)
            where = Wording(f"thư đi đến {instead}", f"its mail goes to {instead}")
        vi, en = f"ngày {day} không ai giữ {post}: {where.vi}", f"nobody holds {post} on {day}: {where.en}"
        return Wording(vi, en).say(language)

    def called(self, address: str, day: date) -> str:
        """Return the post behind an address, with the address."""
        post = self.post_of(address, day)
        return f"{post} <{address}>" if post else address

    def post_of(self, address: str, day: date) -> str:
        """Return a post whose mail that address reads on a day, as a scenario names it; '' when there is none."""
        for unit in self._directory.units.values():
            for role in ("head", "focal", "overseer"):
                post = getattr(unit, role)
                if _reads(post, address, day):
                    return f"{unit.id}/{role}"
        if _reads(self._directory.chair, address, day):
            return "chair"
        return "overseer" if _reads(self._directory.overseer, address, day) else ""

    def _posts(self, whom: Whom, task: str | None, units: tuple[str, ...]) -> Iterator[tuple[str, str]]:
        role = whom.role
        if role == "standing":
            yield self._programme.standing, "standing"
            return
        for each in self._tasks(task):
            if role == "coordinate":
                yield from ((unit, "focal") for unit in each.coordinate)
                continue
            owing = [unit for unit in each.lead.units if not units or unit in units]
            if role == "head" and each.head:
                owing = list(each.head)
            yield from ((unit, role or "") for unit in (owing[:1] if role == "chair" and not each.lead.each else owing))
        if task is not None and task.startswith(EVENT_PREFIX):
            watch = self._programme.events[task.removeprefix(EVENT_PREFIX)].watch
            yield from ((watch.ask, role or ""),) if watch else ()

    def _tasks(self, task: str | None) -> Iterable[Task]:
        if task is None:
            return self._programme.tasks.values()
        found = self._programme.tasks.get(task)
        return (found,) if found else ()

    def _held(self, unit: str, role: str) -> Reader:
        def holder(day: date) -> frozenset[str]:
            post = self._directory.post(unit, _role(role))
            found = post.holder(day) if post else None
            return frozenset([found.email]) if found else frozenset()

        return holder

    def _reached(self, unit: str, role: str) -> Reader:
        def reached(day: date) -> frozenset[str]:
            found = self._book(day).holder_or_above(unit, _role(role)).holder
            return frozenset([found.email]) if found else frozenset()

        return cache(reached)

    def _titled(self, title: str) -> Reader:
        def bearers(day: date) -> frozenset[str]:
            holders = (post.holder(day) for post in self._all_posts() if post)
            return frozenset(each.email for each in holders if each and each.title.casefold() == title)

        return cache(bearers)

    def _all_posts(self) -> Iterator[Post | None]:
        yield from (self._directory.chair, self._directory.overseer)
        for unit in self._directory.units.values():
            yield from (unit.head, unit.focal, unit.overseer)

    def _book(self, day: date) -> AddressBook:
        return self._books.on(day)


def _reads(post: Post | None, address: str, day: date) -> bool:
    holder = post.holder(day) if post else None
    return holder is not None and holder.email == address


def _role(name: str) -> Role:
    match name:
        case "head" | "focal" | "overseer" | "chair" | "standing":
            return name
        case _:
            raise ValueError(f"{name!r} is no post")
