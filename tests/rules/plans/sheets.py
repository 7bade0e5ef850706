"""Sheets of a programme in the layout that offices circulate, and how its obligations stand."""

from datetime import date, time
from typing import Literal

from rules.calendar import instant
from rules.events import events_known
from rules.obligation import ObligationKey
from rules.plans.exporting.byrules import standing_by_rules
from rules.plans.exporting.composing import compose
from rules.plans.exporting.sheet import Cell, Line, Sheet
from rules.plans.exporting.stands import Stand
from rules.programme import Rulebook
from rules.roster import Roster
from rules.status import Progress, Status, Timeliness, Verification
from rules.term import Term
from rules.wording import Wording
from tests.rules.books import POLICY

Language = Literal["vi", "en"]
OPEN_LATE = Status(Progress.NOT_BEGUN, Timeliness.LATE, Verification.NONE_ASKED)
OPEN = Status(Progress.NOT_BEGUN, Timeliness.IN_TIME, Verification.NONE_ASKED)
DONE = Status(Progress.REPORTED, Timeliness.DONE_IN_TIME, Verification.AWAITING)
CLOSED = Status(Progress.CLOSED, Timeliness.LATE, Verification.NONE_ASKED)


def sheet_of(
    rules: Rulebook, on: str = "2026-04-02", *, language: Language = "vi", stands: list[Stand] | None = None
) -> Sheet:
    """Return the sheet of the programme `ct` on a day, by the rules alone unless it is said how its tasks stand."""
    programme = rules.programmes["ct"]
    day = date.fromisoformat(on)
    events = events_known(programme, {}, {}, calendar=rules.calendars["viet-nam"], zone=POLICY.zone)
    roster = Roster(rules, POLICY, {"ct": events})
    if stands is None:
        stands = list(standing_by_rules(programme, roster, now=instant(day, time(17), POLICY.zone)))
    return compose(programme, rules.directories["tinh"], stands, on=day, language=language)


def row(sheet: Sheet, number: int = 0) -> dict[str, Cell]:
    """Return the cells of a row of the tasks by their headings."""
    lines = [found for found in sheet.grids[0].rows if isinstance(found, Line)]
    headings = [column.heading for column in sheet.grids[0].columns]
    return dict(zip(headings, lines[number].cells, strict=True))


def stand(
    state: Status, *, unit: str = "a", part: str = "", due: str | None = None, late: int = 0, done_on: str | None = None
) -> Stand:
    """Return how an obligation of the task T.1 stands."""
    day = date.fromisoformat(due) if due else None
    key = ObligationKey("ct", "T.1", part, unit, due or "")
    return Stand(
        key, Term("date", Wording("", ""), due=day), state, late, date.fromisoformat(done_on) if done_on else None
    )
