"""Deadlines as a sheet shows them: the words of the plan, the day they come to, the deadline there was before."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from rules.days import day_en, day_vi
from rules.deadline import SetBy
from rules.due_day import due_day
from rules.inforce import in_force, replaced_by
from rules.plans.exporting import texts
from rules.plans.exporting.sheet import Cell
from rules.plans.exporting.stands import Named, Stand, label
from rules.programme import Amendment, Programme, Task
from rules.stated import said
from rules.stated import stated as words_of
from rules.term import Term
from rules.wording import Language
from rules.words import sentence

MOST_DAYS = 4
"""So many different days are shown in one cell."""


def stated(programme: Programme, task: Task, on: date) -> str:
    """Return the words of the plan; where it has none, or others were in force that day, the deadline as offices say
    it."""
    deadlines = {part: in_force(task, part, on).deadline for part in task.deadlines}
    if task.stated and all(words_of(task, part, deadline) for part, deadline in deadlines.items()):
        return task.stated
    said_of = {part: said(programme, deadline) for part, deadline in deadlines.items()}
    return "\n".join(sentence(f"{part}: {words}" if part else words) for part, words in said_of.items())


def changes(programme: Programme, task: Task, on: date, language: Language) -> tuple[str, ...]:
    """Return a line for each deadline the task had before that day, with the document that changed it.

    What the task's own note says already, by the old deadline or by the document, is not said again.
    """
    return tuple(
        _change(programme, amendment, language)
        for amendment in replaced_by(task, on)
        if not _is_in(task.note or "", programme, amendment)
    )


def due(stands: Sequence[Stand], named: Named, language: Language) -> Cell:
    """Return the day it comes to; where it comes to several, each with what it is for."""
    days = {said._replace(grace_until=None) for one in stands if (said := due_day(one.term))}
    if len(days) == 1:
        [said_of] = days
        day = None if said_of.at else said_of.due
        return Cell(said_of.short.say(language), day=day, before=said_of.before.say(language))
    if len(days) > MOST_DAYS:
        return Cell()
    lines = dict.fromkeys(_labelled(one, stands, named, language) for one in stands if one.term.due)
    return Cell("\n".join(lines))


def _labelled(stand: Stand, among: Sequence[Stand], named: Named, language: Language) -> str:
    parts = [replace(one, key=one.key._replace(unit="", occurrence="")) for one in among]
    of = label(replace(stand, key=stand.key._replace(unit="", occurrence="")), parts, named, language)
    return f"{of}: {_day(stand.term, language)}" if of else _day(stand.term, language)


def _day(term: Term, language: Language) -> str:
    said_of = due_day(term)
    assert said_of is not None
    return said_of.short.say(language)


def _is_in(note: str, programme: Programme, amendment: Amendment) -> bool:
    return said(programme, amendment.deadline) in note or bool(amendment.document and amendment.document in note)


def _change(programme: Programme, amendment: Amendment, language: Language) -> str:
    old = said(programme, amendment.deadline)
    if isinstance(amendment.deadline, SetBy):
        old = texts.SET_BY.format(document=old)
    old = f"{amendment.part}: {old}" if amendment.part else old
    day = day_vi(amendment.until_on) if language == "vi" else day_en(amendment.until_on)
    if amendment.document is None:
        return texts.MOVED_ON.say(language).format(old=old, day=day)
    of = " ngày " if language == "vi" else " of "
    return texts.MOVED.say(language).format(
        old=old, document=f"{texts.cited(amendment.document).say(language)}{of}{day}"
    )
