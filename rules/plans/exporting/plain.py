"""Plain text: what office files can hold of a text."""

_KEPT = "\t\n"
LONGEST = 32_767
"""So many characters a cell of a workbook holds."""


def plain(text: str) -> str:
    """Return a text without the characters that XML has no place for; too long a one ends with `…`."""
    kept = "".join(character for character in text if _fits(character))
    return kept if len(kept) <= LONGEST else f"{kept[: LONGEST - 1]}…"


def _fits(character: str) -> bool:
    return (character >= " " or character in _KEPT) and not (
        "\x7f" <= character <= "\x9f" or "\ud800" <= character <= "\udfff" or character in "\ufffe\uffff"
    )
