"""Compared: what one simulation tells otherwise than another, for programs and for people."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import typer

from rules.called import PresentIds
from rules.differences import Differences, Letter, Matter
from scheduler.commands.printing import counted, local, minute, print_table

Json = dict[str, Any]
MOST_ROWS = 60
"""So many rows of each kind are shown to people; programs get them all."""


def named(found: Differences, names: PresentIds) -> Differences:
    """Return differences with their tasks by their present ids."""

    def called(matter: Matter) -> Matter:
        return matter._replace(task=names.get((matter.programme, matter.task), matter.task))

    return replace(
        found,
        moved=tuple(each._replace(matter=called(each.matter)) for each in found.moved),
        readdressed=tuple(each._replace(matter=called(each.matter)) for each in found.readdressed),
        gone=tuple((called(matter), at, to) for matter, at, to in found.gone),
        added=tuple((called(matter), at, to) for matter, at, to in found.added),
    )


def differences_json(found: Differences, zone: ZoneInfo) -> Json:
    """Return all that differs."""
    return {
        "same": found.are_none,
        "only_before": [_letter(letter, zone) for letter in found.only_before],
        "only_after": [_letter(letter, zone) for letter in found.only_after],
        "moved": [
            _matter(each.matter) | {"to": each.to, "before": local(each.before, zone), "after": local(each.after, zone)}
            for each in found.moved
        ],
        "readdressed": [
            _matter(each.matter) | {"before": _told(each.before, zone), "after": _told(each.after, zone)}
            for each in found.readdressed
        ],
        "gone": [_matter(matter) | _told((at, to), zone) for matter, at, to in found.gone],
        "added": [_matter(matter) | _told((at, to), zone) for matter, at, to in found.added],
        "persons": [each._asdict() for each in found.persons],
    }


def print_differences(found: Differences, zone: ZoneInfo) -> None:
    """Print what differs as tables, the longest cut short, and a summary as the last line."""
    rows = list(_rows(found, zone))
    for kind in ("gone", "added", "moved", "readdressed"):
        of_kind = [row for row in rows if row[0] == kind]
        if of_kind:
            title = f"{kind}: {counted(len(of_kind), 'line')}"
            print_table(("", "task", "rung", "before", "after"), of_kind[:MOST_ROWS], title=title)
            _say_more(len(of_kind))
    if found.persons:
        typer.echo("")
        print_table(
            ("person", "mails before", "after", "lines before", "after"),
            [tuple(each) for each in found.persons[:MOST_ROWS]],
        )
        _say_more(len(found.persons))
    typer.echo(summary(found))


def summary(found: Differences) -> str:
    """Return what differs in one line."""
    if found.are_none:
        return "no difference"
    mails = f"{counted(len(found.only_before), 'mail')} only before, {len(found.only_after)} only after"
    lines = f"lines: {len(found.gone)} gone, {len(found.added)} added, {len(found.moved)} moved"
    return f"{mails}; {lines}, {len(found.readdressed)} to other readers; {counted(len(found.persons), 'person')}"


def _say_more(count: int) -> None:
    if count > MOST_ROWS:
        typer.echo(f"… {count - MOST_ROWS} more; all of them with --format json")


def _rows(found: Differences, zone: ZoneInfo) -> Iterator[tuple[str, str, str, str, str]]:
    def row(kind: str, matter: Matter, before: str, after: str) -> tuple[str, str, str, str, str]:
        part = "/".join(each for each in (matter.part, matter.occurrence) if each)
        name = f"{matter.programme}/{matter.task}" + (f"[{part}]" if part else "") + f" ({matter.unit})"
        return kind, name, matter.rung, before, after

    for matter, at, to in found.gone:
        yield row("gone", matter, f"{minute(at, zone)} {to}", "")
    for matter, at, to in found.added:
        yield row("added", matter, "", f"{minute(at, zone)} {to}")
    for moved in found.moved:
        yield row("moved", moved.matter, f"{minute(moved.before, zone)} {moved.to}", minute(moved.after, zone))
    for each in found.readdressed:
        before, after = (f"{minute(at, zone)} {to}" for at, to in (each.before, each.after))
        yield row("readdressed", each.matter, before, after)


def _letter(letter: Letter, zone: ZoneInfo) -> Json:
    return {"at": local(letter.at, zone), "to": letter.to, "subject": letter.subject, "lines": len(letter.matters)}


def _matter(matter: Matter) -> Json:
    said = matter._asdict()
    said["as"] = said.pop("as_")
    return said


def _told(told: tuple[datetime, str], zone: ZoneInfo) -> Json:
    at, to = told
    return {"at": local(at, zone), "to": to}
