"""Subject: what a document and its annexes are about by their titles, of which year, and who issued it."""

import re
from collections.abc import Container, Iterator, Sequence

from rules.plans.blocks import Paragraph
from rules.plans.duties.subject import subject_of as agencies_before

_KINDS = (
    "QUYẾT ĐỊNH", "KẾ HOẠCH", "CHƯƠNG TRÌNH", "THÔNG BÁO", "NGHỊ QUYẾT", "CHỈ THỊ", "CÔNG VĂN", "ĐỀ ÁN", "KẾT LUẬN",
    "HƯỚNG DẪN", "PHƯƠNG ÁN",
)  # fmt: skip
_KIND = re.compile(rf"(?:{'|'.join(_KINDS)})(?:\s+HÀNH ĐỘNG)?(?!\w)")
_BODY = re.compile(
    r"(?:Căn cứ|Nhằm|Thực hiện|Xét|Theo đề nghị|Để |Kính gửi|[IVX]{1,4}\.\s|1\.\s|Điều \d|Phần|PHẦN|Nơi nhận|\()",
    re.IGNORECASE,
)
_LIST = "DANH MỤC"
_ANNEX = re.compile(r"(?:PHỤ LỤC|Phụ lục)(?:\s+(?:số\s+)?[\dIVX]+)?\s*[:.]?\s*", re.IGNORECASE)
_STATE = re.compile(r"CỘNG H[OÒ]À? ?X[AÃ] HỘI|Độc lập\b|ĐẢNG CỘNG SẢN VIỆT NAM|Hạnh phúc", re.IGNORECASE)
_ORGAN = re.compile(
    r"(?:TỈNH ỦY|TỈNH UỶ|THÀNH ỦY|THÀNH UỶ|ỦY BAN NHÂN DÂN|UỶ BAN NHÂN DÂN|UBND|BAN CHỈ ĐẠO|BAN THƯỜNG VỤ"
    r"|HỘI ĐỒNG NHÂN DÂN|SỞ|BỘ|VĂN PHÒNG|CÔNG AN|ĐẢNG ỦY|ĐẢNG UỶ|TỔ GIÚP VIỆC)(?!\w)"
)
_YEAR = re.compile(r"(?<!\w)năm\s+(\d{4})(?!\d)", re.IGNORECASE)
_DATE_BEFORE = re.compile(r"tháng\s+\d{1,2}\s+$", re.IGNORECASE)
_TITLE_LINES = 8


def subject_of(lines: Sequence[Paragraph]) -> str:
    """Return what stands under the kind of the document (`KẾ HOẠCH`), '' where no kind stands by itself."""
    for n, line in enumerate(lines):
        found = _KIND.match(line.text)
        if found and (found.end() == len(line.text) or not line.text.isupper()):
            above = {other.text for other in lines[: n + 1]}
            return _title([line.text[found.end() :].strip(), *(other.text for other in lines[n + 1 :])], above)
    return ""


def annex_titles(lines: Sequence[Paragraph]) -> tuple[str, ...]:
    """Return the titles of the annexes, and those a programme bears that is enclosed with its decision."""
    return tuple(_annex_titles(lines))


def _annex_titles(lines: Sequence[Paragraph]) -> Iterator[str]:
    for n, line in enumerate(lines):
        if line.text.startswith("(") and n and re.search("kèm theo", line.text, re.IGNORECASE):
            above = lines[max(0, n - _TITLE_LINES) : n]
            start = max((k for k, other in enumerate(above) if _ANNEX.match(other.text)), default=None)
            if start is None:
                start = min((k for k, other in enumerate(above) if _are_titles(above[k:])), default=len(above) - 1)
            texts = [_ANNEX.sub("", other.text, count=1) for other in above[start:]]
            title = " ".join(text for text in texts if text)
            if title:
                yield title


def _are_titles(lines: Sequence[Paragraph]) -> bool:
    return all(line.text.isupper() for line in lines)


def _title(texts: Sequence[str], above: Container[str]) -> str:
    """Return the texts up to where the body or an annex begins, or the head comes again, as one."""
    found: list[str] = []
    for text in texts[: _TITLE_LINES + 1]:
        if text in above or _ANNEX.match(text) or (any(found) and _goes_on(text)):
            break
        if re.fullmatch(r"[-_*–—=\s]*", text) is None:
            found.append(text)
    return " ".join(found)


def _goes_on(text: str) -> bool:
    """Say whether the document goes on behind its title here: with its body, a list, or a sentence on who does what."""
    is_sentence = text.endswith((".", ";")) and bool(agencies_before(text)[0])
    return is_sentence or text.startswith(_LIST) or bool(_BODY.match(text))


def issuer_above(lines: Sequence[Paragraph]) -> str:
    """Return the issuer as the head names it, in capitals, the lower of two bodies; '' where it names none."""
    texts: list[str] = []
    for line in lines:
        if re.match(r"Số\s*:|Số\s+\d", line.text) or _KIND.match(line.text) or not line.text.isupper():
            if texts:
                break
        elif not _STATE.search(line.text) and not _ANNEX.match(line.text):
            texts.append(line.text)
    text = " ".join(texts)
    starts = [found.start() for found in _ORGAN.finditer(text)]
    lowest = [at for at in starts if not re.search(r"(?:VĂN PHÒNG|ĐẢNG ỦY|ĐẢNG UỶ)\s+$", text[:at])]
    return text[lowest[-1] :] if lowest else ""


def spelt(name: str, lines: Sequence[Paragraph]) -> str:
    """Return a name written in capitals as the document spells it elsewhere, as it is where it does so nowhere."""
    if not name:
        return ""
    wanted = name.casefold()
    for line in lines:
        at = line.text.casefold().find(wanted)
        written = line.text[at : at + len(name)]
        if at >= 0 and not written.isupper():
            return written
    return name


def year_in(title: str) -> int | None:
    """Return the last year that a title names, dates of documents left out."""
    years = [int(found[1]) for found in _YEAR.finditer(title) if not _DATE_BEFORE.search(title[: found.start()])]
    return years[-1] if years else None
