"""What stands in the files and is used by nothing: events, units, groups, ladders, routes, calendars, directories."""

from collections.abc import Iterator

from rules.lint.events import waiting
from rules.lint.finding import Check, Found
from rules.lint.subject import Subject
from rules.programme import Programme
from rules.routing import matches
from rules.wording import Wording


def _events(subject: Subject) -> Iterator[Found]:
    for programme in subject.rulebook.programmes.values():
        base = {event.after[0] for event in programme.events.values() if event.after}
        for id, event in programme.events.items():
            earlier = any(
                getattr(amendment.deadline, "event", None) == id
                for task in programme.tasks.values()
                for amendment in task.amended
            )
            if not waiting(programme, id) and id not in base and not earlier:
                said = Wording(
                    f"không hạn nào gắn với sự kiện '{event.title}'", f"no deadline hangs on the event '{event.title}'"
                )
                yield Found(subject.papers.of("programme", programme.id) / "events" / id, said, at_key=True)


def _named_by(programme: Programme) -> Iterator[str]:
    """Yield the units and groups that a programme names."""
    yield programme.standing
    for task in programme.tasks.values():
        yield from (*task.lead.named, *task.head, *task.coordinate_named)
    for route in programme.routes:
        yield from route.lead
    for indicator in programme.indicators:
        yield from indicator.owner_named
    for event in programme.events.values():
        if event.watch:
            yield event.watch.ask


def _used(subject: Subject, directory: str) -> set[str]:
    """Return the units and groups of a directory that programmes name, and the members of those groups."""
    programmes = (one for one in subject.rulebook.programmes.values() if one.directory == directory)
    used = {name for programme in programmes for name in _named_by(programme)}
    found = subject.rulebook.directories[directory]
    place = subject.papers.of("directory", directory) / "groups"
    waiting = [name for name in used if name in found.groups]
    while waiting:
        members = (place / waiting.pop()).node.part("members")
        value = members.value if members else []
        names = {str(name) for name in (value if isinstance(value, list) else [value])}
        waiting += [name for name in names - used if name in found.groups]
        used |= names
    return used


def _units(subject: Subject) -> Iterator[Found]:
    for directory in subject.rulebook.directories.values():
        used = _used(subject, directory.id)
        for unit in directory.units.values():
            if unit.id not in used:
                said = Wording(f"không chương trình nào nêu {unit.name}", f"no programme names {unit.id} ({unit.name})")
                yield Found(subject.papers.of("directory", directory.id) / "units" / unit.id, said, at_key=True)


def _groups(subject: Subject) -> Iterator[Found]:
    for directory in subject.rulebook.directories.values():
        used = _used(subject, directory.id)
        for group in directory.groups.values():
            if group.id not in used:
                said = Wording(
                    f"không chương trình nào nêu nhóm {group.name}",
                    f"no programme names the group {group.id} ({group.name})",
                )
                yield Found(subject.papers.of("directory", directory.id) / "groups" / group.id, said, at_key=True)


def _ladders(subject: Subject) -> Iterator[Found]:
    programmes = subject.rulebook.programmes.values()
    used = {programme.ladder for programme in programmes}
    used |= {route.ladder for programme in programmes for route in programme.routes}
    used |= {task.ladder for _, task in subject.tasks()}
    for ladder in subject.rulebook.ladders.values():
        if ladder.id not in used:
            said = Wording(f"không nhiệm vụ nào dùng thang {ladder.id}", f"no task climbs ladder {ladder.id}")
            yield Found(subject.papers.of("ladder", ladder.id), said)


def _routes(subject: Subject) -> Iterator[Found]:
    for programme in subject.rulebook.programmes.values():
        for index, route in enumerate(programme.routes):
            meant = [task for task in programme.tasks.values() if matches(task, route)]
            left = [task for task in meant if not any(matches(task, earlier) for earlier in programme.routes[:index])]
            if left:
                continue
            said = (
                Wording(
                    f"tuyến {index + 1} không bao giờ đến lượt: {len(meant)} nhiệm vụ của nó đã khớp tuyến trước",
                    f"route {index + 1} is never reached: its {len(meant)} tasks match an earlier one",
                )
                if meant
                else Wording(f"tuyến {index + 1} không khớp nhiệm vụ nào", f"route {index + 1} matches no task")
            )
            yield Found(subject.papers.of("programme", programme.id) / "routes" / index, said)


def _documents(subject: Subject) -> Iterator[Found]:
    programmes = subject.rulebook.programmes.values()
    named = {("directory", one.directory) for one in programmes} | {("calendar", one.calendar) for one in programmes}
    all_of = [
        *(("directory", id) for id in subject.rulebook.directories),
        *(("calendar", id) for id in subject.rulebook.calendars),
    ]
    for kind, id in all_of:
        if (kind, id) not in named:
            what = {"directory": "danh bạ", "calendar": "lịch"}[kind]
            said = Wording(f"không chương trình nào dùng {what} {id}", f"no programme uses {kind} {id}")
            yield Found(subject.papers.of(kind, id), said)


_WHY = Wording(
    "Thứ không dùng thường là tên gõ nhầm ở nơi khác, hoặc phần còn sót lại.",
    "What nothing uses is most often misspelt elsewhere, or left over.",
)
_MEND = Wording("bỏ đi, hoặc sửa nơi lẽ ra phải dùng nó", "remove it, or mend the place that ought to use it")

CHECKS = (
    Check(
        "D901",
        "unused-event",
        "warning",
        Wording("sự kiện không dùng", "an unused event"),
        _WHY,
        _MEND,
        bad="hop: {title: Họp Ban Chỉ đạo, date: 2026-04-10}",
        good="deadline: {after: hop, within: 5 days}",
        find=_events,
    ),
    Check(
        "D902",
        "unused-unit",
        "warning",
        Wording("đơn vị không dùng", "an unused unit"),
        _WHY,
        Wording(
            "bỏ đi; danh bạ dùng chung thì ghi # lint: D902 vì … trên dòng directory:",
            (
                "remove it; of a directory kept for more than these programmes say so above its first "
                "line: # lint: D902 because …"
            ),
        ),
        bad="so-c: {name: Sở C, head: {title: Giám đốc Sở C, email: gd.c@tinh.example}}",
        good="coordinate: [so-c]",
        find=_units,
    ),
    Check(
        "D903",
        "unused-group",
        "warning",
        Wording("nhóm không dùng", "an unused group"),
        _WHY,
        _MEND,
        bad="cac-so: {name: Các sở, members: [so-a, so-b]}",
        good="coordinate: [cac-so]",
        find=_groups,
    ),
    Check(
        "D904",
        "unused-ladder",
        "warning",
        Wording("thang không dùng", "an unused ladder"),
        _WHY,
        _MEND,
        bad="ladder: nhe  # không nhiệm vụ nào dùng",
        good="stated: Tháng 3\n    ladder: nhe",
        find=_ladders,
    ),
    Check(
        "D905",
        "dead-route",
        "warning",
        Wording("tuyến không bao giờ dùng", "a route that is never taken"),
        _WHY,
        Wording("đặt tuyến hẹp trước tuyến rộng, hoặc bỏ", "put the narrow route before the wide one, or remove it"),
        bad="- {match: {section: C}, ladder: chuan}",
        good="- {match: {section: A}, ladder: chuan}",
        find=_routes,
    ),
    Check(
        "D906",
        "unused-document",
        "warning",
        Wording("danh bạ, lịch không dùng", "an unused directory or calendar"),
        _WHY,
        _MEND,
        bad="calendar: lich-cu",
        good="calendar: lich",
        find=_documents,
    ),
)
