"""Answering: the address under which a reader answers what a letter tells: for each line, matter and question one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from notifications.links import Links, Purpose
from rules.digest import Kind, Line, Matter, Question
from rules.indicators.duties import indicator_id
from rules.obligation import ObligationKey
from rules.wording import Language, Wording

SEPARATOR = "\x1f"
"""Parts the words of a scope: a link to a list names a programme, a task, a part and an occurrence, one to a question
a programme and an event, one to a summary a standing office and a period, one to write for it the unit as well."""
PAGES: Mapping[str, str] = {"undated": "/chua-co-han", "unrecorded": "/su-kien", "reply": "/thu-tra-loi"}
"""The pages, for who is signed in, on which matters are seen to that concern no obligation."""

_ANSWER = Wording(
    "Trả lời: báo cáo kết quả, khó khăn, gia hạn", "Answer: report the result, a difficulty, ask for time"
)
_MEASURE = Wording(
    "Trả lời: ghi số liệu chỉ tiêu, khó khăn, gia hạn", "Answer: record the value, a difficulty, ask for time"
)
_LOOK = Wording("Xem nhiệm vụ và tình hình báo cáo", "See the task and what was reported")
_VERIFY = Wording("Xem báo cáo, xác nhận hoặc trả lại", "See the report, accept or return it")
_EACH = Wording("Xem từng đơn vị", "See each unit")


class Numbered(NamedTuple):
    """An obligation as links name it: its number, and the edition of its deadline."""

    id: int
    edition: int


@dataclass(frozen=True, slots=True)
class Answering:
    """What makes the links of one letter: all made as of its instant, so that it stays the same letter."""

    links: Links
    numbers: Mapping[ObligationKey, Numbered]
    issued_at: datetime

    def of_line(self, person: str, line: Line) -> str:
        """Return the address at which a reader answers for a line, for several units a list; '' where none is known, or
        there is nothing to answer since others lead it now."""
        if line.change == "passed":
            return ""
        if not line.key.unit:
            programme, task, part, _, occurrence = line.key
            return self._scoped("list", person, programme, task, part, occurrence)
        return self._of(person, line.key)

    def of_matter(self, person: str, matter: Matter) -> str:
        """Return the address at which a matter is seen to, '' where there is none."""
        if matter.key is not None:
            return self._of(person, matter.key)
        if matter.summary is not None:
            return self._scoped("summary", person, *matter.summary)
        return self.links.public_url + PAGES[matter.kind] if matter.kind in PAGES else ""

    def of_question(self, person: str, question: Question) -> str:
        """Return the address at which a reader says that an event has happened."""
        return self._scoped("event", person, question.programme, question.event)

    def _of(self, person: str, key: ObligationKey) -> str:
        number = self.numbers.get(key)
        return self.links.answer(person, number.id, number.edition, issued_at=self.issued_at) if number else ""

    def _scoped(self, purpose: Purpose, person: str, *words: str) -> str:
        scope = SEPARATOR.join(words)
        return self.links.make(purpose, person, issued_at=self.issued_at, scope=scope)


def label(line: Line, kind: Kind, language: Language) -> str:
    """Return the words of a line's link: who neither owes it nor is asked for it only looks."""
    if not line.key.unit:
        return _EACH.say(language)
    if kind == "standing" and line.change == "done":
        return _VERIFY.say(language)
    is_asked = line.owes_as != "" or line.stands_in or (kind == "reminder" and line.as_ == "to")
    if not is_asked or line.change in ("done", "accepted"):
        return _LOOK.say(language)
    return (_ANSWER if indicator_id(line.key.task) is None else _MEASURE).say(language)
