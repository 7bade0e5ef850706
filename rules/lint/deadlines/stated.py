"""What the document says is compared with the deadline given: `stated` read as a phrase, where that is sure."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from rules.deadline import After, AheadOf, Continuous, Deadline, Every, SetBy
from rules.lint.finding import Check, Found
from rules.lint.subject import Subject
from rules.phrases import Context, read
from rules.phrases.forms import form_of
from rules.phrases.reading import Reading
from rules.programme import Programme, Task
from rules.stated import said
from rules.term import TermContext
from rules.terms import term
from rules.wording import Wording


def _find(subject: Subject) -> Iterator[Found]:
    for programme, task in subject.tasks():
        year = _year(programme)
        if task.stated is None or year is None:
            continue
        reading = read(task.stated, Context(year, programme.document.date))
        if reading.confidence == "sure":
            for part, each in _by_part(task.deadlines, reading):
                earlier = [amendment.deadline for amendment in task.amended if amendment.part == part]
                given = [task.deadlines[part], *earlier]
                if not any(_agree(one, each.deadline, subject.context(programme)) for one in given):
                    yield _said(subject, programme, task, part, each)


def _year(programme: Programme) -> int | None:
    if programme.period is not None:
        return programme.period.start.year
    return programme.document.date.year if programme.document.date else None


def _by_part(deadlines: Mapping[str, Deadline], reading: Reading) -> Iterator[tuple[str, Reading]]:
    """Yield the parts of a task with what the phrase says of each; none where that is not plain."""
    if not reading.parts:
        if len(deadlines) == 1 and reading.deadline is not None:
            yield next(iter(deadlines)), reading
        return
    by_label = {part.label.casefold(): part for part in reading.parts if part.label and part.deadline is not None}
    for name in deadlines:
        if name.casefold() in by_label:
            yield name, by_label[name.casefold()]


def _agree(given: Deadline, stated: Deadline | None, context: TermContext) -> bool:
    """Say whether a deadline is what was stated, or that made more precise."""
    if stated is None or isinstance(stated, SetBy):
        return True
    if isinstance(stated, Every) or (isinstance(stated, Continuous) and stated.review):
        return _agree_in_turn(_turn(given), _turn(stated))
    if isinstance(stated, Continuous):
        return isinstance(given, Continuous | Every)
    if isinstance(stated, After | AheadOf):
        return _agree_on_event(given, stated)
    if isinstance(given, After | AheadOf | Every | Continuous | SetBy):
        return False
    ours, theirs = term(given, context), term(stated, context)
    starts_alike = None in (ours.starts, theirs.starts) or ours.starts == theirs.starts
    return (ours.due, ours.strict, ours.at) == (theirs.due, theirs.strict, theirs.at) and starts_alike


def _turn(deadline: Deadline) -> Every | None:
    found = deadline.review if isinstance(deadline, Continuous) else deadline
    return found if isinstance(found, Every) else None


def _agree_in_turn(given: Every | None, stated: Every | None) -> bool:
    if given is None or stated is None:
        return False
    same_pace = (given.unit, given.count) == (stated.unit, stated.count)
    return same_pace and (not stated.on or given.on == stated.on) and stated.at in (None, given.at)


def _agree_on_event(given: Deadline, stated: After | AheadOf) -> bool:
    if isinstance(stated, AheadOf):
        return isinstance(given, AheadOf) and given.by == stated.by
    if stated.within is None:
        # What waits for something may have been dated since, or may hang on another document.
        return True
    return isinstance(given, After) and given.within == stated.within


def _said(subject: Subject, programme: Programme, task: Task, part: str, reading: Reading) -> Found:
    place = subject.deadline_place(programme, task, part)
    given = said(programme, task.deadlines[part])
    reads = form_of(_with_a_name(reading))
    words = Wording(
        f"văn bản ghi '{task.stated}' ({reading.why.vi}), mà deadline: trong tệp là '{given}'",
        f"the document says '{task.stated}' ({reading.why.en}), and the deadline in the file is '{given}'",
    )
    mend = Wording(
        f"nếu lời văn bản đúng, ghi deadline: {_shown(reads)}; nếu hạn đã đổi, ghi hạn cũ vào amended:",
        (
            f"where the document is right, write deadline: {_shown(reads)}; where it was moved, put the "
            "old one into amended:"
        ),
    )
    return Found(place, words, mend)


def _with_a_name(reading: Reading) -> Reading:
    """Return the reading with a name to fill in where an event stands by its text."""
    deadline = reading.deadline
    if isinstance(deadline, After | AheadOf):
        return reading._replace(deadline=replace(deadline, event="SU-KIEN"))
    return reading


def _shown(form: object) -> str:
    if isinstance(form, Mapping):
        return "{" + ", ".join(f"{key}: {_shown(value)}" for key, value in form.items()) + "}"
    if isinstance(form, list | tuple):
        return "[" + ", ".join(map(_shown, form)) + "]"
    return form.isoformat() if isinstance(form, date) else str(form)


CHECK = Check(
    "D409",
    "stated-otherwise",
    "warning",
    Wording("hạn khác lời của văn bản", "another deadline than the document states"),
    Wording(
        "Lời của văn bản đọc chắc chắn ra một hạn khác hạn trong tệp: một trong hai bị gõ nhầm.",
        "The document's own words surely read as another deadline than the one in the file: one of them is a slip.",
    ),
    Wording("đối chiếu deadline: với văn bản", "compare deadline: with the document"),
    bad="stated: Trước ngày 15/4/2026",
    good="stated: Trước ngày 15/5/2026",
    find=_find,
)
