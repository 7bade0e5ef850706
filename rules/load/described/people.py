"""The keys of a directory: units, posts, stand-ins, groups."""

from collections.abc import Mapping

from rules.load.described.said import Keys, said

_POST = {"title": "Giám đốc Sở", "email": "gd.skhcn@dongthap.example"}
_ALIASES = said("Tên khác mà văn bản dùng.", "Other names that documents use.", ["Sở KH&CN", "SKHCN"])

KEYS: Mapping[str, Keys] = {
    "DirectoryShape": {
        "": said(
            "Danh bạ: đơn vị, chức vụ, nhóm của một tỉnh.",
            "A directory: units, posts and groups of one province.",
            {"directory": "dong-thap"},
        ),
        "directory": said("Mã danh bạ.", "The directory's id.", "dong-thap"),
        "chair": said(
            "Người đứng trên tất cả: bậc cao nhất của thang.", "Who stands above all: the last post of a ladder.", _POST
        ),
        "overseer": said(
            "Lãnh đạo phụ trách của đơn vị không ghi riêng.", "The overseer of units that name none.", _POST
        ),
        "units": said(
            "Các đơn vị, theo mã.",
            "The units, by id.",
            {"so-khcn": {"name": "Sở Khoa học và Công nghệ", "head": _POST}},
        ),
        "groups": said(
            "Các nhóm, theo mã.",
            "The groups, by id.",
            {"cac-so-nganh": {"name": "Các sở, ban, ngành", "members": ["so-khcn"]}},
        ),
    },
    "UnitShape": {
        "": said("Một đơn vị.", "A unit: an agency.", {"name": "Sở Khoa học và Công nghệ", "head": _POST}),
        "name": said("Tên đầy đủ.", "Its full name.", "Sở Khoa học và Công nghệ"),
        "aliases": _ALIASES,
        "head": said("Người đứng đầu: trả lời cho nhiệm vụ.", "Its head, who answers for its tasks.", _POST),
        "focal": said(
            "Đầu mối: theo dõi, nhận thư sớm.",
            "Its focal post, which hears first.",
            {"title": "Phòng Chuyển đổi số", "email": "cds@dongthap.example"},
        ),
        "overseer": said(
            "Lãnh đạo phụ trách đơn vị.",
            "Who oversees the unit.",
            {"title": "Phó Chủ tịch phụ trách", "email": "pct1@dongthap.example"},
        ),
    },
    "PostShape": {
        "": said("Một chức vụ: không ghi tên người.", "A post: never a person's name.", _POST),
        "title": said("Chức danh.", "The title of the post.", "Giám đốc Sở Khoa học và Công nghệ"),
        "email": said("Địa chỉ thư.", "Where its mail goes.", "gd.skhcn@dongthap.example"),
        "vacant": said("Chức đang khuyết: thư đi lên chức trên.", "Nobody holds it: mail goes one post up.", True),
        "until": said("Ngày cuối của người đang giữ.", "The holder's last day.", "2026-05-31"),
        "acting": said(
            "Người tạm thay, theo ngày.",
            "Dated stand-ins.",
            [{"from": "2026-06-01", "until": "2026-06-15", "title": "Phó Giám đốc", "email": "pgd@dongthap.example"}],
        ),
    },
    "ActingShape": {
        "": said(
            "Người tạm thay; tính cả hai ngày.",
            "A stand-in; both days included.",
            {"from": "2026-06-01", "until": "2026-06-15", "title": "Phó Giám đốc", "email": "pgd@dongthap.example"},
        ),
        "from": said("Từ ngày.", "The first day.", "2026-06-01"),
        "until": said("Đến hết ngày.", "The last day.", "2026-06-15"),
        "title": said("Chức danh của người thay.", "The stand-in's title.", "Phó Giám đốc"),
        "email": said("Địa chỉ của người thay.", "The stand-in's address.", "pgd@dongthap.example"),
    },
    "GroupShape": {
        "": said(
            "Một nhóm đơn vị.",
            "A group of units.",
            {"name": "Các sở, ban, ngành", "members": ["so-khcn", "so-tai-chinh"]},
        ),
        "name": said("Tên nhóm.", "Its name.", "Các sở, ban, ngành"),
        "aliases": _ALIASES,
        "members": said("Đơn vị và nhóm con.", "Units and groups in it.", ["so-khcn", "so-tai-chinh"]),
        "open": said(
            "Nhóm mở: chỉ phối hợp, không ai bị nhắc.", "Open: it may only coordinate, nobody is asked.", True
        ),
    },
}
