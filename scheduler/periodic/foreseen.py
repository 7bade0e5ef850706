"""Foreseen: the letters with summaries that a span of days will bring, by the configuration and the rules alone."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import NamedTuple

from rules.digest import Recipient
from rules.periodic.period import KINDS
from rules.periodic.schedule import Hours, closings
from rules.programme import Rulebook
from rules.roster import Roster, owing_units
from scheduler.config import Config
from scheduler.message_kinds import REQUEST
from scheduler.periodic.bureaus import Bureau, bureaus, compilers, readers, writers


class Foreseen(NamedTuple):
    """A letter that will leave at its hour: the request to a unit unless it has written, the draft, the summary itself;
    `if_confirmed`: only once the draft is confirmed."""

    at: datetime
    to: str
    office: str
    period: str
    step: str
    if_confirmed: bool = False


def foreseen(config: Config, rulebook: Rulebook, *, first: date, last: date) -> list[Foreseen]:
    """Return the letters of the periods that close from `first` to `last`, in order of time."""
    schedule, policy = config.summaries.schedule, config.policy
    roster, found = Roster(rulebook, policy), list[Foreseen]()
    for bureau in bureaus(rulebook):
        units = list(_owing(bureau))
        for kind in KINDS:
            for period, closes in closings(schedule, kind, bureau.calendar, policy.zone, first=first, last=last):
                for step, at, people in _steps(bureau, roster, units, closes):
                    waits = step == "sent" and schedule.needs_confirmation
                    found += [Foreseen(at, one.email, str(bureau.office), str(period), step, waits) for one in people]
    return sorted(found, key=lambda one: one.at)


def _steps(
    bureau: Bureau, roster: Roster, units: list[str], closes: Hours
) -> Iterator[tuple[str, datetime, tuple[Recipient, ...]]]:
    if closes.request_at:
        others = [unit for unit in units if unit != bureau.office.unit]
        asked = {one.email: one for one in writers(bureau, roster, others, closes.day).values()}
        yield REQUEST, closes.request_at, tuple(asked.values())
    yield "draft", closes.draft_at, compilers(bureau, roster, closes.day)
    yield "sent", closes.send_at, readers(bureau, roster, units, closes.day)


def _owing(bureau: Bureau) -> Iterator[str]:
    """Yield the units that lead a task, in the order of the directory."""
    lead = {
        unit
        for programme in bureau.programmes
        for task in programme.tasks.values()
        for joint in owing_units(task)
        for unit in joint.split("+")
    }
    return (unit for unit in bureau.directory.units if unit in lead)
