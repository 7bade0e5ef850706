"""Subject: the agencies that a sentence or a heading begins with, as it names them."""

import re

_ASKED = re.compile(r"(?:Đề nghị|Yêu cầu|Giao|Phân công|Đối với)\s+(?:cho\s+)?", re.IGNORECASE)
_BODIES = (
    "sở|ban(?! hành)|bộ(?! phận| chỉ số| tiêu chí)|ngành|cơ quan|đơn vị|địa phương|ubnd|ủy ban|uỷ ban|văn phòng|công an"
    "|đảng ủy|đảng uỷ|thanh tra|trung tâm|trường(?! hợp)|báo(?! cáo)|đài|hội(?! nghị| thảo| chợ)|liên minh|liên đoàn"
    "|tỉnh đoàn|cục|chi cục|thống kê|kho bạc|ngân hàng|bảo hiểm|viện|tổ giúp việc|tổ công tác|hội đồng|mặt trận"
    "|doanh nghiệp|thành viên|ủy viên|thủ trưởng|giám đốc|chủ tịch|chánh văn phòng|người đứng đầu|bí thư|hiệu trưởng"
    "|trưởng|phòng|xã|phường"
)
_BEGINS = re.compile(rf"(?:các )?(?:{_BODIES})(?!\w)", re.IGNORECASE)
_VERBS = (
    "có trách nhiệm|chịu trách nhiệm|chủ trì|chủ động|phối hợp|tham mưu|thường xuyên|rà soát|tập trung|bảo đảm|"
    "đảm bảo|kịp thời|tổ chức (?:triển|thực|theo|các|tuyên)|căn cứ|nêu cao|xây dựng|thực hiện|triển khai|"
    "(?<!tài khoản )báo cáo|định kỳ|gửi|chỉ đạo|hướng dẫn|theo dõi|đôn đốc|tổng hợp|là |làm |phải|tăng cường|"
    "tiếp tục|khẩn trương|nghiên cứu|đề xuất|ban hành|lồng ghép|cập nhật|kiểm tra|bố trí|lập|trình|hoàn thành|"
    "quán triệt|nghiêm túc|đẩy mạnh|duy trì|cung cấp|tuân thủ|sử dụng|đăng ký|đưa|giúp (?!việc)|được giao nhiệm vụ"
)
_TIMES = (
    "hằng|hàng (?:tuần|tháng)|muộn nhất|chậm nhất|trước ngày|trên cơ sở|theo (?:chức năng|nhiệm vụ)|trong quá trình"
)
_ENDS = re.compile(rf"(?<!cơ quan )\b(?:{_VERBS}|{_TIMES})(?!\w)|:")
_LONGEST = 300


def subject_of(text: str) -> tuple[str, str]:
    """Return the agencies a text begins with, and what follows them; ('', text) where it begins with none."""
    asked = _ASKED.match(text)
    start = asked.end() if asked else 0
    if not _BEGINS.match(text, start):
        return "", text
    verb = _ENDS.search(text, start)
    end = verb.start() if verb else len(text)
    if end - start > _LONGEST or (verb is None and re.search(r"[.;]$|[.]\s", text)):
        return "", text
    return text[start:end].strip(" ,;"), text[end:].lstrip(" :,")
