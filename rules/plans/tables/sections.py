"""Sections: rows that are headings of the rows below, and the path of headings a row stands under."""

from dataclasses import dataclass, field

from rules.plans.blocks import Row
from rules.plans.tables.numbering import Label, Style, labelled, number_of

JOINT = " > "
_ROMAN_SEQUENCE = {"C": "B", "D": "C", "I": "H", "L": "K", "M": "L"}


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading among the rows: its words as written, and the level its number speaks of (None without one)."""

    text: str
    label: Label | None
    capitals: bool = False


def heading_of(row: Row, *, no: int | None, title: int) -> Heading | None:
    """Return the heading a row is when it says nothing but a number and a title, or one text across the columns."""
    said = [(index, cell) for index, cell in enumerate(row.cells) if cell]
    texts = {cell for _, cell in said}
    if len(said) > 2 and len(texts) == 1:
        said = said[:1]
    if len(said) == 2 and said[0][0] == no and said[1][0] in (title, said[0][0] + 1):
        return _numbered(said[0][1], said[1][1], row, said[1][0])
    if len(said) != 1:
        return None
    index, text = said[0]
    named = labelled(text)
    across = len(row.spanned) >= max(1, len(row.cells) - 2) or len(texts) < sum(1 for cell in row.cells if cell)
    if not across and index not in (0, no, title):
        return None
    label = named[0] if named else None
    if label and (label.style in ("roman", "letter", "part", "dotted") or across):
        return Heading(text, label, _is_capital(text))
    alone_before_titles = index == no and number_of(text) is None
    if across or alone_before_titles or (_is_capital(text) and index == title):
        return Heading(text, None, _is_capital(text))
    return None


def _numbered(number: str, text: str, row: Row, index: int) -> Heading | None:
    label = number_of(number)
    if label is None:
        return None
    across = len(row.cells) > 3 and len(row.spanned - {index}) >= len(row.cells) - index - 2 > 0
    if (
        label.style in ("roman", "letter", "part")
        or (label.style == "dotted" and not label.text[0].isdigit())
        or across
    ):
        return Heading(f"{number} {text}", label, _is_capital(text))
    return None


def _is_capital(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    return len(letters) > 3 and all(c.isupper() for c in letters)


@dataclass(slots=True)
class Path:
    """The headings a row stands under, outermost first."""

    _levels: list[tuple[tuple[str, int], Heading]] = field(default_factory=list)

    def __str__(self) -> str:
        """Return the headings joined by ` > `."""
        return JOINT.join(heading.text for _, heading in self._levels)

    @property
    def headings(self) -> tuple[Heading, ...]:
        """Return the headings, outermost first."""
        return tuple(heading for _, heading in self._levels)

    def enter(self, heading: Heading) -> None:
        """Go on under a further heading: it replaces the one of its own level and all below that."""
        level = self._level(heading)
        for depth, (other, _) in enumerate(self._levels):
            if other == level:
                del self._levels[depth:]
                break
        self._levels.append((level, heading))

    def leave_small(self) -> None:
        """Leave headings that are only numbers of tasks with parts (`3` over `3.1`)."""
        while self._levels and self._levels[-1][0][0] == "arabic":
            self._levels.pop()

    def _level(self, heading: Heading) -> tuple[str, int]:
        label = heading.label
        if label is None:
            return ("capitals" if heading.capitals else "plain", 0)
        return (self._style(label), label.steps)

    def _style(self, label: Label) -> Style:
        """Return whether `C`, `D`, `I` go on a series of letters or one of Roman numerals."""
        if label.also is None:
            return label.style
        letters = [h.label.text for (style, _), h in self._levels if style == "letter" and h.label]
        return "letter" if letters and letters[-1].rstrip(".") == _ROMAN_SEQUENCE.get(label.text) else label.style
