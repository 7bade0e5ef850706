"""Bounds and triggers: `trước`, `chậm nhất`, `từ`, `đến hết` before a day; `sau khi`, `kể từ ngày` before an event."""

from rules.phrases.cursor import Cursor, Lexicon
from rules.phrases.items.nouns import Bound, BoundKind, Trigger, Word
from rules.phrases.items.numbers import ROMAN, WORDS
from rules.phrases.spelling import known

known("khi ngày kể từ trước sau nếu lúc thời điểm họp hội nghị kỳ phiên đại")

_BOUNDS: Lexicon[BoundKind] = Lexicon(
    {
        **dict.fromkeys(("trước", "xong trước", "chậm nhất trước", "muộn nhất trước", "chậm nhất là trước", "trước mốc",
                         "không muộn hơn trước", "trước thời hạn", "trước hạn", "trước thời điểm", "trước dịp", "trước kỳ nghỉ",
                         "trước kỳ nghỉ lễ", "trước ngày nghỉ", "trước lễ", "trước ngày lễ", "trước đợt nghỉ"), "before"),
        **dict.fromkeys(("chậm nhất", "chậm nhất là", "chậm nhất vào", "chậm nhất đến", "chậm nhất trong", "muộn nhất",
                         "chậm nhất là vào", "chậm nhất là đến", "chậm nhất đến hết", "chậm nhất là trong", "trễ nhất",
                         "muộn nhất là", "muộn nhất vào", "muộn nhất đến", "muộn nhất trong", "muộn nhất là vào",
                         "không muộn hơn", "không chậm hơn", "không trễ hơn", "không quá", "không được quá", "tối đa",
                         "hạn chót", "hạn chót là", "hạn cuối", "hạn cuối là", "hạn cuối cùng", "quá", "không quá ngày",
                         "trễ nhất là", "kết thúc vào", "kết thúc", "sớm hơn hoặc bằng", "trước hoặc bằng",
                         "trước hoặc trong", "trước và trong", "không quá hết"), "by"),
        **dict.fromkeys(("đến", "đến hết", "hết", "tới", "cho đến", "cho đến hết", "cho tới", "tới hết"), "to"),
        **dict.fromkeys(("trong", "vào", "ngay trong", "nội trong", "trong vòng", "trong thời hạn", "trong thời gian",
                         "vào khoảng", "trong khoảng", "khoảng", "trong khoảng thời gian", "tại", "vào lúc", "lúc",
                         "hạn", "hạn là", "thời hạn", "thời hạn là", "hạn nộp", "thời hạn hoàn thành", "hạn hoàn thành",
                         "deadline", "trong dịp", "diễn ra vào", "thời hạn trong", "thời gian trong", "trong cả", "cả", "suốt"), "in"),
        **dict.fromkeys(("từ", "kể từ", "bắt đầu từ", "tính từ", "áp dụng từ", "bắt đầu", "không sớm hơn", "không trước"), "from"),
        **dict.fromkeys(("sau", "từ sau", "kể từ sau"), "after"),
        **dict.fromkeys(("đến trước", "tới trước"), "before"),
    }
)  # fmt: skip
_TRIGGERS = Lexicon(
    {
        **dict.fromkeys(("ngay sau khi", "ngay khi", "ngay sau", "ngay sau ngày", "ngay từ khi", "liền sau khi", "ngay lúc",
                         "ngay thời điểm"), Trigger("after", immediate=True)),
        **dict.fromkeys(("sau khi", "khi", "kể từ khi", "kể từ ngày", "kể từ lúc", "kể từ thời điểm", "tính từ ngày",
                         "tính từ khi", "tính từ thời điểm", "từ khi", "từ ngày", "từ thời điểm", "sau ngày", "nếu", "sau",
                         "kể từ", "tính từ", "trường hợp", "trong trường hợp", "đến khi", "cho đến khi", "từ lúc", "cho tới khi",
                         "đến thời điểm", "tại thời điểm", "sau thời điểm", "từ sau khi", "kể từ sau khi", "từ",
                         "khi nào", "căn cứ thời điểm", "kể từ ngày ngay sau"), Trigger("after")),
        **dict.fromkeys(("trước khi", "trước ngày", "trước thời điểm", "trước", "so với ngày", "trước lúc",
                         "trước thời gian", "đến trước khi"), Trigger("before")),
    }
)  # fmt: skip
_MONTHS_AHEAD = frozenset({*ROMAN, "#", "này", "sau", "tới", "giêng", "chạp", "một", "hai", "ba", "tư", "bốn", "năm", "sáu",
                           "bảy", "tám", "chín", "mười", "đầu", "cuối", "."})  # fmt: skip
_ALWAYS_TIME = frozenset({"#", "tết", "giỗ", "nay", "mùng", "thứ", "hằng", "mỗi", "thượng", "hạ", "q", "nửa", "quốc", "sáng",
                          "chiều", "hết", "sáu", "chín"})  # fmt: skip
# What stands after `trước` when it means an occasion; anything else is somebody before whom one answers.
_OCCASIONS = frozenset(
    {"họp", "hội", "kỳ", "phiên", "đại", "cuộc", "lễ", "buổi", "đợt", "mùa", "giờ", "thời", "năm", "khi", "ngày"}
)
_NO_EVENT = frozenset({"đó", "này", "đây", "cùng", "nữa", "cần", "nào"})


def is_time(cursor: Cursor, by: int = 0) -> bool:
    """Say whether a day or period stands at the cursor (or `by` tokens later)."""
    key, after = cursor.ahead(by), cursor.ahead(by + 1)
    if key in _ALWAYS_TIME:
        return True
    if key in ("ngày", "tháng", "quý", "năm", "t"):
        if key == "ngày" and after in ("làm", "cuối", "đầu", "tháng", ":", "...", "."):
            return after != "làm" or cursor.ahead(by + 3) in ("cuối", "đầu")
        return after in _MONTHS_AHEAD or after in ("tết", "giỗ", "thứ", "mùng", "quốc", "chủ", "nay") or key == "t"
    if key in ("đầu", "giữa", "cuối"):
        return after in ("tháng", "quý", "năm", "giờ", "tuần", "ngày", "buổi", "mỗi", "hằng")
    if key in ("giờ", "buổi", "tuần"):
        return key != "tuần" or after in ("đầu", "cuối", "thứ", "#", "này", "sau", "tới")
    return (key[:1] == "q" and len(key) > 1 and key[1:] in (*ROMAN, "uý")) or key in ("quýi", "quýii", "quýiii", "quýiv")


def bound(cursor: Cursor) -> Bound | Trigger | Word | None:
    """Take what bounds a day, or what makes an event of the words that follow."""
    start = cursor.at
    kind = _BOUNDS.take(cursor)
    if kind is not None:
        cursor.take(":")
        if is_time(cursor) or (cursor.key in ("trước", "đến", "vào", "là") and is_time(cursor, 1)):
            cursor.take_any(("vào", "là"))
            return Bound(kind)
        if kind in ("by", "to", "in") and (cursor.key in ("trong", "trước", "sau", "kể", "vào", "ngay", "không", "đến", "từ", "chậm",
                                                    "hết", "là") or _number_ahead(cursor)):  # fmt: skip
            return Bound(kind)
    cursor.back(start)
    return trigger(cursor)


def _number_ahead(cursor: Cursor) -> bool:
    here = cursor.at
    found = WORDS.take(cursor) is not None and cursor.key in ("ngày", "tuần", "tháng", "năm", "giờ", "(")
    cursor.back(here)
    return found


def trigger(cursor: Cursor) -> Trigger | Word | None:
    """Take what makes an event of the words that follow."""
    start, first = cursor.at, cursor.key
    found = _TRIGGERS.take(cursor)
    if found is None:
        return None
    last = cursor.behind()
    accepted = cursor.key and cursor.key not in _NO_EVENT and cursor.key not in (",", ";", ".", ")")
    if first == "trước" and last == "trước":
        accepted = accepted and cursor.key in _OCCASIONS
    if last == "sau" and cursor.key == "đại":
        accepted = False
    if first == "từ" and last == "từ":
        accepted = False
    if last == "khi" and cursor.key == "cần":
        accepted = False
    if not accepted:
        cursor.back(start)
        return None
    return found
