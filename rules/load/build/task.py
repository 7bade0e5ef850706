"""Tasks: who owes them, their deadlines by part, the deadlines they had before."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from rules.deadline import Continuous, Deadline, Every
from rules.load.build.deadline import RHYTHM_UNITS, check_occurs, deadline, event_of
from rules.load.build.people import Who
from rules.load.documents import Documents
from rules.load.mistake import listed, quoted, unknown
from rules.load.place import Faults, Place
from rules.load.shapes.deadline import DeadlineShape
from rules.load.shapes.programme import AmendedShape, EachShape, TaskShape
from rules.programme import Amendment, Lead, Task
from rules.term import TermContext
from rules.wording import Wording

TASK = Wording("nhiệm vụ", "task")
EVENT = Wording("sự kiện", "event")
PART = Wording("phần", "part")
_HERE = Wording("chương trình này", "in this programme")


@dataclass(frozen=True, slots=True)
class Scope:
    """What the tasks of a programme may refer to; without a readable directory (`who` None) no unit is unknown."""

    who: Who | None
    place: Place
    """Where the programme stands."""
    events: Collection[str]
    tasks: Mapping[str, str]
    """The ids of all tasks as they are written, each with the one that facts and ledger know it by."""
    documents: Documents
    has_start: bool
    """Whether the programme says when its recurrences begin."""
    context: TermContext | None
    """What recurrences are counted with, None where that could not be read."""
    faults: Faults

    def units_of(self, names: Sequence[str], place: Place, *, only_coordinate: bool = False) -> tuple[str, ...]:
        """Return the units that these units and groups come to."""
        if self.who is None:
            return tuple(names)
        return self.who.units_of(names, place, self.faults, only_coordinate=only_coordinate)

    def check_units(self, names: Sequence[str], place: Place) -> None:
        """Add a problem for each name that is no unit."""
        for index, name in enumerate(names):
            if self.who is not None:
                self.who.check_unit(name, place / index, self.faults)

    def deadline(self, shape: DeadlineShape, place: Place) -> Deadline:
        """Return the deadline, its event looked up."""
        before = len(self.faults.problems)
        found = deadline(shape, place, self.faults)
        if waits := event_of(found):
            self.check_event(waits[0], place / waits[1])
        rhythm = found.review if isinstance(found, Continuous) else found
        has_start = self.has_start or place.incomplete("from", "review")
        if isinstance(rhythm, Every) and rhythm.count > 1 and not (rhythm.from_ or has_start):
            self.faults.at(place, _no_start(rhythm))
        is_sound = len(self.faults.problems) == before and not place.incomplete("on", "from", "until", "review")
        if isinstance(rhythm, Every) and self.context and is_sound:
            check_occurs(rhythm, self.context, place, self.faults)
        return found

    def check_event(self, name: str, place: Place) -> None:
        """Add a problem unless the programme has that event."""
        if name not in self.events and not (self.place / "events").is_unread:
            self.faults.at(place, unknown(EVENT, name, self.events, most=8, searched=_HERE))

    def task_id(self, name: str) -> str:
        """Return the id that facts and ledger know a task by, from the one that is written."""
        return self.tasks.get(name, name)

    def has_task(self, name: str) -> bool:
        """Say whether the programme has that task, or may have it: where one has no id, or no task could be read."""
        return name in self.tasks or "" in self.tasks or (self.place / "tasks").is_unread


def _no_start(rhythm: Every) -> Wording:
    unit = RHYTHM_UNITS[rhythm.unit]
    return Wording(
        f"không rõ {rhythm.count} {unit} một lần tính từ khi nào; thêm from:, hoặc period: cho chương trình",
        f"nothing says from when every {rhythm.count} {rhythm.unit}s count; add from:, or period: to the programme",
    )


def task(shape: TaskShape, place: Place, scope: Scope) -> Task:
    """Return the task; its ladder is its own, '' until the routes are known."""
    if shape.ladder:
        scope.documents.check("ladder", shape.ladder, place / "ladder", scope.faults)
    scope.check_units(shape.head, place / "head")
    deadlines = _deadlines(shape, place, scope)
    return Task(
        id=shape.renamed_from or shape.id,
        number=shape.id if shape.renamed_from else "",
        section=shape.section or shape.id.rpartition(".")[0],
        title=shape.title,
        lead=_lead(shape, place / "lead", scope),
        deadlines=deadlines,
        head=shape.head,
        coordinate=scope.units_of(shape.coordinate, place / "coordinate", only_coordinate=True),
        coordinate_named=shape.coordinate,
        product=shape.product,
        basis=shape.basis,
        stated=shape.stated,
        note=shape.note,
        ladder=shape.ladder or "",
        amended=_amended(shape.amended, deadlines, place / "amended", scope),
        source=place.source,
        deadline_source=(place / ("deadline" if shape.deadlines is None else "deadlines")).key_source,
        ladder_source=(place / "ladder").source,
    )


def check_part(part: str | None, parts: Collection[str], place: Place, faults: Faults) -> bool:
    """Return True when `part` names one of a task's deadlines, as it must where there are several; or add a problem.

    Where none of the deadlines could be read nothing is said.
    """
    if (part or "") in parts:
        return True
    if not parts or place.incomplete("part"):
        return False
    if part is None:
        said = Wording(
            f"nhiệm vụ có nhiều thời hạn; ghi rõ thời hạn nào bằng part: {listed(parts)}",
            f"the task has several deadlines; say which with part: {listed(parts)}",
        )
        faults.at(place, said)
    elif "" in parts:
        said = Wording(
            f"nhiệm vụ chỉ có một thời hạn; bỏ part: {quoted(part)}",
            f"the task has a single deadline; leave out part: {quoted(part)}",
        )
        faults.at(place / "part", said)
    else:
        faults.at(place / "part", unknown(PART, part, parts))
    return False


def check_later(part: str, on: date, earlier: Sequence[Amendment], place: Place, faults: Faults) -> None:
    """Add a problem unless `on` follows the days on which the same deadline was replaced before."""
    previous = max((each.until_on for each in earlier if each.part == part), default=None)
    if previous is not None and on <= previous:
        said = Wording(
            f"{on} không sau {previous}, ngày thời hạn này được thay lần trước; xếp lần cũ nhất lên đầu",
            f"{on} does not follow {previous}, when this deadline was last replaced; the oldest comes first",
        )
        faults.at(place, said)


def _lead(shape: TaskShape, place: Place, scope: Scope) -> Lead:
    each = isinstance(shape.lead, EachShape)
    named = shape.lead.each if isinstance(shape.lead, EachShape) else shape.lead
    spot = place / "each" if each else place
    # A list that has keys holds a value that could not be read.
    if not named and not spot.node.keys:
        said = Wording("không ai chủ trì; ghi một đơn vị hoặc một nhóm", "nobody leads; name a unit or a group")
        scope.faults.at(spot, said)
    for index, name in enumerate(named):
        if name in named[:index] and not (spot / index).is_unread:
            said = Wording(
                f"{quoted(name)} có hai lần trong các đơn vị chủ trì; giữ lại một",
                f"{quoted(name)} stands twice among the leads; keep one",
            )
            scope.faults.at(spot / index, said)
    units = scope.units_of(tuple(dict.fromkeys(named)), spot)
    return Lead(units, each if shape.completion is None else shape.completion == "each", named)


def _deadlines(shape: TaskShape, place: Place, scope: Scope) -> dict[str, Deadline]:
    if isinstance(place.node.parts, dict) and {"deadline", "deadlines"} <= place.node.parts.keys():
        said = Wording(
            "nhiệm vụ ghi hoặc deadline: hoặc deadlines:; giữ lại một",
            "a task has either deadline: or deadlines:; keep one",
        )
        scope.faults.at_key(place / "deadlines", said)
    if shape.deadline is not None:
        return {"": scope.deadline(shape.deadline, place / "deadline")}
    if not shape.deadlines and not place.incomplete("deadline", "deadlines"):
        said = Wording(
            "nhiệm vụ không có thời hạn; ghi deadline:, hoặc deadlines: với tên cho từng thời hạn",
            "the task has no deadline; give deadline:, or deadlines: with a name for each",
        )
        scope.faults.at(place, said)
    here = place / "deadlines"
    read = {part: scope.deadline(each, here / part) for part, each in (shape.deadlines or {}).items()}
    # A deadline that could not be read is there all the same: an amendment may replace it.
    parts = here.ids if shape.deadlines is not None else ("",) if (place / "deadline").is_unread else ()
    return {**dict.fromkeys(parts, Continuous()), **read}


def _amended(
    shapes: Sequence[AmendedShape], deadlines: Mapping[str, Deadline], place: Place, scope: Scope
) -> tuple[Amendment, ...]:
    found: list[Amendment] = []
    for index, shape in enumerate(shapes):
        here = place / index
        if check_part(shape.part, deadlines, here, scope.faults):
            check_later(shape.part or "", shape.until.day, found, here / "until", scope.faults)
        earlier = scope.deadline(shape.deadline, here / "deadline")
        found.append(Amendment(earlier, shape.until.day, shape.until.number, shape.why, shape.part or ""))
    return tuple(found)
