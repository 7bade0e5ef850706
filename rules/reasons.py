"""Reasons: why a letter was not sent, in the reader's words."""

from collections.abc import Mapping, Sequence

from rules.announced import ANSWERS, APART
from rules.obligation import Reason
from rules.wording import Wording

PLAIN: Mapping[Reason, Wording] = {
    Reason.SUPERSEDED: Wording(
        "Đã có bậc nhắc sau của cùng việc thay thế", "A later rung of the same task took its place"
    ),
    Reason.SILENCED: Wording("Đang tạm dừng nhắc", "Silenced"),
    Reason.REPORTED: Wording("Đã báo cáo hoàn thành", "Reported as done"),
    Reason.WITHDRAWN: Wording("Nhiệm vụ đã rút khỏi chương trình", "The task was withdrawn"),
    Reason.CLOSED: Wording("Kỳ này đã kết thúc, kỳ sau thay thế", "Closed: the next occurrence took over"),
    Reason.MOVED: Wording("Thời hạn đã điều chỉnh", "The deadline was moved"),
    Reason.BASELINE: Wording("Đã gộp trong thư đầu tiên", "Summed up in the first letter"),
    Reason.TOO_OLD: Wording("Quá cũ để gửi", "Too old to be sent"),
    Reason.MISSED: Wording("Lỡ ngày gửi; bậc này lỡ thì bỏ", "Its day was missed; this rung is dropped then"),
    Reason.NOBODY: Wording("Không ai giữ chức vụ: chuyển lên một bậc", "Nobody in post: it went one post up"),
    Reason.UNDELIVERABLE: Wording("Địa chỉ không nhận được thư", "The mail server refused the address"),
    Reason.DROPPED: Wording("Quản trị hệ thống đã bỏ thư", "The letter was dropped by hand"),
}
"""The reasons of the ledger in words, where nothing more is known."""
_SEEN_TO = Wording("Đã được giải quyết hoặc rút lại trước khi thư đi", "Seen to, or taken back, before the letter left")
_LEADS_AGAIN = Wording("Đơn vị lại chủ trì trước khi thư đi", "The unit led the task again before the letter left")


def plain(reason: Reason, rung: str, passed_to: Sequence[str] = ()) -> Wording:
    """Return why a rung was not sent: no later one takes the place of what is told of an obligation apart from its
    ladder. `passed_to` names the units that lead it in place of those from which it was withdrawn."""
    if reason is Reason.WITHDRAWN and passed_to:
        return passed_on(passed_to)
    if reason is not Reason.SUPERSEDED or rung not in APART:
        return PLAIN[reason]
    return _SEEN_TO if rung in ANSWERS else _LEADS_AGAIN


def passed_on(units: Sequence[str]) -> Wording:
    """Return that an obligation was withdrawn since others lead it, by their names."""
    names = ", ".join(units)
    return Wording(f"Đã chuyển cơ quan chủ trì: {names}", f"Passed to another lead: {names}")
