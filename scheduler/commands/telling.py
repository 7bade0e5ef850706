"""Simulated mails as JSON, one object for each thing a mail tells of. The names are a contract (design.md §5).

A year of five programmes has two hundred thousand lines: what is the same for all units is put into JSON once.
"""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from rules.digest import Matter, Question
from rules.programme import Programme, Rulebook
from rules.prompts import EVENT_PREFIX, WATCH
from rules.simulate import NotSent, SimulatedMessage, Told
from scheduler.commands.printing import as_json, local
from scheduler.commands.subjects import Headings

Json = dict[str, Any]


class Teller:
    """Tells mails of one simulation, with the headings that `heading` gives them."""

    def __init__(self, rulebook: Rulebook, zone: ZoneInfo, heading: Headings) -> None:
        self._rulebook = rulebook
        self._zone = zone
        self._heading = heading
        # By identity: the simulation keeps what is told alive, and to compare would take longer than to tell.
        self._told: dict[int, tuple[str, str]] = {}
        self._quoted = _Quoted()
        self._instants: dict[datetime, str] = {}

    def message(self, message: SimulatedMessage) -> str:
        """Return a mail as JSON."""
        kind, subject = self._heading(message)
        quoted = self._quoted
        at, to, subject = quoted[self._local(message.at)], quoted[message.to], quoted[subject]
        head = f'"at": {at}, "to": {to}, "kind": {quoted[kind]}, "subject": {subject}'
        return f'{{{head}, "lines": [{", ".join(self._lines(message))}]}}'

    def not_sent(self, refused: NotSent) -> str:
        """Return a notice that was owed and is not sent, and why; `to` is null where nobody is in post."""
        key, notice = refused.entry.key, refused.notice
        told = {
            "at": self._local(refused.at),
            "to": notice.person,
            "programme": key.programme,
            "task": key.task,
            "part": key.part,
            "occurrence": key.occurrence,
            "unit": key.unit,
            "rung": notice.slot.rung,
            "turn": notice.slot.turn,
            "role": notice.slot.role,
            "as": notice.as_,
            "reason": notice.reason,
        }
        return as_json(told)

    def _local(self, at: datetime) -> str:
        found = self._instants.get(at)
        if found is None:
            found = self._instants[at] = local(at, self._zone)
        return found

    def _lines(self, message: SimulatedMessage) -> Iterator[str]:
        known, quoted = self._told, self._quoted
        for told, unit in message.lines:
            begins, ends = known.get(id(told)) or self._around_unit(told)
            yield f"{begins}{quoted[unit]}{ends}"
        for said in message.said:
            yield from (as_json(self._question(question)) for question in said.questions)
            yield from (as_json(self._matter(matter)) for matter in said.matters)

    def _around_unit(self, told: Told) -> tuple[str, str]:
        begins, ends = as_json(self._line(told)).split('"\\u0000"')
        self._told[id(told)] = begins, ends
        return begins, ends

    def _line(self, told: Told) -> Json:
        term = told.term
        task = self._rulebook.programmes[told.programme].tasks.get(told.task)
        return {
            **_subject(told.programme, told.task, "\0", told.rung),
            "part": told.part,
            "occurrence": told.occurrence,
            "as": told.as_,
            "section": told.section,
            "due": term.due,
            "strict": term.strict,
            "at": term.at.isoformat("minutes") if term.at else None,
            "remind_by": term.remind_by,
            "grace_until": term.grace_until,
            "days_left": told.days_left,
            "days_late": told.days_late,
            "why": term.why.vi,
            "why_en": term.why.en,
            "provisional": term.provisional,
            "source": str(task.deadline_source) if task else None,
        }

    def _question(self, question: Question) -> Json:
        event = self._rulebook.programmes[question.programme].events[question.event]
        asked = event.watch.ask if event.watch else ""
        return {
            **_subject(question.programme, EVENT_PREFIX + question.event, asked, WATCH),
            **_undated(question.title, question.expected, question.source),
            "waiting_tasks": list(question.waiting_tasks),
        }

    def _matter(self, matter: Matter) -> Json:
        task = EVENT_PREFIX + matter.subject if matter.kind == "unrecorded" else matter.subject
        programme: Programme | None = self._rulebook.programmes.get(matter.programme)
        return {
            **_subject(matter.programme, task, programme.standing if programme else "", matter.kind),
            **_undated(matter.text, matter.expected, matter.source),
            "since": matter.since,
        }


def _subject(programme: str, task: str, unit: str, rung: str) -> Json:
    return {"programme": programme, "task": task, "part": "", "unit": unit, "rung": rung, "as": "to"}


def _undated(why: str, expected: date | None, source: str) -> Json:
    return {"due": None, "why": why, "expected": expected, "source": source}


class _Quoted(dict[str, str]):
    """Texts as JSON, each quoted once."""

    def __missing__(self, text: str) -> str:
        quoted = self[text] = as_json(text)
        return quoted
