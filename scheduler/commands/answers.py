"""Answers of `explain` as JSON: how days were counted, what kept a rung back. The names are a contract."""

from typing import Any
from zoneinfo import ZoneInfo

from rules.arithmetic import Count, CountedDay
from rules.unheard import Answer
from scheduler.commands.printing import local

Json = dict[str, Any]


def count_json(count: Count) -> Json:
    """Return how one stretch of days was counted."""
    return {
        "purpose": count.purpose,
        "rung": count.rung or None,
        "start": count.start,
        "end": count.end,
        "offset": str(count.offset) if count.offset else None,
        "days": [_day(day) for day in count.days],
    }


def _day(day: CountedDay) -> Json:
    return {
        "date": day.on,
        "counted": day.is_counted,
        "number": day.number,
        "name": day.name.vi if day.name else None,
        "name_en": day.name.en if day.name else None,
        "source": day.source,
        "line": str(day.line) if day.line else None,
        "announced": day.announced,
    }


def answer_json(answer: Answer, zone: ZoneInfo) -> Json:
    """Return what became of one rung for one post."""
    return {
        "rung": answer.rung or None,
        "turn": answer.turn,
        "unit": answer.unit or None,
        "role": answer.role or None,
        "person": answer.person,
        "cause": answer.cause,
        "at": local(answer.at, zone) if answer.at else None,
        "words": answer.words.vi,
        "words_en": answer.words.en,
    }
