"""Ids, lines of text and addresses: what they may hold."""

import re
import unicodedata

from rules.load.mistake import Mistake, is_no, quoted, suggestion
from rules.wording import Wording

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)
_TASK_ID = re.compile(r"[^\W_]+(?:[.-][^\W_]+)*")
_MAILBOX = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*", re.ASCII)
_LABEL = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?", re.ASCII)
_ADDRESS = "gd.skhcn@dongthap.example"
LONGEST_ID = 80
LONGEST_LINE = 2_000
_ID = Wording("mã", "id")
_SLUG_ACCEPTED = Wording(
    f"chữ thường không dấu, chữ số, gạch nối, nhiều nhất {LONGEST_ID} ký tự",
    f"lower-case letters, digits, hyphens, at most {LONGEST_ID}",
)
_TASK_ID_ACCEPTED = Wording(
    f"chữ, chữ số, giữa chúng từng dấu chấm hoặc gạch nối, nhiều nhất {LONGEST_ID} ký tự",
    f"letters, digits, single dots and hyphens between them, at most {LONGEST_ID}",
)
_EMPTY = Wording("không có chữ nào; ghi vào hoặc bỏ khóa này", "the text is empty; write one or leave the key out")


def slug(text: str) -> str:
    """Return the id; raise Mistake unless it is made of lower-case letters, digits and single hyphens."""
    if _SLUG.fullmatch(text) and len(text) <= LONGEST_ID:
        return text
    raise Mistake(is_no(text, _ID, _SLUG_ACCEPTED, suggestion(_near_slug(text))))


def _near_slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", without_marks(text))[:LONGEST_ID].strip("-")


def without_marks(text: str) -> str:
    """Return the text in lower-case ASCII letters, digits and signs: `Thứ Sáu` → `thu sau`."""
    return unicodedata.normalize("NFD", text.lower().replace("đ", "d")).encode("ascii", "ignore").decode()


def task_id(text: str) -> str:
    """Return the id; raise Mistake unless it is made of letters and digits, joined by single dots or hyphens."""
    if _TASK_ID.fullmatch(text) and len(text) <= LONGEST_ID:
        return text
    near = re.sub(r"[\W_]*[.][\W_]*", ".", text)
    near = re.sub(r"[^\w.]+|_+", "-", near).strip(".-")
    proposal = suggestion(near if _TASK_ID.fullmatch(near) else None)
    raise Mistake(is_no(text, _ID, _TASK_ID_ACCEPTED, proposal))


def one_line(text: str) -> str:
    """Return the text; raise Mistake when it is empty or has line breaks, which fit no mail header and no table."""
    if not text:
        raise Mistake(_EMPTY)
    if "\n" in text or "\r" in text or "\t" in text:
        said = Wording(
            f"{quoted(text)} có xuống dòng hoặc dấu tab; được ghi: một dòng",
            f"{quoted(text)} has line breaks or tabs; one line is accepted",
        )
        raise Mistake(said)
    if len(text) > LONGEST_LINE:
        said = Wording(
            f"{quoted(text)} dài {len(text)} ký tự; được ghi: nhiều nhất {LONGEST_LINE}",
            f"{quoted(text)} has {len(text)} characters; at most {LONGEST_LINE} are accepted",
        )
        raise Mistake(said)
    return text


def prose(text: str) -> str:
    """Return the text; raise Mistake when it is empty."""
    if not text:
        raise Mistake(_EMPTY)
    return text


def address(text: str) -> str:
    """Return the bare e-mail address; raise Mistake when no mail could reach it."""
    mailbox, _, domain = text.rpartition("@")
    labels = domain.split(".")
    fits = _MAILBOX.fullmatch(mailbox) and len(mailbox) <= 64 and len(text) <= 254
    if fits and (len(labels) > 1 or domain == "localhost") and all(map(_LABEL.fullmatch, labels)):
        return text
    inside = re.search(r"[^\s<>]+@[^\s<>]+", text)
    near = inside[0] if inside and inside[0] != text else None
    accepted = Wording(f"riêng địa chỉ, như {_ADDRESS}", f"the bare address, as in {_ADDRESS}")
    raise Mistake(is_no(text, Wording("địa chỉ thư", "e-mail address"), accepted, suggestion(near)))
