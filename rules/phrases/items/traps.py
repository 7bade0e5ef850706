"""Traps: words that only look like a deadline: `chi thường xuyên`, `trước Ủy ban nhân dân`, `trong 3 năm gần đây`."""

from rules.phrases.cursor import Cursor, or_back
from rules.phrases.items.nouns import Trap
from rules.phrases.lexicon import Lexicon, meaning, phrases
from rules.phrases.marks import FIRST_YEAR, LAST_YEAR
from rules.phrases.spelling import known
from rules.wording import Wording

known("trong trước năm tháng quý ngày gần qua liền lại đây vừa nhất ví dụ")

BUDGET = Wording("chi thường xuyên là loại chi ngân sách", "recurrent spending, a kind of budget")
_VISION = Wording("tầm nhìn trong tên văn bản", "the horizon in the name of a document")
_BACK = Wording("khoảng thời gian đã qua", "a look back")
_STATE = Wording("trạng thái của nhiệm vụ", "the state of a task")
_MEASURE = Wording("một số liệu, không phải thời hạn", "a measure, no deadline")
_NAME = Wording("tên văn bản, cuộc họp hoặc chương trình", "the name of a document, meeting or programme")
_BEFORE_WHOM = Wording("“trước” ai, không phải trước ngày nào", "before whom, not before which day")
_PERSON = Wording("ngày sinh của người", "somebody’s day of birth")
_FEAST = Wording("tên phong trào, việc của ngày Tết", "what is done for the feast, not its day")
EFFECT = Wording("hiệu lực của văn bản", "when a document takes effect")
_CHANGE = Wording("ghi chú việc điều chỉnh thời hạn", "a note that a deadline was changed")
_HEADING = Wording("tiêu đề cột, không phải thời hạn", "the heading of a column, no deadline")
_WINDOW = Wording("kỳ số liệu của báo cáo, không phải thời hạn", "the period a report covers, no deadline")
_BASIS = Wording("căn cứ ban hành văn bản", "what the document rests on")
EXCEPTION = Wording(
    "có kỳ được trừ ra, quy tắc không nói điều đó", "some times are excepted, which the rule leaves out"
)
_EXAMPLE = Wording("ví dụ trong ngoặc", "an example in brackets")

_SPENDING = phrases(
    """chi | vốn | kinh phí | nguồn | ngân sách | dự toán chi | chi phí | kinh phí chi | nguồn chi | nhiệm vụ chi
    | chi ngân sách | nguồn vốn | nguồn kinh phí | nguồn ngân sách | kinh phí sự nghiệp"""
)
_PERSONS = phrases(
    """ủy ban | ubnd | hội đồng | pháp luật | nhân dân | thủ tướng | chính phủ | ban | đảng | tỉnh ủy | bộ
    | cơ quan | chủ tịch | giám đốc | thường trực | lãnh đạo | cấp | quốc hội | tòa án | mọi | những | các
    | nguy cơ | tác động | mắt | hết | sự | đó | đây | tiên | công chúng | cử tri | nhà nước | người
    | thách thức | yêu cầu | tình hình | bối cảnh | thủ trưởng | đồng chí | ban thường vụ | hđnd | bí thư
    | thành ủy | huyện ủy | đảng ủy | phó | trưởng | sở | dân | tập thể | trung ương | xã hội | dư luận | cổng"""
)
_COLUMNS = "(tháng/năm) | (ngày/tháng/năm) | (ngày, tháng, năm) | (tháng, năm) | (quý/năm)"
_TRAPS = Lexicon(
    meaning(Trap(BUDGET), [f"{word} thường xuyên" for word in _SPENDING]),
    meaning(Trap(_BEFORE_WHOM), [f"trước {whom}" for whom in _PERSONS]),
    meaning(Trap(_NAME), "phụ lục kèm theo | phụ lục đính kèm | danh mục kèm theo | biểu kèm theo"),
    meaning(
        Trap(_FEAST),
        """tết trồng cây | lễ tết | lễ, tết | lễ và tết | thưởng tết | quà tết | chúc tết | đón tết | chăm lo tết
        | phục vụ tết | vui tết | tết vì người nghèo | tết nhân ái | tết thầy trò""",
    ),
    meaning(Trap(_VISION, decides=True), "tầm nhìn | tầm nhìn đến | thời kỳ"),
    meaning(
        Trap(_STATE, decides=True),
        """đã thực hiện | đã hoàn thành | quá hạn | đã quá hạn | đã triển khai | đúng hạn | trễ hạn | trước hạn
        | quá thời hạn | đã ban hành | chưa hoàn thành | chưa đến hạn | chậm tiến độ | chậm muộn
        | đã hết hạn | đã xong | đã có | đã phê duyệt | đã trình | đã báo cáo | đã chấm | đã được""",
    ),
    meaning(Trap(_MEASURE), "theo thời gian thực"),
    meaning(
        Trap(_MEASURE, decides=True),
        """trung bình | bình quân | trợ cấp hằng tháng | phụ cấp hằng tháng | lương hằng tháng | thu nhập hằng tháng
        | hỗ trợ hằng tháng | mức đóng hằng tháng""",
    ),
    meaning(
        Trap(_BACK, decides=True),
        """cùng kỳ | so với năm | so với cùng kỳ | tháng trước | quý trước | tháng trước liền kề | kỳ trước
        | trước kỳ báo cáo | thuộc kỳ báo cáo | của tháng trước | năm trước liền kề
        | từ đầu năm đến nay | đến nay | cho đến nay | tính đến nay | từ đó đến nay""",
    ),
    meaning(Trap(_NAME, decides=True), "kỷ niệm | chào mừng | mừng | kèm theo | ban hành kèm theo | gửi kèm theo"),
    meaning(Trap(_PERSON, decides=True), "sinh ngày | ngày sinh | sinh năm | năm sinh"),
    meaning(
        Trap(EFFECT, decides=True),
        """có hiệu lực | hiệu lực | hết hiệu lực | có hiệu lực thi hành | có giá trị đến | giá trị đến
        | có giá trị sử dụng đến | giá trị sử dụng đến | có thời hạn đến | chịu trách nhiệm thi hành""",
    ),
    meaning(
        Trap(_CHANGE, decides=True),
        """thay đổi thời gian | điều chỉnh lại thời gian | điều chỉnh thời gian | bổ sung theo
        | điều chỉnh thời hạn | thay đổi thời hạn""",
    ),
    meaning(Trap(_BASIS, decides=True), "căn cứ | xét đề nghị | thực hiện công văn | tiếp theo công văn"),
    meaning(Trap(_HEADING, decides=True), _COLUMNS),
    meaning(
        Trap(_WINDOW, decides=True),
        """tính đến | tính đến hết | lũy kế đến | lũy kế | thời kỳ báo cáo | số liệu từ | số liệu tính từ
        | số liệu được tính từ | thời gian chốt số liệu | thời gian lấy số liệu | kỳ số liệu
        | ngày báo cáo bắt đầu | kỳ báo cáo được tính từ | kỳ báo cáo tính từ | thời gian chốt số liệu báo cáo
        | thời điểm chốt số liệu""",
    )
)  # fmt: skip
TRAPS = _TRAPS.starts
STATES = (Trap(_STATE, decides=True),)
"""What tells of a state: it decides only where no deadline stands before it."""
ASIDES = (Trap(_WINDOW, decides=True), Trap(_NAME, decides=True))
"""What in brackets says no more than what a report covers, or what is celebrated that day."""
_GOES_ON = frozenset(("trước", "chậm", "muộn", "báo", "gửi", "vào", "từ", "đến", "hoàn"))
_EXCEPTED = frozenset(("tháng", "quý", "ngày", "tuần", "năm", "thứ", "chủ", "kỳ"))
_ENDING = frozenset(("thời", "ngày", "tháng", "quý", "năm", "giờ", "hạn"))
_LOOK_BACK = frozenset(("gần", "qua", "liền", "vừa", "trước", "trở"))


@or_back
def trap(cursor: Cursor) -> Trap | None:
    """Take words that look like a deadline and are none."""
    found = _TRAPS.take(cursor)
    if found is None:
        return None
    if found.why is _BEFORE_WHOM and cursor.behind() == "hết" and cursor.key in _ENDING:
        return None
    is_bound = found.why is _BEFORE_WHOM or cursor.behind() == "hạn"
    if is_bound and cursor.key in ("#", "ngày") and cursor.ahead(1) not in ("ngày", "tháng", "năm"):
        return None
    # A phrase that begins with its horizon speaks of it: `Tầm nhìn đến năm 2045`.
    return None if found.why is _VISION and cursor.behind(2) == "" else found


@or_back
def compared(cursor: Cursor) -> Trap | None:
    """Take `so với (năm) 2024`: a comparison."""
    if not cursor.take("so", "với"):
        return None
    cursor.take("năm")
    return Trap(_BACK, decides=True) if cursor.take_number(FIRST_YEAR, LAST_YEAR) is not None else None


def exceeding(cursor: Cursor) -> Trap:
    """Take the `quá` of `quá 15 ngày`: what follows is a condition."""
    cursor.at += 1
    return Trap(_STATE, decides=True)


@or_back
def example(cursor: Cursor) -> Trap | None:
    """Take an example up to the bracket that ends it: `(ví dụ quý III nộp trước 31/10)`."""
    if not (cursor.take("ví", "dụ") or cursor.take("chẳng", "hạn") or cursor.take("vd")):
        return None
    while not cursor.is_over and cursor.key not in (")", ";"):
        cursor.at += 1
    return Trap(_EXAMPLE)


@or_back
def exception(cursor: Cursor) -> Trap | None:
    """Take the times that are excepted, up to the bracket that ends them: `(trừ tháng 12)`."""
    cursor.take("ngoại")
    if cursor.behind() == "khấu" or not cursor.take("trừ"):
        return None
    cursor.take("các")
    if cursor.key not in _EXCEPTED:
        return None
    while not cursor.is_over and cursor.key not in (")", ";"):
        if cursor.key == "," and cursor.ahead(1) in _GOES_ON:
            break
        cursor.at += 1
    return Trap(EXCEPTION)


@or_back
def look_back(cursor: Cursor) -> Trap | None:
    """Take `3 năm gần đây`, `03 năm liền`."""
    cursor.take("trong")
    if cursor.take_number(1, 99) is None or not cursor.take_any(("năm", "tháng", "quý", "ngày")):
        return None
    if cursor.key not in _LOOK_BACK or (
        cursor.key == "trước" and cursor.ahead(1) not in ("", ",", ".", ")", ";", "đó")
    ):
        return None
    cursor.at += 1
    cursor.take_any(("đây", "lại", "qua", "nhất"))
    return Trap(_BACK, decides=True)
