"""Standard agencies: those that every province has, with the ids the example directories give them."""

from rules.directory import Directory, Group, OrgUnit, Post

_DEPARTMENTS = {
    "so-khcn": "Sở Khoa học và Công nghệ",
    "so-tai-chinh": "Sở Tài chính",
    "so-noi-vu": "Sở Nội vụ",
    "so-cong-thuong": "Sở Công Thương",
    "so-xay-dung": "Sở Xây dựng",
    "so-nnmt": "Sở Nông nghiệp và Môi trường",
    "so-vhttdl": "Sở Văn hóa, Thể thao và Du lịch",
    "so-tu-phap": "Sở Tư pháp",
    "so-y-te": "Sở Y tế",
    "so-gddt": "Sở Giáo dục và Đào tạo",
    "so-dtt": "Sở Dân tộc và Tôn giáo",
}
_OTHERS = {
    "thanh-tra": ("Thanh tra tỉnh", "Chánh Thanh tra tỉnh"),
    "van-phong-ubnd": ("Văn phòng Ủy ban nhân dân tỉnh", "Chánh Văn phòng Ủy ban nhân dân tỉnh"),
    "cong-an": ("Công an tỉnh", "Giám đốc Công an tỉnh"),
    "bo-chqs": ("Bộ Chỉ huy Quân sự tỉnh", "Chỉ huy trưởng Bộ Chỉ huy Quân sự tỉnh"),
    "thue": ("Thuế tỉnh", "Trưởng Thuế tỉnh"),
    "thong-ke": ("Thống kê tỉnh", "Trưởng Thống kê tỉnh"),
    "bhxh": ("Bảo hiểm xã hội tỉnh", "Giám đốc Bảo hiểm xã hội tỉnh"),
}
_ELSEWHERE = {
    "trung-tam-pvhcc": ("Trung tâm Phục vụ hành chính công tỉnh", "Giám đốc Trung tâm Phục vụ hành chính công tỉnh"),
    "bao-ptth": ("Báo và Phát thanh, Truyền hình tỉnh", "Giám đốc Báo và Phát thanh, Truyền hình tỉnh"),
    "tinh-doan": ("Tỉnh Đoàn", "Bí thư Tỉnh Đoàn"),
    "van-phong-tinh-uy": ("Văn phòng Tỉnh ủy", "Chánh Văn phòng Tỉnh ủy"),
    "ban-to-chuc": ("Ban Tổ chức Tỉnh ủy", "Trưởng Ban Tổ chức Tỉnh ủy"),
    "ban-tgdv": ("Ban Tuyên giáo và Dân vận Tỉnh ủy", "Trưởng Ban Tuyên giáo và Dân vận Tỉnh ủy"),
    "ban-noi-chinh": ("Ban Nội chính Tỉnh ủy", "Trưởng Ban Nội chính Tỉnh ủy"),
    "uy-ban-kiem-tra": ("Ủy ban Kiểm tra Tỉnh ủy", "Chủ nhiệm Ủy ban Kiểm tra Tỉnh ủy"),
}
_TITLED = {id: (name, f"Giám đốc {name}") for id, name in _DEPARTMENTS.items()}
_SECTORS = (*_TITLED, *_OTHERS)

UNITS = {
    id: OrgUnit(id, name, head=Post(title, None)) for id, (name, title) in {**_TITLED, **_OTHERS, **_ELSEWHERE}.items()
}
GROUPS = {
    group.id: group
    for group in (
        Group("cac-so-nganh", "Các sở, ban, ngành", _SECTORS),
        Group("ubnd-cap-xa", "UBND cấp xã", ()),
        Group("cac-so-nganh-dia-phuong", "Các sở, ban, ngành, địa phương", ()),
        Group("uy-vien-bcd", "Ủy viên Ban Chỉ đạo", (), ("Các thành viên Ban Chỉ đạo",), open=True),
        Group("don-vi-lien-quan", "Các cơ quan, đơn vị liên quan", (), open=True),
    )
}


def standard(id: str) -> Directory:
    """Return the directory of these agencies, nobody in post."""
    return Directory(id, None, None, UNITS, GROUPS)
