"""Subject: the agencies that a sentence or a heading begins with, as it names them."""

import re

_ISSUER = r"(?:Chủ tịch\s+)?(?:UBND|Ủy ban nhân dân|Uỷ ban nhân dân)\s+(?:tỉnh|thành phố)(?:(?-i: [A-ZĐÀ-Ỹ]\w+)){0,3}"
_ASKED = re.compile(
    rf"(?:(?:{_ISSUER}\s+)?(?:Đề nghị|Yêu cầu|Giao|Phân công)|Đối với)\s+(?:cho\s+)?(?!ban(?!\w))", re.IGNORECASE
)
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
    "quán triệt|họp|nghiêm túc|đẩy mạnh|duy trì|cung cấp|tuân thủ|sử dụng|đăng ký|đưa|giúp (?!việc)|được giao nhiệm vụ"
)
_TIMES = (
    "hằng|hàng (?:tuần|tháng)|muộn nhất|chậm nhất|trước ngày|trên cơ sở|theo (?:chức năng|nhiệm vụ)|trong quá trình"
)
_ENDS = re.compile(rf"(?<!cơ quan )\b(?:{_VERBS}|{_TIMES})(?!\w)|:")
_ASSIGNED = re.compile(
    rf"(?<!\w)(?:do|giao(?: cho)?|phân công)\s+(?!ban(?!\w))(?=(?:các )?(?:{_BODIES})(?!\w))", re.IGNORECASE
)
_TASKED = re.compile(
    r"(?:chủ trì|thực hiện|tham mưu|xây dựng|chịu trách nhiệm|(?:là|làm) (?:cơ quan )?đầu mối|trình)(?!\w)"
)
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


def assigned_in(text: str) -> str:
    """Return the agencies that a text gives its task to behind the verb: `… do Sở Y tế chủ trì thực hiện`."""
    for match in _ASSIGNED.finditer(text):
        agencies, rest = subject_of(text[match.end() :])
        if agencies and _TASKED.match(rest):
            return agencies
    return ""
