"""Dating: what the words of a task come to: its deadline, further ones in other columns, and what contradicts it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from re import findall

from rules.phrases import Context, Reading, read
from rules.plans.dating import questions
from rules.plans.dating.conditions import conditions
from rules.plans.dating.reader import DATED, STANDING, Read
from rules.plans.dating.together import together
from rules.plans.draft import Doubt, DraftDocument, DraftTask
from rules.plans.duties import secondary
from rules.plans.tables.numbering import labelled
from rules.plans.tables.sections import JOINT
from rules.plans.typed_dates import month_as_decimal, serial_day

_TRIAL_YEARS = (2001, 2003)
"""Two years to read a phrase in when the programme's is not known: what comes out the same needs no year."""


class Dating:
    """Reads the deadlines of one document's tasks, each distinct phrase once.

    Without a year (no `context`) a phrase that needs one stays unread, with a doubt that says so.
    """

    def __init__(self, year: int | None, issued: date | None) -> None:
        self.issued = issued
        self.context = Context(year, issued) if year is not None else None
        self.read: Read = cache(self._read)

    def _read(self, phrase: str) -> Reading:
        return read(phrase, self.context) if self.context else _without_year(phrase, self.issued)

    def dated(self, task: DraftTask) -> DraftTask:
        """Return the task with its deadline's reading, further deadlines of its texts, and doubts about both."""
        reading = self._own(task.stated) if task.stated else self._of_section(task) or self.read("")
        placed = reading.due if self._is_placeholder(task, reading) else None
        made = replace(task, reading=self.read("Thường xuyên") if placed else reading)
        if self.context:
            made = replace(made, secondary=secondary(replace(made, reading=reading), self.context))
        asked = (Doubt(questions.placeholder(placed), task.at, "stated", (placed.isoformat(),)),) if placed else ()
        return replace(made, doubts=(*made.doubts, *asked, *self._doubts(made)))

    def _own(self, stated: str) -> Reading:
        """Return the reading of the deadline column; of a number, that of the month it was typed as."""
        month = month_as_decimal(stated)
        return self.read(month).doubting(questions.month_typed(stated, month)) if month else self.read(stated)

    def is_dated_by_headings(self, task: DraftTask) -> bool:
        """Say whether the headings above a task give it a deadline."""
        return self._of_section(task) is not None

    def _of_section(self, task: DraftTask) -> Reading | None:
        """Return the deadline that the nearest heading is (`Quý I năm 2026`), None where none is one."""
        for heading in reversed(task.section.split(JOINT)):
            reading = self.read(_unnumbered(heading))
            if reading.kind in DATED | STANDING and reading.confidence == "sure":
                return reading.doubting(questions.from_heading(heading))
        return None

    def _is_placeholder(self, task: DraftTask, reading: Reading) -> bool:
        """Say whether it is continuous work whose row bears the first of a year: a system wanted some date."""
        new_year = reading.due is not None and (reading.due.month, reading.due.day) == (1, 1)
        return new_year and reading.kind == "date" and self._is_standing(task)

    def _is_standing(self, task: DraftTask) -> bool:
        """Say whether the task's title calls it standing work in brackets, or in a short last sentence."""
        bracketed = findall(r"\(([^()]{4,60})\)", task.title)
        last = findall(r"[.;]\s+([^.;]{4,40})\.?$", task.title)
        return any(self.read(text).kind in STANDING for text in (*bracketed, *last))

    def _doubts(self, task: DraftTask) -> Iterator[Doubt]:
        reading = task.reading
        if reading is None:
            return
        if day := serial_day(task.stated):
            yield Doubt(questions.serial(task.stated, day), task.at, "stated", (day.isoformat(),))
        if reading.kind in DATED and self._is_standing(task):
            yield Doubt(questions.standing_and_dated(task.stated), task.at, "stated", ("continuous",))
        if reading.due and self.issued and reading.due < self.issued and not self._is_said(task):
            yield Doubt(questions.overdue(reading.due, self.issued), task.at, "stated")
        if task.stated and (headed := self._of_section(task)) and _contradicts(reading, headed):
            yield Doubt(questions.outside(task.stated, task.section.split(JOINT)[-1]), task.at, "stated")
        if reading.kind in DATED and (condition := next(conditions(task.product, task.title), "")):
            waits = f'{{set_by: "{condition}"}}' if '"' not in condition else ""
            yield Doubt(questions.conditional(condition), task.at, "stated", tuple(filter(None, [waits])))

    def _is_said(self, task: DraftTask) -> bool:
        """Say whether the phrase by itself gives a doubt about the day of issue: read without it, it has fewer."""
        if task.reading is None or self.context is None:
            return False
        unissued = read(task.stated, Context(self.context.year))
        return bool(set(self.read(task.stated).doubts) - set(unissued.doubts))


def stated_on(
    document: DraftDocument, doubts: Sequence[Doubt], issued: date | None
) -> tuple[DraftDocument, Sequence[Doubt]]:
    """Return the head of a document with the day of issue that a person states, and the doubts that this leaves.

    The year of that day is the programme's where nothing else names one. Without a day all stays as it was read.
    """
    if issued is None:
        return document, doubts
    answered = ("date",) if document.year else ("date", "year")
    dated = replace(document, date=issued, year=document.year or issued.year)
    return dated, [doubt for doubt in doubts if doubt.field not in answered]


def _without_year(phrase: str, issued: date | None) -> Reading:
    one, other = (read(phrase, Context(year, issued)) for year in _TRIAL_YEARS)
    if (one.kind, one.start, one.due, one.deadline) == (other.kind, other.start, other.due, other.deadline):
        return one
    return Reading("unspecified", questions.NO_YEAR, doubts=(questions.NO_YEAR,))


def _contradicts(reading: Reading, headed: Reading) -> bool:
    """Say whether a deadline lies outside the period of the heading it stands under.

    One that begins within it does not, whenever it ends, nor does one that waits for an event: it has no date yet.
    """
    first, last = headed.start, headed.due
    if headed.kind not in DATED or reading.due is None or last is None:
        return False
    if first and reading.start and first <= reading.start <= last:
        return False
    return reading.due > last or bool(first and reading.due < first)


def _unnumbered(heading: str) -> str:
    named = labelled(heading)
    return named[1] if named else heading


__all__ = ["Dating", "stated_on", "together"]
