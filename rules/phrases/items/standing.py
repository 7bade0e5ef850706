"""Words that stand for a whole deadline, words that only look like one, and the words expected beside a deadline."""

from rules.phrases.cursor import Cursor, Lexicon
from rules.phrases.items.days import date_of_document, document_number
from rules.phrases.items.nouns import Standing, StandingKind, Trap
from rules.phrases.spelling import known
from rules.wording import Wording

_STANDING: Lexicon[StandingKind] = Lexicon(
    {
        **dict.fromkeys(("thường xuyên", "nhiệm vụ thường xuyên", "liên tục", "thường kỳ", "xuyên suốt",
                         "duy trì thường xuyên", "trong suốt quá trình", "suốt quá trình", "suốt năm", "quanh năm",
                         "không thời hạn", "không có thời hạn", "vô thời hạn", "hoạt động thường xuyên", "thường xuyên liên tục"), "continuous"),
        **dict.fromkeys((f"{intro}{name}" for intro in ("theo ", "theo đúng ", "bảo đảm theo ", "đảm bảo theo ", "bám sát ",
                                                        "đúng theo ", "thực hiện theo ", "phù hợp với ", "đúng ", "bảo đảm đúng ",
                                                        "đảm bảo ", "bảo đảm ", "tùy theo ", "gắn với ")
                         for name in ("lộ trình", "tiến độ", "kế hoạch", "quy định", "chỉ đạo", "phân công", "chương trình",
                                      "thời gian", "thời hạn", "đề án", "nghị quyết", "dự án", "báo cáo nghiên cứu",
                                      "hướng dẫn", "công văn", "quyết định", "thông báo", "văn bản", "luật", "nghị định",
                                      "thông tư", "từng giai đoạn", "giai đoạn", "thực tế", "tình hình", "lịch", "hợp đồng",
                                      "chủ trương", "kết luận", "nhiệm vụ", "chỉ thị", "phê duyệt", "mốc thời gian")),
                        "elsewhere"),
        **dict.fromkeys(("theo yêu cầu", "khi có yêu cầu", "đột xuất", "khi cần", "khi cần thiết", "theo đề nghị", "theo nhu cầu",
                         "khi phát sinh", "theo yêu cầu của", "theo yêu cầu đột xuất", "khi có yêu cầu đột xuất"), "request"),
        **dict.fromkeys(("khẩn trương", "sớm", "sớm nhất", "kịp thời", "ngay", "ngay lập tức", "thời gian tới", "lâu dài",
                         "trong thời gian tới", "trong thời gian sớm nhất", "thời gian sớm nhất", "càng sớm càng tốt",
                         "dài hạn", "trung hạn", "ngắn hạn", "ngay từ đầu", "chưa xác định", "không xác định", "sắp tới",
                         "trong thời gian gần nhất", "nhanh chóng", "trước mắt", "hằng kỳ", "cấp bách", "hỏa tốc", "không có",
                         "đang cập nhật", "chưa có", "n/a", "không áp dụng", "không áp", "học kỳ", "thông báo sau", "sẽ thông báo"),
                        "vague"),
        **dict.fromkeys(("và các năm tiếp theo", "và những năm tiếp theo", "và các năm sau", "và những năm sau", "trở đi",
                         "và các năm kế tiếp"), "endless"),
        **dict.fromkeys(("như trên", "nt", "-nt-", "- nt -", "như mục trên", "tương tự", "như dòng trên", "nêu trên"), "ditto"),
    }
)  # fmt: skip
BUDGET = Wording("chi thường xuyên là loại chi ngân sách", "recurrent spending, a kind of budget")
_VISION = Wording("tầm nhìn trong tên văn bản", "the horizon in the name of a document")
_BACK = Wording("khoảng thời gian đã qua", "a look back")
_STATE = Wording("trạng thái của nhiệm vụ", "the state of a task")
_MEASURE = Wording("một số liệu, không phải thời hạn", "a measure, no deadline")
_NAME = Wording("tên văn bản, cuộc họp hoặc chương trình", "the name of a document, meeting or programme")
_BEFORE_WHOM = Wording("“trước” ai, không phải trước ngày nào", "before whom, not before which day")
_EFFECT = Wording("hiệu lực của văn bản", "when a document takes effect")
_CHANGE = Wording("ghi chú việc điều chỉnh thời hạn", "a note that a deadline was changed")
_TRAPS = Lexicon(
    {
        **{f"{word} thường xuyên": Trap(BUDGET) for word in ("chi", "vốn", "kinh phí", "nguồn", "ngân sách", "dự toán chi",
                                                               "chi phí", "kinh phí chi", "nguồn chi", "nhiệm vụ chi")},
        **dict.fromkeys(("tầm nhìn", "tầm nhìn đến", "thời kỳ"), Trap(_VISION, decides=True)),
        **dict.fromkeys(("đã thực hiện", "đã hoàn thành", "quá hạn", "đã quá hạn", "đã triển khai", "đúng hạn", "trễ hạn", "trước hạn",
                         "đã ban hành", "chưa hoàn thành", "chưa đến hạn", "chậm tiến độ", "chậm muộn"), Trap(_STATE, decides=True)),
        **dict.fromkeys(("trung bình", "bình quân"), Trap(_MEASURE, decides=True)),
        **dict.fromkeys(("cùng kỳ", "so với năm", "so với cùng kỳ", "tháng trước", "quý trước", "tháng trước liền kề", "kỳ trước",
                         "trước kỳ báo cáo", "thuộc kỳ báo cáo", "của tháng trước"), Trap(_BACK, decides=True)),
        **dict.fromkeys(("kỷ niệm", "chào mừng", "mừng"), Trap(_NAME, decides=True)),
        **dict.fromkeys(("kèm theo", "ban hành kèm theo", "gửi kèm theo"), Trap(_NAME, decides=True)),
        **dict.fromkeys(("có hiệu lực", "hiệu lực", "hết hiệu lực"), Trap(_EFFECT, decides=True)),
        **dict.fromkeys(("thay đổi thời gian", "điều chỉnh lại thời gian", "điều chỉnh thời gian", "bổ sung theo",
                         "điều chỉnh thời hạn", "thay đổi thời hạn"), Trap(_CHANGE, decides=True)),
        **{f"trước {whom}": Trap(_BEFORE_WHOM) for whom in (
            "ủy ban", "ubnd", "hội đồng", "pháp luật", "nhân dân", "thủ tướng", "chính phủ", "ban", "đảng", "tỉnh ủy", "bộ",
            "cơ quan", "chủ tịch", "giám đốc", "thường trực", "lãnh đạo", "cấp", "quốc hội", "tòa án", "mọi", "những", "các",
            "nguy cơ", "tác động", "mắt", "hết", "sự", "đó", "đây", "tiên", "công chúng", "cử tri", "nhà nước", "người", "thách thức",
            "yêu cầu", "tình hình", "bối cảnh", "thủ trưởng", "đồng chí", "ban thường vụ", "hđnd", "bí thư")},
    }
)  # fmt: skip
known("số luật nghị quyết định thông tư công văn chỉ thị kế hoạch báo chương trình đề án tờ điện hướng dẫn kết luận văn bản năm "
      "gần qua liền lại đây vừa")  # fmt: skip
_DOCUMENTS = Lexicon(
    dict.fromkeys(
        ("nghị quyết", "nghị định", "quyết định", "thông tư", "công văn", "chỉ thị", "kế hoạch", "thông báo", "luật", "tờ trình",
         "chương trình", "đề án", "báo cáo", "công điện", "hướng dẫn", "kết luận", "quy định", "văn bản", "nđ", "nq", "qđ", "cv",
         "kh", "tb", "ct", "thông báo kết luận", "quy chế", "điều lệ", "pháp lệnh", "thông tri", "giấy mời", "cấp độ"),
        True,
    )
)  # fmt: skip
_DOCUMENT = Trap(Wording("số, ngày của một văn bản", "the number or date of a document"))
_LOOK_BACK = frozenset({"gần", "qua", "liền", "vừa", "trước", "trở"})
_KNOWN = Lexicon(
    dict.fromkeys(
        ("hoàn thành", "hoàn thiện", "thực hiện", "báo cáo", "ban hành", "trình", "gửi", "tổ chức", "triển khai", "xong", "nộp",
         "tham mưu", "phê duyệt", "phát động", "đầu tư", "kết quả", "tổng kết", "sơ kết", "tổng hợp", "chậm", "việc", "về", "là",
         "ngày", "tháng", "năm", "quý", "tuần", "và", "vào", "cho", "để", "phải", "dự kiến", "thời gian", "thời hạn", "hạn", "có",
         "được", "các", "định kỳ", "kỳ", "giai đoạn", "nhiệm kỳ", "thời điểm", "bắt đầu", "kết thúc", "mỗi", "này", "đó", "của",
         "trên", "theo", "giao", "khoảng", "phấn đấu", "cơ bản", "chính thức", "ban", "một", "lần", "trước", "đến", "trong", "sau",
         "trình ban hành", "công bố", "rà soát", "đưa vào", "vận hành", "sử dụng", "thời", "gian", "nhiệm vụ", "yêu cầu", "đề nghị",
         "đạt", "lúc", "sáng", "chiều", "buổi", "tối thiểu", "ít nhất", "nộp", "hoặc", "ra", "thông qua", "xây dựng", "cập nhật", "đánh giá", "kiểm tra", "hội nghị", "họp",
         "khi", "nay", "từ", "không", "quá", "nhất", "muộn", "ký", "lịch", "cùng", "phiên", "công việc", "bàn giao", "nghiệm thu",
         "kể", "đồng", "tiếp", "dự thảo", "chỉ", "riêng", "đối với", "bản", "đợt", "dương lịch", "hành chính", "liền"),
        True,
    )
)  # fmt: skip


def standing(cursor: Cursor) -> Standing | None:
    """Take words that are a deadline by themselves."""
    found = _STANDING.take(cursor)
    return None if found is None else Standing(found)


def by_document(cursor: Cursor) -> Standing | None:
    """Take `theo Công văn số …`: another document sets the deadline."""
    start = cursor.at
    cursor.take("thực", "hiện")
    if cursor.take("theo"):
        cursor.take("đúng")
        if cited(cursor):
            return Standing("elsewhere")
    cursor.back(start)
    return None


def trap(cursor: Cursor) -> Trap | None:
    """Take words that look like a deadline and are none."""
    start = cursor.at
    found = _TRAPS.take(cursor)
    if found is not None and found.why is _BEFORE_WHOM and cursor.key in ("#", "ngày"):
        cursor.back(start)
        return None
    return found


def cited(cursor: Cursor) -> Trap | None:
    """Take the name of a document with its number and date: `Công văn số 340/SVHTTDL-VP ngày 23/01/2026`."""
    start = cursor.at
    named = _DOCUMENTS.take(cursor) or False
    cursor.take("này")
    if cursor.take("số") or cursor.take("số", ":"):
        cursor.take(":")
        if document_number(cursor) or _plain_number(cursor):
            return _DOCUMENT
    elif named and cursor.key == "#" and (document_number(cursor) or _numbered(cursor)):
        return _DOCUMENT
    elif named and cursor.key == "ngày":
        here = cursor.at
        date_of_document(cursor)
        if cursor.at > here and cursor.key == "của":
            return _DOCUMENT
    cursor.back(start)
    return None


def _plain_number(cursor: Cursor) -> bool:
    if cursor.take_number() is None:
        # `Công văn số … ngày …`: the number was never filled in.
        return cursor.take("...") and cursor.take("/") and False
    while cursor.here.glued and cursor.key in ("/", "-") and cursor.ahead(1) == "#":
        cursor.at += 2
    date_of_document(cursor)
    return True


def _numbered(cursor: Cursor) -> bool:
    """Take the bare number of `Đề án 06`, `Nghị quyết 57`, `NĐ 130/2020`; `Kế hoạch 2026` names a year."""
    token = cursor.here
    is_short = len(cursor.behind()) == 2
    if cursor.take_number() is None or (len(token.text) == 4 and not is_short):
        return False
    if cursor.key in ("tháng", "ngày", "giờ", "h"):
        return False
    if cursor.here.glued and cursor.key == "/" and cursor.ahead(1) == "#":
        cursor.at += 2
    date_of_document(cursor)
    return True


def look_back(cursor: Cursor) -> Trap | None:
    """Take `3 năm gần đây`, `03 năm liền`."""
    start = cursor.at
    cursor.take("trong")
    if cursor.take_number(1, 99) is not None and cursor.take_any(("năm", "tháng", "quý", "ngày")):
        if cursor.key in _LOOK_BACK and not (cursor.key == "trước" and cursor.ahead(1) in ("khi", "ngày")):
            cursor.at += 1
            cursor.take_any(("đây", "lại", "qua", "nhất"))
            return Trap(_BACK, decides=True)
    cursor.back(start)
    return None


def known_words(cursor: Cursor) -> bool:
    """Take a word or two that the grammar expects beside a deadline."""
    return _KNOWN.take(cursor) is not None
