"""Dating: what the words of a task come to: its deadline, further ones in other columns, and what contradicts it."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from re import findall

from rules.phrases import Context, Reading, read
from rules.plans.draft import Doubt, DraftDocument, DraftTask
from rules.plans.duties import secondary
from rules.plans.tables.numbering import labelled
from rules.plans.tables.sections import JOINT
from rules.plans.typed_dates import month_as_decimal, serial_day
from rules.wording import Wording

_DATED = frozenset({"date", "datetime", "before", "month", "quarter", "half", "year", "span"})
_STANDING = frozenset({"continuous"})
_MANY = 3
"""Rows of standing work with the same date from which on that date is a placeholder of the plan."""
_CONDITION = (
    r"\(((?:[Kk]hi|[Nn]ếu|[Tt]rong trường hợp|[Tt]rường hợp|[Cc]hỉ khi|[Ss]au khi|[Vv]ới điều kiện) [^()]{6,})\)"
)
"""A bracket in the title or the product that lets the work depend on something; `(nếu có)` is none."""
_TRIAL_YEARS = (2001, 2003)
"""Two years to read a phrase in when the programme's is not known: what comes out the same needs no year."""

Read = Callable[[str], Reading]


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
        placeholder = self._placeholder(task, reading)
        made = replace(task, reading=placeholder or reading)
        if self.context:
            made = replace(made, secondary=secondary(replace(made, reading=reading), self.context))
        return replace(made, doubts=(*made.doubts, *self._doubts(made)))

    def _own(self, stated: str) -> Reading:
        """Return the reading of the deadline column; of a number, that of the month it was typed as."""
        month = month_as_decimal(stated)
        return self.read(month).doubting(_month_typed(stated, month)) if month else self.read(stated)

    def together(self, tasks: Sequence[DraftTask]) -> list[DraftTask]:
        """Return the tasks of a plan with a doubt where one bears the date that standing work has as a placeholder."""
        used = Counter(
            due
            for task in tasks
            if task.reading and task.reading.kind in _STANDING and task.stated and (due := self.read(task.stated).due)
        )
        return [self._beside_placeholders(task, used) for task in tasks]

    def _beside_placeholders(self, task: DraftTask, used: Mapping[date, int]) -> DraftTask:
        due = task.reading.due if task.reading and task.reading.kind == "date" else None
        if due is None or used.get(due, 0) < _MANY:
            return task
        doubt = Doubt(_as_others(due), task.at, "stated", ("continuous",))
        return replace(task, doubts=(*task.doubts, doubt))

    def is_dated_by_headings(self, task: DraftTask) -> bool:
        """Say whether the headings above a task give it a deadline."""
        return self._of_section(task) is not None

    def _of_section(self, task: DraftTask) -> Reading | None:
        """Return the deadline that the nearest heading is (`Quý I năm 2026`), None where none is one."""
        for heading in reversed(task.section.split(JOINT)):
            reading = self.read(_unnumbered(heading))
            if reading.kind in _DATED | _STANDING and reading.confidence == "sure":
                return reading.doubting(_from_heading(heading))
        return None

    def _placeholder(self, task: DraftTask, reading: Reading) -> Reading | None:
        """Return the reading of continuous work whose row bears the first of a year: a system wanted some date."""
        new_year = reading.due is not None and (reading.due.month, reading.due.day) == (1, 1)
        if not new_year or reading.kind != "date" or not self._is_standing(task):
            return None
        return self.read("Thường xuyên").doubting(_placeholder(task.stated))

    def _is_standing(self, task: DraftTask) -> bool:
        """Say whether the task's title calls it standing work in brackets, or in a short last sentence."""
        bracketed = findall(r"\(([^()]{4,60})\)", task.title)
        last = findall(r"[.;]\s+([^.;]{4,40})\.?$", task.title)
        return any(self.read(text).kind in _STANDING for text in (*bracketed, *last))

    def _doubts(self, task: DraftTask) -> Iterator[Doubt]:
        reading = task.reading
        if reading is None:
            return
        if day := serial_day(task.stated):
            yield Doubt(_serial(task.stated, day), task.at, "stated", (day.isoformat(),))
        if reading.kind in _DATED and self._is_standing(task):
            yield Doubt(_standing_and_dated(task.stated), task.at, "stated", ("continuous",))
        if reading.due and self.issued and reading.due < self.issued and not self._is_said(task):
            yield Doubt(_overdue(reading.due, self.issued), task.at, "stated")
        if task.stated and (headed := self._of_section(task)) and _contradicts(reading, headed):
            yield Doubt(_outside(task.stated, task.section.split(JOINT)[-1]), task.at, "stated")
        conditions = (found for text in (task.product, task.title) for found in findall(_CONDITION, text))
        if reading.kind in _DATED and (condition := next(conditions, "")):
            waits = f'{{set_by: "{condition}"}}' if '"' not in condition else ""
            yield Doubt(_conditional(condition), task.at, "stated", tuple(filter(None, [waits])))

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
    return Reading("unspecified", _NO_YEAR, doubts=(_NO_YEAR,))


def _contradicts(reading: Reading, headed: Reading) -> bool:
    """Say whether a deadline lies outside the period of the heading it stands under.

    One that begins within it does not, whenever it ends, nor does one that waits for an event: it has no date yet.
    """
    first, last = headed.start, headed.due
    if headed.kind not in _DATED or reading.due is None or last is None:
        return False
    if first and reading.start and first <= reading.start <= last:
        return False
    return reading.due > last or bool(first and reading.due < first)


def _unnumbered(heading: str) -> str:
    named = labelled(heading)
    return named[1] if named else heading


def _from_heading(heading: str) -> Wording:
    return Wording(
        f"Dòng không ghi thời hạn; lấy theo đề mục «{heading}».",
        f"The row states no deadline; that of its heading «{heading}» is taken.",
    )


def _placeholder(stated: str) -> Wording:
    return Wording(
        f"Ghi «{stated}» nhưng là nhiệm vụ thường xuyên: ngày này có vẻ chỉ để điền cho đủ, đọc là thường xuyên.",
        f"It says «{stated}», yet is standing work: the date looks like a placeholder and was read as continuous.",
    )


def _as_others(due: date) -> Wording:
    return Wording(
        f"Ngày {due:%d/%m/%Y} ở nhiều dòng khác chỉ để điền cho nhiệm vụ thường xuyên: có phải hạn thật không.",
        f"In many other rows {due:%d/%m/%Y} is a placeholder of standing work: is it a deadline here.",
    )


def _serial(stated: str, day: date) -> Wording:
    return Wording(
        f"«{stated}» có thể là ngày {day:%d/%m/%Y} mà Excel lưu dưới dạng số.",
        f"«{stated}» may be {day:%d/%m/%Y}, which Excel keeps as a number.",
    )


def _month_typed(stated: str, month: str) -> Wording:
    return Wording(
        f"Ô ghi số {stated}; hiểu là tháng {month}.", f"The cell has the number {stated}; it is read as {month}."
    )


def _standing_and_dated(stated: str) -> Wording:
    return Wording(
        f"Tên nhiệm vụ ghi là thường xuyên nhưng thời hạn là «{stated}».",
        f"The title calls it standing work, the deadline says «{stated}».",
    )


def _overdue(due: date, issued: date) -> Wording:
    return Wording(
        f"Hạn {due:%d/%m/%Y} trước ngày ban hành văn bản ({issued:%d/%m/%Y}).",
        f"It was due on {due:%d/%m/%Y}, before the document was issued ({issued:%d/%m/%Y}).",
    )


def _outside(stated: str, heading: str) -> Wording:
    return Wording(
        f"Thời hạn «{stated}» không nằm trong «{heading}» mà nhiệm vụ được xếp vào.",
        f"The deadline «{stated}» is not within «{heading}», the heading it stands under.",
    )


def _conditional(condition: str) -> Wording:
    return Wording(
        f"Chỉ phải làm «{condition}»: thời hạn có còn đúng khi điều kiện đó chưa xảy ra không.",
        f"It is to be done only «{condition}»: does the deadline stand while that has not come about.",
    )


_NO_YEAR = Wording(
    "Chưa biết năm của chương trình nên chưa đọc được thời hạn này; hãy cho biết bằng --year.",
    "The programme's year is not known, so this deadline cannot be read; state it with --year.",
)
