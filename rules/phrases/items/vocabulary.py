"""Vocabulary: the words that offices write beside a deadline, which change nothing about it (`hoàn thành`, `gửi`)."""

from rules.phrases.cursor import Cursor, or_back
from rules.phrases.items.nouns import Word
from rules.phrases.items.numbers import roman
from rules.phrases.lexicon import Lexicon, meaning

_WORDS = Lexicon(
    meaning(
        Word(known=True, task=True),
        """hoàn thành | hoàn thiện | thực hiện | báo cáo | ban hành | trình | gửi | tổ chức | triển khai | xong
        | nộp | tham mưu | phê duyệt | phát động | đầu tư | tổng kết | sơ kết | tổng hợp | trình ban hành
        | công bố | rà soát | đưa vào | vận hành | sử dụng | thông qua | xây dựng | cập nhật | đánh giá
        | kiểm tra | nghiệm thu | bàn giao | khởi động | khởi công | khánh thành | ký | họp | công khai
        | tiếp nhận | hoàn tất | kết thúc | bắt đầu | diễn ra | tiến hành | thẩm định | lấy ý kiến | góp ý
        | đăng ký | khai trương | ra mắt | đi vào | hoạt động | đề xuất | lập""",
    ),
    meaning(
        Word(known=True),
        # Of what
        """việc | công việc | nhiệm vụ | kết quả | dự thảo | hội nghị | phiên | đợt | bản | giai đoạn | nhiệm kỳ
        | yêu cầu | đề nghị | lịch | chính thức | cơ bản | toàn bộ | tất cả | báo cáo kết quả
        | kết quả thực hiện""",
        # How a time is introduced
        """thời gian | thời hạn | thời điểm | hạn | dự kiến | phấn đấu | thời | gian | tối thiểu | ít nhất | khoảng
        | chậm | nhất | muộn | mốc | kỳ | định kỳ | là | ngày | tháng | năm | quý | tuần | buổi | sáng | chiều
        | dương lịch | hành chính | chậm trễ | tiến độ | lần | riêng | ngày hoàn thành | ngày thực hiện
        | ngày kết thúc | ngày nộp | hạn nộp""",
        # Small words
        """và | vào | cho | để | phải | có | được | các | về | mỗi | này | đó | của | trên | theo | giao | ban
        | một | trước | đến | trong | sau | lúc | hoặc | ra | khi | nay | từ | không | quá | cùng | kể | đồng
        | dịp lễ | kỳ nghỉ lễ | dịp nghỉ lễ | kỳ nghỉ | dịp
        | quý cơ quan | quý đơn vị | quý sở | quý ban | quý vị | quý ông | quý bà | quý ngành
        | tiếp | chỉ | đối với | liền | với | đối | mai | kia | hôm | xem xét | sẽ""",
    ),
)
WORDS = _WORDS.starts


def expected(cursor: Cursor) -> Word | None:
    """Take a word or two that the grammar expects beside a deadline."""
    return _WORDS.take(cursor)


@or_back
def list_number(cursor: Cursor) -> Word | None:
    """Take the number of a list at the beginning: `1. Tháng 8/2026`; `15. 8. 2026` is a day."""
    begins = cursor.at == 0 and cursor.take_number(1, 99) is not None and cursor.take_any((".", ")"))
    return Word(known=True) if begins and cursor.key[:1].isalpha() and not cursor.here.glued else None


@or_back
def stage(cursor: Cursor) -> Word | None:
    """Take the name of a part of the work: `đợt 1`, `lần 2`, `giai đoạn II`."""
    if not (cursor.take("giai", "đoạn") or cursor.take_any(("đợt", "lần", "kỳ", "bước", "vòng"))):
        return None
    numbered = roman(cursor) is not None or cursor.take_number(1, 9) is not None
    ends = cursor.key not in ("/", "-", ".", "năm", "tháng", "quý", "ngày", "tuần") or not cursor.here.glued
    return Word(known=True) if numbered and ends else None
