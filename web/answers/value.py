"""Value: an owner records what was measured of an indicator, from the letter that asks for it or on its page."""

from datetime import date
from typing import NamedTuple

from db.facts import Proof
from rules.access import UnitOf
from rules.days import full
from rules.indicators.entry import LONGEST_SOURCE, Entry, WrongDay, checked_day, checked_value, doubt, on_behalf_of
from rules.indicators.value import NotAValue
from rules.programme import Indicator, Programme
from rules.wording import Wording
from web.answers.about import About
from web.answers.done import DAY, HELD, LINKS, NOTE, files_sent, with_links
from web.answers.held import held
from web.answers.kind import Given, Kind, Wrong, words
from web.visit import Visit

VALUE, SOURCE = "gia_tri", "nguon"
PURPOSE = "indicator measured"


class Written(NamedTuple):
    """A form that can be taken: what is to be recorded, and how the confirmation shows it."""

    entry: Entry
    given: Given


def written(visit: Visit, programme: Programme, indicator: Indicator, *, today: date, of: int | str) -> Written:
    """Return what the form holds; Wrong where something cannot be taken. `of`: what files that were sent belong to."""
    files = files_sent(visit, of)
    try:
        return _with_files(visit, programme, indicator, today, of, files)
    except Wrong as wrong:
        # Whatever else is wrong: who sent a file from a phone need not send it again.
        wrong.held = held(visit, of, files)
        raise


def _with_files(
    visit: Visit, programme: Programme, indicator: Indicator, today: date, of: int | str, files: tuple[Proof, ...]
) -> Written:
    text = words(visit, VALUE, Wording("Đề nghị ghi giá trị.", "Write the value."))
    try:
        value = checked_value(indicator, text)
    except NotAValue as fault:
        raise Wrong(VALUE, fault.reason) from fault
    on = _day(visit, today)
    source, note, links = words(visit, SOURCE), words(visit, NOTE), words(visit, LINKS)
    if len(source) > LONGEST_SOURCE:
        raise Wrong(SOURCE, Wording(f"Dài quá {LONGEST_SOURCE} ký tự.", f"Longer than {LONGEST_SOURCE} characters."))
    proofs = with_links(files, links)
    if not (source or proofs):
        raise Wrong(
            SOURCE,
            Wording("Đề nghị ghi nguồn số liệu hoặc gửi minh chứng.", "Say where it comes from, or send a proof."),
        )
    own = frozenset(unit.unit for unit in visit.who.units if unit == UnitOf(programme.directory, unit.unit))
    entry = Entry(programme.id, indicator, on, value, on_behalf_of(indicator, own), source or None, note or None)
    fields = {VALUE: text, DAY: on.isoformat(), SOURCE: source, NOTE: note, LINKS: links, HELD: held(visit, of, proofs)}
    rows: tuple[tuple[Wording, Wording | str], ...] = (
        (Wording("Giá trị", "Value"), value.said),
        (Wording("Ngày số liệu", "Measured for"), full(on)),
        (Wording("Nguồn số liệu", "Source"), source),
        (Wording("Ghi chú", "Note"), note),
        (Wording("Cần xem lại", "Please look again"), doubt(indicator, value) or ""),
    )
    return Written(entry, Given(fields, tuple(row for row in rows if row[1]), proofs))


def _day(visit: Visit, today: date) -> date:
    text = visit.text(DAY)
    try:
        return checked_day(date.fromisoformat(text) if text else today, today=today)
    except WrongDay as fault:
        raise Wrong(DAY, fault.reason) from fault
    except ValueError:
        raise Wrong(DAY, Wording("Đề nghị chọn một ngày.", "Choose a day.")) from None


def record(visit: Visit, entry: Entry, proofs: tuple[Proof, ...]) -> int:
    """Record a confirmed value and return its number; UsedUp where it was pressed twice."""
    return visit.desk.measured(entry, visit.said(entry.note, once=visit.text("once")), proofs=proofs)


def _check(visit: Visit, found: About) -> Given:
    return _of(visit, found).given


def _record(visit: Visit, found: About, given: Given) -> None:
    record(visit, _of(visit, found).entry, given.proofs)


def _of(visit: Visit, found: About) -> Written:
    assert found.asks_for is not None
    return written(visit, *found.asks_for, today=found.today, of=found.stored.id)


KINDS = (
    Kind(
        name="so-lieu",
        title=Wording("Ghi số liệu chỉ tiêu", "Record the value"),
        hint=Wording("giá trị, ngày số liệu, nguồn, minh chứng", "the value, its day, its source, its proofs"),
        button=Wording("Ghi số liệu", "Record the value"),
        receipt=Wording(
            "Đã ghi số liệu. Việc nhắc của kỳ này dừng lại nếu số liệu thuộc kỳ.",
            "The value has been recorded. If it is of this period, its reminders stop.",
        ),
        purpose=PURPOSE,
        by="owner",
        is_offered=lambda found: found.asks_for is not None and found.stored.state != "withdrawn",
        check=_check,
        record=_record,
        tone="good",
        takes_files=True,
    ),
)
