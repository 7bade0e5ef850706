"""Events: what makes them happen, looked up; circles of events and tasks that wait for each other, named."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from rules.load.build.deadline import event_of
from rules.load.build.task import TASK, Scope
from rules.load.mistake import joined, unknown
from rules.load.place import Faults, Place
from rules.load.shapes.programme import EventShape
from rules.programme import Event, Task, Watch
from rules.wording import Wording

_CAUSES = ("date", "dates", "after", "when_done")


def event(name: str, shape: EventShape, place: Place, scope: Scope) -> Event:
    """Return the event."""
    causes = [cause for cause in _CAUSES if getattr(shape, cause) is not None]
    if len(causes) > 1:
        both = joined(causes)
        said = Wording(
            f"{both.vi} đứng cùng nhau; một sự kiện chỉ xảy ra theo một cách",
            f"{both.en} stand together; an event happens in one way",
        )
        scope.faults.at_key(place / causes[1], said)
    if shape.after:
        scope.check_event(shape.after.event, place / "after" / "event")
    if shape.when_done and not scope.has_task(shape.when_done):
        scope.faults.at(place / "when_done", unknown(TASK, shape.when_done, scope.tasks, most=8))
    return Event(
        id=name,
        title=shape.title,
        dates=(shape.date,) if shape.date else tuple(sorted(shape.dates or ())),
        after=(shape.after.event, shape.after.within) if shape.after else None,
        when_done=scope.task_id(shape.when_done) if shape.when_done else None,
        watch=_watch(shape, place / "watch", scope),
        source=place.key_source,
    )


def _watch(shape: EventShape, place: Place, scope: Scope) -> Watch | None:
    if shape.watch is None:
        return None
    scope.check_units((shape.watch.ask,), place / "ask")
    return Watch(shape.watch.ask, shape.watch.every, shape.watch.expected)


def check_circles(events: Mapping[str, Event], tasks: Mapping[str, Task], place: Place, faults: Faults) -> None:
    """Add a problem for every circle of events that wait for each other."""
    search = _Search(events, tasks)
    for name in events:
        for circle in search.circles_from(name):
            key = "after" if events[circle[0]].after else "when_done"
            vi, en = " → ".join(search.shown(circle, "nhiệm vụ")), " → ".join(search.shown(circle, "task"))
            said = Wording(
                f"các sự kiện chờ nhau thành vòng: {vi}; bỏ một chỗ chờ",
                f"events wait for each other in a circle: {en}; break it",
            )
            faults.at(place / circle[0] / key, said)


@dataclass(slots=True)
class _Search:
    events: Mapping[str, Event]
    tasks: Mapping[str, Task]
    done: set[str] = field(default_factory=set)

    def circles_from(self, start: str) -> Iterator[list[str]]:
        """Yield the circles not met before, each as its events with the first one again at the end."""
        trail, ways = [start], [iter(self.waits_for(start))]
        while trail and start not in self.done:
            following = next(ways[-1], None)
            if following is None:
                self.done.add(trail.pop())
                ways.pop()
                if not trail:
                    return
            elif following in trail:
                yield [*trail[trail.index(following) :], following]
            elif following not in self.done:
                trail.append(following)
                ways.append(iter(self.waits_for(following)))

    def waits_for(self, name: str) -> list[str]:
        """Return the events that must happen before this one."""
        event = self.events[name]
        found = [event.after[0]] if event.after else []
        done = self.tasks.get(event.when_done) if event.when_done else None
        found += [waits[0] for each in (done.deadlines.values() if done else ()) if (waits := event_of(each))]
        return [each for each in dict.fromkeys(found) if each in self.events]

    def shown(self, circle: list[str], called: str) -> Iterator[str]:
        """Yield the words of a circle, with the tasks that lie between its events, and what a task is `called`."""
        for name in circle[:-1]:
            yield name
            if task := self.events[name].when_done:
                yield f"{called} {task}"
        yield circle[-1]
