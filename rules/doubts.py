"""Doubts: what is right in the rule files and yet only assumed, or easily forgotten. `check` prints them."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from rules.deadline import After, AheadOf, Continuous, Deadline, Every, SetBy
from rules.directory import Directory
from rules.events import dated_ahead, events_known
from rules.ladder import Ladder, Role, Rung
from rules.problem import Problem
from rules.programme import Event, Programme, Rulebook, Task
from rules.roster import Roster
from rules.term import Term, TermContext
from rules.terms import following, occurrences
from rules.window import Policy
from rules.wording import NOTHING, Wording, same

_NAMED = 3
_SUPERIORS: tuple[Role, ...] = ("overseer", "chair")


def doubts(rulebook: Rulebook, policy: Policy) -> list[Problem]:
    """Return one doubt per calendar a programme outlives, event nobody is asked about, lead nobody answers for, and
    superior that a ladder names and nobody is."""
    found: list[Problem] = []
    for programme in rulebook.programmes.values():
        known = events_known(programme, {}, {}, calendar=rulebook.calendars[programme.calendar], zone=policy.zone)
        roster = Roster(rulebook, policy, {programme.id: known})
        found += _beyond_calendar(programme, roster.context(programme))
        found += _unwatched(programme)
        found += _headless(programme, rulebook)
    found += _without_superior(rulebook)
    return sorted(set(found))


def _beyond_calendar(programme: Programme, context: TermContext) -> Iterator[Problem]:
    until = context.calendar.announced_until
    if until is None:
        return
    beyond = [(task, term) for task in programme.tasks.values() for term in _provisional(task, context)]
    if not beyond:
        return
    dues = [f"{task.id} ({term.due})" for task, term in beyond]
    shown = _some(dues)
    said = Wording(
        f"lịch '{context.calendar.id}' mới công bố đến {until}, ngày nghỉ sau đó chỉ là dự kiến: {shown.vi}",
        f"the calendar '{context.calendar.id}' is announced up to {until}, "
        f"days off beyond it are only expected: {shown.en}",
    )
    yield Problem(programme.source, programme.id, said)


def _some(words: Sequence[str]) -> Wording:
    """Return the first words, and how many more there are."""
    named, more = ", ".join(words[:_NAMED]), len(words) - _NAMED
    return Wording(f"{named} và {more} nữa", f"{named} and {more} more") if more > 0 else same(named)


def _provisional(task: Task, context: TermContext) -> Iterator[Term]:
    """Yield the first term of each deadline of the task that counts on days nobody has announced."""
    until = context.calendar.announced_until
    assert until is not None
    for deadline in task.deadlines.values():
        if isinstance(deadline, Every | Continuous):
            found = following(deadline, context, until, n=2)
        else:
            found = occurrences(deadline, context, first=until, last=until)
        terms = [occurrence.term for occurrence in found if occurrence.term.provisional]
        yield from terms[:1]


def _unwatched(programme: Programme) -> Iterator[Problem]:
    ahead = dated_ahead(programme)
    for event in programme.events.values():
        waiting = [task.id for task in programme.tasks.values() if _waits_for(task, event.id)]
        if waiting and not (event.watch or event.dates or event.after or event.when_done):
            shown = ", ".join(waiting[:_NAMED])
            said = Wording(
                f"không ai được hỏi sự kiện đã xảy ra chưa, nên {shown} có thể chờ mãi; thêm `watch`",
                f"nobody is asked whether it has happened, and {shown} may wait for ever; add `watch`",
            )
            if event.id in ahead:
                said = _undated(event, shown)
            yield Problem(event.source, _path(programme, event), said)


def _undated(event: Event, shown: str) -> Wording:
    command = f"dondoc event record {event.id} --on"
    return Wording(
        f"chưa biết ngày của sự kiện, mà {shown} phải xong trước ngày ấy; có ngày thì ghi nhận ngay "
        f"({command} NGÀY), và thêm `watch` để có người được hỏi",
        f"its day is not known, and {shown} must be done before it; record the day as soon as it is set "
        f"({command} DATE), and add `watch`, so that somebody is asked for it",
    )


def _path(programme: Programme, event: Event) -> str:
    return f"{programme.id}.events.{event.id}"


def _waits_for(task: Task, event: str) -> bool:
    return any(
        isinstance(deadline, After | AheadOf) and deadline.event == event for deadline in task.deadlines.values()
    )


def _headless(programme: Programme, rulebook: Rulebook) -> Iterator[Problem]:
    """Yield the units that owe something and have nobody at their head; the mail goes one post up."""
    units = rulebook.directories[programme.directory].units
    for id in sorted({id for task in programme.tasks.values() for id in task.head or task.lead.units}):
        unit = units[id]
        if unit.head is None or unit.head.email is None:
            said = Wording(
                "không có người đứng đầu: thư về việc của đơn vị gửi lên chức trên",
                "nobody is its head: what it owes goes to the post above",
            )
            yield Problem(unit.source, f"units.{id}", said)


def _without_superior(rulebook: Rulebook) -> Iterator[Problem]:
    """Yield the rungs that look for an overseer or a chair whom the units that climb them do not have."""
    owing: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for programme in rulebook.programmes.values():
        for task in programme.tasks.values():
            if any(_falls_due(deadline) for deadline in task.deadlines.values()):
                owing[programme.directory, task.ladder].update(dict.fromkeys(task.lead.units, 1))
    for (directory, ladder), tasks in owing.items():
        yield from _unreached(rulebook.directories[directory], rulebook.ladders[ladder], tasks)


def _falls_due(deadline: Deadline) -> bool:
    return not isinstance(deadline, SetBy) and not (isinstance(deadline, Continuous) and deadline.review is None)


def _unreached(directory: Directory, ladder: Ladder, tasks: Counter[str]) -> Iterator[Problem]:
    for role in _SUPERIORS:
        lacking = {unit: count for unit, count in tasks.items() if directory.post(unit, role) is None}
        for rung in ladder.rungs if lacking else ():
            if role in rung.to or (role in rung.cc and not _is_asked(ladder, role)):
                to_chair = role == "overseer" and directory.chair is not None
                said = _reached(_lacking(role, lacking), rung, ladder, is_asked=role in rung.to, to_chair=to_chair)
                yield _at_units(directory, lacking, said)


def _reached(lacking: Wording, rung: Rung, ladder: Ladder, *, is_asked: bool, to_chair: bool) -> Wording:
    verb = Wording("không gửi đến ai", "reaches nobody") if is_asked else Wording("không báo cho ai", "copies nobody")
    but = Wording(" ngoài chair", " but the chair") if to_chair else NOTHING
    return Wording(
        f"{lacking.vi}: bậc {rung.id} của thang {ladder.id} {verb.vi}{but.vi}",
        f"{lacking.en}: rung {rung.id} of ladder {ladder.id} {verb.en}{but.en}",
    )


def _is_asked(ladder: Ladder, role: Role) -> bool:
    return any(role in rung.to for rung in ladder.rungs)


def _lacking(role: Role, tasks: Mapping[str, int]) -> Wording:
    """Return which units lack the post, each with the number of its tasks, three at most."""
    one = len(tasks) == 1
    vi = _some([f"{unit} ({count} nhiệm vụ)" for unit, count in tasks.items()]).vi
    en = _some([f"{unit} ({count} {'task' if count == 1 else 'tasks'})" for unit, count in tasks.items()]).en
    units = f"{'unit' if one else 'units'} {en}"
    if role == "chair":
        return Wording(f"danh bạ không có chair cho đơn vị {vi}", f"the directory names no chair for {units}")
    return Wording(
        f"đơn vị {vi} không có {role} và danh bạ cũng không ghi",
        f"{units} {'has' if one else 'have'} no {role} and the directory names none",
    )


def _at_units(directory: Directory, lacking: Mapping[str, int], said: Wording) -> Problem:
    if len(lacking) > 1:
        return Problem(directory.source, "units", said)
    [unit] = lacking
    return Problem(directory.units[unit].source, f"units.{unit}", said)
