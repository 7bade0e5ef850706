"""Plain text: what office files can hold of a text."""

import re

_NO_PLACE = re.compile(r"[^\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
LONGEST = 32_767
"""So many characters a cell of a workbook holds."""


def plain(text: str) -> str:
    """Return a text without the characters that XML has no place for; too long a one ends with `…`."""
    kept = _NO_PLACE.sub("", text)
    return kept if len(kept) <= LONGEST else f"{kept[: LONGEST - 1]}…"
