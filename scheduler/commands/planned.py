"""A plan on the screen: a line that sums it up, tables of what changes; with details each letter and its reasons."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

import typer

from rules.changes.mails import Letter, Said
from rules.changes.summary import summary
from rules.changes.values import (
    Changes,
    Move,
)
from scheduler.commands.plan_cells import because_of, due_of, name_of, units_in_words
from scheduler.commands.plan_rows import (
    closed,
    edited,
    handed_over,
    moved,
    out_of_date,
    read_by,
    renamed_part,
    settled,
    shifted,
)
from scheduler.commands.printing import minute, print_table

if TYPE_CHECKING:
    from scheduler.planning import Planned
    from scheduler.unreached import Unreached

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
        [moved(move) for move in deadlines],
        list(_whys(deadlines)),
    )
    reminders = [move for move in changes.moves if move.kind == "reminders"]
    yield Table(
        "Reminders and days of grace that move",
        ("task", "title", "owed by", "due", "remind by", "on time until", "rungs", "because"),
        [shifted(move, zone) for move in reminders],
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
        [handed_over(each, zone) for each in changes.handovers],
        [f"{name_of(r.line)} ({units_in_words(r.units)}): {r.title}" for h in changes.handovers for r in h.reported],
    )
    yield from _of_what_stays(changes, zone)
    yield from _of_people(changes, zone)
    yield from _of_words(changes)


def _passing_title(changes: Changes) -> str:
    """Return the title; where others lead now, who led before is told so by letter, if they were told of it before."""
    title = "Obligations that pass to others"
    leads = any(passing.kind == "lead" for passing in changes.passing)
    return f"{title}: who led them before is told so, if told of them before" if leads else title


def _of_what_stays(changes: Changes, zone: ZoneInfo) -> Iterator[Table]:
    yield Table(
        "Occurrences that nobody reports",
        ("task", "title", "owed by", "due", "if unreported", "from now on", "rungs", "where"),
        [closed(closing, zone) for closing in changes.closings],
    )
    for is_provisional, what in ((True, "become provisional"), (False, "become firm")):
        yield Table(
            f"Deadlines that {what}: the calendar is announced up to another day",
            ("task", "title", "owed by", "due", "where"),
            [settled(each) for each in changes.settlings if each.is_provisional is is_provisional],
        )


def _of_people(changes: Changes, zone: ZoneInfo) -> Iterator[Table]:
    yield Table(
        "Posts that others read",
        ("post", "read by", "then by", "from", "until", "obligations", "told of the vacancy each week", "where"),
        [read_by(reader) for reader in changes.readers],
    )
    yield Table(
        "Notices already sent that are out of date",
        ("to", "task", "told", "on", "due then", "due now", "corrected"),
        [out_of_date(notice, zone) for notice in changes.outdated],
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
        [renamed_part(renaming) for renaming in changes.renamings if renaming.part_of],
    )
    yield Table(
        "Other lines that change: words, and rules of which nothing comes yet",
        ("of", "what", "from", "to"),
        [edited(edit) for edit in changes.rewordings],
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
