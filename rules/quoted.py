"""Quoted: what somebody wrote in answering a letter, without the letter it quotes and without a signature. Pure; knows
the ways of Gmail, Outlook, Zimbra, Thunderbird, Yahoo and Apple Mail, in Vietnamese and English."""

import re
import unicodedata
from collections.abc import Sequence

from rules.reservations import reserving

_SAID = re.compile(r"(?:đã viết|đã viết vào lúc .{1,60}|wrote|đã ghi|viết)\s*:\s*$", re.IGNORECASE)
"""The end of the line by which a program introduces what it quotes."""
_SAID_BEGINS = re.compile(
    r"^\W*(?:vào|on|lúc|ngày|le|am|thứ|th|chủ nhật|mon|tue|wed|thu|fri|sat|sun|\d{1,4}[-/.:])\b.*", re.IGNORECASE
)
_RULE = re.compile(
    r"^\s*[-_=]{2,}\s*(?:original message|original appointment|forwarded message|thư gốc|tin nhắn gốc|tin gốc|"
    r"thư chuyển tiếp|thư đã chuyển tiếp|nội dung thư gốc|begin forwarded message|reply message|thông điệp gốc)"
    r"\s*[-_=]*\s*$",
    re.IGNORECASE,
)
_LINE = re.compile(r"^\s*_{10,}\s*$|^\s*-{20,}\s*$")
_HEAD = re.compile(r"^[\s>*]*(?:từ|from|người gửi|de)\s*\*?:\*?\s*\S", re.IGNORECASE)
_HEADS = re.compile(
    r"^[\s>*]*(?:đã gửi|sent|ngày|date|ngày gửi|gửi lúc|gửi|tới|đến|to|cc|subject|chủ đề|tiêu đề|ngày giờ)\s*\*?:",
    re.IGNORECASE,
)
_SIGNATURE = re.compile(
    r"^(?:--\s*|sent from (?:my|mail|yahoo|outlook).*|get outlook for.*|được gửi từ.*|đã gửi từ.*|gửi từ .*(?:iphone|"
    r"ipad|điện thoại|outlook|samsung|android|thiết bị|mail|yahoo).*|tải (?:xuống )?outlook cho.*|"
    r"trân trọng.*|kính thư.*|thân ái.*|best regards.*|kind regards.*|regards,?|thanks(?: and regards)?,?|"
    r"xin cảm ơn.*|xin trân trọng cảm ơn.*|cảm ơn[.!,]?|virus-free\..*|không có vi-?rút\..*)$",
    re.IGNORECASE,
)
_FAREWELL = re.compile(r"^(?:trân trọng|kính thư|thân ái|xin cảm ơn|xin trân trọng)", re.IGNORECASE)
_LOOK_AHEAD = 4
LONGEST = 20_000
"""Characters that are looked at; nobody writes more above what they quote."""


def written(text: str) -> str:
    """Return what the writer added: above the quotation, or below it where nothing stands above."""
    lines = _lines(text)
    cut = _begin_of_quotation(lines)
    above = _unquoted(lines[:cut])
    if any(line.strip() for line in above):
        return _joined(without_signature(above))
    rest = lines[cut:]
    if not any(_is_quoted(line) for line in rest):
        return ""
    last = max(number for number, line in enumerate(rest) if _is_quoted(line))
    return _joined(without_signature(_unquoted(rest[last + 1 :])))


def without_signature(lines: Sequence[str]) -> list[str]:
    """Return the lines before the first that begins a signature or a farewell, unless nothing stands before it."""
    for number, line in enumerate(lines):
        if _is_signature(line.strip()) and any(one.strip() for one in lines[:number]):
            return list(lines[:number])
    return list(lines)


def _is_signature(line: str) -> bool:
    # "Trân trọng báo cáo, phụ lục chưa có" begins as a farewell does, and is none.
    return bool(_SIGNATURE.match(line)) and not (_FAREWELL.match(line) and reserving(line))


def _lines(text: str) -> list[str]:
    composed = unicodedata.normalize("NFC", text[:LONGEST])
    plain = composed.replace("\r\n", "\n").replace("\r", "\n").replace("\u00a0", " ").replace("\u200b", "")
    return plain.replace("\ufeff", "").split("\n")


def _begin_of_quotation(lines: Sequence[str]) -> int:
    """Return the number of the line where the quoted letter begins, that of all lines where none is quoted."""
    for number, line in enumerate(lines):
        if _is_quoted(line) or _RULE.match(line):
            return number
        if _LINE.match(line) and _has_head(lines, number + 1):
            return number
        if _HEAD.match(line) and any(_HEADS.match(one) for one in lines[number + 1 : number + 1 + _LOOK_AHEAD]):
            return number
        if _introduces(lines, number):
            return number
    return len(lines)


def _introduces(lines: Sequence[str], number: int) -> bool:
    """Say whether a line begins the words that introduce a quotation; programs break them over three lines at most."""
    line = lines[number].strip()
    if not line or not (_SAID_BEGINS.match(line) or _SAID.search(line)):
        return False
    joined = ""
    for each in lines[number : number + 3]:
        if not each.strip() or _is_quoted(each):
            return False
        joined = f"{joined} {each.strip()}".strip()
        if _SAID.search(joined):
            # A sentence of the writer's own may end so; one that introduces a letter has a date or an address in it.
            return bool(re.search(r"\d|@", joined))
    return False


def _has_head(lines: Sequence[str], start: int) -> bool:
    return any(_HEAD.match(line) for line in lines[start : start + 2])


def _is_quoted(line: str) -> bool:
    return line.lstrip().startswith((">", "|"))


def _unquoted(lines: Sequence[str]) -> list[str]:
    return [line for line in lines if not _is_quoted(line)]


def _joined(lines: Sequence[str]) -> str:
    return "\n".join(line.rstrip() for line in lines).strip()
