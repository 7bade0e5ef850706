"""Phrases: what a letter says about one line, as short texts of either language. Templates place them;
offices may word their own."""

from functools import lru_cache
from typing import Literal

from notifications.folding import named
from notifications.headers import one_line
from notifications.words import days, listed, numeral, person
from rules.days import clock, full
from rules.digest import Earlier, Led, Line, Next
from rules.due_day import DueDay
from rules.wording import Language, Wording

Tone = Literal["late", "today", "soon", "good", "new", "calm"]

_CHANGE = {
    "new": Wording("Mới giao", "New"),
    "dated": Wording("Mới có thời hạn", "Has a deadline now"),
    "passed_on": Wording("Chuyển cơ quan chủ trì", "Led by another unit now"),
    "moved": Wording("Điều chỉnh thời hạn", "Deadline moved"),
    "done": Wording("Đã báo cáo hoàn thành", "Reported done"),
    "passed": Wording("Đã chuyển cơ quan chủ trì", "Another unit leads it now"),
    "returned": Wording("Báo cáo bị trả lại", "Report returned"),
    "accepted": Wording("Báo cáo đã được xác nhận", "Report accepted"),
    "extension_above": Wording("Đề nghị gia hạn, chờ quyết định", "An extension is asked for, to be decided"),
    "extension_refused": Wording("Không đồng ý gia hạn", "Extension refused"),
}
_OVER = ("done", "accepted", "passed")
_FIRST = ("new", "dated", "passed_on", "returned", "extension_above", "extension_refused")
"""Said before how late it is."""
_SAID = {
    "extension_above": Wording("Đề nghị gia hạn", "Asked for"),
    "extension_refused": Wording("Lý do không đồng ý gia hạn", "Why it was refused"),
    "returned": Wording("Lý do trả lại", "Why it was returned"),
    "accepted": Wording("Ý kiến của cơ quan thường trực", "The standing office says"),
}
_UNDATED = Wording("Chưa có thời hạn", "No deadline yet")
_TODAY = Wording("Đến hạn hôm nay", "Due today")
_TO_FINISH_TODAY = Wording(
    "Hôm nay là ngày làm việc cuối cùng trước hạn", "Today is the last working day before the deadline"
)
_LAST_DAY = Wording("Hôm nay là ngày cuối cùng trong hạn", "Today is the last day in time")
_PAST = Wording("Hạn mới đã qua", "The new day is past")
_LATE_TODAY = Wording("Quá hạn trong ngày hôm nay", "Late since today")
_SUPERIORS = Wording("lên cấp trên", "the superiors")


def status(line: Line, language: Language) -> str:
    """Return where the line stands today, in a few words: `Quá hạn 12 ngày`, `Mới giao · còn 30 ngày`."""
    change = _CHANGE.get(line.change)
    if change is None or (line.section == "overdue" and line.change not in _FIRST):
        return standing(line, language)
    if line.change in _OVER:
        return change.say(language)
    place = standing(line, language)
    return f"{change.say(language)} · {place[:1].lower()}{place[1:]}"


def standing(line: Line, language: Language) -> str:
    """Return where the deadline stands today, whatever has changed."""
    if line.days_late > 0:
        late = days(line.days_late, language)
        return f"Quá hạn {late}" if language == "vi" else f"{late} late"
    if line.due is None:
        return _UNDATED.say(language)
    if line.section == "overdue":
        return _LATE_TODAY.say(language)
    if line.was_past_when_known:
        return _PAST.say(language)
    if line.section == "due_today":
        return (_TO_FINISH_TODAY if line.days_in_time > 0 else _TODAY).say(language)
    if line.days_left <= 0:
        return _TODAY.say(language)
    if line.days_in_time == 0:
        return _LAST_DAY.say(language)
    left = days(line.days_in_time, language)
    return f"Còn {left}" if language == "vi" else f"{left} left"


def is_over(line: Line) -> bool:
    """Say whether a line tells that its task is done, or no longer its reader's: nothing is asked of anybody."""
    return line.change in _OVER


def tone(line: Line) -> Tone:
    """Return the colour the status is set in; it says nothing the words do not."""
    if is_over(line):
        return "calm"
    if line.days_late > 0 or line.section == "overdue":
        return "late"
    if line.section == "due_today":
        return "today"
    if line.section == "due_soon":
        return "soon"
    if line.section == "ahead":
        return "good" if line.due is not None else "calm"
    return "new" if line.section == "new" else "calm"


def deadline(line: Line, language: Language) -> str:
    """Return the due day with its hour, and the strict day where the document says *before* a day."""
    if line.due is None:
        return _UNDATED.say(language)
    return DueDay(line.due, line.at, line.strict).words.say(language)


def around(line: Line, language: Language) -> str:
    """Return what a day off at the deadline means: the last working day before it, and until when a report is
    still on time."""
    vi = language == "vi"
    parts = []
    if line.remind_by is not None and line.remind_by not in (line.due, line.strict):
        day = full(line.remind_by).say(language)
        parts.append(f"ngày làm việc cuối cùng trước hạn: {day}" if vi else f"last working day before it: {day}")
    if line.was_past_when_known and line.grace_until is not None:
        day = numeral(line.grace_until, language)
        parts.append(
            f"hạn này đã qua khi được biết ngày {day}: quá hạn tính từ sau ngày ấy"
            if vi
            else f"this day was past when it became known on {day}: days late count from then"
        )
    elif line.due is not None and (until := DueDay(line.due, line.at, line.strict, line.grace_until).on_time):
        parts.append(until.say(language))
    return "; ".join(parts)


def earlier(line: Line, language: Language) -> tuple[str, ...]:
    """Return each earlier deadline with the document that moved it, oldest first."""
    return tuple(moved_from(was, language) for was in line.amended)


def moved_from(earlier: Earlier, language: Language) -> str:
    """Return an earlier deadline with the document that moved it: `31/01/2026, điều chỉnh theo 340/SVHTTDL-VP
    ngày 23/01/2026`."""
    document = earlier.replaced_by
    if earlier.due is None and not earlier.phrase:
        return f"trước không có hạn, nay theo {document}" if language == "vi" else f"had none, set by {document}"
    was = numeral(earlier.due, language) if earlier.due else f"“{earlier.phrase}”"
    if earlier.is_extension:
        return f"{was}, gia hạn theo văn bản {document}" if language == "vi" else f"{was}, extended by {document}"
    was += f", {clock(earlier.at).say(language)}" if earlier.at else ""
    return f"{was}, điều chỉnh theo {document}" if language == "vi" else f"{was}, moved by {document}"


def ahead(line: Line, language: Language, *, reader: str) -> str:
    """Return what happens next unless a report comes; `reader` is the title of who reads it."""
    return _ahead(line.next, language, reader)


# The lines of one letter often have the same ahead of them.
@lru_cache(maxsize=1024)
def _ahead(steps: tuple[Next, ...], language: Language, reader: str) -> str:
    return "; ".join(_step(step, language, reader=reader) for step in sorted(steps, key=lambda step: step.on))


def _step(step: Next, language: Language, *, reader: str) -> str:
    vi = language == "vi"
    when = f"{'ngày' if vi else 'on'} {numeral(step.on, language)}"
    if step.at is not None:
        when = f"lúc {clock(step.at).vi} {when}" if vi else f"at {clock(step.at).en} {when}"
    # A post without a holder has no title.
    whom = person(step.to_title, language) if step.to_title else _SUPERIORS.say(language)
    if step.goes_up and step.to_title != reader:
        return f"chuyển {whom} {when}" if vi else f"it goes to {whom} {when}"
    if step.to_title in (reader, ""):
        return f"nhắc lại {when}" if vi else f"another reminder {when}"
    return f"nhắc {whom} {when}" if vi else f"{whom} is reminded {when}"


def said(line: Line, language: Language) -> str:
    """Return what the standing office said of the report, or who leads the task now; '' where there is nothing."""
    if line.led is not None:
        return _led(line.led, language)
    label = _SAID.get(line.change)
    words = one_line(line.said)
    return f"{label.say(language)}: “{words}”" if label and words else ""


def _led(led: Led, language: Language) -> str:
    """Return that the reader's unit leads a task no more, and who does."""
    now, since = named(led.unit_names, language), numeral(led.since, language)
    if language == "vi":
        later = "; các kỳ sau cũng chuyển theo, các kỳ đã đến hạn trước đó giữ nguyên" if led.recurs else ""
        return f"Từ ngày {since}, đơn vị không còn chủ trì nhiệm vụ này; cơ quan chủ trì hiện nay: {now}{later}"
    later = "; the later occurrences go with it, those that fell due before stay as they are" if led.recurs else ""
    return f"Since {since} your unit no longer leads this task; it is led by {now} now{later}"


def reported(line: Line, language: Language) -> str:
    """Return whom above the reader it has been reported to, '' where nobody was told."""
    return listed([person(title, language) for title in line.reported_to], language)


def missed(line: Line, language: Language) -> str:
    """Return how many occurrences before this one went by without a report, '' when none did."""
    count = line.missed_before
    if count == 0:
        return ""
    if language == "vi":
        return f"{count} kỳ liền trước không có báo cáo"
    return f"{count} {'occurrence' if count == 1 else 'occurrences'} before this one went unreported"


def citation(line: Line, language: Language) -> str:
    """Return where the task is found: its number in the document, and the document."""
    number = f"{'mục' if language == 'vi' else 'item'} {line.clause}" if line.clause else ""
    return ", ".join(part for part in (number, line.document.say(language)) if part)
