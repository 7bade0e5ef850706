"""Simulated mails as JSON, one object for each thing a mail tells of. The names are a contract (design.md §5).

A year of five programmes has two hundred thousand lines: what is the same for all units is put into JSON once, and
as bytes: a text that long takes as long again to encode.
"""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from rules.called import present_ids
from rules.digest import Matter, Question
from rules.programme import Programme, Rulebook
from rules.prompts import EVENT_PREFIX, WATCH
from rules.simulate import NotSent, SimulatedMessage, Told
from scheduler.commands.printing import as_json, local
from scheduler.commands.subjects import Headings

Json = dict[str, Any]
_COMMA = b", "
_UNIT, _QUOTED_UNIT = "\0", b'"\\u0000"'
"""What stands for the unit until the line is told of one."""


class Teller:
    """Tells mails of one simulation, with the headings that `heading` gives them."""

    def __init__(self, rulebook: Rulebook, zone: ZoneInfo, heading: Headings) -> None:
        self._rulebook = rulebook
        self._names = present_ids(rulebook)
        self._zone = zone
        self._heading = heading
        # By identity: the simulation keeps what is told alive, and to compare would take longer than to tell.
        self._told: dict[int, tuple[bytes, bytes]] = {}
        self._terms: dict[tuple[int, str, str], tuple[bytes, bytes]] = {}
        self._quoted = _Quoted()
        self._instants: dict[datetime, str] = {}

    def message(self, message: SimulatedMessage) -> bytes:
        """Return a mail as JSON in UTF-8."""
        kind, subject = self._heading(message)
        quoted = self._quoted
        at, to = quoted[self._local(message.at)], quoted[message.to]
        head = b'{"at": %b, "to": %b, "kind": %b, "subject": %b, "lines": [' % (at, to, quoted[kind], quoted[subject])
        return b"%b%b]}" % (head, self._lines(message))

    def not_sent(self, refused: NotSent) -> bytes:
        """Return a notice that was owed and is not sent, and why, as JSON in UTF-8; `to` is null where nobody is in
        post."""
        key, notice = refused.entry.key, refused.notice
        told = {
            "at": self._local(refused.at),
            "to": notice.person,
            "programme": key.programme,
            **self._named(key.programme, key.task),
            "part": key.part,
            "occurrence": key.occurrence,
            "unit": key.unit,
            "rung": notice.slot.rung,
            "turn": notice.slot.turn,
            "role": notice.slot.role,
            "as": notice.as_,
            "reason": notice.reason,
        }
        return as_json(told).encode()

    def _named(self, programme: str, task: str) -> Json:
        """Return the present id of a task, and with it the first one where it was renamed."""
        named = self._names.get((programme, task))
        return {"task": task} if named is None else {"task": named, "renamed_from": task}

    def _local(self, at: datetime) -> str:
        found = self._instants.get(at)
        if found is None:
            found = self._instants[at] = local(at, self._zone)
        return found

    def _lines(self, message: SimulatedMessage) -> bytes:
        """Return the lines of a mail, joined once: most of what a simulation prints goes through here."""
        known, quoted = self._told, self._quoted
        parts: list[bytes] = []
        for told, unit in message.lines:
            around = known.get(id(told)) or self._around_unit(told)
            parts += around[0], quoted[unit], around[1]
        for said in message.said:
            beside = [*map(self._question, said.questions), *map(self._matter, said.matters)]
            parts += [as_json(each).encode() + _COMMA for each in beside]
        return b"".join(parts).removesuffix(_COMMA)

    def _around_unit(self, told: Told) -> tuple[bytes, bytes]:
        """Return what stands before and after the unit of a line, the comma that ends it included."""
        term, source = self._term(told)
        at = _subject(told.programme, told.task, _UNIT, told.rung)
        place = {"part": told.part, "occurrence": told.occurrence, "as": told.as_, "section": told.section}
        counts = b'"days_left": %d, "days_late": %d' % (told.days_left, told.days_late)
        line = b", ".join((_members({**at, **self._named(told.programme, told.task), **place}), term, counts, source))
        begins, ends = (b"{%b}" % line).split(_QUOTED_UNIT)
        around = self._told[id(told)] = begins, ends + _COMMA
        return around

    def _term(self, told: Told) -> tuple[bytes, bytes]:
        """Return what a line says of a term from day to day alike: before the days left and late, and after them."""
        term = told.term
        known = self._terms.get((id(term), told.programme, told.task))
        if known is None:
            task = self._rulebook.programmes[told.programme].task(told.task)
            days = {
                "due": term.due,
                "strict": term.strict,
                "at": term.at.isoformat("minutes") if term.at else None,
                "remind_by": term.remind_by,
                "grace_until": term.grace_until,
            }
            words = {
                "why": term.why.vi,
                "why_en": term.why.en,
                "provisional": term.provisional,
                "source": str(task.deadline_source) if task else None,
            }
            known = self._terms[id(term), told.programme, told.task] = _members(days), _members(words)
        return known

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


def _members(value: Json) -> bytes:
    """Return the members of an object as JSON, without its braces."""
    return as_json(value)[1:-1].encode()


def _subject(programme: str, task: str, unit: str, rung: str) -> Json:
    return {"programme": programme, "task": task, "part": "", "unit": unit, "rung": rung, "as": "to"}


def _undated(why: str, expected: date | None, source: str) -> Json:
    return {"due": None, "why": why, "expected": expected, "source": source}


class _Quoted(dict[str, bytes]):
    """Texts as JSON in UTF-8, each quoted once."""

    def __missing__(self, text: str) -> bytes:
        quoted = self[text] = as_json(text).encode()
        return quoted
