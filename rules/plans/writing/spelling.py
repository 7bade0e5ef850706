"""Spelling: a title in capitals as the document's other texts spell its words, where they spell all of them."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from rules.plans.draft import Draft
from rules.plans.writing.clean import clean
from rules.plans.writing.office import Office

_LONGEST = 6
_ENOUGH = 300
"""How many tasks are looked at."""
_MARKS = re.compile(r"[^\w\s/-]")
_WORD = re.compile(r"[^\W_]+(?:[-/][^\W_]+)*")
_SMALL = frozenset(
    ("các", "của", "và", "về", "năm", "số", "theo", "cho", "với", "đến", "tại", "trong", "từ", "trên", "những", "do",
     "là", "để", "giữa", "bằng", "qua")
)  # fmt: skip
"""Words that begin no name."""
_USUAL = (
    "danh mục", "bổ sung", "điều chỉnh", "chương trình công tác", "kế hoạch", "phụ lục", "nhiệm vụ trọng tâm",
    "triển khai thực hiện", "ban hành", "nghị quyết", "quyết định", "bảng tổng hợp", "chỉ tiêu", "phân công nhiệm vụ",
    "nhiệm vụ cụ thể", "trên địa bàn tỉnh", "chuyển đổi số", "khoa học", "công nghệ", "đổi mới sáng tạo",
    "giai đoạn", "phát triển", "phân công", "thực hiện", "nhiệm vụ", "trọng tâm",
    "triển khai", "Trung ương", "Bộ Chính trị",
)  # fmt: skip
_CODE = re.compile(r".*[\d/].*|[^\W\d_]+-[^\W\d_]+")

_Spellings = dict[tuple[str, ...], str]


def spelt(title: str, draft: Draft, office: Office) -> str:
    """Return a title in sentence case, as it is where it has small letters or where a word may belong to a name.

    Every two words or more are written as the document, the directory or the usual titles write them; `Thái Nguyên`
    is not known by `thái` and `nguyên`. Numbers and codes (`57-NQ/TW`) stay.
    """
    if not title.isupper():
        return title
    found = _spelt(list(_WORD.finditer(title)), _spellings(_texts(draft, office)))
    if found is None:
        return title
    parts: list[str] = []
    done = 0
    for word, written in zip(_WORD.finditer(title), found, strict=True):
        parts += [title[done : word.start()], written]
        done = word.end()
    text = "".join([*parts, title[done:]])
    return text[:1].upper() + text[1:]


def _texts(draft: Draft, office: Office) -> Iterable[str]:
    """Yield what may spell a name or a phrase of the title."""
    yield from _USUAL
    yield draft.document.issuer
    for unit in office.directory.units.values():
        yield from (unit.name, *unit.aliases)
    for task in draft.tasks[:_ENOUGH]:
        yield from (task.title, task.lead, task.coordinate, task.product, task.basis, task.note, *task.extra.values())


def _spellings(texts: Iterable[str]) -> _Spellings:
    """Return how phrases of several words are written most often, by their words in small letters."""
    counts: dict[tuple[str, ...], Counter[str]] = {}
    for part in (part for text in texts for part in _MARKS.split(clean(text))):
        words = [found[0] for found in _WORD.finditer(part)]
        for start in range(len(words)):
            for count in range(2, _LONGEST + 1):
                phrase = words[start : start + count]
                if len(phrase) == count and not " ".join(phrase).isupper():
                    key = tuple(word.casefold() for word in phrase)
                    counts.setdefault(key, Counter())[" ".join(phrase)] += 1
    return {key: found.most_common(1)[0][0] for key, found in counts.items()}


def _spelt(words: Sequence[re.Match[str]], known: _Spellings) -> list[str] | None:
    """Return the words as the longest phrase about each writes them, None where one stands in none."""
    texts = [word[0] for word in words]
    small = [text.casefold() for text in texts]
    found = [_by_itself(text) for text in texts]
    spelt = [False] * len(texts)
    for count in range(_LONGEST, 1, -1):
        for start in range(len(texts) - count + 1):
            phrase = known.get(tuple(small[start : start + count]))
            for at, word in enumerate(phrase.split() if phrase else (), start):
                found[at] = found[at] if spelt[at] else word
                spelt[at] = True
    return [word for word in found if word is not None] if None not in found else None


def _by_itself(word: str) -> str | None:
    """Return how a word is written wherever it stands, None where that is not known."""
    if _CODE.fullmatch(word):
        return word
    return word.casefold() if word.casefold() in _SMALL else None
