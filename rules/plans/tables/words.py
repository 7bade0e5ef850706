"""Words: what a column's heading says the column holds, by the words that offices use for it, with points."""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Literal, NamedTuple
from unicodedata import normalize

from rapidfuzz.distance import Levenshtein

Holds = Literal[
    "no", "group", "title", "lead", "head", "coordinate", "product", "basis", "start", "stated", "note", "change",
    "indicator", "unit", "target", "status", "other",
]  # fmt: skip
"""What a column holds. `group`: the heading of its tasks; `change`: what is amended; `indicator`: its title;
`status`: how far it has come, which is no part of a plan."""

ENOUGH = 5
"""Points from which on a heading says what its column holds."""

_WHOLE: Mapping[str, Holds] = {
    "stt": "no", "tt": "no", "so tt": "no", "so thu tu": "no", "thu tu": "no", "so": "no", "ma so": "no", "ma": "no",
    "no": "no", "ma nhiem vu": "no", "ma chi tieu": "no", "so hieu": "no", "viec": "title", "ten": "title",
    "noi dung": "title", "han": "stated", "ngay": "stated", "co quan": "lead", "don vi": "lead", "muc": "group",
    "task": "title", "lead": "lead", "output": "product", "due": "stated", "dvt": "unit", "don vi tinh": "unit",
}  # fmt: skip
_POINTS: Mapping[Holds, Mapping[str, int]] = {
    "group": {"lĩnh vực": 9, "nhóm nhiệm vụ": 14, "nhóm": 8, "mục tiêu nhiệm vụ": 4},
    "title": {
        "nhiệm vụ": 10, "nội dung": 7, "công việc": 7, "đầu việc": 8, "nhiệm vụ cụ thể": 4, "nhiệm vụ chi tiết": 4,
        "giải pháp": 6, "hoạt động": 6, "tên đề án": 7, "đề án": 4, "tên": 2, "danh mục": 4, "tên văn bản": 6,
        "task": 10, "activity": 8,
    },
    "lead": {
        "chủ trì": 9, "cơ quan": 2, "đơn vị": 2, "thực hiện": 5, "chịu trách nhiệm": 4, "đầu mối": 6, "phân công": 6,
        "tham mưu": 3, "chủ quản": 5, "trách nhiệm": 2, "phụ trách": 3, "tổ chức": 1, "được giao": 4, "theo dõi": 2,
        "soạn thảo": 6, "lead": 9, "owner": 9, "responsible": 7,
    },
    "head": {
        "người đứng đầu": 11, "lãnh đạo": 7, "lãnh đạo phụ trách": 4, "thủ trưởng": 8, "người chịu trách nhiệm": 9,
        "đồng chí": 6, "người phụ trách": 10, "cá nhân": 6, "người chỉ đạo": 9, "người thực hiện": 7, "chỉ đạo": 3,
        "cán bộ": 5, "phụ trách": 3, "head in charge": 14,
    },
    "coordinate": {
        "phối hợp": 12, "cơ quan": 1, "đơn vị": 1, "tham gia": 6, "liên quan": 3, "coordinating": 12,
        "coordination": 12,
    },
    "product": {
        "sản phẩm": 10, "kết quả": 8, "đầu ra": 6, "hình thức văn bản": 8, "loại văn bản": 8, "minh chứng": 6,
        "dự kiến": 1, "hồ sơ": 4, "product": 10, "output": 8, "deliverable": 10,
    },
    "basis": {
        "căn cứ": 10, "cơ sở pháp lý": 11, "văn bản giao": 14, "văn bản chỉ đạo": 12, "nguồn": 5, "văn bản": 5,
        "pháp lý": 5, "cơ sở": 3, "giao": 2, "source": 6, "legal basis": 12,
    },
    "start": {"bắt đầu": 14, "từ ngày": 11, "khởi công": 10, "start": 10},
    "stated": {
        "thời gian": 10, "thời hạn": 11, "tiến độ": 9, "hoàn thành": 5, "hạn": 6, "hạn chót": 6, "thời điểm": 8,
        "lộ trình": 6, "kết thúc": 7, "đến ngày": 7, "mốc": 5, "hoàn thành trước": 6, "kỳ hạn": 6, "deadline": 10,
        "due date": 8, "due on": 6, "completion": 6,
    },
    "note": {"ghi chú": 15, "lưu ý": 7, "chú thích": 9, "note": 15, "notes": 15, "remark": 12},
    "change": {"điều chỉnh": 13, "sửa đổi": 12, "thay đổi": 10, "cập nhật": 7},
    "indicator": {"chỉ tiêu": 11, "chỉ số": 9, "tên chỉ tiêu": 4, "indicator": 11},
    "unit": {"đơn vị tính": 15, "đvt": 15, "đơn vị đo": 12, "unit": 12},
    "target": {
        "kết quả đạt được": 9, "phấn đấu": 6, "mục tiêu": 5, "đạt được": 4, "kế hoạch": 3, "năm": 3, "chỉ tiêu": 3,
        "giai đoạn": 3, "target": 6,
    },
    "status": {
        "tình trạng": 16, "trạng thái": 14, "xác nhận": 12, "tiến độ": 6, "ngày đến hạn": 6, "kết quả thực hiện": 6,
        "due on": 6,
        "timeliness": 16, "progress": 12, "verification": 12, "status": 16,
    },
    "other": {
        "kinh phí": 18, "dự toán": 18, "tình hình": 14, "tỷ lệ hoàn thành": 14, "đánh giá": 7,
        "địa điểm": 12,
        "khó khăn": 12, "kiến nghị": 10, "nguồn vốn": 14, "nguồn lực": 14, "cấp trình": 12, "mức độ hoàn thành": 14,
    },
}  # fmt: skip
_JOINTS = frozenset(("va", "hoac", "cac", "theo", "den", "cua", "yeu", "cau", "mo", "ta", "trong", "tam", "chinh"))
_GLANCE = 0.6
_YEAR_POINTS = 6
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
    if whole := _WHOLE.get(words):
        return (Score(20, whole),)
    tokens = tuple(words.split())
    if len(tokens) > _LONGEST:
        return ()
    windows = _Windows(tokens)
    found = [Score(_points(phrases, windows), holds) for holds, phrases in _BARE.items()]
    if year := any(len(token) == 4 and token.startswith("20") and token.isdecimal() for token in tokens):
        found = [Score(s.points + _YEAR_POINTS, s.holds) if s.holds == "target" else s for s in found]
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


def _points(phrases: Mapping[str, int], windows: "_Windows") -> int:
    return sum(points for phrase, points in phrases.items() if windows.place(phrase))


class _Windows:
    """The runs of words in a heading, to look phrases up in."""

    def __init__(self, tokens: tuple[str, ...]) -> None:
        self._exact: dict[str, range] = {}
        self._by_length: dict[int, list[tuple[str, range]]] = {}
        for size in range(min(_MOST, len(tokens)), 0, -1):
            for first in range(len(tokens) - size + 1):
                window, place = "".join(tokens[first : first + size]), range(first, first + size)
                self._exact[window] = place
                self._by_length.setdefault(len(window), []).append((window, place))

    def place(self, phrase: str) -> range:
        """Return which words the phrase is, one slip allowed in every six letters, blanks or none."""
        letters = phrase.replace(" ", "")
        if exact := self._exact.get(letters):
            return exact
        slips = len(letters) // 6
        for length in range(len(letters) - slips, len(letters) + slips + 1) if slips else ():
            for window, place in self._by_length.get(length, ()):
                if Levenshtein.distance(window, letters, score_cutoff=slips) <= slips:
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
