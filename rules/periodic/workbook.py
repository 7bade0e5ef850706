"""Workbook: a snapshot → the bytes of an Excel file: every task, the figures, the units, what changed, what units
wrote."""

from zoneinfo import ZoneInfo

from rules.calendar import local_day
from rules.periodic.grids import changes, contributions, overview, tasks, units
from rules.periodic.snapshot import Snapshot
from rules.periodic.telling import tell
from rules.plans.exporting.sheet import Sheet
from rules.plans.exporting.workbook import workbook
from rules.wording import Language, Wording


def to_workbook(snapshot: Snapshot, language: Language, *, zone: ZoneInfo) -> bytes:
    """Return the file."""
    told = tell(snapshot, language, zone=zone)
    as_of = Wording(f"Số liệu đến {told.as_of}", f"As of {told.as_of}").say(language)
    grids = [tasks(snapshot, language), overview(snapshot, language), units(snapshot, language)]
    if (changed := changes(snapshot, language)).rows:
        grids.append(changed)
    if snapshot.contributions or snapshot.unheard:
        grids.append(contributions(snapshot, language, zone))
    sheet = Sheet(
        on=local_day(snapshot.at, zone),
        kind=told.kind.upper(),
        title=told.title,
        reference="; ".join(told.subjects),
        state=f"({told.span}) {as_of}",
        grids=tuple(grids),
        language=language,
    )
    return workbook(sheet)
