"""Words: how offices and their heads are addressed, how things are listed and counted, in both languages."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache

from rules.days import clock, day_en, day_vi
from rules.digest import Recipient
from rules.wording import Language

# A post of a directory may be an office (`Phòng Chuyển đổi số`): only people are comrades.
_OFFICE = re.compile(
    r"(?:ban|bộ chỉ huy|bộ phận|chi cục|cơ quan|công an|cục|hội|hội đồng|liên đoàn|mặt trận|nhà|nhóm|phòng|"
    r"quản trị|quỹ|sở|thanh tra|thường trực|tổ|trung tâm|trường|viện|văn phòng|vp|vụ|đơn vị|đầu mối|đội|"
    r"ubnd|[uủ][yỷ] ban|(?:huyện|quận|thành|tỉnh|đảng) [uủ][yỷ]|(?:thành|tỉnh) đoàn)\b(?! (?:trưởng|phó|viên)\b)",
    re.IGNORECASE,
)
# In English an office is named by its last word or its first: `Innovation Desk`, `Office of the Governor`.
_UNIT = r"(?:board|bureau|cent(?:er|re)|committee|department|desk|division|office|secretariat|section|team|unit)"
_ENGLISH_OFFICE = re.compile(rf"(?:the )?{_UNIT} (?:of|for)\b[ -~]*|[ -~]*\b{_UNIT}", re.IGNORECASE)
_ENGLISH_PERSON = re.compile(
    r"\b(?:chair\w*|chief|deputy|director|head|lead|leader|manager|mr|mrs|ms|officer|president|secretary)\b",
    re.IGNORECASE,
)
_ALREADY = re.compile(r"(?:các đồng chí|đồng chí|đ/c|ông|bà)\b", re.IGNORECASE)


def is_office(title: str) -> bool:
    """Say whether the title names an office rather than a person who holds one."""
    if _OFFICE.match(title):
        return True
    return _ENGLISH_OFFICE.fullmatch(title) is not None and _ENGLISH_PERSON.search(title) is None


@lru_cache(maxsize=4096)
def person(title: str, language: Language) -> str:
    """Return the title as it stands within a sentence: `đồng chí Phó Chủ tịch`; an office, and in English
    anyone, as it is."""
    if language == "en" or is_office(title) or _ALREADY.match(title):
        return title
    return f"đồng chí {title}"


def salutation(recipient: Recipient, language: Language) -> str:
    """Return whom the letter is addressed to, as it stands after `Kính gửi:`."""
    return capital(person(recipient.title, language))


def pronoun(recipient: Recipient, language: Language) -> str:
    """Return the word for `you` at the beginning of a sentence."""
    if language == "en":
        return "You"
    return "Cơ quan, đơn vị" if is_office(recipient.title) else "Đồng chí"


def is_contact(recipient: Recipient, contact: str) -> bool:
    """Say whether whom readers may write to, in words, is the reader: `Phòng Tổng hợp, điện thoại 0200 111 222`."""
    first = re.split(r"[,;:(–]", contact, maxsplit=1)[0]
    return recipient.email.casefold() in contact.casefold() or first.strip().casefold() == recipient.title.casefold()


def capital(text: str) -> str:
    """Return the text with its first letter capital and all others as they are."""
    return text[:1].upper() + text[1:]


def listed(items: Sequence[str], language: Language) -> str:
    """Return `A, B và C`."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {'và' if language == 'vi' else 'and'} {items[-1]}"


def days(count: int, language: Language) -> str:
    """Return `12 ngày`, `1 day`."""
    if language == "vi":
        return f"{count} ngày"
    return f"{count} day" if count == 1 else f"{count} days"


@lru_cache(maxsize=4096)
def numeral(day: date, language: Language) -> str:
    """Return the day without its weekday: `03/4/2026`, `3 April 2026`."""
    return day_vi(day) if language == "vi" else day_en(day)


def moment(at: datetime, language: Language) -> str:
    """Return a local instant: `07h00 ngày 03/4/2026`, `07:00 on 3 April 2026`."""
    hour = clock(at.time())
    return f"{hour.vi} ngày {day_vi(at)}" if language == "vi" else f"{hour.en} on {day_en(at)}"


def clip(text: str, length: int) -> str:
    """Return the text cut at a word to at most `length` characters, with an ellipsis where something is
    missing."""
    if len(text) <= length:
        return text
    cut = text[: length - 1]
    if text[length - 1] != " " and " " in cut[length // 2 :]:
        cut = cut.rpartition(" ")[0]
    return cut.rstrip(" ,;:–-(…") + "…"


def figures(texts: Sequence[str], length: int) -> str:
    """Return as many of the texts as fit into `length` characters, at least one, joined by commas."""
    kept = list(texts)
    while len(kept) > 1 and len(", ".join(kept)) > length:
        kept.pop()
    return ", ".join(kept) + ("…" if len(kept) < len(texts) else "")
