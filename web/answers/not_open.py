"""Not open: why an answer cannot be given, in words: by whom it is given, or what has come before it."""

from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

from rules.calendar import local_day
from rules.days import day_en, day_vi
from rules.reasons import passed_on
from rules.wording import Wording
from web.answers.about import About
from web.answers.kind import Kind

STATES: dict[Literal["done", "open", "closed"], Wording] = {
    "done": Wording(
        "Nhiệm vụ vừa được báo cáo hoàn thành (xem bên dưới).", "The task has been reported done meanwhile (see below)."
    ),
    "open": Wording("Nhiệm vụ hiện đang được theo dõi tiếp (xem bên dưới).", "The task is open again (see below)."),
    "closed": Wording("Kỳ báo cáo này đã kết thúc.", "This occurrence is over."),
}
NOT_TAKEN = Wording("Nội dung vừa gửi không được ghi nhận.", "What was sent was not recorded.")
_OWNERS = Wording(
    "Việc này do đầu mối và người đứng đầu đơn vị chủ trì thực hiện.",
    "This is for the focal point and the head of the unit in charge.",
)
_STANDING = Wording("Việc này do cơ quan thường trực thực hiện.", "This is for the standing office.")
_DECIDERS = Wording(
    "Đề nghị gia hạn này do cấp có thẩm quyền quyết định; không ai quyết định đề nghị của chính mình.",
    "This request is for others to decide; nobody decides a request of their own.",
)
_NOTHING_TO_DECIDE = Wording(
    "Không có đề nghị gia hạn nào đang chờ quyết định (xem bên dưới).", "No request for an extension waits (see below)."
)
_WAITS = Wording(
    "Đã có một đề nghị gia hạn đang chờ quyết định (xem bên dưới); muốn đề nghị khác, cần rút đề nghị đó trước.",
    "A request for an extension waits for its decision (see below); to ask anew, take that one back first.",
)
_NO_DAY = Wording("Nhiệm vụ chưa có thời hạn nên chưa gia hạn được.", "A task without a deadline is not extended.")
_NOTHING_TO_VERIFY = Wording(
    "Không có báo cáo nào đang chờ xác nhận (xem bên dưới).", "No report waits to be verified (see below)."
)
_NOTHING_TOLD = Wording("Không còn điều gì cần xem xét (xem bên dưới).", "Nothing is left to be seen to (see below).")
_OTHERS = Wording("Việc này người khác đã xử lý trước (xem bên dưới).", "Somebody else was quicker (see below).")


class NotOpen(NamedTuple):
    """Why an answer is not open: the status of the page, and its words."""

    status: int
    words: Wording


def withdrawal(found: About, zone: ZoneInfo) -> Wording:
    """Return the words on an obligation that was withdrawn: when, by which revision of the rules, and who leads it
    instead, if others do."""
    stored = found.stored
    assert stored.ended_at is not None
    day = local_day(stored.ended_at, zone)
    if found.passed_to:
        why = passed_on(found.passed_to)
        return Wording(
            f"{why.vi} (từ ngày {day_vi(day)}, theo bản quy tắc số {stored.revision}).",
            f"{why.en} (since {day_en(day)}, by revision {stored.revision} of the rules).",
        )
    return Wording(
        f"Nhiệm vụ đã được rút khỏi chương trình ngày {day_vi(day)}, theo bản quy tắc số {stored.revision}.",
        f"The task was withdrawn on {day_en(day)}, by revision {stored.revision} of the rules.",
    )


def not_open(found: About, kind: Kind, *, zone: ZoneInfo) -> NotOpen:
    """Return why somebody who opens an answer cannot give it: it is not theirs to give, or has become needless."""
    if found.stored.state == "withdrawn":
        return NotOpen(409, withdrawal(found, zone))
    case = found.case.asked if found.case is not None else None
    if kind.by == "decider" and case is not None and case.open is not None:
        return NotOpen(403, _DECIDERS)
    if not kind.is_for(found) and kind.by != "decider":
        return NotOpen(403, _STANDING if kind.by == "standing" else _OWNERS)
    if kind.by == "decider" or kind.name == "rut-gia-han":
        return NotOpen(409, _NOTHING_TO_DECIDE)
    if kind.by == "standing":
        return NotOpen(409, _NOTHING_TO_VERIFY)
    if kind.by == "either":
        return NotOpen(409, _NOTHING_TOLD)
    if kind.name == "gia-han" and found.is_open:
        return NotOpen(409, _WAITS if case is not None and case.open is not None else _NO_DAY)
    return NotOpen(409, STATES[found.stored.state])


def not_taken(found: About, kind: Kind, *, asks: str, zone: ZoneInfo) -> NotOpen:
    """Return the same of somebody who sent an answer: it may be that another one came first."""
    why = not_open(found, kind, zone=zone)
    first = found.story[-1].by if found.story else asks
    is_withdrawn = found.stored.state == "withdrawn"
    is_late = not is_withdrawn and why.status == 409 and kind.by in ("standing", "decider") and first != asks
    words = _OTHERS if is_late else why.words
    return NotOpen(why.status, Wording(f"{words.vi} {NOT_TAKEN.vi}", f"{words.en} {NOT_TAKEN.en}"))
