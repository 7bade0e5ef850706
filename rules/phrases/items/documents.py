"""Documents: their numbers and dates, which are no deadlines: `Công văn số 340/SVHTTDL-VP ngày 23/01/2026`."""

from rules.phrases.cursor import Cursor, or_back
from rules.phrases.items.figures import figures
from rules.phrases.items.nouns import Marks, Trap
from rules.phrases.items.numbers import number
from rules.phrases.items.years import year_after
from rules.phrases.lexicon import Lexicon, meaning
from rules.phrases.spelling import known
from rules.phrases.tokens import NUMBER
from rules.wording import Wording

known("số ngày tháng này của")

_DOCUMENT = Trap(Wording("số, ngày của một văn bản", "the number or date of a document"))
_FORM = Trap(Wording("số hiệu của biểu mẫu, địa danh hoặc cấp độ", "the number of a form, a place or a grade"))
_NAMES = Lexicon(
    meaning(
        True,
        """nghị quyết | nghị định | quyết định | thông tư | thông tư liên tịch | công văn | chỉ thị | kế hoạch
        | thông báo | luật | tờ trình | chương trình | đề án | báo cáo | công điện | hướng dẫn | kết luận
        | quy định | văn bản | thông báo kết luận | quy chế | điều lệ | pháp lệnh | thông tri | giấy mời
        | biên bản | hợp đồng | phiếu trình""",
        "nđ | nq | qđ | cv | kh | tb | ct | ttr | bc | kl | hd | tt",
    )
)
_FORMS = Lexicon(
    meaning(
        True,
        """biểu | biểu số | mẫu | mẫu số | biểu mẫu | biểu mẫu số | phụ lục | phụ lục số | cấp độ | đường | phường
        | quốc lộ | tỉnh lộ | số nhà | phố | khóm | ấp | khu phố | tổ dân phố""",
    )
)
_LONGEST = 40
"""The tokens of a number, so that figures without end are not gone through again from each of them."""
NAMES, FORMS = _NAMES.starts, _FORMS.starts


@or_back
def cited(cursor: Cursor) -> Trap | None:
    """Take the name of a document with its number, date, or both."""
    named = bool(_NAMES.take(cursor))
    cursor.take("này")
    if cursor.take("số") or cursor.take("ký", "hiệu"):
        cursor.take(":")
        found = document_number(cursor) or _plain_number(cursor) or _blank_number(cursor)
        return _DOCUMENT if found else None
    if named and cursor.key == "#":
        return _DOCUMENT if document_number(cursor) or _numbered(cursor) else None
    if named and cursor.key == "ngày" and date_of_document(cursor) and cursor.key == "của":
        return _DOCUMENT
    return None


@or_back
def form(cursor: Cursor) -> Trap | None:
    """Take the number of a form, a street, a grade: `Biểu 05/2026`, `đường 30/4`, `cấp độ 3/2026`."""
    if not _FORMS.take(cursor) or cursor.take_number() is None:
        return None
    while cursor.here.glued and cursor.key in ("/", "-", ".") and cursor.tokens[cursor.at + 1].glued:
        cursor.at += 2
    return _FORM


@or_back
def document_number(cursor: Cursor) -> Trap | None:
    """Take the number of a document and the date after it: `57-NQ/TW ngày 22/12/2024`."""
    if cursor.take_number() is None:
        return None
    has_letters = False
    longest = cursor.at + _LONGEST
    while (
        cursor.here.glued
        and cursor.at < longest
        and not cursor.is_over
        and cursor.key not in (",", ";", ")", "(", '"', ":")
    ):
        has_letters = has_letters or cursor.key[:1].isalpha()
        cursor.at += 1
    if not has_letters:
        return None
    date_of_document(cursor)
    return _DOCUMENT


@or_back
def date_of_document(cursor: Cursor) -> Marks | None:
    """Take `ngày 22/12/2024` after the number of a document, if it is there; a date left blank is left."""
    cursor.take(",")
    if not cursor.take("ngày"):
        return None
    found = figures(cursor) if cursor.key == "#" else None
    if isinstance(found, Marks):
        return found
    return _in_words(cursor)


@or_back
def _in_words(cursor: Cursor) -> Marks | None:
    from_day = number(cursor, 1, 31)
    if from_day is None or not cursor.take("tháng") or number(cursor, 1, 12) is None:
        return None
    year_after(cursor)
    return Marks(())


def _plain_number(cursor: Cursor) -> bool:
    if cursor.take_number() is None:
        return False
    while cursor.here.glued and cursor.key in ("/", "-") and cursor.ahead(1) == "#":
        cursor.at += 2
    date_of_document(cursor)
    return True


@or_back
def _blank_number(cursor: Cursor) -> bool | None:
    """Take the number that was never filled in: `số …/KH-UBND ngày … tháng …`."""
    while cursor.take_any(("...", ".", "_")):
        pass
    if cursor.key not in ("/", "-") or not cursor.ahead(1)[:1].isalpha():
        return None
    while cursor.take_any(("/", "-", "&")) or (
        cursor.here.glued and cursor.key[:1].isalpha() and cursor.take(cursor.key)
    ):
        pass
    date_of_document(cursor)
    return True


def _numbered(cursor: Cursor) -> bool:
    """Take the bare number of `Đề án 06`, `Nghị quyết 57`, `NĐ 130/2020`; `Kế hoạch 2026` names a year."""
    token = cursor.here
    is_short = len(cursor.behind()) <= 3
    if cursor.take_number() is None or (len(token.text) == 4 and not is_short) or _is_day(cursor, token.number):
        return False
    if cursor.key in ("tháng", "ngày", "giờ", "h", "năm", "quý", "tuần", "lần"):
        return False
    if cursor.here.glued and cursor.key == "/" and cursor.ahead(1) == "#":
        cursor.at += 2
    date_of_document(cursor)
    return True


def _is_day(cursor: Cursor, first: int) -> bool:
    """Say whether the number just taken begins a day (`báo cáo 31/12`): numbers of documents have a year after them."""
    follows = cursor.tokens[cursor.at + 1]
    if cursor.key not in ("/", ".", "-") or not cursor.here.glued or follows.key != NUMBER or not follows.glued:
        return False
    return 1 <= first <= 31 and 1 <= follows.number <= 12 and len(follows.text) <= 2
