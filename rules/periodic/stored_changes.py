"""Stored changes: what became of deadlines, leads and events in a period as JSON and back."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from rules.obligation import ObligationKey
from rules.periodic.happened import Begun, Happened, When
from rules.periodic.iso import clock, day_of, hour_of, iso
from rules.periodic.moved import Moved
from rules.periodic.passed import Passed


def moved_as_json(one: Moved) -> dict[str, Any]:
    """Return a deadline that was moved, or not, as values of JSON."""
    return {
        **one.key._asdict(),
        "number": one.number,
        "title": one.title,
        "units": list(one.units),
        "kind": one.kind,
        "before": iso(one.before),
        "after": iso(one.after),
        "document": one.document,
        "reason": one.reason,
        "hour_before": clock(one.hour_before),
        "hour_after": clock(one.hour_after),
    }


def moved_of(one: Mapping[str, Any]) -> Moved:
    """Return what was stored of a deadline that was moved, or not."""
    key = ObligationKey(*(one[name] for name in ObligationKey._fields))
    days = (day_of(one["before"]), day_of(one["after"]))
    named = (one["number"], one["title"], tuple(one["units"]), one["kind"])
    hours = (hour_of(one.get("hour_before")), hour_of(one.get("hour_after")))
    return Moved(key, *named, *days, one["document"], one["reason"], *hours)


def passed_as_json(one: Passed) -> dict[str, Any]:
    """Return a task that others lead now as values of JSON."""
    return {
        "programme": one.programme,
        "task": one.task,
        "number": one.number,
        "title": one.title,
        "before": list(one.before),
        "after": list(one.after),
        "names_before": list(one.names_before),
        "names_after": list(one.names_after),
        "on": one.on.isoformat(),
        "document": one.document,
    }


def passed_of(one: Mapping[str, Any]) -> Passed:
    """Return what was stored of a task that others lead now."""
    units = {name: tuple(one[name]) for name in ("before", "after", "names_before", "names_after")}
    return Passed(**{**one, **units, "on": date.fromisoformat(one["on"])})


def happened_as_json(one: Happened) -> dict[str, Any]:
    """Return what was recorded of an event as values of JSON."""
    return {
        "programme": one.programme,
        "event": one.event,
        "title": one.title,
        "kind": one.kind,
        **_when(one.when),
        "before": _when(one.before) if one.before else None,
        "document": one.document,
        "leads": list(one.leads),
        "deadlines": [_begun(found) for found in one.begun],
    }


def happened_of(one: Mapping[str, Any]) -> Happened:
    """Return what was stored of an event."""
    return Happened(
        programme=one["programme"],
        event=one["event"],
        title=one["title"],
        kind=one["kind"],
        when=_when_of(one),
        before=_when_of(one["before"]) if one["before"] else None,
        document=one["document"],
        leads=tuple(one["leads"]),
        begun=tuple(map(_begun_of, one["deadlines"])),
    )


def _begun(one: Begun) -> dict[str, Any]:
    return {
        "task": one.task,
        "part": one.part,
        "occurrence": one.occurrence,
        "number": one.number,
        "title": one.title,
        "owers": list(one.owers),
        "units": list(one.units),
        "due": iso(one.due),
        "hour": clock(one.hour),
    }


def _begun_of(one: Mapping[str, Any]) -> Begun:
    units = {name: tuple(one[name]) for name in ("owers", "units")}
    return Begun(**{**one, **units, "due": day_of(one["due"]), "hour": hour_of(one["hour"])})


def _when(one: When) -> dict[str, Any]:
    return {"on": one.on.isoformat(), "hour": clock(one.hour)}


def _when_of(one: Mapping[str, Any]) -> When:
    return When(date.fromisoformat(one["on"]), hour_of(one["hour"]))
