"""Rõ việc: a title says an act, not only a noun or a document."""

import re
from collections.abc import Iterator

from rules.lint.finding import Check, Found
from rules.lint.subject import Subject
from rules.wording import Wording

_DOCUMENTS = (
    "kế hoạch|đề án|dự án|quyết định|nghị quyết|chương trình|chỉ thị|công văn|tờ trình|quy chế|quy định|quy trình|"
    "danh mục|dự thảo|văn bản|thông báo|bộ chỉ số|bộ tiêu chí|đề cương|phương án|hồ sơ|biên bản|kết luận|nghị định|"
    "thông tư|hướng dẫn|đề xuất|kịch bản|chiến lược|quy hoạch|tài liệu|biểu mẫu|phụ lục|chính sách|cơ chế|mô hình|"
    "hệ thống|nền tảng|cơ sở dữ liệu|hội nghị|hội thảo|tập huấn|cuộc họp|phiên họp|sơ kết|tổng kết|báo cáo"
)
# What begins so may be an act as well: it is one when something stands behind that can be acted upon.
_BOTH = re.compile(
    r"(?:hướng dẫn|đề xuất|tập huấn|sơ kết|tổng kết|quy định|quy hoạch|thông báo|kết luận)(?:,| và)?\s+\S+\s+\S+"
    r"|báo cáo,?\s+(?:kết quả|tình hình|tiến độ|việc|về|với|cho|đề xuất|đánh giá|giải trình|tổng hợp|ubnd|hđnd|ban|"
    r"thường trực|bộ|chính phủ|thủ tướng|tỉnh ủy|định kỳ|hằng|hàng)(?!\w)",
    re.IGNORECASE,
)
_NOUN = re.compile(rf"(?:các |những |bản |dự thảo )?(?:{_DOCUMENTS})(?!\w)(?! h[óo][aá])", re.IGNORECASE)
# Fields of work begin with what elsewhere is a verb.
_FIELDS = re.compile(
    r"(?:chuyển đổi số|phát triển(?= \S+(?: \S+)?$)|ứng dụng|cải cách hành chính|đổi mới sáng tạo)"
    r"(?! (?:các|toàn|mọi)\b)",
    re.IGNORECASE,
)
_ACTS = re.compile(
    r"(?<!\w)(?:hệ thống hóa|hệ thống hoá|mô hình hóa|"
    r"xây dựng|ban hành|tham mưu|triển khai|tổ chức|hoàn thành|hoàn thiện|rà soát|trình|thẩm định|phê duyệt|"
    r"kiểm tra|giám sát|đánh giá|đẩy mạnh|nâng cao|tăng|tăng cường|phối hợp|chủ trì|đầu tư|mua sắm|nâng cấp|kết nối|"
    r"tích hợp|chia sẻ|số hóa|số hoá|cập nhật|đào tạo|bồi dưỡng|tuyên truyền|phổ biến|công bố|lập|thành lập|kiện toàn|"
    r"bố trí|phân bổ|cung cấp|cấp|đưa|gửi|nộp|họp|chuẩn bị|nghiên cứu|khảo sát|thống kê|tổng hợp|theo dõi|đôn đốc|"
    r"thực hiện|tiếp tục|duy trì|vận hành|quản lý|khai thác|sử dụng|áp dụng|ứng dụng|bảo đảm|đảm bảo|sửa đổi|bổ sung|"
    r"thay thế|bãi bỏ|điều chỉnh|ký|ký kết|hợp tác|thu hút|hỗ trợ|khuyến khích|hình thành|phát triển|mở rộng|đăng ký|"
    r"chỉ đạo|quán triệt|xử lý|khắc phục|tháo gỡ|cắt giảm|đơn giản hóa|đơn giản hoá|tiếp nhận|giải quyết|phủ|lắp đặt|"
    r"thí điểm|tạo|làm|thu thập|chuẩn hóa|chuẩn hoá|làm sạch|đồng bộ|chuyển|chuyển đổi|nhân rộng|biểu dương|"
    r"khen thưởng|"
    r"vinh danh|phát động|phát hiện|tuyển dụng|giới thiệu|tham gia|huy động|giao|bàn giao|kê khai|công khai|niêm yết|"
    r"đối thoại|lấy ý kiến|góp ý|xác định|lựa chọn|ưu tiên|tập trung|thúc đẩy|khơi thông|xúc tiến|vận động|quảng bá|"
    r"phát huy|củng cố|đổi mới|cải thiện|cải tiến|giảm|tối ưu|phân cấp|ủy quyền|rút ngắn|kiểm kê|kiểm định|đo|đo lường|"
    r"khánh thành|khởi công|giải ngân|quyết toán|nghiệm thu|xem xét|cho ý kiến|thông qua|thể chế hóa|cụ thể hóa|tư vấn|"
    r"dạy|học|tổng kết|sơ kết|báo cáo|hướng dẫn|đề xuất|tập huấn)(?!\w)",
    re.IGNORECASE,
)


def _says_an_act(title: str) -> bool:
    plain = title.strip(' .;:–-"“”')
    if _NOUN.match(plain):
        return bool(_BOTH.match(plain))
    if _FIELDS.match(plain):
        return False
    return bool(_ACTS.search(plain))


def _find(subject: Subject) -> Iterator[Found]:
    for programme, task in subject.tasks():
        if not _says_an_act(task.title):
            said = Wording(
                f"tên nhiệm vụ '{task.title}' chỉ nêu tên văn bản hoặc lĩnh vực, chưa nói phải làm gì",
                f"the title '{task.title}' names a document or a field and says no act",
            )
            yield Found(subject.place(programme, task) / "title", said)


CHECK = Check(
    "D102",
    "no-act",
    "warning",
    Wording("rõ việc: tên không nói phải làm gì", "work: the title says no act"),
    Wording(
        (
            "Người nhận thư chỉ thấy tên nhiệm vụ: 'Kế hoạch năm 2026' không cho biết phải soạn, trình, "
            "ban hành hay thực hiện."
        ),
        (
            "Who gets the letter sees the title alone: 'The plan of 2026' does not say whether to draft, "
            "submit or carry it out."
        ),
    ),
    Wording(
        "bắt đầu tên bằng việc phải làm: Tham mưu ban hành …, Tổ chức …, Hoàn thành …; sản phẩm ghi vào product:",
        "begin the title with what is to be done (Ban hành …, Tổ chức …); what comes of it goes to product:",
    ),
    bad="title: Kế hoạch chuyển đổi số năm 2026",
    good="title: Ban hành Kế hoạch chuyển đổi số năm 2026",
    find=_find,
)
