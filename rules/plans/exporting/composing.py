"""Composing: a programme and how its obligations stand → the sheet that is circulated."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from rules.directory import Directory
from rules.plans.exporting import deadlines, stands, texts
from rules.plans.exporting.sheet import Cell, Column, Grid, Line, Section, Sheet
from rules.plans.exporting.stands import Stand
from rules.programme import Indicator, Programme, Task
from rules.status import Status
from rules.wording import Language, Wording

PATH = " > "
"""What joins the headings a row stands under, in the `section` of a rule file."""


def compose(
    programme: Programme,
    directory: Directory,
    standing: Iterable[Stand],
    *,
    on: date,
    language: Language = "vi",
    recorded: bool = True,
) -> Sheet:
    """Return the sheet of a programme on that day. `recorded`: what units reported is known and among `standing`."""
    by_task: dict[str, list[Stand]] = defaultdict(list)
    for stand in standing:
        by_task[stand.key.task].append(stand)
    shown = {task: stands.current(found, on) for task, found in by_task.items()}
    composer = _Composer(programme, directory, on, language)
    grids = [composer.tasks(shown)]
    if programme.indicators:
        grids.append(composer.indicators())
    return Sheet(
        on,
        kind=texts.KIND.say(language),
        title=programme.title,
        reference=texts.reference(programme.document).say(language),
        state=texts.state(on, recorded=recorded).say(language),
        grids=tuple(grids),
        language=language,
    )


@dataclass(frozen=True, slots=True)
class _Composer:
    programme: Programme
    directory: Directory
    on: date
    language: Language

    def say(self, wording: Wording) -> str:
        return wording.say(self.language)

    def tasks(self, shown: dict[str, tuple[Stand, ...]]) -> Grid:
        columns = (
            Column(self.say(texts.NO), 14, centred=True),
            Column(self.say(texts.TITLE), 42),
            Column(self.say(texts.LEAD), 23),
            Column(self.say(texts.HEAD), 22),
            Column(self.say(texts.COORDINATE), 23),
            Column(self.say(texts.PRODUCT), 23),
            Column(self.say(texts.STATED), 23),
            Column(self.say(texts.DUE), 23, centred=True),
            Column(self.say(texts.PROGRESS), 17),
            Column(self.say(texts.TIMELINESS), 17),
            Column(self.say(texts.VERIFICATION), 15),
            Column(self.say(texts.NOTE), 25),
        )
        tasks = self.programme.tasks.values()
        rows = self._sectioned((task.section, self._task(task, shown.get(task.id, ()))) for task in tasks)
        return Grid(self.say(texts.TASKS), "", columns, tuple(rows), self._totals(shown))

    def indicators(self) -> Grid:
        found = self.programme.indicators
        years = sorted({year for indicator in found for year in indicator.targets})
        columns = (
            Column(self.say(texts.NO), 14, centred=True),
            Column(self.say(texts.INDICATOR), 90),
            Column(self.say(texts.MEASURED_IN), 24, centred=True),
            *(Column(self.say(texts.TARGET).format(year=year), 24, centred=True) for year in years),
            Column(self.say(texts.OWNER), 40),
            Column(self.say(texts.SOURCE), 40),
            Column(self.say(texts.NOTE), 30),
        )
        rows = self._sectioned((one.section, self._indicator(one, years)) for one in found)
        return Grid(self.say(texts.INDICATORS), self.say(texts.INDICATORS_TITLE), columns, tuple(rows))

    def _task(self, task: Task, shown: Sequence[Stand]) -> Line:
        due, language = deadlines.due(shown, self._name, self.language), self.language
        changes = deadlines.changes(self.programme, task, self.on, language)
        remarks = [*changes, *([self.say(texts.PROVISIONAL)] if stands.is_provisional(shown) else [])]
        notes = [(task.note or "").rstrip(" .;"), *remarks] if remarks else [task.note or ""]
        axes = [Cell()] * 3
        if shown:
            axes = [
                Cell(stands.progress(shown, self._name, language)),
                Cell(stands.timeliness(shown, self._name, language), tone=_leading(shown).timeliness),
                Cell(stands.verification(shown, self._name, language)),
            ]
        texts_before = (
            task.named,
            task.title,
            self._names(task.lead.named),
            "; ".join(self._heads(task)),
            self._names(task.coordinate_named),
            task.product or "",
            deadlines.stated(self.programme, task, self.on),
        )
        return Line((*map(Cell, texts_before), due, *axes, Cell(";\n".join(filter(None, notes)))))

    def _indicator(self, one: Indicator, years: Sequence[int]) -> Line:
        targets = [one.targets.get(year, "") for year in years]
        owner = self._names(one.owner_named)
        found = (one.id, one.title, one.unit, *targets, owner, one.source or "", one.note or "")
        return Line(tuple(map(Cell, found)))

    def _sectioned(self, rows: Iterable[tuple[str, Line]]) -> Iterator[Section | Line]:
        """Yield the rows, and before them every heading of their path that the row before did not stand under."""
        above: list[str] = []
        for section, line in rows:
            path = section.split(PATH) if section else []
            same = next((level for level, (a, b) in enumerate(zip(path, above, strict=False)) if a != b), None)
            for level in range(min(len(path), len(above)) if same is None else same, len(path)):
                yield Section(self._heading(path[level]), level)
            above = path
            yield line

    def _heading(self, text: str) -> str:
        """Return a heading; a bare number or code says that it is one."""
        is_code = " " not in text and (text == text.upper() or any(map(str.isdigit, text)))
        return self.say(texts.SECTION).format(code=text) if is_code else text

    def _totals(self, shown: dict[str, tuple[Stand, ...]]) -> tuple[str, ...]:
        leading = [_leading(found) for found in shown.values() if found]
        axes = (
            (texts.PROGRESS, [one.progress for one in leading]),
            (texts.TIMELINESS, [one.timeliness for one in leading]),
            (texts.VERIFICATION, [one.verification for one in leading]),
        )
        total = self.say(texts.TOTAL).format(count=len(self.programme.tasks))
        return (total, *(f"{self.say(axis)}: {stands.counted(of, self.language)}" for axis, of in axes if of))

    def _heads(self, task: Task) -> Iterator[str]:
        """Yield the titles of the posts that answer for a task."""
        for id in task.head or task.lead.named:
            unit = self.directory.units.get(id)
            if unit is None:
                group = self._name(id)
                # Inside a sentence a collective loses its capital, a name keeps it.
                group = group[0].lower() + group[1:] if group.startswith(("Các ", "Mỗi ")) else group
                yield self.say(texts.HEADS_OF).format(group=group)
            elif unit.head is not None:
                yield unit.head.title

    def _names(self, ids: Iterable[str]) -> str:
        return "; ".join(map(self._name, ids))

    def _name(self, id: str) -> str:
        """Return the name of a unit or group; what the directory no longer has goes by its id."""
        known = self.directory.units.get(id) or self.directory.groups.get(id)
        return known.name if known else id


def _leading(shown: Sequence[Stand]) -> Status:
    """Return what the obligations of a task count as together, on each axis by itself."""
    return Status(
        stands.gravest(one.status.progress for one in shown),
        stands.gravest(one.status.timeliness for one in shown),
        stands.gravest(one.status.verification for one in shown),
    )
