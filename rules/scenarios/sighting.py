"""Sightings: what a played scenario shows: one line of a mail each, with what is needed to tell it from others."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Literal

from rules.calendar import local_day
from rules.days import day_vi
from rules.gate import WARNING
from rules.ladder import Rung
from rules.programme import Rulebook
from rules.prompts import EVENT_PREFIX, WATCH
from rules.simulate import Run, SimulatedMessage
from rules.term import Term
from rules.timetable import BASELINE
from rules.wording import Language, Wording
from rules.words import OFFSETS_VI

_NEWS: Mapping[str, Wording] = {
    "new": Wording("nhiệm vụ mới", "new task"),
    "moved": Wording("thay đổi thời hạn", "the deadline moved"),
    "done": Wording("đã báo cáo hoàn thành", "reported done"),
    "passed": Wording("cơ quan khác chủ trì", "another unit leads it now"),
    BASELINE.id: Wording("đã quá hạn khi bắt đầu theo dõi", "late when it was first followed"),
    WARNING.id: Wording("sẽ báo cáo lên cấp trên", "it will go up"),
    WATCH: Wording("hỏi sự kiện đã xảy ra chưa", "asked whether the event has happened"),
    "undated": Wording("chưa có thời hạn", "without a day"),
    "unrecorded": Wording("sự kiện chưa được ghi nhận", "the event was not recorded"),
    "vacant": Wording("chưa có người giữ chức vụ", "nobody holds the post"),
}
"""The reasons that no ladder gives."""


@dataclass(frozen=True, slots=True, eq=False)
class Sighting:
    """One line of a mail. `task` is `event:ID` for what is asked about an event, '' for what is about none.

    `day` and `hour` are local. `reason`: why it is sent, in both languages, and how the day was counted.
    """

    at: datetime
    day: date
    hour: time
    person: str
    rung: str
    as_: Literal["to", "cc"]
    task: str
    part: str
    occurrence: str
    unit: str
    due: date | None
    reason: tuple[str, ...]
    message: SimulatedMessage

    def why(self, language: Language) -> str:
        """Return its reason in short: the rung's time and the day counted to."""
        en, vi = self.reason[:2]
        due = Wording(f", hạn {self.due}", f", due {self.due}") if self.due else Wording("", "")
        return Wording(vi + due.vi, en + due.en).say(language)

    def gives(self, text: str) -> bool:
        """Say whether the reason holds that text."""
        return any(holds(each, text) for each in self.reason)


def holds(text: str, wanted: str) -> bool:
    """Say whether a text holds the words wanted, whatever the case and the line breaks."""
    return re.search(rf"(?<!\w){re.escape(_plain(wanted))}(?!\w)", _plain(text)) is not None


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def sightings(run: Run, programme: str) -> Iterator[Sighting]:
    """Yield the lines of all mails about a programme, in order of time."""
    world = run.world
    zone, rungs = world.policy.zone, _rungs(world.rulebook)
    for message in run.messages:
        day = local_day(message.at, zone)
        hour = message.at.astimezone(zone).time()
        for told, unit in message.lines:
            rung = rungs.get((_ladder(world.rulebook, programme, told.task), told.rung))
            reason = _reason(rung, told.rung, told.term)
            counted = _counted(told.days_late, told.days_left, told.term)
            yield Sighting(
                message.at, day, hour, message.to, told.rung, told.as_, told.task, told.part, told.occurrence, unit,
                told.term.due, (*reason, *counted, told.term.why.en, told.term.why.vi), message,
            )  # fmt: skip
        for kind, task, text in _said(message):
            reason = (_NEWS[kind].en, _NEWS[kind].vi, text)
            yield Sighting(message.at, day, hour, message.to, kind, "to", task, "", "", "", None, reason, message)


def _rungs(rulebook: Rulebook) -> dict[tuple[str, str], Rung]:
    return {(ladder.id, rung.id): rung for ladder in rulebook.ladders.values() for rung in ladder.rungs}


def _ladder(rulebook: Rulebook, programme: str, task: str) -> str:
    found = rulebook.programmes[programme].tasks.get(task)
    return found.ladder if found else ""


def _said(message: SimulatedMessage) -> Iterator[tuple[str, str, str]]:
    for said in message.said:
        yield from ((WATCH, EVENT_PREFIX + question.event, question.title) for question in said.questions)
        for matter in said.matters:
            task = {"undated": matter.subject, "unrecorded": EVENT_PREFIX + matter.subject}.get(matter.kind, "")
            yield matter.kind, task, matter.text


def _reason(rung: Rung | None, name: str, term: Term) -> tuple[str, ...]:
    if rung is None or name in _NEWS:
        known = _NEWS.get(name, Wording(name, name))
        return known.en, known.vi
    offset = rung.at.offset
    if offset is None:
        is_earlier = term.due != term.remind_by
        return "the last working day up to the day it is due" if is_earlier else "the day it is due", "đến hạn"
    words = f"{offset.count} {OFFSETS_VI[offset.unit]}"
    vi = f"trước hạn {words}" if rung.at.stage == "before" else f"quá hạn {words}"
    return str(rung.at), vi


def _counted(late: int, left: int, term: Term) -> tuple[str, ...]:
    if term.due is None:
        return ()
    days = (f"quá hạn {late} ngày", f"{late} days late") if late else (f"còn {left} ngày", f"{left} days left")
    return *days, f"hạn {day_vi(term.due)}", str(term.due)
