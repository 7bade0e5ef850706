"""A plan on the screen: a line that sums it up, tables of what changes; with details each letter and its reasons."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

import typer

from rules.changes.summary import summary
from rules.changes.values import Cause, Changes, Days, Letter, Line, Move, Outdated, Reader, Said
from rules.edits import Edit
from rules.obligation import ObligationKey
from scheduler.commands.printing import minute, print_table

if TYPE_CHECKING:
    from scheduler.planning import Planned
    from scheduler.unreached import Unreached

_MANY = 3
"""Of how many units the names are shown; of more their number."""
_COLOURS = {"more": "green", "fewer": "red", "other": "yellow"}


class Table(NamedTuple):
    """Rows of one kind under their heads, and what is told beside them with details."""

    title: str
    heads: Sequence[str]
    rows: Sequence[Sequence[object]]
    details: Sequence[str] = ()


def print_plan(planned: "Planned", zone: ZoneInfo, *, details: bool) -> None:
    """Print the summary, a table for each kind of change, and with `details` the reasons and the letters."""
    changes = planned.changes
    typer.secho(summary(changes).en, bold=True, fg="green" if changes.is_empty else "yellow")
    for table in [*_tables(changes, zone), *([] if changes.is_empty else [_unreached(planned.unreached, zone)])]:
        if table.rows:
            typer.echo()
            typer.secho(table.title, bold=True)
            print_table(table.heads, table.rows)
            if details:
                for line in table.details:
                    typer.echo(f"  {line}")
    if details:
        for letter in changes.letters:
            _print_letter(letter, zone)
    if not changes.whole:
        typer.echo()
        typer.echo("letters are counted of the tasks that change alone: the office has too many obligations for more")


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
        ("task", "title", "owed by", "due", "remind by", "on time until", "because"),
        [_shifted(move) for move in reminders],
        _rungs(reminders, zone),
    )
    yield Table(
        "Obligations that appear",
        ("task", "title", "owed by", "due", "where"),
        [(_name(a.line), a.title, _units(a.units), _day(a.days), a.source) for a in changes.appearing],
        [f"{_name(a.line)}: {a.why.en}" for a in changes.appearing],
    )
    yield Table(
        "Obligations that end",
        ("task", "title", "owed by", "due", "because"),
        [(_name(e.line), e.title, _units(e.units), _day(e.days), _because(e.causes)) for e in changes.ending],
    )
    yield Table(
        "Obligations that pass to others",
        ("task", "title", "what", "from", "to", "due"),
        [(_name(p.line), p.title, p.kind, _units(p.before), _units(p.after), _day(p.days)) for p in changes.passing],
    )
    yield from _of_people(changes, zone)
    yield from _of_words(changes)


def _of_people(changes: Changes, zone: ZoneInfo) -> Iterator[Table]:
    yield Table(
        "Posts that others read",
        ("post", "read by", "then by", "from", "obligations", "where"),
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
        [(r.programme, r.before, r.after, r.title, r.source) for r in changes.renamings],
        [f"{r.source}: add `renamed_from: {r.before}` to task {r.after}" for r in changes.renamings],
    )
    yield Table(
        "Other lines that change: words, and rules of which nothing comes yet",
        ("of", "what", "from", "to"),
        [_edited(edit) for edit in changes.rewordings],
    )


def _unreached(found: "Iterable[Unreached]", zone: ZoneInfo) -> Table:
    return Table(
        "People who get no letter, whatever changes; none to them is counted",
        ("to", "because", "of", "from", "until", "reason"),
        [
            (
                *(one.person, one.kind, "/".join(filter(None, (one.programme, one.task, one.unit))) or "all"),
                *(minute(one.from_, zone), minute(one.until, zone) if one.until else None, one.why),
            )
            for one in found
        ],
    )


def _edited(edit: Edit) -> Sequence[object]:
    before, after = ("" if words is None else words.vi for words in (edit.before, edit.after))
    return (f"{edit.kind} {edit.id}", edit.what.en or edit.change, before, after)


def _read_by(reader: Reader) -> Sequence[object]:
    post = f"{reader.unit or reader.directory} {reader.role}"
    old, new = reader.before or "nobody", reader.after or "nobody"
    return (post, old, new, reader.from_on, reader.obligations, reader.source)


def _out_of_date(notice: Outdated, zone: ZoneInfo) -> Sequence[object]:
    corrected = minute(notice.corrected_at, zone) if notice.corrected_at else "no letter follows"
    now = "ends" if notice.ends else notice.due or "no day"
    sent = minute(notice.sent_at, zone)
    return (notice.person, _name(notice.key), notice.rung, sent, notice.told_due, now, corrected)


def _moved(move: Move) -> Sequence[object]:
    by = f"{move.by:+d}" if move.by is not None else ""
    because = _because(move.causes)
    if move.from_on:
        because = f"from {move.from_on} on: {because}"
    return (_name(move.line), move.title, _units(move.units), _day(move.before), _day(move.after), by, because)


def _shifted(move: Move) -> Sequence[object]:
    old, new = move.before, move.after
    return (
        _name(move.line),
        move.title,
        _units(move.units),
        _day(new),
        _from_to(old.remind_by, new.remind_by),
        _from_to(old.grace_until, new.grace_until),
        _because(move.causes),
    )


def _rungs(moves: Iterable[Move], zone: ZoneInfo) -> list[str]:
    found = []
    for move in moves:
        for rung in move.rungs:
            old, new = (minute(at, zone) if at else "not there" for at in (rung.before, rung.after))
            found.append(f"{_name(move.line)} {rung.rung}: {old if old == new else f'{old} → {new}'}")
    return found


def _whys(moves: Iterable[Move]) -> Iterator[str]:
    for move in moves:
        yield f"{_name(move.line)}: {move.why_before.en} → {move.why_after.en}"


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
    name = _name(line)
    return f"{name} ({line.unit}): {line.rung}, {line.as_}" if line.rung else name


def _name(of: Line | Said | ObligationKey) -> str:
    return str(Line(of.programme, of.task, of.part, of.occurrence))


def _units(units: Sequence[str]) -> str:
    return ", ".join(units) if len(units) <= _MANY else f"{len(units)} units"


def _day(days: Days) -> str:
    if days.due is None:
        return "no day"
    hour = f" {days.at:%H:%M}" if days.at else ""
    return f"{days.due}{hour} (provisional)" if days.provisional else f"{days.due}{hour}"


def _from_to(old: date | None, new: date | None) -> str:
    return str(new) if old == new else f"{old} → {new}"


def _because(causes: Iterable[Cause]) -> str:
    return "; ".join(f"{cause.text.en} [{cause.source}]" if cause.source else cause.text.en for cause in causes)
