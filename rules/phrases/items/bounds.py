"""Bounds: what stands before a day and says how it limits: `trước`, `chậm nhất`, `từ`, `đến hết`, `trong`."""

from rules.phrases.cursor import Cursor, or_back
from rules.phrases.items.nouns import Bound
from rules.phrases.items.numbers import ROMAN, WORDS
from rules.phrases.lexicon import Lexicon, meaning, phrases, words
from rules.phrases.spelling import known

known("ngày tháng quý năm tuần giờ buổi khi kể từ trước sau nếu lúc ngay không quá")

_LATEST = phrases(
    """chậm nhất | muộn nhất | trễ nhất | không muộn hơn | không chậm hơn | không trễ hơn | không quá
    | không được quá | không được sau | không sau | không để sau
    | tối đa | hạn chót | hạn cuối | hạn cuối cùng | hạn chót cuối cùng | không vượt quá
    | không để quá"""
)
_BEFORE = phrases(
    """trước | xong trước | trước mốc | trước thời hạn | trước hạn | trước thời điểm | đến trước | tới trước
    | trước thời gian | từ trước | vào trước | muộn nhất trước | không muộn hơn trước | hoàn thành trước
    | kết thúc trước"""
)
_BOUNDS: Lexicon[Bound] = Lexicon(
    meaning(Bound("before"), _BEFORE, [f"{text}{link} trước" for text in _LATEST for link in ("", " là")]),
    meaning(
        Bound("by"),
        [f"{text}{link}" for text in _LATEST for link in ("", " là", " vào", " đến", " trong", " đến hết", " là vào",
                                                           " là đến", " là trong", " đến ngày", " hết", " trong vòng",
                                                           " trong thời hạn", " trong thời gian")],
        """kết thúc | kết thúc vào | sớm hơn hoặc bằng | trước hoặc bằng | trước hoặc trong
        | trước và trong | trong và trước""",
    ),
    meaning(
        Bound("by", moved=True),
        """gia hạn đến | gia hạn đến hết | gia hạn tới | gia hạn thêm đến | gia hạn sang | lùi đến | lùi đến hết
        | lùi tới | lùi sang | lùi hạn đến | lùi hạn sang | lùi thời hạn đến | lùi thời hạn sang | điều chỉnh sang
        | điều chỉnh thành | điều chỉnh đến | điều chỉnh lại thành | điều chỉnh lại đến | chuyển sang | chuyển thành
        | dời sang | dời đến | dời tới | đổi thành | đổi sang | sửa thành | thay bằng | hoãn đến | hoãn sang
        | kéo dài đến | kéo dài đến hết | kéo dài sang | thành""",
    ),
    meaning(
        Bound("to"),
        """đến | đến hết | hết | tới | tới hết | cho đến | cho đến hết | cho tới | cho tới hết | đến khi kết thúc
        | đến khi hết | cho đến khi kết thúc | cho đến khi hết | đến thời điểm kết thúc
        | đến thời điểm""",
    ),
    meaning(
        Bound("in"),
        """trong | vào | ngay trong | nội trong | trong vòng | trong thời hạn | trong thời gian | vào khoảng
        | khoảng | trong khoảng | trong khoảng thời gian | tại | vào lúc | lúc | hạn | hạn là | thời hạn
        | thời hạn là | hạn nộp | thời hạn hoàn thành | hạn hoàn thành | deadline | trong dịp | nhân dịp
        | diễn ra vào | thời hạn trong | thời gian trong | trong cả | cả | suốt | ngay từ | đúng | đúng vào
        | đúng dịp | vào dịp | xong trong | hoàn thành trong | hoàn thành vào | thời gian | thời gian hoàn thành
        | thời gian thực hiện | ngay đầu""",
    ),
    meaning(
        Bound("from"),
        """từ | kể từ | bắt đầu từ | tính từ | áp dụng từ | bắt đầu | không sớm hơn | không trước | từ kỳ
        | từ kỳ báo cáo | áp dụng từ kỳ báo cáo | bắt đầu vào""",
    ),
    meaning(Bound("after"), "sau | từ sau | kể từ sau | chỉ sau")
)  # fmt: skip
BOUNDS = _BOUNDS.starts
_MONTHS_AHEAD = frozenset(
    [
        *ROMAN,
        *[
            "#",
            "này",
            "nay",
            "sau",
            "tới",
            "giêng",
            "chạp",
            "một",
            "hai",
            "ba",
            "tư",
            "bốn",
            "năm",
            "sáu",
            "bảy",
            "tám",
            "chín",
            "mười",
            "đầu",
            "cuối",
            ".",
            ":",
            "...",
        ],
    ]
)
_ALWAYS_TIME = words("""# tết giỗ nay mùng rằm thứ hằng mỗi thượng hạ q nửa quốc sáng chiều hết sáu chín chạp""")
_ENDS = ("", ",", ";", ".", ")")
_OF_EDGES = words("tháng quý năm giờ tuần ngày buổi mỗi hằng")
_OF_NAMED_DAYS = frozenset(("tháng", "quý", "năm", "tuần", "của", "mỗi", "hằng", "kỳ", "", ",", ";", ")"))
_HOURS = words("# làm hành tan nghỉ")
_LINKS = words("trong trước sau kể vào ngay không đến từ chậm hết là")
_UNITS = words("ngày tuần tháng năm giờ ( lễ tiếng")


@or_back
def bound(cursor: Cursor) -> Bound | None:
    """Take what bounds the day, period or length that follows."""
    found = _BOUNDS.take(cursor)
    if found is None:
        return None
    kind = found.kind
    cursor.take(":")
    if kind == "before" and _is_event(cursor):
        return None
    if cursor.key in ("các", "mốc") and is_time(cursor, 1):
        cursor.at += 1
    if kind == "to" and cursor.key in ("năm", "quý", "tháng") and cursor.ahead(1) in _ENDS:
        return found
    if kind == "from" and _counts_first_day(cursor):
        return None
    if is_time(cursor) or (cursor.key in ("trước", "đến", "vào", "là") and is_time(cursor, 1)):
        cursor.take_any(("vào", "là"))
        return found
    if kind in ("by", "to", "in") and (cursor.key in _LINKS or _number_ahead(cursor)):
        return found
    return None


def _is_event(cursor: Cursor) -> bool:
    """Say whether an event follows: `trước hết thời gian chuyển tiếp`, `trước giờ chào cờ`."""
    if cursor.key == "hết":
        return cursor.ahead(1) in ("thời", "hạn")
    return cursor.key == "giờ" and cursor.ahead(1) not in _HOURS


def _counts_first_day(cursor: Cursor) -> bool:
    """Say whether `ngày đầu`, `ngày cuối` is the event itself: `kể từ ngày đầu tiên xử lý`."""
    if cursor.key != "ngày" or cursor.ahead(1) not in ("đầu", "cuối"):
        return False
    at = 3 if cursor.ahead(2) in ("tiên", "cùng") else 2
    return cursor.ahead(at) not in _OF_NAMED_DAYS or (cursor.ahead(at), cursor.ahead(at + 1)) == ("của", "kỳ")


def is_time(cursor: Cursor, by: int = 0) -> bool:
    """Say whether a day or period stands at the cursor (or `by` tokens later)."""
    key, after = cursor.ahead(by), cursor.ahead(by + 1)
    if key in _ALWAYS_TIME or key == "t":
        return True
    if key == "ngày" and after in ("làm", "cuối", "đầu", "tháng", ":", "...", ".", "["):
        return after != "làm" or cursor.ahead(by + 3) in ("cuối", "đầu")
    if key in ("ngày", "tháng", "quý", "năm"):
        return after in _MONTHS_AHEAD or after in ("tết", "giỗ", "thứ", "mùng", "quốc", "chủ", "mai", "lễ", "nghỉ")
    if key in ("đầu", "giữa", "cuối"):
        return after in _OF_EDGES
    if key == "tuần":
        return after in ("đầu", "cuối", "thứ", "#", "này", "sau", "tới")
    if key in ("kỳ", "dịp", "đợt", "lễ"):
        return after in ("nghỉ", "tết", "lễ", "quốc", "giỗ")
    return key in ("giờ", "buổi", "trung", "hôm") or (key[:1] == "q" and key[1:] in (*ROMAN, "uý"))


def _number_ahead(cursor: Cursor) -> bool:
    here = cursor.at
    found = WORDS.take(cursor) is not None and cursor.key in _UNITS
    cursor.back(here)
    return found
