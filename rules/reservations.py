"""Reservations: words beside a report by which its writer may say that the work is not, or not all, done. Pure; a
reservation too many costs a person a second letter, one too few has work counted as done that is not.

A word counts with all its marks, or with some of them left out, as people type; never with others: `những` is not
`nhưng`, `đảng` not `đang`.
"""

import re
import unicodedata
from collections.abc import Container
from datetime import date

from rules.reply_days import day_to_come

_SIGNS = """
chưa | không | chẳng | chả | ko | đâu có
thiếu | còn | chờ | đợi | trừ | ngoài ra | một phần | phần lớn | phần nào | một nửa | nửa | phân nửa | một số | vài
cơ bản | về cơ bản | gần | sắp | suýt | hầu hết | hầu như | đa phần | đa số | tạm | sơ bộ | bước đầu | tương đối
dự thảo | bản nháp | nháp | giai đoạn | đợt | phần trăm | khoảng
nhưng | tuy nhiên | tuy vậy | song | nếu | giả sử | miễn là | với điều kiện
sẽ | dự kiến | dự định | dự tính | ước | hẹn | hứa | cam kết | phấn đấu | cố gắng | mong | hy vọng | chuẩn bị
sau | trước | mai | ngày kia | cuối tuần | cuối tháng | cuối quý | cuối năm | đầu tuần | đầu tháng
tuần tới | tháng tới | quý tới | năm tới | thời gian tới | ngày tới | sắp tới | tới đây | chiều nay | tối nay | lát nữa
tuần này | tháng này | quý này | hết tuần | hết tháng | hết quý | hết năm | hết ngày | trong hôm nay | chậm nhất
thứ hai | thứ ba | thứ tư | thứ năm | thứ sáu | thứ bảy | chủ nhật
đang | tiếp tục | làm dở | dang dở | dở dang | mới được | mới xong | mới chỉ | chỉ mới | mới làm | chỉ xong | chỉ được
bổ sung | hoàn thiện thêm | chỉnh sửa | làm lại | làm tiếp | gửi lại | xin thêm | thêm thời gian | cần thêm
gia hạn | xin lùi | lùi | hoãn | dời | nợ lại | xin nợ | nợ phụ lục | vướng | vướng mắc | khó khăn
đính chính | nhầm | xin lỗi | hủy | huỷ | trả lại | bỏ lệnh | hỏng | thất bại | bế tắc
khi | lúc nào | bao giờ | phải | đừng ghi | bỏ qua | xem lại | dõi tiếp | có lẽ | hình như | chắc | tôi nghĩ | hạng mục
not | never | cannot | cant | except | excepting | excluding | apart from | other than | but | however
although | though | yet | will | wont | shall | going to | would | should | pending | partly | partial
partially | almost | maybe | perhaps | probably | might | could | i think | ignore | nope | nearly | mostly
basically | roughly | about to | draft | tomorrow | tonight | next week | next month | next quarter | later
soon | until | unless | if | once | when | after | before | awaiting | waiting | wait | remaining | remains
missing | lacks | lacking | without | still | ongoing | in progress | expected | planned | to follow | to come
to be | follows | incomplete | unfinished | half | some | most of | only | need | needs | wip | tbd | todo
hope | sorry | mistake | correction | minus | save for | isnt | hasnt | havent | doesnt | dont | didnt | arent
wasnt | isn't | hasn't | haven't | doesn't | don't | didn't | aren't | wasn't | can't | won't | by monday
by tuesday | by wednesday | by thursday | by friday | by saturday | by sunday | by the end | by end | by next
"""
_HARMLESS = """
không có khó khăn vướng mắc | không có khó khăn | không có vướng mắc | không còn vướng mắc | không khó khăn
không vướng mắc | không phát sinh | không thiếu | không gian | tháo gỡ khó khăn vướng mắc | tháo gỡ khó khăn
tháo gỡ vướng mắc | sắp xếp | xây dựng cơ bản | trước hạn | trước thời hạn | sau đại học | sau sáp nhập | sau sắp xếp
song phương | song song | sáp nhập | đã bổ sung | đã chỉnh sửa | đã gửi lại | đã làm lại
khong co kho khan | khong co vuong mac | khong gian | sap xep | sap nhap | hoan thanh | hoan thien | chuyen doi so
doi voi | doi moi | da bo sung | da chinh sua | da gui lai | da lam lai
"""
"""What is none of them though it has their words; with all its marks, or none where it is listed so."""
_BARE = frozenset({"chờ", "còn", "nếu", "đợi", "tạm", "vài", "hủy", "huỷ", "hoãn", "vướng"})
"""Words that without some of their marks are other words (cho, con, nêu): so they count without them only in a line
that is written without."""
_MARK = "\u0300-\u036f"
_BETWEEN = rf"[^\w{_MARK}]+"
_CROSSES = re.compile(r"[❌✖✗✘🚫⛔⏳⌛🔜🚧👎≈~]")
_LINK = re.compile(r"https?://\S+", re.IGNORECASE)
_SHARE = re.compile(r"(?<!\d)(\d{1,3})(?:[.,]\d+)?\s*%")
_FRACTION = re.compile(
    r"(?<![\w/.\-])(\d{1,3})\s*(?:/|trên|tren|trong)\s*(?:tổng số |số )?(\d{1,3})(?![\w/\-])", re.IGNORECASE
)
_PIECE = re.compile(
    r"(?<!\w)(?:phần|phan|mục|muc|lần|lan|bước|buoc|khâu|khau|kỳ|ky|part|step|phase) +"
    r"(?:\d+|một|mot|đầu|dau|i+|one)(?!\w)",
    re.IGNORECASE,
)
_OF_DAY = re.compile(r"(?:ngày|hôm|sáng|chiều|tối|ngay|sang|chieu|toi|hom|on)\s*$", re.IGNORECASE)


def reserved(text: str, *, today: date) -> str | None:
    """Return what in the words beside a report may take it back, as written: a reservation, a share of less than all, a
    day to come; None when nothing may."""
    said = unicodedata.normalize("NFC", without_links(text))
    found = reserving(said) or _first(_CROSSES, said) or _first(_PIECE, said) or _share(said) or _fraction(said)
    return found or day_to_come(said, today=today)


def reserving(said: str) -> str | None:
    """Return the first words in a text by which something is reserved, None when there are none."""
    parted = _parted("".join(one for one in said.replace("’", "'") if unicodedata.category(one) != "Cf"))
    left = _HARMLESS_WORDS.sub(" ; ", parted)
    plain = "\n".join(line for line in left.split("\n") if not _is_marked(line))
    found = _MARKED.search(left) or _UNMARKED.search(plain)
    return unicodedata.normalize("NFC", found[0].replace("d\u0335", "đ")) if found else None


def without_links(text: str) -> str:
    """Return a text without the addresses in it, whose words and marks are nobody's."""
    return _LINK.sub(" ", text)


def _is_marked(line: str) -> bool:
    """Say whether a line is written with diacritics: half of its words have some."""
    words = line.split()
    return 2 * sum(re.search(f"[{_MARK}]", word) is not None for word in words) >= max(1, len(words))


def _first(pattern: re.Pattern[str], said: str) -> str | None:
    found = pattern.search(said)
    return found[0] if found else None


def _share(said: str) -> str | None:
    return next((found[0] for found in _SHARE.finditer(said) if found[1] != "100"), None)


def _fraction(said: str) -> str | None:
    """Return the first number out of a larger one: 9/10, 2 trên 3; not what is called a day."""
    for found in _FRACTION.finditer(said):
        if int(found[1]) < int(found[2]) and not _OF_DAY.search(said[: found.start()]):
            return found[0]
    return None


def _parted(text: str) -> str:
    """Return a text in small letters, its marks apart from them, that of `đ` too."""
    return unicodedata.normalize("NFD", text.casefold().replace("đ", "d\u0335"))


def _word(word: str, *, whole: bool) -> str:
    """Return the pattern of a word with all its marks, or else with any of them."""
    letters: list[str] = []
    for found in re.finditer(rf"[^{_MARK}][{_MARK}]*", _parted(word)):
        base, marks = found[0][0], found[0][1:]
        some = "".join(f"(?=[{_MARK}]*{mark})" for mark in marks) if whole else ""
        letters.append(re.escape(base) + some + (f"[{marks}]*" if marks else "") + f"(?![{_MARK}])")
    return "".join(letters)


def _pattern(listed: str, *, whole: Container[str] = ()) -> re.Pattern[str]:
    """Return the pattern of any of these signs, the longest first; the words in `whole` with all their marks."""
    signs = (sign.strip() for line in listed.strip().splitlines() for sign in line.split("|"))
    ordered = sorted(signs, key=len, reverse=True)
    phrases = (_BETWEEN.join(_word(word, whole=word in whole) for word in sign.split()) for sign in ordered)
    return re.compile(rf"(?<![\w{_MARK}])(?:{'|'.join(phrases)})(?!\w)")


_UNMARKED = _pattern(_SIGNS)
_MARKED = _pattern(_SIGNS, whole=_BARE)
_HARMLESS_WORDS = _pattern(_HARMLESS, whole=_HARMLESS.split())
