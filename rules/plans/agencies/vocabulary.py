"""Vocabulary of agency cells: abbreviations, head titles, openers of remarks, wordings of collectives, former agencies.

It holds words of the language only; which agencies exist is the directory's to say.
"""

from collections.abc import Mapping

ABBREVIATIONS: Mapping[str, str] = {
    "bcđ": "ban chỉ đạo",
    "bchqs": "bộ chỉ huy quân sự",
    "bđbp": "bộ đội biên phòng",
    "bhxh": "bảo hiểm xã hội",
    "bql": "ban quản lý",
    "ca": "công an",
    "ccb": "cựu chiến binh",
    "chqs": "chỉ huy quân sự",
    "cntt": "công nghệ thông tin",
    "đh": "đại học",
    "dn": "doanh nghiệp",
    "hcc": "hành chính công",
    "hcm": "hồ chí minh",
    "hđnd": "hội đồng nhân dân",
    "htx": "hợp tác xã",
    "kbnn": "kho bạc nhà nước",
    "kcn": "khu công nghiệp",
    "kcx": "khu chế xuất",
    "kkt": "khu kinh tế",
    "lđlđ": "liên đoàn lao động",
    "lhpn": "liên hiệp phụ nữ",
    "mttq": "mặt trận tổ quốc",
    "mttqvn": "mặt trận tổ quốc việt nam",
    "nhnn": "ngân hàng nhà nước",
    "ptth": "phát thanh truyền hình",
    "pv": "phục vụ",
    "pvhcc": "phục vụ hành chính công",
    "tand": "tòa án nhân dân",
    "tncs": "thanh niên cộng sản",
    "ttpvhcc": "trung tâm phục vụ hành chính công",
    "tu": "tỉnh ủy",
    "ubkt": "ủy ban kiểm tra",
    "ubmttq": "ủy ban mặt trận tổ quốc",
    "ubnd": "ủy ban nhân dân",
    "vksnd": "viện kiểm sát nhân dân",
    "vp": "văn phòng",
    "vpub": "văn phòng ủy ban nhân dân",
    "xtđt": "xúc tiến đầu tư",
}

TITLES = (
    "giám đốc", "tổng giám đốc", "quyền giám đốc", "chánh", "chánh án", "trưởng", "trưởng ban", "chủ tịch", "bí thư",
    "hiệu trưởng", "chỉ huy trưởng", "thủ trưởng", "chủ nhiệm", "cục trưởng", "chi cục trưởng", "viện trưởng",
    "tổng biên tập", "tổ trưởng", "người đứng đầu", "lãnh đạo",
)  # fmt: skip
"""A title before the name of a unit or collective: its head answers."""

DEPUTIES = ("phó", "nguyên", "cấp phó")
"""Before a title: someone who is not the head."""

HONORIFICS = ("đồng chí", "các đồng chí", "đ/c", "đc", "ông", "bà")

DETERMINERS = ("mỗi", "từng", "tất cả", "toàn bộ", "toàn thể")
"""Before a collective: all of it. `các` adds nothing to a name anywhere and is passed over."""

LEADS = ("chủ trì thực hiện", "chủ trì", "đồng chủ trì", "cơ quan chủ trì", "đơn vị chủ trì")
COORDINATES = (
    "phối hợp với", "phối hợp cùng", "phối hợp chặt chẽ với", "phối hợp", "cơ quan phối hợp", "đơn vị phối hợp",
)  # fmt: skip

REMARKS = (
    "báo cáo", "tổng hợp", "tham mưu", "theo dõi", "hướng dẫn", "thực hiện", "cung cấp", "đầu mối", "là cơ quan",
    "là đầu mối", "cơ quan thường trực", "thường trực", "làm đầu mối",
)  # fmt: skip
"""After the name of a unit: what it is to do, no part of its name."""

REMARKS_ON_ALL = ("báo cáo",)
"""After a collective. Other words there (`được giao …`, `thực hiện các dự án`) may narrow it."""

STANDING = ("cơ quan thường trực", "thường trực", "đầu mối", "qua", "thông qua")
"""Opens a bracket that says through whom a body is reached; the body itself remains the one that is meant."""

PROVINCE = (
    "tỉnh", "của tỉnh", "cấp tỉnh", "thuộc tỉnh", "trên địa bàn", "trên địa bàn tỉnh", "thành phố", "của thành phố",
    "trên địa bàn thành phố",
)  # fmt: skip
"""After a name: the province of the directory, whose name may follow."""

EXCEPTIONS = ("trừ", "ngoại trừ", "không gồm", "không bao gồm", "nếu", "khi")

RELEVANT = "liên quan"
COLLECTIVE_NOUNS = (
    "các có cơ quan đơn vị sở ban ngành địa phương tổ chức cá nhân doanh nghiệp đoàn thể hội hiệp cấp ủy đảng chính "
    "quyền trường viện xã phường đặc khu tỉnh khác của trực thuộc và"
)
"""The words of an open collective, which ends in `liên quan` and is never expanded."""

AGENCIES = (
    "sở", "ban", "bộ", "ủy ban", "ủy viên", "công an", "công đoàn", "công ty", "văn phòng", "trung tâm", "hội",
    "hiệp hội", "hội đồng", "đoàn", "liên đoàn", "liên minh", "liên hiệp", "trường", "đại học", "học viện",
    "viện", "chi cục", "cục", "quỹ", "báo", "đài", "thuế", "thống kê", "kho bạc", "ngân hàng", "bảo hiểm", "tổ",
    "đảng", "thành ủy", "tỉnh ủy", "tỉnh đoàn", "thanh tra", "tòa án", "mặt trận", "phòng", "cơ quan",
    "tập đoàn", "tổng công ty", "bưu điện", "bệnh viện", "các", "cấp ủy",
)  # fmt: skip
"""What the names of agencies begin with: text that does is an agency of its own, not the rest of the name before it."""

SAME_COLLECTIVES = (
    (
        "ubnd cấp xã", "ubnd xã phường", "ubnd xã phường đặc khu", "ubnd xã phường và đặc khu",
        "ubnd phường xã", "ubnd phường xã đặc khu", "ubnd cấp xã phường",
    ),
    ("sở ban ngành", "sở ngành", "sở ban ngành cấp tỉnh"),
    ("sở ban ngành địa phương", "sở ngành địa phương"),
)  # fmt: skip
"""Wordings that mean the same everywhere; a directory that has one of them need not have the others."""

FORMER = (
    ("sở thông tin truyền thông", "sở khoa học công nghệ"),
    ("sở tt tt", "sở khoa học công nghệ"),
    ("sở tttt", "sở khoa học công nghệ"),
    ("sở kế hoạch đầu tư", "sở tài chính"),
    ("sở kh đt", "sở tài chính"),
    ("sở khđt", "sở tài chính"),
    ("sở giao thông vận tải", "sở xây dựng"),
    ("sở gtvt", "sở xây dựng"),
    ("sở tài nguyên môi trường", "sở nông nghiệp môi trường"),
    ("sở tn mt", "sở nông nghiệp môi trường"),
    ("sở tnmt", "sở nông nghiệp môi trường"),
    ("sở nông nghiệp phát triển nông thôn", "sở nông nghiệp môi trường"),
    ("sở nn ptnt", "sở nông nghiệp môi trường"),
    ("sở lao động thương binh xã hội", "sở nội vụ"),
    ("sở lđtbxh", "sở nội vụ"),
    ("ban dân tộc", "sở dân tộc tôn giáo"),
    ("ban tuyên giáo tỉnh ủy", "ban tuyên giáo dân vận tỉnh ủy"),
    ("ban dân vận tỉnh ủy", "ban tuyên giáo dân vận tỉnh ủy"),
    ("cục thuế tỉnh", "thuế tỉnh"),
    ("cục thống kê tỉnh", "thống kê tỉnh"),
    ("đài phát thanh truyền hình tỉnh", "báo phát thanh truyền hình tỉnh"),
)
"""Agencies that were merged or renamed in 2025 and the one to ask about (Nghị định 45/2025/NĐ-CP on provincial agencies
and the party's own mergers). Where duties went to several, a directory's alias has to say which: never an answer."""
