"""The headings that simulated mails would carry: kind and subject, without the rest of the mails.

What went to a hundred units alike has one subject, worked out once.
"""

from collections.abc import Callable, Hashable, Mapping
from typing import Literal, NamedTuple

from notifications.letters import letters
from notifications.plain import plain_letter
from rules.calendar import local_day
from rules.digest import Digest, Line, Matter, Question
from rules.ladder import SUPERIORS
from rules.obligation import ObligationKey
from rules.programme import Rulebook
from rules.simulate import SimulatedLine, SimulatedMessage, Told
from scheduler.config import Config


class Heading(NamedTuple):
    """The kind of a mail, and its subject."""

    kind: str
    subject: str


Headings = Callable[[SimulatedMessage], Heading]

_CHANGES: Mapping[str, Literal["new", "moved", "done", "baseline"]] = {
    "new": "new",
    "moved": "moved",
    "done": "done",
    "baseline": "baseline",
}


def headings(config: Config, rulebook: Rulebook) -> Headings:
    """Return what tells the heading of a mail in the office's language and templates."""
    known: dict[Hashable, Heading] = {}

    def heading(message: SimulatedMessage) -> Heading:
        # An office's own template may speak of anything, so nothing is taken to be alike.
        alike = id(message) if config.templates else _alike(message)
        if alike not in known:
            known[alike] = _heading(message, config, rulebook)
        return known[alike]

    return heading


def _alike(message: SimulatedMessage) -> Hashable:
    """Return what our own subjects hang on: what was found and for which post, and the units a superior reads of."""
    if message.said:
        return id(message)
    parcels = [(look, entry, handed) for look, entry, handed in message.parcels if not handed.is_again]
    found = tuple((id(look), handed.place, handed.target.as_, handed.target.role) for look, _, handed in parcels)
    if any(role in SUPERIORS for *_, role in found):
        return found, tuple(entry.key.unit for _, entry, _ in parcels)
    return found


def _heading(message: SimulatedMessage, config: Config, rulebook: Rulebook) -> Heading:
    digest = message.digest if config.templates else _brief(message, rulebook)
    try:
        return Heading(digest.kind, letters(config.language, config.templates).subject(digest))
    # An edited template may raise anything at all; the letter would then be the plain one.
    except Exception:
        return Heading(digest.kind, plain_letter(digest, config.language, contact="").subject)


def _brief(message: SimulatedMessage, rulebook: Rulebook) -> Digest:
    """Return as much of the digest as our own subjects are made from."""
    tally = message.tally
    chosen = _one_an_obligation(message)
    lines: dict[tuple[int, str], Line] = {}
    for told, unit in chosen:
        # Only superiors read in the subject which units it is about.
        named = unit if tally.kind == "escalation" else ""
        if (id(told), named) not in lines:
            lines[id(told), named] = _line(told, named, rulebook)
    matters = tuple(matter for said in message.said for matter in said.matters)
    questions = tuple(question for said in message.said for question in said.questions)
    speaks_of: list[Told | Question | Matter] = [*(told for told, _ in chosen), *questions, *matters]
    return Digest(
        kind=tally.kind,
        recipient=message.recipient,
        made_at=message.at,
        today=local_day(message.at, message.roster.policy.zone),
        lines=tuple(lines[id(told), unit if tally.kind == "escalation" else ""] for told, unit in chosen),
        matters=matters,
        questions=questions,
        baseline=tally.baseline,
        programmes=tuple(dict.fromkeys(each.programme for each in speaks_of)),
    )


def _one_an_obligation(message: SimulatedMessage) -> list[SimulatedLine]:
    """Return the lines as the mail has them: of several about one obligation the one that asks to act."""
    chosen: dict[tuple[str, ...], SimulatedLine] = {}
    for line in message.lines:
        told = line.told
        obligation = (told.programme, told.task, told.part, told.occurrence, line.unit)
        if obligation not in chosen or (told.as_ == "to" and chosen[obligation].told.as_ == "cc"):
            chosen[obligation] = line
    return list(chosen.values())


def _line(told: Told, unit: str, rulebook: Rulebook) -> Line:
    programme, term = rulebook.programmes[told.programme], told.term
    units = rulebook.directories[programme.directory].units
    return Line(
        key=ObligationKey(told.programme, told.task, told.part, unit, told.occurrence),
        section=told.section,
        rung=told.rung,
        as_=told.as_,
        change=_CHANGES.get(told.rung, ""),
        programme_title=programme.title,
        document="",
        clause="",
        part=told.part,
        title=programme.tasks[told.task].title,
        unit_names=tuple(units[one].name for one in unit.split("+")) if unit else (),
        product=None,
        stated=None,
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
