"""Openings: the words that agencies, heads, products and documents begin with, as alternatives of a pattern."""

BODIES = (
    "chủ đầu tư|ban(?! hành)|báo(?! cáo)|bảo hiểm|bộ(?! tiêu chí)(?! chỉ số)(?! dữ liệu)|chi cục|các ban|các bộ|"
    "các cơ quan|các cấp|các doanh nghiệp|các huyện|các hội|các ngành|các phường|các sở|các trung tâm|"
    "các trường|các tổ chức|các viện|các xã|các đơn vị|các đảng ủy|các địa phương|công an|công ty|cơ quan|"
    "cục|doanh nghiệp|hđnd|hội(?! nghị)(?! thảo)|hội đồng|kho bạc|liên minh|liên đoàn|mặt trận|ngân hàng|"
    "quỹ|sở|thanh tra|thống kê|trung tâm|trường(?! hợp)|tòa án|tỉnh đoàn|tổ công tác|tổ giúp việc|ubnd|"
    "uỷ ban|viettel|viện|viện kiểm sát|vnpt|văn phòng|đoàn thanh niên|đài|đơn vị|đại học|đảng uỷ|đảng ủy|"
    "ủy ban|ủy viên"
)
HEADS = (
    "chỉ huy trưởng|giám đốc|thủ trưởng|chủ tịch|chánh|trưởng ban|bí thư|hiệu trưởng|người đứng đầu|"
    "cục trưởng|phó|tổng biên tập|trưởng|viện trưởng"
)
INCOMPLETE = (
    "ủy viên|uỷ viên|thành viên|thường trực|ban|bộ|chi cục|công ty|cục|hội|liên minh|liên đoàn|quỹ|sở|trung tâm|trường|"
    "uỷ ban|viện|văn phòng|đài|đại học|ủy ban"
)
"""Openings that are no agency by themselves: more must follow."""
PRODUCTS = (
    "kế hoạch|báo cáo|quyết định|văn bản|đề án|chương trình|hướng dẫn|kết quả|nghị quyết|"
    "công văn|danh mục|quy định|tờ trình|quy chế|hệ thống|cơ sở dữ liệu|phần mềm|hội nghị|dự án|"
    "các văn bản|thông báo|chỉ thị|biên bản|tài liệu|nền tảng|dữ liệu|tỷ lệ|hợp đồng|phương án|"
    "dự thảo"
)
DOCUMENTS = "quyết định|kế hoạch|thông báo|nghị quyết|công văn|chương trình|kết luận|nghị định|luật|chỉ thị"
JOINTS = "bằng|cho|các|có|của|do|hay|hoặc|là|mỗi|ngày|những|theo|trong|trên|tại|từ|từng|và|về|với|được|đến|để"
"""Words that want another after them: no cell ends with one."""
