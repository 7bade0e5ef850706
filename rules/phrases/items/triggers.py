"""Triggers: what makes an event of the words that follow: `sau khi`, `kể từ ngày`, `trước khi`, `trước 05 ngày`."""

from rules.phrases.cursor import Cursor, or_back
from rules.phrases.items.bounds import bound
from rules.phrases.items.lengths import length
from rules.phrases.items.nouns import Bound, Trigger
from rules.phrases.lexicon import Lexicon, meaning, words
from rules.phrases.spelling import known
from rules.wording import Wording

known("khi ngày kể từ trước sau nếu lúc thời điểm họp hội nghị kỳ phiên đại ít nhất tối thiểu")

_MEETING = Wording("theo cuộc họp, hội nghị: chưa rõ ngày", "at a meeting: its day is not said")
_EITHER = Wording("“trước/sau”: chưa rõ trước hay sau", "before or after: which is not said")
_PERHAPS = Wording("chỉ trong một số trường hợp", "only in some cases")
_AFTER_WHAT = Wording("“sau” một việc không ghi rõ là khi nào", "after something of which no day is told")
_TOGETHER = Wording("theo thời điểm của việc khác", "at the time of something else")

_TRIGGERS = Lexicon(
    meaning(
        Trigger("after", immediate=True),
        """ngay sau khi | ngay khi | ngay sau | ngay sau ngày | ngay từ khi | liền sau khi | ngay lúc
        | ngay thời điểm | ngay sau thời điểm | ngay kể từ khi | trong ngày | ngay trong ngày | ngay ngày""",
    ),
    meaning(
        Trigger("after"),
        """sau khi | khi | kể từ khi | kể từ ngày | kể từ lúc | kể từ thời điểm | tính từ ngày | tính từ khi
        | tính từ thời điểm | từ khi | từ ngày | từ thời điểm | sau ngày | kể từ | tính từ | đến khi
        | cho đến khi | từ lúc | cho tới khi | đến thời điểm | tại thời điểm | sau thời điểm | từ sau khi
        | kể từ sau khi | khi nào | căn cứ thời điểm | kể từ ngày ngay sau | đến lúc | hết thời gian
        | hết thời hạn | kể từ sau ngày | tính từ sau ngày | chỉ khi""",
    ),
    meaning(Trigger("after", doubt=_PERHAPS), "nếu | trường hợp | trong trường hợp"),
    meaning(Trigger("after", doubt=_AFTER_WHAT), "sau"),
    meaning(
        Trigger("before"),
        """trước khi | trước ngày | trước thời điểm | trước | so với ngày | trước lúc | trước thời gian
        | đến trước khi | xong trước khi | trước thời hạn""",
    ),
    meaning(Trigger("after", doubt=_EITHER), "trước/sau khi | trước hoặc sau khi | trước và sau khi"),
    meaning(
        Trigger("after", doubt=_MEETING),
        """tại kỳ họp | tại phiên họp | tại cuộc họp | tại hội nghị | trình kỳ họp | trình tại kỳ họp
        | thông qua tại kỳ họp | báo cáo tại kỳ họp | trình phiên họp | báo cáo kỳ họp""",
    ),
    meaning(Trigger("after", doubt=_TOGETHER), "đồng bộ với | cùng thời điểm với | cùng thời điểm | đồng thời với"),
)
TRIGGERS = _TRIGGERS.starts
# What stands after `trước` when it means an occasion; anything else is somebody before whom one answers.
_OCCASIONS = words("""họp hội kỳ phiên đại cuộc lễ buổi đợt mùa giờ thời năm khi ngày khóa khai bầu tổng sơ thi thềm dịp
    tuyển nghiệm bàn hết""")
_HAPPENS = words("nhận tiếp phát xảy ký ban có")
"""The words after `trong ngày` when it is the day on which something happens."""
_NO_EVENT = frozenset(("đó", "này", "đây", "cùng", "nữa", "cần", "nào", ",", ";", ".", ")", ":", "/"))
_AT_LEAST = Lexicon(meaning(True, "ít nhất | tối thiểu | ít nhất là | tối thiểu là"))
_AFTER_LENGTH = frozenset(
    ("đầu", "cuối", "giữa", "năm", "này", "kể", "sau", "trước", "tính", "từ", "so", "nữa", "hoặc")
)


def bound_or_trigger(cursor: Cursor) -> Bound | Trigger | None:
    """Take what bounds a day, or else what makes an event of the words that follow."""
    return ahead_by(cursor) or bound(cursor) or trigger(cursor)


@or_back
def trigger(cursor: Cursor) -> Trigger | None:
    """Take what makes an event of the words that follow."""
    first, before = cursor.key, cursor.behind()
    found = _TRIGGERS.take(cursor)
    if found is None or not cursor.key or cursor.key in _NO_EVENT:
        return None
    if first in ("trong", "ngay") and cursor.behind() == "ngày" and cursor.key not in _HAPPENS:
        return None
    last = cursor.behind()
    if found.doubt is _MEETING:
        cursor.at -= 2
        return found
    if first == "trước" and last == "trước" and cursor.key not in _OCCASIONS:
        return None
    if first == "từ" and last == "từ":
        return None
    if last == "sau" and cursor.key == "kỳ" and before in ("theo", "kề"):
        # `năm tiếp theo sau kỳ báo cáo`
        return None
    if found.doubt is _PERHAPS and cursor.behind(3) == "với":
        # `đối với trường hợp …` says of whom, not when.
        return None
    is_name = (last == "sau" and cursor.key == "đại" and cursor.ahead(1) == "học") or (
        last == "khi" and cursor.key == "cần"
    )
    return None if is_name else found


_AFTER_HOURS = (_OCCASIONS | words("so diễn bắt khởi tổ tiến kết")) - words("ngày năm buổi")


def _is_occasion(cursor: Cursor) -> bool:
    """Say whether `trước 24 giờ` is so long before what stands here, and no hour of the day."""
    return cursor.key in _AFTER_HOURS or (cursor.key == "ngày" and cursor.ahead(1) in _AFTER_HOURS)


@or_back
def ahead_by(cursor: Cursor) -> Trigger | None:
    """Take `trước 05 ngày` before the event or at the end: so long before it; but not `trước 05 ngày kể từ`."""
    if not cursor.take("trước"):
        return None
    _AT_LEAST.take(cursor)
    term = length(cursor)
    if term is None or (cursor.key in _AFTER_LENGTH and cursor.key != "so"):
        return None
    if term.offset.unit == "hours" and not _is_occasion(cursor):
        return None
    cursor.take("so", "với")
    if term.offset.unit == "months" and cursor.key == "#":
        # The day and month of `trước 31 tháng 3`.
        return None
    cursor.take("khi")
    return Trigger("before", length=term)
