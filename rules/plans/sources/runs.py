"""Runs: the words of a Word paragraph as they would be printed with every tracked change accepted."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from rules.plans.blocks import NOWHERE, Where
from rules.plans.sources.characters import RAISED, one_line
from rules.plans.sources.numbering import Numbering
from rules.plans.sources.wordml import COMPATIBILITY, MATH, is_on, value, w

_WITHOUT_TEXT = frozenset(
    map(w, ("pPr", "rPr", "sdtPr", "sdtEndPr", "del", "moveFrom", "instrText", "delInstrText", "rt", "softHyphen"))
)
_SIGNS = {
    w("tab"): " ",
    w("ptab"): " ",
    w("br"): "\n",
    w("cr"): "\n",
    w("noBreakHyphen"): "-",
}
_NOTES = {w("footnoteReference"): "footnote", w("endnoteReference"): "endnote", w("commentReference"): "comment"}
_SYMBOLS = {0xA3: "≤", 0xB3: "≥", 0xB1: "±", 0xB4: "×", 0xB7: "-", 0xB9: "≠", 0xA5: "∞", 0xAE: "→", 0xB0: "°"}
_CHOICE, _FALLBACK = f"{{{COMPATIBILITY}}}Choice", f"{{{COMPATIBILITY}}}Fallback"


@dataclass(slots=True)
class Story:
    """How far a document has been read: where, its page breaks, what its notes refer to, what was left out."""

    numbering: Numbering
    page: int | None = None
    at: Where = NOWHERE
    text_pages: list[int] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    referred: dict[tuple[str, str], Where] = field(default_factory=dict)
    hidden: int = 0
    struck: list[str] = field(default_factory=list)
    """What was struck through since it was last taken, each piece as it was written."""
    _in_struck: bool = False

    def taken_struck(self) -> tuple[str, ...]:
        """Return what was struck through since this was asked last."""
        found = tuple(said for text in self.struck if (said := one_line(text)))
        self.struck = []
        return found

    def words(self, paragraph: Element) -> str:
        """Return the number that Word shows before the paragraph, and its text; lines are parted by `\\n`.

        The text boxes anchored in it are put on `boxes`; the pages that end in it are counted.
        """
        self._in_struck = False
        return self.numbering.label(paragraph) + "".join(self._words(paragraph))

    def _words(self, element: Element) -> Iterator[str]:
        for child in element:
            tag = child.tag
            if tag in (w("t"), f"{{{MATH}}}t"):
                yield self._text(child.text or "")
            elif tag in _SIGNS:
                yield _SIGNS[tag]
            elif tag in _WITHOUT_TEXT:
                continue
            elif tag == w("r"):
                yield from self._run(child)
            elif tag in _OTHERS:
                yield from _OTHERS[tag](self, child)
            else:
                yield from self._words(child)

    def _run(self, run: Element) -> Iterator[str]:
        """Yield the text of a run: nothing of a hidden one; struck text is kept apart, raised figures are raised.

        `15/5/2026` with a small 1 behind it is no year 20261, `m` with a small 2 no `m2`.
        """
        if is_on(run, "rPr/vanish"):
            self.hidden += any(text.text for text in run.iter(w("t")))
        elif is_on(run, "rPr/strike") or is_on(run, "rPr/dstrike"):
            text = "".join(self._words(run))
            if self._in_struck and self.struck:
                self.struck[-1] += text
            else:
                self.struck.append(text)
            self._in_struck = True
        else:
            self._in_struck = False
            is_raised = value(run, "rPr/vertAlign") == "superscript"
            yield from (text.translate(RAISED) if is_raised else text for text in self._words(run))

    def _text(self, text: str) -> str:
        if self.page is not None and text.strip():
            self.text_pages.append(self.page)
        return text

    def _page_break(self, _: Element) -> Iterator[str]:
        if self.page is not None:
            self.page += 1
        return iter(())

    def _box(self, element: Element) -> Iterator[str]:
        self.boxes.append(element)
        return iter(())

    def _control(self, element: Element) -> Iterator[str]:
        """Yield the text of a content control, unless it still shows its prompt."""
        return iter(()) if is_on(element, "sdtPr/showingPlcHdr") else self._words(element)

    def _alternative(self, element: Element) -> Iterator[str]:
        """Yield the text of the first choice: the others say the same for older programs."""
        chosen = element.find(_CHOICE)
        chosen = element.find(_FALLBACK) if chosen is None else chosen
        return iter(()) if chosen is None else self._words(chosen)

    def _note(self, element: Element) -> Iterator[str]:
        self.referred.setdefault((_NOTES[element.tag], element.get(w("id"), "")), self.at)
        return iter(())

    def _symbol(self, element: Element) -> Iterator[str]:
        """Yield a sign of a symbol font; those without a meaning in a plan's text are left out."""
        code = element.get(w("char"), "")
        is_hexadecimal = 0 < len(code) < 7 and all(digit in "0123456789abcdefABCDEF" for digit in code)
        is_symbol = element.get(w("font"), "") == "Symbol"
        yield _SYMBOLS.get(int(code, 16) & 0xFF, "") if is_hexadecimal and is_symbol else ""


_OTHERS: dict[str, Callable[[Story, Element], Iterator[str]]] = {
    w("lastRenderedPageBreak"): Story._page_break,
    w("txbxContent"): Story._box,
    w("sdt"): Story._control,
    f"{{{COMPATIBILITY}}}AlternateContent": Story._alternative,
    w("sym"): Story._symbol,
    **dict.fromkeys(_NOTES, Story._note),
}
