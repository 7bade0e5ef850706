"""Words: what a column's heading says the column holds, by the words that offices use for it, with points."""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Literal, NamedTuple
from unicodedata import normalize

from rapidfuzz.distance import Levenshtein

Holds = Literal[
    "no", "group", "title", "lead", "head", "coordinate", "product", "basis", "start", "stated", "note", "change",
    "indicator", "unit", "target", "owner", "status", "other",
]  # fmt: skip
"""What a column holds. `group`: the heading of its tasks; `change`: what is amended; `indicator`: its title;
`owner`: who watches over it, which in a table of tasks is no lead; `status`: how far it has come, no part of a plan."""

ENOUGH = 5
"""Points from which on a heading says what its column holds."""

_WHOLE: Mapping[str, Holds] = {
    "stt": "no", "tt": "no", "so tt": "no", "so thu tu": "no", "thu tu": "no", "so": "no", "ma so": "no", "ma": "no",
    "no": "no", "ma nhiem vu": "no", "ma chi tieu": "no", "so hieu": "no", "ma nv": "no", "ma ct": "no", "id": "no",
    "ma so nhiem vu": "no", "so nhiem vu": "no", "nhiem vu so": "no", "ma cong viec": "no", "ma viec": "no",
    "viec": "title", "ten": "title", "noi dung": "title", "viec can lam": "title", "noi dung giao": "title",
    "han": "stated", "ngay": "stated", "tght": "stated", "co quan": "lead", "don vi": "lead", "muc": "group",
    "co quan don vi": "lead", "don vi co quan": "lead", "so nganh": "lead", "so ban nganh": "lead", "giao cho": "lead",
    "trach nhiem": "lead", "cqct": "lead", "dvct": "lead", "cq ct": "lead", "dv ct": "lead", "dvth": "lead",
    "cqph": "coordinate", "dvph": "coordinate", "cq ph": "coordinate", "dv ph": "coordinate", "co so": "basis",
    "task": "title", "lead": "lead", "output": "product", "due": "stated", "dvt": "unit", "don vi tinh": "unit",
}  # fmt: skip
_SIGNS: Mapping[str, Holds] = {"#": "no", "№": "no"}
_WATCHING = ("cơ quan", "đơn vị", "đầu mối", "sở, ngành")
_WATCHED = ("theo dõi", "đánh giá", "tổng hợp", "báo cáo", "giám sát", "quản lý", "cung cấp", "công bố", "thống kê")
_BY_YEAR: Mapping[Holds, int] = {"target": 1, "indicator": -1}
"""`Chỉ tiêu năm 2026` is a target, `Chỉ tiêu` an indicator's title."""
_POINTS: Mapping[Holds, Mapping[str, int]] = {
    "group": {
        "lĩnh vực": 9, "nhóm nhiệm vụ": 14, "nhóm": 8, "mục tiêu nhiệm vụ": 4, "nhóm chỉ tiêu": 14,
        "nhóm công việc": 14, "nhóm giải pháp": 14, "trụ cột": 9, "chuyên đề": 6, "mảng": 6,
    },
    "title": {
        "nhiệm vụ": 10, "nội dung": 7, "công việc": 7, "đầu việc": 8, "nhiệm vụ cụ thể": 4, "nhiệm vụ chi tiết": 4,
        "giải pháp": 6, "hoạt động": 6, "tên đề án": 7, "đề án": 4, "tên": 2, "danh mục": 4, "tên văn bản": 6,
        "hạng mục": 6, "phần việc": 8, "mục việc": 8, "dự án": 5, "tên dự án": 4, "việc phải làm": 8, "task": 10,
        "activity": 8,
    },
    "lead": {
        "chủ trì": 9, "cơ quan": 2, "đơn vị": 2, "thực hiện": 5, "chịu trách nhiệm": 4, "đầu mối": 6, "phân công": 6,
        "tham mưu": 3, "chủ quản": 5, "trách nhiệm": 2, "phụ trách": 6, "tổ chức": 1, "được giao": 4, "theo dõi": 2,
        "soạn thảo": 6, "triển khai": 4, "thường trực": 4, "cơ quan trình": 5, "đơn vị trình": 5, "chủ đầu tư": 9,
        "bộ phận": 3, "được giao nhiệm vụ": 6, "lead": 9, "owner": 9, "responsible": 7,
    },
    "head": {
        "người đứng đầu": 11, "lãnh đạo": 7, "lãnh đạo phụ trách": 4, "thủ trưởng": 8, "người chịu trách nhiệm": 9,
        "đồng chí": 6, "người phụ trách": 10, "cá nhân": 6, "người chỉ đạo": 9, "người thực hiện": 7, "chỉ đạo": 3,
        "cán bộ": 5, "phụ trách": 5, "ủy viên": 6, "thành viên": 6, "chức danh": 6, "head in charge": 14,
    },
    "coordinate": {
        "phối hợp": 12, "phối kết hợp": 12, "cơ quan": 1, "đơn vị": 1, "tham gia": 6, "liên quan": 3, "hỗ trợ": 5,
        "cùng thực hiện": 12, "cùng tham gia": 6, "đơn vị liên quan": 5, "cơ quan liên quan": 5, "ngành liên quan": 5,
        "bên liên quan": 5, "coordinating": 12, "coordination": 12,
    },
    "product": {
        "sản phẩm": 10, "kết quả": 8, "đầu ra": 6, "hình thức văn bản": 8, "loại văn bản": 8, "minh chứng": 6,
        "dự kiến": 1, "hồ sơ": 6, "chỉ tiêu đầu ra": 8, "cần đạt": 5, "phải đạt": 5, "product": 10, "output": 8,
        "deliverable": 10,
    },
    "basis": {
        "căn cứ": 10, "cơ sở pháp lý": 11, "văn bản giao": 14, "văn bản chỉ đạo": 12, "nguồn": 5, "văn bản": 5,
        "pháp lý": 5, "cơ sở": 3, "giao": 2, "cơ sở giao": 8, "nguồn giao": 5, "nguồn gốc": 4, "xuất xứ": 8,
        "dẫn chiếu": 6, "source": 6, "legal basis": 12,
    },
    "start": {"bắt đầu": 16, "từ ngày": 11, "khởi công": 10, "start": 10},
    "stated": {
        "thời gian": 10, "thời hạn": 11, "tiến độ": 9, "hoàn thành": 5, "hạn": 6, "hạn chót": 6, "thời điểm": 8,
        "lộ trình": 6, "kết thúc": 7, "đến ngày": 7, "mốc": 5, "hoàn thành trước": 6, "kỳ hạn": 6, "lịch trình": 7,
        "lịch thực hiện": 10,        "deadline": 10, "due date": 8, "due on": 6, "completion": 6,
    },
    "note": {"ghi chú": 15, "lưu ý": 7, "chú thích": 9, "note": 15, "notes": 15, "remark": 12},
    "change": {"điều chỉnh": 13, "sửa đổi": 12, "thay đổi": 10, "cập nhật": 7},
    "indicator": {"chỉ tiêu": 11, "chỉ số": 9, "tên chỉ tiêu": 4, "indicator": 11},
    "unit": {"đơn vị tính": 15, "đvt": 15, "đơn vị đo": 12, "unit": 12},
    "target": {
        "kết quả đạt được": 9, "phấn đấu": 6, "mục tiêu": 5, "đạt được": 4, "kế hoạch": 3, "năm": 3, "chỉ tiêu": 3,
        "giai đoạn": 3, "giá trị": 3, "target": 6,
    },
    "owner": {f"{agency} {does}": 9 for agency in _WATCHING for does in _WATCHED},
    "status": {
        "tình trạng": 16, "trạng thái": 14, "xác nhận": 12, "tiến độ": 6, "ngày đến hạn": 6, "kết quả thực hiện": 6,
        "due on": 6,
        "timeliness": 16, "progress": 12, "verification": 12, "status": 16,
    },
    "other": {
        "kinh phí": 18, "dự toán": 18, "tình hình": 14, "tỷ lệ hoàn thành": 14, "đánh giá": 7,
        "địa điểm": 12, "loại nhiệm vụ": 14, "mức độ": 12, "ưu tiên": 12, "thẩm quyền": 14, "ngân sách": 12,
        "khó khăn": 12, "kiến nghị": 10, "nguồn vốn": 14, "nguồn lực": 14, "cấp trình": 12, "mức độ hoàn thành": 14,
        "hiện trạng": 14, "thực trạng": 14, "ước thực hiện": 16, "thực hiện năm": 14,
        "cơ quan giao": 14, "đơn vị giao": 14, "người giao": 14, "cấp giao": 14,
    },
}  # fmt: skip
_JOINTS = frozenset(("va", "hoac", "cac", "theo", "den", "cua", "yeu", "cau", "mo", "ta", "trong", "tam", "chinh"))
_PAST = re.compile(r"(?:uoc )?(?:thuc hien|th|uoc|dat)(?: nam)? 20\d\d")
"""What was reached in a year, which is no target: `Thực hiện 2025`, `Ước TH năm 2025`."""
_GLANCE = 0.6
_YEAR_POINTS = 6
_FIRST_POINTS = 4
"""What a heading begins with is what it is about: `Cơ quan thực hiện nhiệm vụ` is an agency, no task."""
_LONGEST = 16
"""Words from which on a text is a sentence, no heading."""


class Score(NamedTuple):
    """How well a heading fits what a column may hold."""

    points: int
    holds: Holds


def bare(text: str) -> str:
    """Return the words of a text in lower case, without marks and signs, one blank between them."""
    letters = normalize("NFD", text.lower().replace("đ", "d"))
    return " ".join("".join(c if c.isalnum() else " " for c in letters if ord(c) < 0x300).split())


@lru_cache(maxsize=4_096)
def scores(heading: str) -> tuple[Score, ...]:
    """Return what a heading may say its column holds, best first, only what has enough points.

    A text in brackets counts only when nothing else stands there; slips of a scan are forgiven.
    """
    words = bare(_outside_brackets(heading)) or bare(heading)
    if whole := _WHOLE.get(words) or _SIGNS.get(heading.strip(" .")):
        return (Score(20, whole),)
    tokens = tuple(words.split())
    if len(tokens) > _LONGEST:
        return ()
    if _PAST.match(words):
        return (Score(20, "other"),)
    windows = _Windows(tokens)
    found = [Score(_points(phrases, windows, holds), holds) for holds, phrases in _BARE.items()]
    if year := any(len(token) == 4 and token.startswith("20") and token.isdecimal() for token in tokens):
        found = [Score(s.points + _YEAR_POINTS * _BY_YEAR.get(s.holds, 0), s.holds) for s in found]
    enough = (s for s in found if s.points >= ENOUGH and (s.holds != "target" or year or s.points > _YEAR_POINTS))
    return tuple(sorted(enough, key=lambda score: -score.points))


def _outside_brackets(text: str) -> str:
    depth, kept = 0, []
    for c in text:
        depth += c in "([{"
        kept.append(" " if depth else c)
        depth -= c in ")]}" and depth > 0
    return "".join(kept)


@lru_cache(maxsize=4_096)
def covered(heading: str) -> tuple[int, int]:
    """Return how many of a heading's words outside brackets are words of headings, and how many there are."""
    tokens = tuple((bare(_outside_brackets(heading)) or bare(heading)).split())
    if len(tokens) > _LONGEST:
        return 0, len(tokens)
    if " ".join(tokens) in _WHOLE:
        return len(tokens), len(tokens)
    known = {n for n, token in enumerate(tokens) if token in _JOINTS or (len(token) == 4 and token.startswith("20"))}
    windows = _Windows(tokens)
    for phrases in _BARE.values():
        for phrase in phrases:
            known.update(windows.place(phrase))
    return len(known), len(tokens)


def may_be_headings(texts: Iterable[str]) -> bool:
    """Say at a glance whether texts may be a row of headings: most of their words are, in half of them."""
    shares = [_share(bare(text).split()) for text in texts]
    return sum(share >= _GLANCE for share in shares) * 2 >= len(shares)


def _share(tokens: Sequence[str]) -> float:
    return sum(token in _TOKENS for token in tokens) / len(tokens) if tokens else 0.0


def _points(phrases: Mapping[str, int], windows: "_Windows", holds: Holds) -> int:
    """Return the points of the phrases in a heading, more where it begins with one of those that are enough.

    Targets are told by their years, not by how their headings begin.
    """
    found = [(place, points) for phrase, points in phrases.items() if (place := windows.place(phrase))]
    points = sum(points for _, points in found)
    is_first = holds != "target" and points >= ENOUGH and any(place.start == 0 for place, _ in found)
    return points + _FIRST_POINTS * is_first


class _Windows:
    """The runs of words in a heading, to look phrases up in."""

    def __init__(self, tokens: tuple[str, ...]) -> None:
        self._tokens = tokens
        self._exact: dict[str, range] = {}
        self._by_length: dict[int, list[tuple[str, range]]] = {}
        for size in range(min(_MOST, len(tokens)), 0, -1):
            for first in range(len(tokens) - size + 1):
                window, place = "".join(tokens[first : first + size]), range(first, first + size)
                self._exact[window] = place
                self._by_length.setdefault(len(window), []).append((window, place))

    def place(self, phrase: str) -> range:
        """Return which words the phrase is, one slip allowed in every six letters, blanks or none.

        Words that are words of headings themselves are no slips: `Đơn vị trình` is not `Đơn vị tính`.
        """
        letters = phrase.replace(" ", "")
        if exact := self._exact.get(letters):
            return exact
        slips = len(letters) // 6
        for length in range(len(letters) - slips, len(letters) + slips + 1) if slips else ():
            for window, place in self._by_length.get(length, ()):
                is_near = Levenshtein.distance(window, letters, score_cutoff=slips) <= slips
                if is_near and not _TOKENS.issuperset(self._tokens[place.start : place.stop]):
                    return place
        return range(0)


_BARE: Mapping[Holds, Mapping[str, int]] = {
    holds: {bare(phrase): points for phrase, points in phrases.items()} for holds, phrases in _POINTS.items()
}
_TOKENS = (
    frozenset(
        token for phrase in (*_WHOLE, *(p for phrases in _BARE.values() for p in phrases)) for token in phrase.split()
    )
    | _JOINTS
)
_MOST = max(phrase.count(" ") + 1 for phrases in _BARE.values() for phrase in phrases)
