"""Titles: a short name for a duty, cut from the sentence that states it."""

import re

from rules.plans.duties.found import Found
from rules.plans.duties.subject import subject_of

SENTENCE = re.compile(r"(?<=[\w)”\"%])[.!?]\s+(?=[A-ZĐÀ-Ỹ(\-“])")
_LONGEST = 280
_FEWEST = 25
_BY_OFFICE = re.compile(
    r"(?:(?:theo|căn cứ)(?: vào)? chức năng, nhiệm vụ"
    r"(?: được giao| và tình hình thực tế| và thẩm quyền(?: quy định)?)?,?|định kỳ)\s+",
    re.IGNORECASE,
)
_LINKS = re.compile(
    r"(?:^|\s)(?:và|để|của|về|với|theo|cho|tại|trong|các|những|là|do|vào|từ|đến|số|ngày|bảo đảm|đảm bảo)$",
    re.IGNORECASE,
)


def title_of(text: str, found: Found) -> str:
    """Return what is to be done, in the words of a sentence without who is to do it and by when.

    Of a sentence that gives several tasks it is the one beside the phrase.
    """
    if found.form == "bracket":
        return _cut(subject_of(SENTENCE.split(text)[0])[1])
    start = text.rfind("; ", 0, found.start) + 1
    end = text.find(";", found.end)
    before = subject_of(text[start : found.start].strip())[1].strip(" ,;:-")
    rest = text[found.end : end if end >= 0 else len(text)]
    is_parted = before and (rest.startswith(",") or text[: found.end].endswith(","))
    joint = ", " if is_parted else " "
    rest = rest.strip(" ,;:-.")
    rest = rest if before else subject_of(rest)[1]
    return _cut(before if len(before) >= _FEWEST else f"{before}{joint}{rest}")


def _cut(text: str) -> str:
    """Return the beginning of a text, up to the end of a clause where one comes before it is too long."""
    text = _BY_OFFICE.sub("", " ".join(text.split()).strip(" ,;:-."), count=1)
    if len(text) > _LONGEST:
        clauses = [match.start() for match in re.finditer(r"[;,](?=\s)", text[: _LONGEST + 1])]
        clause = max((at for at in clauses if at >= _LONGEST // 2), default=0)
        text = text[: clause or text.rfind(" ", 0, _LONGEST)]
    if text.count("(") > text.count(")"):
        text = text[: text.rindex("(")]
    while _LINKS.search(text.rstrip(" ,;")):
        text = _LINKS.sub("", text.rstrip(" ,;"))
    text = text.rstrip(" ,;:")
    return text[:1].upper() + text[1:]
