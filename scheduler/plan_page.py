"""A plan as a page that offices read: one file, in Vietnamese, with nothing to be fetched from elsewhere."""

from datetime import date, datetime, time
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from rules.changes.mails import Said
from rules.due_day import DueDay
from rules.programme import Rulebook
from rules.rung_names import rung_name
from scheduler.planning import Planned

PAGES = Path(__file__).parent / "pages"
_PASSING = {"lead": "Chủ trì", "head": "Người chịu trách nhiệm", "coordinate": "Phối hợp", "standing": "Thường trực"}
_ROLES = {"head": "Người đứng đầu", "focal": "Đầu mối", "overseer": "Lãnh đạo phụ trách", "chair": "Người chủ trì"}
_KINDS = {"more": "Thêm thư", "fewer": "Bớt thư", "other": "Đổi nội dung"}


def page(planned: Planned, zone: ZoneInfo) -> str:
    """Return the plan as HTML."""
    environment = Environment(
        loader=FileSystemLoader(PAGES), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    minute = partial(_minute, zone=zone)
    unit = partial(_unit, names=_names(planned.rulebook))
    environment.filters |= {"day": _day, "minute": minute, "unit": unit, "rung": _rung}
    return environment.get_template("plan.html.j2").render(
        changes=planned.changes,
        unreached=planned.unreached,
        summary=planned.summary,
        made_at=minute(planned.made_at),
        revision=planned.in_force.id if planned.in_force else None,
        passing=_PASSING,
        roles=_ROLES,
        kinds=_KINDS,
        said=_said,
    )


def _day(on: date | None, at: time | None = None) -> str:
    return DueDay(on, at).short.vi if on else ""


def _rung(rung: str) -> str:
    return rung_name(rung).vi


def _minute(at: datetime | None, zone: ZoneInfo) -> str:
    if at is None:
        return ""
    local = at.astimezone(zone)
    return DueDay(local.date(), local.time()).line.vi


def _unit(key: str, names: dict[str, str]) -> str:
    """Return the names of the units that owe something, joint ones joined."""
    return " và ".join(names.get(unit, unit) for unit in key.split("+"))


def _names(rulebook: Rulebook) -> dict[str, str]:
    return {id: unit.name for directory in rulebook.directories.values() for id, unit in directory.units.items()}


def _said(line: Said) -> str:
    extras = "/".join(extra for extra in (line.part, line.occurrence) if extra)
    name = line.task + (f" [{extras}]" if extras else "")
    if not line.rung:
        return f"{line.programme}: {name}"
    return f"{line.programme}: {name} ({line.unit}) – {_rung(line.rung)}{', để biết' if line.as_ == 'cc' else ''}"
