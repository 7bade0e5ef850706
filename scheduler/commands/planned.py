"""A plan on the screen: a line that sums it up, tables of what changes; with details each letter and its reasons."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

import typer

from rules.changes.summary import summary
from rules.changes.values import (
    Changes,
    Closing,
    Handover,
    Letter,
    Move,
    Outdated,
    Reader,
    Renaming,
    Said,
    Settling,
)
from rules.edits import Edit
from scheduler.commands.plan_cells import because_of, due_of, from_to, name_of, rungs_in_words, units_in_words
from scheduler.commands.printing import minute, print_table

_COLOURS = {"more": "green", "fewer": "red", "other": "yellow"}


class Table(NamedTuple):
    """Rows of one kind under their heads, and what is told beside them with details."""

    title: str
    heads: Sequence[str]
    rows: Sequence[Sequence[object]]
    details: Sequence[str] = ()


def print_plan(changes: Changes, zone: ZoneInfo, *, details: bool) -> None:
    """Print the summary, a table for each kind of change, and with `details` the reasons and the letters."""
    typer.secho(summary(changes).en, bold=True, fg="green" if changes.is_empty else "yellow")
    for table in _tables(changes, zone):
        if table.rows:
            typer.echo()
            typer.secho(table.title, bold=True)
            _print_filled(table)
            if details:
                for line in table.details:
                    typer.echo(f"  {line}")
    if details:
        for letter in changes.letters:
            _print_letter(letter, zone)
    if not changes.whole:
        typer.echo()
        typer.echo("letters are counted of the tasks that change alone: the office has too many obligations for more")


def _print_filled(table: Table) -> None:
    """Print a table without the columns that say nothing."""
    shown = [number for number in range(len(table.heads)) if any(str(row[number] or "") for row in table.rows)]
    print_table([table.heads[number] for number in shown], [[row[number] for number in shown] for row in table.rows])


def _tables(changes: Changes, zone: ZoneInfo) -> Iterator[Table]:
    deadlines = [move for move in changes.moves if move.kind == "deadline"]
    yield Table(
        "Deadlines that move",
        ("task", "title", "owed by", "from", "to", "days", "because"),
        [_moved(move) for move in deadlines],
        list(_whys(deadlines)),
    )
    reminders = [move for move in changes.moves if move.kind == "reminders"]
    yield Table(
        "Reminders and days of grace that move",
        ("task", "title", "owed by", "due", "remind by", "on time until", "rungs", "because"),
        [_shifted(move, zone) for move in reminders],
    )
    yield Table(
        "Obligations that appear",
        ("task", "title", "owed by", "due", "where"),
        [(name_of(a.line), a.title, units_in_words(a.units), due_of(a.days), a.source) for a in changes.appearing],
        [f"{name_of(a.line)}: {a.why.en}" for a in changes.appearing],
    )
    yield Table(
        "Obligations that end",
        ("task", "title", "owed by", "due", "because"),
        [
            (name_of(e.line), e.title, units_in_words(e.units), due_of(e.days), because_of(e.causes))
            for e in changes.ending
        ],
    )
    yield Table(
        _passing_title(changes),
        ("task", "title", "what", "from", "to", "due"),
        [
            (name_of(p.line), p.title, p.kind, units_in_words(p.before), units_in_words(p.after), due_of(p.days))
            for p in changes.passing
        ],
    )
    yield Table(
        "Programmes with another standing office, and what else passes to it",
        ("programme", "from", "to", "weekly statement", "matters in it", "to verify", "notices on their way", "where"),
        [_handed_over(each, zone) for each in changes.handovers],
        [f"{name_of(r.line)} ({units_in_words(r.units)}): {r.title}" for h in changes.handovers for r in h.reported],
    )
    yield from _of_what_stays(changes, zone)
    yield from _of_people(changes, zone)
    yield from _of_words(changes)


def _passing_title(changes: Changes) -> str:
    """Return the title; where others lead now, who led before is not written to, and has to be told."""
    title = "Obligations that pass to others"
    leads = any(passing.kind == "lead" for passing in changes.passing)
    return f"{title}: who led them before gets no letter, tell them" if leads else title


def _of_what_stays(changes: Changes, zone: ZoneInfo) -> Iterator[Table]:
    yield Table(
        "Occurrences that nobody reports",
        ("task", "title", "owed by", "due", "if unreported", "from now on", "rungs", "where"),
        [_closed(closing, zone) for closing in changes.closings],
    )
    for is_provisional, what in ((True, "become provisional"), (False, "become firm")):
        yield Table(
            f"Deadlines that {what}: the calendar is announced up to another day",
            ("task", "title", "owed by", "due", "where"),
            [_settled(each) for each in changes.settlings if each.is_provisional is is_provisional],
        )


def _of_people(changes: Changes, zone: ZoneInfo) -> Iterator[Table]:
    yield Table(
        "Posts that others read",
        ("post", "read by", "then by", "from", "until", "obligations", "told of the vacancy each week", "where"),
        [_read_by(reader) for reader in changes.readers],
    )
    yield Table(
        "Notices already sent that are out of date",
        ("to", "task", "told", "on", "due then", "due now", "corrected"),
        [_out_of_date(notice, zone) for notice in changes.outdated],
    )
    yield Table(
        f"Letters up to {changes.until}",
        ("to", "more", "fewer", "other lines", "first"),
        list(_by_person(changes.letters, zone)),
    )
    yield Table(
        "People who get more than their daily cap",
        ("to", "on", "lines that wait for another day"),
        [(each.person, each.on, each.waiting) for each in changes.over_cap],
    )


def _of_words(changes: Changes) -> Iterator[Table]:
    yield Table(
        "Tasks that seem renamed: say so with renamed_from, or the old one ends and the new one begins",
        ("programme", "from", "to", "title", "where"),
        [(r.programme, r.before, r.after, r.title, r.source) for r in changes.renamings if not r.part_of],
        [f"{r.source}: add `renamed_from: {r.before}` to task {r.after}" for r in changes.renamings if not r.part_of],
    )
    yield Table(
        "Parts that seem renamed: the old one ends with what was sent and reported of it, the new one begins; if it is "
        "the same work, keep the name",
        ("task", "from", "to", "title", "notices sent", "reports to be given anew", "where"),
        [_renamed_part(renaming) for renaming in changes.renamings if renaming.part_of],
    )
    yield Table(
        "Other lines that change: words, and rules of which nothing comes yet",
        ("of", "what", "from", "to"),
        [_edited(edit) for edit in changes.rewordings],
    )


def _renamed_part(part: Renaming) -> Sequence[object]:
    names = (part.before or "(single)", part.after or "(single)")
    return (f"{part.programme}/{part.part_of}", *names, part.title, part.sent, part.reported or "", part.source)


def _edited(edit: Edit) -> Sequence[object]:
    before, after = ("" if words is None else words.vi for words in (edit.before, edit.after))
    return (f"{edit.kind} {edit.id}", edit.what.en or edit.change, before, after)


def _read_by(reader: Reader) -> Sequence[object]:
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


def _out_of_date(notice: Outdated, zone: ZoneInfo) -> Sequence[object]:
    corrected = minute(notice.corrected_at, zone) if notice.corrected_at else "no letter follows"
    now = "ends" if notice.ends else notice.due or "no day"
    sent = minute(notice.sent_at, zone)
    return (notice.person, name_of(notice.key), notice.rung, sent, notice.told_due, now, corrected)


def _moved(move: Move) -> Sequence[object]:
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


def _handed_over(each: Handover, zone: ZoneInfo) -> Sequence[object]:
    statement = minute(each.statement_at, zone) if each.statement_at else "none to come"
    verify = sum(len(reported.units) for reported in each.reported)
    waiting = each.on_their_way or ""
    return (each.programme, each.before, each.after, statement, each.matters, verify, waiting, each.source)


def _closed(closing: Closing, zone: ZoneInfo) -> Sequence[object]:
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


def _settled(each: Settling) -> Sequence[object]:
    return (name_of(each.line), each.title, units_in_words(each.units), due_of(each.days), each.source)


def _shifted(move: Move, zone: ZoneInfo) -> Sequence[object]:
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


def _whys(moves: Iterable[Move]) -> Iterator[str]:
    for move in moves:
        yield f"{name_of(move.line)}: {move.why_before.en} → {move.why_after.en}"


def _by_person(letters: Iterable[Letter], zone: ZoneInfo) -> Iterator[Sequence[object]]:
    counts: dict[str, Counter[str]] = {}
    first: dict[str, str] = {}
    for letter in letters:
        counts.setdefault(letter.to, Counter())[letter.kind] += 1
        first.setdefault(letter.to, minute(letter.at, zone))
    for person in sorted(counts):
        found = counts[person]
        yield person, found["more"], found["fewer"], found["other"], first[person]


def _print_letter(letter: Letter, zone: ZoneInfo) -> None:
    said = {"more": "a letter more", "fewer": "a letter fewer", "other": "other lines"}[letter.kind]
    typer.secho(f"{minute(letter.at, zone)}  {letter.to}  {said}", fg=_COLOURS[letter.kind])
    for sign, lines in (("+", letter.gained), ("-", letter.lost)):
        for line in lines:
            typer.echo(f"    {sign} {_said(line)}")


def _said(line: Said) -> str:
    name = name_of(line)
    return f"{name} ({line.unit}): {line.rung}, {line.as_}" if line.rung else name
