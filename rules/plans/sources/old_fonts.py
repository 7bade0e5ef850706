"""Old fonts: documents typed with TCVN3 or VNI fonts, whose letters are other letters to every program but the font."""

from collections.abc import Iterator

from rules.plans.blocks import Pages, Paragraph
from rules.plans.sources.charset import OLD_FONT

_FOREIGN = frozenset("µ¶·¸¹¨©ª«¬®ñäåëïöûüæ")
"""Letters of the two fonts that no Vietnamese word has in Unicode."""
_MOST_SHARE = 10
"""One word in so many may be foreign; in an old font every second one looks so."""


def in_unicode(found: Pages) -> Pages:
    """Return `found`, or raise Unreadable when its words are those of an old font."""
    words = foreign = 0
    for text in _texts(found):
        for word in text.lower().split():
            words += 1
            foreign += len(word) > 1 and not _FOREIGN.isdisjoint(word)
    if foreign * _MOST_SHARE > words:
        raise OLD_FONT
    return found


def _texts(found: Pages) -> Iterator[str]:
    for block in found.blocks:
        if isinstance(block, Paragraph):
            yield block.text
        else:
            for row in block.rows:
                yield from row.cells
