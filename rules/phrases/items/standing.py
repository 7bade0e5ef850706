"""Words that stand for a whole deadline: `thường xuyên`, `theo lộ trình`, `khẩn trương`, `như trên`."""

from itertools import product

from rules.phrases.cursor import Cursor, or_back
from rules.phrases.items.documents import cited
from rules.phrases.items.nouns import Standing, StandingKind
from rules.phrases.items.numbers import roman
from rules.phrases.items.years import year
from rules.phrases.lexicon import Lexicon, meaning, phrases
from rules.phrases.spelling import known

known("theo thực hiện đúng")

_CONTINUOUS = """thường xuyên | nhiệm vụ thường xuyên | liên tục | xuyên suốt | duy trì thường xuyên
    | trong suốt quá trình | suốt quá trình | suốt năm | quanh năm | không thời hạn | không có thời hạn
    | vô thời hạn | hoạt động thường xuyên | thường xuyên liên tục | trong suốt năm | trong suốt thời gian
    | công việc thường xuyên | thực hiện thường xuyên | không giới hạn thời gian | không xác định thời hạn
    | thường trực 24/24"""
_BY = phrases(
    """theo | theo đúng | bảo đảm theo | đảm bảo theo | bám sát | đúng theo | thực hiện theo | phù hợp với | đúng
    | bảo đảm đúng | đảm bảo đúng | đảm bảo | bảo đảm | tùy theo | gắn với | tùy thuộc | phụ thuộc | tùy
    | phụ thuộc vào | tùy thuộc vào | cùng với | theo từng | theo sát | lồng ghép theo | đúng với"""
)
_SETTERS = phrases(
    """lộ trình | tiến độ | kế hoạch | quy định | chỉ đạo | phân công | chương trình | thời gian | thời hạn | đề án
    | nghị quyết | dự án | báo cáo nghiên cứu | hướng dẫn | công văn | quyết định | thông báo | văn bản | luật
    | nghị định | thông tư | từng giai đoạn | giai đoạn | thực tế | tình hình | lịch | hợp đồng | chủ trương
    | kết luận | nhiệm vụ | chỉ thị | phê duyệt | mốc thời gian | phân kỳ | phân bổ | các mốc | khung thời gian
    | công điện | kỳ họp | tờ trình | năm học | kết quả | nguồn vốn | nguồn lực | điều kiện | thời điểm
    | các giai đoạn | định hướng | yêu cầu tiến độ | mốc | dự toán | kỳ lương | phụ lục | kh | qđ | nq | cv"""
)
_NOT_SAID_TOGETHER = {
    f"{by} {what}" for by, what in product(("đảm bảo", "bảo đảm"), ("nhiệm vụ", "điều kiện", "nguồn lực"))
} | {"đúng nhiệm vụ", "cùng với báo cáo nghiên cứu"}
_ELSEWHERE = (
    """lồng ghép báo cáo | chung với báo cáo | cùng kỳ báo cáo của | do cấp trên quy định | do trung ương quy định"""
)
_REQUEST = """theo yêu cầu | khi có yêu cầu | đột xuất | khi cần | khi cần thiết | theo đề nghị | theo nhu cầu
    | khi phát sinh | theo yêu cầu của | theo yêu cầu đột xuất | khi có yêu cầu đột xuất | theo từng vụ việc
    | theo vụ việc phát sinh | theo từng vụ việc phát sinh | theo phát sinh | theo sự vụ | khi được yêu cầu
    | nếu có yêu cầu | nếu có phát sinh"""
_VAGUE = """khẩn trương | sớm | sớm nhất | kịp thời | ngay | ngay lập tức | thời gian tới | lâu dài
    | trong thời gian tới | trong thời gian sớm nhất | thời gian sớm nhất | càng sớm càng tốt | dài hạn
    | trung hạn | ngắn hạn | chưa xác định | không xác định | sắp tới | trong thời gian gần nhất | nhanh chóng
    | trước mắt | cấp bách | hỏa tốc | đang cập nhật | chưa có | không áp dụng | không áp
    | thông báo sau | sẽ thông báo | sớm nhất có thể | sẽ thông báo sau | chưa rõ | chưa ấn định | cập nhật sau
    | khẩn | thượng khẩn | gấp | bổ sung sau | trước mắt và lâu dài | thời gian sớm | thời gian gần nhất
    | trong thời gian ngắn nhất"""
_ENDLESS = [
    f"{lead} {tail}"
    for lead, tail in product(
        ("và", "và trong", "và cả"),
        phrases(
            """các năm tiếp theo | những năm tiếp theo | các năm sau | những năm sau | các năm kế tiếp
            | thời gian tới | những năm tới | các năm tới | giai đoạn tiếp theo | các giai đoạn tiếp theo
            | giai đoạn sau"""
        ),
    )
] + ["trở đi", "về sau", "đến khi hoàn thành"]
_DITTO = """như trên | nt | -nt- | - nt - | như mục trên | như mục | như ý | như stt | như tt | tương tự | như dòng trên
    | nêu trên | như ở trên | như thời hạn | như thời gian | như nội dung | như stt trên | như nhiệm vụ trên | ditto"""
_NOTHING = "x | không có | không | n/a | na | n.a | chưa | trống | không quy định | chưa quy định | tbd"

_STANDING: Lexicon[StandingKind] = Lexicon(
    meaning("continuous", _CONTINUOUS),
    meaning("elsewhere", {f"{by} {what}" for by, what in product(_BY, _SETTERS)} - _NOT_SAID_TOGETHER, _ELSEWHERE),
    meaning("request", _REQUEST),
    meaning("vague", _VAGUE),
    meaning("endless", _ENDLESS),
    meaning("ditto", _DITTO),
)
STANDING = _STANDING.starts
_ATTACHED = Lexicon(meaning(True, "kèm theo | đính kèm | gửi kèm | gửi kèm theo | ban hành kèm theo"))
_ALONE: Lexicon[StandingKind] = Lexicon(meaning("vague", _NOTHING), meaning("continuous", "tx"))
ALONE = _ALONE.starts


def standing(cursor: Cursor) -> Standing | None:
    """Take words that are a deadline by themselves."""
    found = _STANDING.take(cursor)
    if found == "elsewhere":
        _attached(cursor)
    return None if found is None else Standing(found)


@or_back
def _attached(cursor: Cursor) -> bool | None:
    """Take the number of the document named, and that it comes along: `(theo Phụ lục) II kèm theo`."""
    if roman(cursor) is None:
        cursor.take_number(1, 99)
    return _ATTACHED.take(cursor)


@or_back
def nothing(cursor: Cursor) -> Standing | None:
    """Take the `N/A`, `không` that stands alone in a cell."""
    begins = cursor.at == 0
    found = _ALONE.take(cursor)
    cursor.take(".")
    return Standing(found) if found is not None and begins and cursor.is_over else None


@or_back
def school_term(cursor: Cursor) -> Standing | None:
    """Take `học kỳ I năm học 2026 - 2027`, whose days no document of the office gives."""
    if not cursor.take("học", "kỳ"):
        return None
    if roman(cursor) is None:
        cursor.take_number(1, 3)
    cursor.take_any((",", "của"))
    if cursor.key == "năm":
        year(cursor)
    return Standing("vague")


@or_back
def by_document(cursor: Cursor) -> Standing | None:
    """Take `theo Công văn số …`: another document sets the deadline."""
    cursor.take("thực", "hiện")
    if not cursor.take("theo"):
        return None
    cursor.take_any(("đúng", "các"))
    return Standing("elsewhere") if cited(cursor) else None
