"""Digests as JSON: every line of a mail as one flat object. The names are a contract (design.md §5)."""

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from rules.digest import Digest, Line, Matter, Question
from rules.programme import Rulebook
from rules.prompts import EVENT_PREFIX, WATCH
from rules.simulate import NotSent, SimulatedMessage
from scheduler.commands.printing import local

Json = dict[str, Any]


def message_json(message: SimulatedMessage, subject: str, rulebook: Rulebook, zone: ZoneInfo) -> Json:
    """Return a mail with one object for each of its lines, its questions and its matters."""
    return {
        "at": local(message.at, zone),
        "to": message.to,
        "kind": message.digest.kind,
        "subject": subject,
        "lines": lines_json(message.digest, rulebook),
    }


def lines_json(digest: Digest, rulebook: Rulebook) -> list[Json]:
    """Return one object for each thing the digest speaks of."""
    return [
        *(_line(line) for line in digest.lines),
        *(_question(question, rulebook) for question in digest.questions),
        *(_matter(matter, rulebook) for matter in digest.matters),
    ]


def not_sent_json(refused: NotSent, zone: ZoneInfo) -> Json:
    """Return a notice that was owed and is not sent, with the named reason; `to` is null where nobody is in post."""
    key, notice = refused.entry.followed.key, refused.notice
    return {
        "at": local(refused.at, zone),
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
        "reason": str(notice.reason),
    }


def _line(line: Line) -> Json:
    return {
        **_subject(line.key.programme, line.key.task, line.key.unit, line.rung),
        "part": line.key.part,
        "occurrence": line.key.occurrence,
        "as": line.as_,
        "section": line.section,
        "due": line.due,
        "strict": line.strict,
        "at": line.at.isoformat("minutes") if line.at else None,
        "remind_by": line.remind_by,
        "grace_until": line.grace_until,
        "days_left": line.days_left,
        "days_late": line.days_late,
        "why": line.why.vi,
        "why_en": line.why.en,
        "provisional": line.provisional,
        "next": [
            {"rung": step.rung, "on": step.on, "to": step.to_title, "goes_up": step.goes_up} for step in line.next
        ],
        "source": line.source,
    }


def _question(question: Question, rulebook: Rulebook) -> Json:
    event = rulebook.programmes[question.programme].events[question.event]
    asked = event.watch.ask if event.watch else ""
    return {
        **_subject(question.programme, EVENT_PREFIX + question.event, asked, WATCH),
        **_undated(question.title, question.expected, question.source),
        "waiting_tasks": list(question.waiting_tasks),
    }


def _matter(matter: Matter, rulebook: Rulebook) -> Json:
    task = EVENT_PREFIX + matter.subject if matter.kind == "unrecorded" else matter.subject
    programme = rulebook.programmes.get(matter.programme)
    return {
        **_subject(matter.programme, task, programme.standing if programme else "", matter.kind),
        **_undated(matter.text, matter.expected, matter.source),
        "since": matter.since,
    }


def _subject(programme: str, task: str, unit: str, rung: str) -> Json:
    return {"programme": programme, "task": task, "part": "", "unit": unit, "rung": rung, "as": "to"}


def _undated(why: str, expected: date | None, source: str) -> Json:
    return {"due": None, "why": why, "expected": expected, "source": source}
