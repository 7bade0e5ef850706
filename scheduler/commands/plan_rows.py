"""The rows of a plan on the screen: one change each, in cells."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from rules.changes.mails import Outdated
from rules.changes.values import (
    Closing,
    Handover,
    Move,
    Reader,
    Renaming,
    Settling,
)
from rules.edits import Edit
from scheduler.commands.plan_cells import because_of, due_of, from_to, name_of, rungs_in_words, units_in_words
from scheduler.commands.printing import minute


def renamed_part(part: Renaming) -> Sequence[object]:
    """Return its cells."""
    names = (part.before or "(single)", part.after or "(single)")
    return (f"{part.programme}/{part.part_of}", *names, part.title, part.sent, part.reported or "", part.source)


def edited(edit: Edit) -> Sequence[object]:
    """Return its cells."""
    before, after = ("" if words is None else words.vi for words in (edit.before, edit.after))
    what = edit.what.en or edit.change
    return (f"{edit.kind} {edit.id}", f"{what}, from {edit.from_on} on" if edit.from_on else what, before, after)


def read_by(reader: Reader) -> Sequence[object]:
    """Return its cells."""
    post = f"{reader.unit or reader.directory} {reader.role}"
    return (
        post,
        reader.before or "nobody",
        reader.after or _nobody(reader),
        reader.from_on,
        reader.until,
        reader.obligations,
        ", ".join(reader.told),
        reader.source,
    )


def _nobody(reader: Reader) -> str:
    if reader.instead is None:
        return "nobody, up to the chair: no mail leaves"
    return f"nobody in post: {reader.instead} ({reader.instead_role}) instead"


def out_of_date(notice: Outdated, zone: ZoneInfo) -> Sequence[object]:
    """Return its cells."""
    corrected = "no letter follows"
    if notice.corrected_at:
        corrected = f"{minute(notice.corrected_at, zone)} {notice.corrected_by}"
    now = "ends" if notice.ends else notice.due or "no day"
    sent = minute(notice.sent_at, zone)
    return (notice.person, name_of(notice.key), notice.rung, sent, notice.told_due, now, corrected)


def moved(move: Move) -> Sequence[object]:
    """Return its cells."""
    by = f"{move.by:+d}" if move.by is not None else ""
    because = because_of(move.causes)
    if move.from_on:
        because = f"from {move.from_on} on: {because}"
    return (
        name_of(move.line),
        move.title,
        units_in_words(move.units),
        due_of(move.before),
        due_of(move.after),
        by,
        because,
    )


def handed_over(each: Handover, zone: ZoneInfo) -> Sequence[object]:
    """Return its cells."""
    statement = minute(each.statement_at, zone) if each.statement_at else "none to come"
    verify = sum(len(reported.units) for reported in each.reported)
    waiting = each.on_their_way or ""
    return (each.programme, each.before, each.after, statement, each.matters, verify, waiting, each.source)


def closed(closing: Closing, zone: ZoneInfo) -> Sequence[object]:
    """Return its cells."""

    def becomes(at: datetime | None) -> str:
        return f"closes {minute(at, zone)}" if at else "stays open"

    was, now = becomes(closing.before), becomes(closing.after)
    rungs = rungs_in_words(closing.rungs, zone)
    return (
        name_of(closing.line),
        closing.title,
        units_in_words(closing.units),
        due_of(closing.days),
        was,
        now,
        rungs,
        closing.source,
    )


def settled(each: Settling) -> Sequence[object]:
    """Return its cells."""
    return (name_of(each.line), each.title, units_in_words(each.units), due_of(each.days), each.source)


def shifted(move: Move, zone: ZoneInfo) -> Sequence[object]:
    """Return what moves; what stays as it was is left out."""
    old, new = move.before, move.after
    return (
        name_of(move.line),
        move.title,
        units_in_words(move.units),
        due_of(new),
        from_to(old.remind_by, new.remind_by),
        from_to(old.grace_until, new.grace_until),
        rungs_in_words(move.rungs, zone),
        because_of(move.causes),
    )
