"""Unseen: rules that are other ones and of which nothing comes yet: of what is done, or of what is still to come."""

from collections.abc import Callable, Iterator, Mapping
from operator import attrgetter

from rules.calendar import Calendar
from rules.changes.obligations import Told
from rules.changes.values import Rewording
from rules.days import day_vi
from rules.directory import Directory
from rules.follow import Place
from rules.ladder import Ladder
from rules.programme import Programme, Rulebook, Task
from rules.stated import said

_DECIDING = ("lead", "head", "deadlines", "amended", "ladder", "coordinate")


def unseen(before: Rulebook, after: Rulebook, told: Told) -> Iterator[Rewording]:
    """Yield the rules that differ, of which no obligation moves, appears, ends or passes to others."""
    shown = _shown(told)
    causes = {cause.kind for move in told.moves for cause in move.causes}
    for id in sorted(before.programmes.keys() & after.programmes.keys()):
        was, is_ = before.programmes[id], after.programmes[id]
        for name in [name for name in was.tasks if name in is_.tasks and (id, name) not in shown]:
            yield from _of_task(was, is_, was.tasks[name], is_.tasks[name])
        for name in sorted(was.tasks.keys() ^ is_.tasks.keys()):
            if (id, name) not in shown:
                old, new = was.tasks.get(name), is_.tasks.get(name)
                yield Rewording(id, name, "task", old.title if old else "", new.title if new else "")
    if "ladder" not in causes:
        yield from _named("ladder", before.ladders, after.ladders, _rungs)
    if "calendar" not in causes:
        yield from _named("calendar", before.calendars, after.calendars, _lines)
    if not (told.appearing or told.ending or told.passing):
        yield from _named("directory", before.directories, after.directories, _names)


def _shown(told: Told) -> set[Place]:
    lines = [each.line for part in told for each in part]
    return {(line.programme, line.task) for line in lines}


def _of_task(was: Programme, is_: Programme, old: Task, new: Task) -> Iterator[Rewording]:
    for name in _DECIDING:
        if attrgetter(name)(old) != attrgetter(name)(new):
            yield Rewording(is_.id, new.id, name, _text(was, old, name), _text(is_, new, name))


def _text(programme: Programme, task: Task, name: str) -> str:
    match name:
        case "lead":
            return ", ".join(task.lead.named)
        case "deadlines":
            return "; ".join(": ".join(filter(None, (p, said(programme, d)))) for p, d in task.deadlines.items())
        case "amended":
            return "; ".join(one.document or day_vi(one.until_on) for one in task.amended)
        case "ladder":
            return task.ladder
        case _:
            return ", ".join(getattr(task, name))


def _named(
    kind: str, before: Mapping[str, object], after: Mapping[str, object], text: Callable[..., str]
) -> Iterator[Rewording]:
    for id in sorted(before.keys() | after.keys()):
        old = text(before[id]) if id in before else ""
        new = text(after[id]) if id in after else ""
        if old != new:
            yield Rewording("", "", f"{kind} {id}", *_apart(old, new))


def _apart(old: str, new: str) -> tuple[str, str]:
    """Return of both texts the parts the other has not."""
    one, other = old.split("; "), new.split("; ")
    return "; ".join(part for part in one if part not in other), "; ".join(part for part in other if part not in one)


def _rungs(ladder: Ladder) -> str:
    return "; ".join(
        f"{rung.id}: {rung.at}, {'+'.join(rung.to)}" + (f", cc {'+'.join(rung.cc)}" if rung.cc else "")
        for rung in ladder.rungs
    )


def _lines(calendar: Calendar) -> str:
    days = [f"{day} {off.name.vi}" for day, off in sorted(calendar.holidays.items())]
    days += [f"{day} worked" for day in sorted(calendar.worked)]
    days += [f"announced until {calendar.announced_until}", f"covers {sorted(calendar.covers)}"]
    return "; ".join(days)


def _names(directory: Directory) -> str:
    units = [f"{unit.id}: {unit.name}" for unit in directory.units.values()]
    groups = [f"{group.id}: {', '.join(group.members) or group.name}" for group in directory.groups.values()]
    return "; ".join(units + groups)
