"""Stored: a snapshot as JSON and back. The names are a contract (docs/summary.md): more may come, none goes."""

import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from rules.obligation import ObligationKey
from rules.periodic.ages import AGES
from rules.periodic.iso import clock, day_of, hour_of, iso
from rules.periodic.period import read_period
from rules.periodic.snapshot import (
    Contribution,
    Entry,
    Head,
    Mark,
    Measured,
    Previous,
    ProgrammePart,
    Snapshot,
    StandingOffice,
    Unheard,
    UnitPart,
)
from rules.periodic.stored_changes import (
    happened_as_json,
    happened_of,
    moved_as_json,
    moved_of,
    passed_as_json,
    passed_of,
)
from rules.status import Progress, Status, Timeliness, Verification
from rules.summary import Count, Counts

VERSION = 1


def as_json(snapshot: Snapshot) -> dict[str, Any]:
    """Return the snapshot as values of JSON; what follows from others (`late_by_age`, `changes`) stands there too, for
    whoever reads it."""
    return {
        "version": VERSION,
        "period": str(snapshot.period),
        "kind": snapshot.period.kind,
        "first": snapshot.first.isoformat(),
        "last": snapshot.last.isoformat(),
        "since": snapshot.since.isoformat(),
        "at": snapshot.at.isoformat(),
        "contributions_by": snapshot.contributions_by.isoformat(),
        "revision": snapshot.revision,
        "directory": snapshot.office.directory,
        "standing": snapshot.office.unit,
        "unit": snapshot.unit,
        "head": {
            "name": snapshot.head.name,
            "signer": snapshot.head.signer,
            "chair": snapshot.head.chair,
            "overseers": list(snapshot.head.overseers),
        },
        **snapshot.counts.as_json(),
        "tasks": snapshot.tasks,
        "ahead": snapshot.ahead,
        "provisional": snapshot.provisional,
        "late_by_age": {str(band): snapshot.by_age[band] for band in AGES},
        "programmes": [_programme(one) for one in snapshot.programmes],
        "units": [_unit(one) for one in snapshot.units],
        "results": _keys(snapshot.results),
        "lapsed": _keys(snapshot.lapsed),
        "late": _keys(snapshot.late),
        "difficulties": _keys(snapshot.troubled),
        "next": _keys(snapshot.upcoming),
        "contributions": [_contribution(one) for one in snapshot.contributions],
        "unheard": [{"unit": one.unit, "name": one.name, "wrote_at": iso(one.wrote_at)} for one in snapshot.unheard],
        "indicators": [_measured(one) for one in snapshot.measured],
        "moved": [moved_as_json(one) for one in snapshot.moved],
        "passed": [passed_as_json(one) for one in snapshot.passed],
        "events": [happened_as_json(one) for one in snapshot.happened],
        "previous": _previous(snapshot),
        "obligations": [_entry(entry) for entry in snapshot.entries],
        "unlisted": snapshot.unlisted,
    }


def to_text(snapshot: Snapshot) -> str:
    """Return the snapshot as it is stored."""
    return json.dumps(as_json(snapshot), ensure_ascii=False)


def from_text(text: str) -> Snapshot:
    """Return the snapshot that was stored."""
    said = json.loads(text)
    previous = said["previous"]
    return Snapshot(
        period=read_period(said["period"]),
        office=StandingOffice(said["directory"], said["standing"]),
        head=Head(**{**said["head"], "overseers": tuple(said["head"].get("overseers", ()))}),
        unit=said["unit"],
        first=date.fromisoformat(said["first"]),
        last=date.fromisoformat(said["last"]),
        since=datetime.fromisoformat(said["since"]),
        at=datetime.fromisoformat(said["at"]),
        contributions_by=datetime.fromisoformat(said["contributions_by"]),
        revision=said["revision"],
        counts=_counts(said),
        # Summaries sent by earlier versions do not say so.
        tasks=said.get("tasks", len({(one["programme"], one["task"]) for one in said["obligations"]})),
        ahead=said.get("ahead", 0),
        provisional=said["provisional"],
        programmes=tuple(
            ProgrammePart(one["programme"], one["title"], one["document"], _counts(one), one.get("document_en", ""))
            for one in said["programmes"]
        ),
        units=tuple(
            UnitPart(one["unit"], one["name"], _counts(one), one.get("tasks", 0), one.get("ahead", 0))
            for one in said["units"]
        ),
        entries=tuple(map(_entry_of, said["obligations"])),
        unlisted=said["unlisted"],
        contributions=tuple(_contribution_of(one) for one in said["contributions"]),
        unheard=tuple(Unheard(one["unit"], one["name"], _instant(one["wrote_at"])) for one in said["unheard"]),
        measured=tuple(map(_measured_of, said["indicators"])),
        previous=Previous(
            read_period(previous["period"]),
            datetime.fromisoformat(previous["at"]),
            _counts(previous["counts"]),
            {unit: _counts(counts) for unit, counts in previous.get("units", {}).items()},
        )
        if previous
        else None,
        # Summaries sent by earlier versions do not say so.
        moved=tuple(map(moved_of, said.get("moved", ()))),
        passed=tuple(map(passed_of, said.get("passed", ()))),
        happened=tuple(map(happened_of, said.get("events", ()))),
    )


def _programme(one: ProgrammePart) -> dict[str, Any]:
    cited = {"document": one.document, "document_en": one.document_en}
    return {"programme": one.id, "title": one.title, **cited, **one.counts.as_json()}


def _unit(one: UnitPart) -> dict[str, Any]:
    return {"unit": one.unit, "name": one.name, **one.counts.as_json(), "tasks": one.tasks, "ahead": one.ahead}


def _keys(entries: Iterable[Entry]) -> list[dict[str, str]]:
    return [entry.key._asdict() for entry in entries]


def _contribution(one: Contribution) -> dict[str, Any]:
    return {
        "unit": one.unit,
        "name": one.name,
        "section": one.section,
        "content": one.content,
        "at": one.at.isoformat(),
    }


def _contribution_of(one: Mapping[str, Any]) -> Contribution:
    at = datetime.fromisoformat(one["at"])
    return Contribution(one["unit"], one["name"], one["section"], one["content"], at)


def _measured(one: Measured) -> dict[str, Any]:
    return {
        "programme": one.programme,
        "indicator": one.indicator,
        "title": one.title,
        "measured_in": one.measured_in,
        "on": one.on.isoformat(),
        "value": one.value,
        "before": one.before,
        "target": one.target,
        "owners": list(one.owners),
    }


def _measured_of(one: Mapping[str, Any]) -> Measured:
    return Measured(**{**one, "on": date.fromisoformat(one["on"]), "owners": tuple(one["owners"])})


def _previous(snapshot: Snapshot) -> dict[str, Any] | None:
    found = snapshot.previous
    if found is None:
        return None
    return {
        "period": str(found.period),
        "at": found.at.isoformat(),
        "counts": found.counts.as_json(),
        "units": {unit: counts.as_json() for unit, counts in found.units.items()},
        "changes": {str(what): snapshot.change(what) for what in Count},
        "newly_late": _keys(snapshot.newly_late),
        "caught_up": _keys(snapshot.caught_up),
        "closed_late": _keys(snapshot.closed_late),
        "gone_late": snapshot.gone_late,
    }


def _entry(entry: Entry) -> dict[str, Any]:
    mark = entry.mark
    return {
        **entry.key._asdict(),
        "number": entry.number,
        "title": entry.title,
        "units": list(entry.units),
        "due": iso(entry.due),
        "hour": clock(entry.hour),
        "strict": iso(entry.strict),
        "progress": str(entry.status.progress),
        "timeliness": str(entry.status.timeliness),
        "verification": str(entry.status.verification),
        "counts_as": str(entry.counts_as),
        "percent": entry.percent,
        "days_late": entry.days_late,
        "done_on": iso(entry.done_on),
        "days_backdated": entry.days_backdated,
        "provisional": entry.provisional,
        "source": entry.source,
        "result": entry.result,
        "newly_reported": entry.is_new,
        "next": entry.is_next,
        "ahead": entry.is_ahead,
        "difficulty": entry.difficulty,
        "before": str(entry.before) if entry.before else None,
        "entered_on": iso(mark.entered_on) if mark else None,
        "entered_is_stale": mark.is_stale if mark else None,
    }


def _entry_of(one: Mapping[str, Any]) -> Entry:
    entered_on = day_of(one["entered_on"])
    return Entry(
        key=ObligationKey(*(one[name] for name in ObligationKey._fields)),
        number=one["number"],
        title=one["title"],
        units=tuple(one["units"]),
        status=Status(Progress(one["progress"]), Timeliness(one["timeliness"]), Verification(one["verification"])),
        due=day_of(one["due"]),
        hour=hour_of(one.get("hour")),
        strict=day_of(one.get("strict")),
        done_on=day_of(one["done_on"]),
        days_backdated=one.get("days_backdated", 0),
        days_late=one["days_late"],
        percent=one["percent"],
        provisional=one["provisional"],
        source=one["source"],
        result=one["result"],
        # Summaries of earlier versions told all of these as new.
        is_new=one.get("newly_reported", one["result"] in ("reported", "accepted")),
        is_next=one["next"],
        is_ahead=one.get("ahead", False),
        difficulty=one["difficulty"],
        before=Count(one["before"]) if one["before"] else None,
        mark=Mark(entered_on, one["entered_is_stale"]) if entered_on else None,
    )


def _counts(said: Mapping[str, Any]) -> Counts:
    of = {what: said[what] for what in Count if said[what]}
    # Snapshots of earlier versions have what was due today among `due_soon`.
    return Counts(of, said["due_soon"], said["awaiting"], said.get("due_today", 0))


def _instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
