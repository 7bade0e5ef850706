"""The words `explain` tells in, in Vietnamese and English."""

from collections.abc import Mapping

from rules.arithmetic import Purpose
from rules.deadline import Offset
from rules.wording import Wording
from rules.words import offset as offset_in_words

HEADS: Mapping[str, Wording] = {
    "rung": Wording("nấc", "rung"),
    "when": Wording("khi nào", "when"),
    "by the rule": Wording("theo quy tắc", "by the rule"),
    "opens": Wording("gửi được từ", "opens"),
    "state": Wording("tình trạng", "state"),
    "post": Wording("chức vụ", "post"),
    "address": Wording("địa chỉ", "address"),
    "day": Wording("ngày", "day"),
    "weekday": Wording("thứ", "weekday"),
    "number": Wording("tính", "number"),
    "why": Wording("vì sao", "why"),
    "source": Wording("nguồn", "source"),
    "at": Wording("lúc", "at"),
    "task": Wording("nhiệm vụ", "task"),
    "due": Wording("hạn", "due"),
    "subject": Wording("tiêu đề", "subject"),
    "lines": Wording("dòng", "lines"),
    "from": Wording("từ", "from"),
    "to": Wording("đến", "to"),
    "number of letter": Wording("số thư", "letter"),
}
STATES: Mapping[str, Wording] = {
    "past": Wording("đã qua", "past"),
    "owed": Wording("đến lúc gửi", "owed"),
    "coming": Wording("sắp tới", "coming"),
    "sent": Wording("đã gửi", "sent"),
    "not_sent": Wording("không gửi", "not_sent"),
    "would_be_sent": Wording("sẽ gửi", "would be sent"),
}
NEXT = Wording("Tiếp theo", "Next")
NOTHING_NEXT = Wording("Không còn nấc nào sắp tới", "Nothing more is to come")
FIRST_ID = Wording("Mã đầu tiên", "First id")
STATED = Wording("Văn bản ghi", "The document says")
NOT_YET_SAID = Wording(
    "từ đây trở đi là dự kiến, nếu không có báo cáo", "from here on as expected, if nothing is reported"
)
PROVISIONAL = Wording("tạm tính", "provisional")
ENDED = Wording("Chuỗi kỳ đã hết: đây là kỳ cuối", "the series has ended: this is its last occurrence")
PURPOSES: Mapping[Purpose, Wording] = {
    "term": Wording("Đếm hạn", "The due day"),
    "occurrence": Wording("Tìm ngày của kỳ này", "The day of this occurrence"),
    "remind_by": Wording("Nhắc trước: ngày làm việc cuối cùng", "Reminders count to: the last working day"),
    "grace_until": Wording("Tính trễ sau: ngày làm việc kế tiếp", "Late after: the next working day"),
    "rung": Wording("Nấc", "Rung"),
}


def offset(length: Offset | None) -> Wording:
    """Return a length of time in words, nothing for none."""
    return offset_in_words(length) if length else Wording("", "")
