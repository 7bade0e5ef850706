"""Rung names: what rungs and announcements are called where people read of them. Ids stay what rule files, commands and
JSON go by."""

from collections.abc import Mapping

from rules.wording import Wording

NAMES: Mapping[str, Wording] = {
    "baseline": Wording("thư đầu tiên", "first letter"),
    "new": Wording("báo việc mới giao", "new task"),
    "moved": Wording("báo điều chỉnh thời hạn", "deadline moved"),
    "done": Wording("báo đã hoàn thành", "reported done"),
    "passed": Wording("báo đổi cơ quan chủ trì", "passed to another lead"),
    "warning": Wording("báo trước khi chuyển cấp trên", "warning before it goes up"),
    "difficulty": Wording("báo khó khăn, vướng mắc", "difficulty"),
    "not_ours": Wording("báo không thuộc trách nhiệm", "said not to be theirs"),
    "focal": Wording("đề nghị đổi đầu mối", "another focal point"),
    "extension": Wording("đề nghị gia hạn", "extension asked for"),
    "extension_above": Wording("đề nghị gia hạn gửi cấp trên", "extension asked for, to the overseer"),
    "extension_refused": Wording("không đồng ý gia hạn", "extension refused"),
    "returned": Wording("trả lại báo cáo", "report returned"),
    "accepted": Wording("xác nhận báo cáo", "report accepted"),
    # The ids of the ladders that come with the program.
    "heads-up": Wording("nhắc sớm", "early reminder"),
    "due-soon": Wording("nhắc trước hạn", "reminder before the deadline"),
    "due-today": Wording("nhắc ngày đến hạn", "reminder on the due day"),
    "last-call": Wording("nhắc lần cuối trước giờ hạn", "last call before the hour"),
    "missed": Wording("báo đã quá giờ hạn", "the hour was missed"),
    "late": Wording("nhắc quá hạn", "late"),
    "overseer": Wording("báo lãnh đạo phụ trách", "to the overseer"),
    "chair": Wording("báo người chủ trì", "to the chair"),
}
"""One that a rule file calls otherwise goes by its id."""


def rung_name(rung: str, turn: int = 0, *, chair: str = "") -> Wording:
    """Return what a rung is called, with which time it is where it repeats; `chair` is the title that the directory
    gives its chair. What is told of a change is numbered by edition, not repeated."""
    name = NAMES.get(rung, Wording(rung, rung))
    if rung == "chair" and chair:
        name = Wording(f"báo {chair}", f"to {chair}")
    if not turn or rung == "moved":
        return name
    return Wording(f"{name.vi}, lần {turn + 1}", f"{name.en}, no. {turn + 1}")
