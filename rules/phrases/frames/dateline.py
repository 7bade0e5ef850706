"""The dateline at the head of a document, `Đồng Tháp, ngày 07 tháng 3 năm 2026`, which is no deadline."""

from rules.phrases.frames.clause import Clause
from rules.phrases.items.nouns import Break, Marks, Word
from rules.phrases.reading import Reading
from rules.wording import Wording

_DATELINE = Wording("nơi và ngày ký văn bản", "the place and date of a document")


def dateline(clause: Clause) -> Reading | None:
    """Return the reading of a place followed by a day, None where it is no such thing."""
    items = clause.items
    if len(items) < 3 or not isinstance(items[-1], Marks) or items[-1].loose or items[-2] != Break(","):
        return None
    if items[-1].marks[0].kind != "day" or not all(isinstance(item, Word | Break) for item in items[:-2]):
        return None
    place = [clause.tokens[index] for found in clause.found[:-2] for index in range(found.first, found.last)]
    is_place = len(place) <= 5 and all(token.text[:1].isupper() or token.key in (".", "-") for token in place)
    return Reading("not_a_deadline", _DATELINE) if is_place else None
