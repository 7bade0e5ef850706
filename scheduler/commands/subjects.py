"""The headings that simulated mails would carry: kind and subject, without the rest of the mails.

What went to a hundred units alike has one subject, worked out once.
"""

from collections.abc import Callable, Hashable
from dataclasses import replace
from typing import NamedTuple

from notifications.letters import letters
from notifications.plain import plain_letter
from rules.calendar import local_day
from rules.digest import Digest, Line, Matter, Question, Recipient
from rules.ladder import SUPERIORS
from rules.lines import CHANGES
from rules.obligation import ObligationKey
from rules.programme import Programme, Rulebook
from rules.simulate import SimulatedLine, SimulatedMessage, Told
from rules.wording import Wording
from scheduler.config import Config


class Heading(NamedTuple):
    """The kind of a mail, and its subject."""

    kind: str
    subject: str


Headings = Callable[[SimulatedMessage], Heading]

_ANYONE = Recipient("", "")
"""No subject speaks of its reader."""
_APART = "1"
"""The task of the line that stands apart from others that count as much."""


def headings(config: Config, rulebook: Rulebook) -> Headings:
    """Return what tells the heading of a mail in the office's language and templates."""
    known: dict[Hashable, Heading] = {}
    briefs = _Briefs(rulebook)

    def heading(message: SimulatedMessage) -> Heading:
        # An office's own template may speak of anything, so nothing is taken to be alike.
        if config.templates:
            return _heading(message.digest, config)
        alike = _alike(message)
        found = known.get(alike)
        if found is None:
            brief = briefs.brief(message)
            said = _said(brief)
            found = known[alike] = known.get(said) or _heading(brief, config)
            known[said] = found
        return found

    return heading


def _alike(message: SimulatedMessage) -> Hashable:
    """Return what our own subjects hang on: what was found and for which post, and the units a superior reads of."""
    if message.said:
        return id(message)
    found = tuple(
        [
            (look, handed.place, handed.target.as_, handed.target.role)
            for look, _, handed in message.parcels
            if not handed.is_again
        ]
    )
    if SUPERIORS.isdisjoint([role for _, _, _, role in found]):
        return found
    return found, tuple(entry.key.unit for _, entry, handed in message.parcels if not handed.is_again)


def _said(brief: Digest) -> Hashable:
    """Return what a brief says: its lines are shared, and so go by identity."""
    lines = tuple(map(id, brief.lines))
    return brief.kind, brief.baseline, brief.today, lines, brief.matters, brief.questions


def _heading(digest: Digest, config: Config) -> Heading:
    try:
        return Heading(digest.kind, letters(config.language, config.templates).subject(digest))
    # An edited template may raise anything at all; the letter would then be the plain one.
    except Exception:
        return Heading(digest.kind, plain_letter(digest, config.language, contact="").subject)


class _Briefs:
    """Makes as much of digests as our own subjects are made from; mails that tell the same share its line."""

    def __init__(self, rulebook: Rulebook) -> None:
        self._rulebook = rulebook
        # By identity: the simulation keeps what is told alive.
        self._lines: dict[tuple[int, str], Line] = {}
        self._counted: dict[tuple[str, str, str, int, int], Line] = {}

    def brief(self, message: SimulatedMessage) -> Digest:
        """Return what the subject of a mail speaks of, and nothing else."""
        kind = message.kind
        # Only superiors read in the subject which units it is about.
        lines = self._by_unit(message) if kind == "escalation" else self._alike(message)
        matters = tuple(matter for said in message.said for matter in said.matters)
        questions = tuple(question for said in message.said for question in said.questions)
        speaks_of: list[Question | Matter] = [*questions, *matters]
        programmes = [*(line.key.programme for line in lines), *(each.programme for each in speaks_of)]
        return Digest(
            kind=kind,
            recipient=_ANYONE,
            made_at=message.at,
            today=local_day(message.at, message.roster.policy.zone),
            lines=tuple(lines),
            matters=matters,
            questions=questions,
            baseline=message.baseline,
            programmes=tuple(dict.fromkeys(programmes)),
        )

    def _by_unit(self, message: SimulatedMessage) -> list[Line]:
        return [self._line(told, unit) for told, unit in _one_an_obligation(message)]

    def _alike(self, message: SimulatedMessage) -> list[Line]:
        found = message.told
        if len({entry for _, entry, _ in message.parcels}) < len(found):
            found = [told for told, _ in _one_an_obligation(message)]
        if not found or all(told.obligation == found[0].obligation for told in found):
            return [self._line(told, "") for told in found]
        # Of several a subject gives figures: one stands apart, so that they are several, the others count alike.
        return [self._count(found[0], _APART), *(self._count(told, "") for told in found[1:])]

    def _count(self, told: Told, task: str) -> Line:
        like = task, told.section, told.rung, told.days_left, told.days_late
        line = self._counted.get(like)
        if line is None:
            key = ObligationKey(told.programme, task, "", "", "")
            line = self._counted[like] = replace(self._line(told, ""), key=key)
        return line

    def _line(self, told: Told, unit: str) -> Line:
        line = self._lines.get((id(told), unit))
        if line is None:
            line = self._lines[id(told), unit] = _line(told, unit, self._rulebook)
        return line


def _one_an_obligation(message: SimulatedMessage) -> list[SimulatedLine]:
    """Return the lines as the mail has them: of several about one obligation the one that asks to act."""
    chosen: dict[Hashable, SimulatedLine] = {}
    for line in message.lines:
        told = line.told
        obligation = (told.obligation, line.unit)
        if obligation not in chosen or (told.as_ == "to" and chosen[obligation].told.as_ == "cc"):
            chosen[obligation] = line
    return list(chosen.values())


def _title(programme: Programme, task: str) -> str:
    found = programme.task(task)
    return found.title if found else task


def _line(told: Told, unit: str, rulebook: Rulebook) -> Line:
    programme, term = rulebook.programmes[told.programme], told.term
    units = rulebook.directories[programme.directory].units
    return Line(
        key=ObligationKey(told.programme, told.task, told.part, unit, told.occurrence),
        section=told.section,
        rung=told.rung,
        as_=told.as_,
        change=CHANGES.get(told.rung, ""),
        programme_title=programme.title,
        document=Wording("", ""),
        clause="",
        part=told.part,
        title=_title(programme, told.task),
        unit_names=tuple(units[one].name for one in unit.split("+")) if unit else (),
        product=None,
        stated=None,
        phrase="",
        due=term.due,
        at=term.at,
        strict=term.strict,
        remind_by=term.remind_by,
        grace_until=term.grace_until,
        days_left=told.days_left,
        days_late=told.days_late,
        why=term.why,
        provisional=term.provisional,
        missed_before=0,
        amended=(),
        next=(),
        source="",
    )
