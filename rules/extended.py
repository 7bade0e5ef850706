"""Extended: what a granted extension makes of an obligation's term.

An extension moves one obligation. It takes the place of the day that the rules gave when it was granted, and stands as
long as they give that day: where the rules are edited to another one afterwards, theirs is the later word and stands.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from rules.calendar import local_day
from rules.dated import dated
from rules.days import day_en, day_vi
from rules.deadline import Period, Within
from rules.obligation import ObligationKey
from rules.term import Occurrence, TermContext
from rules.why import until
from rules.wording import Wording
from rules.words import sentence


class Extended(NamedTuple):
    """An extension as it was granted at `at`: until `due`, by a document.

    `due_by_rules` is the day the rules gave then; `due_before` the one in force, which an extension before it may have
    given.
    """

    at: datetime
    due_by_rules: date
    due_before: date
    due: date
    document: str
    why: str = ""


ASSUMED = "giả định"
"""Stands for the document of an extension that a simulation assumes."""
Granted = tuple[Extended, ...]
"""The extensions of one obligation, in the order of granting."""
Extensions = Mapping[ObligationKey, Granted]
"""All that were granted, by obligation."""


def standing(granted: Granted, by_rules: date | None, *, on: date, zone: ZoneInfo) -> Granted:
    """Return those that stand on a day, given the day the rules give; the last one is in force."""
    return tuple(one for one in granted if one.due_by_rules == by_rules and local_day(one.at, zone) <= on)


def prolonged(occurrence: Occurrence, granted: Granted, context: TermContext) -> Occurrence:
    """Return the occurrence with the term that extensions gave it, at least one that stands. It starts as it did, and
    keeps the hour."""
    last, term = granted[-1], occurrence.term
    head = _why(granted, until(last.due, term.at))
    extended = dated(context, term.kind, head, due=last.due, starts=term.starts, at=term.at)
    return replace(occurrence, term=extended)


def day_given(granted: Granted) -> Within:
    """Return the deadline that extensions come to: the day of the last one."""
    day = granted[-1].due
    return Within(Period("day", day, day, day.isoformat()))


def _why(granted: Granted, until_: Wording) -> Wording:
    """Say until when it is extended, by which document, and what the day was before, back to the first."""
    was_vi = ", trước đó ".join(day_vi(one.due_before) for one in reversed(granted))
    was_en = ", before that ".join(day_en(one.due_before) for one in reversed(granted))
    document = granted[-1].document
    return Wording(
        f"{sentence(until_.vi)}, gia hạn theo văn bản {document} (hạn cũ {was_vi})",
        f"{sentence(until_.en)}, extended by document {document} (before: {was_en})",
    )
