"""Numbering: the numbers that Word shows before paragraphs and that stand nowhere in their text (§17.9)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from rules.plans.sources.wordml import find, is_on, number, value, w

_LEVELS = 9
_PLACE = re.compile(r"%([1-9])")
_ROMANS = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
    (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_LONGEST_PATTERN = 60


@dataclass(frozen=True, slots=True)
class _Level:
    """How a level of a list counts and shows its number; `after`: the level above that lets it start anew, 0 none."""

    start: int = 1
    format: str = "decimal"
    pattern: str = ""
    joint: str = " "
    after: int | None = None
    legal: bool = False


@dataclass(frozen=True, slots=True)
class _List:
    """A list that paragraphs refer to; lists with the same `counter` go on counting from one another."""

    counter: str
    levels: dict[int, _Level]
    restarts: dict[int, int]


@dataclass(slots=True)
class Numbering:
    """The lists of a document and how far each has counted; ask for every numbered paragraph once, in order."""

    lists: dict[str, _List] = field(default_factory=dict)
    styles: dict[str, tuple[str | None, int | None]] = field(default_factory=dict)
    counts: dict[str, dict[int, int]] = field(default_factory=dict)
    begun: set[tuple[str, int]] = field(default_factory=set)

    def label(self, paragraph: Element) -> str:
        """Count `paragraph` and return what Word shows before its text (`1. `, `II - `), '' when it has no number."""
        properties = paragraph.find(w("pPr"))
        listed, level = _reference(properties)
        if listed is None and (style := value(properties, "pStyle")) in self.styles:
            listed, of_style = self.styles[style]
            level = level if level is not None else of_style
        if listed not in self.lists:
            return ""
        found = self.lists[listed]
        at = level or 0
        shown = found.levels.get(at)
        if shown is None:
            return ""
        return self._shown(found, shown, self._count(listed, found, at))

    def _count(self, listed: str, found: _List, at: int) -> dict[int, int]:
        """Return the counts of all levels after counting one more at level `at`."""
        counts = self.counts.setdefault(found.counter, {})
        for above in range(at):
            counts.setdefault(above, _start(found, above))
        first = (listed, at) not in self.begun
        self.begun.add((listed, at))
        if at not in counts or (first and at in found.restarts):
            counts[at] = _start(found, at)
        else:
            counts[at] += 1
        for below in range(at + 1, _LEVELS):
            after = found.levels.get(below, _Level()).after
            if after is None or at < after:
                counts.pop(below, None)
        return counts

    def _shown(self, found: _List, shown: _Level, counts: dict[int, int]) -> str:
        if shown.format == "bullet":
            return _bullet(shown.pattern) + " "
        if shown.format == "none":
            text = _PLACE.sub("", shown.pattern)
        else:
            text = _PLACE.sub(lambda place: _place(found, shown, counts, int(place[1]) - 1), shown.pattern)
        return text + shown.joint if text.strip() else ""


def _place(found: _List, shown: _Level, counts: dict[int, int], at: int) -> str:
    format_ = "decimal" if shown.legal else found.levels.get(at, _Level()).format
    return _written(counts.get(at, _start(found, at)), format_)


def _start(found: _List, at: int) -> int:
    return found.restarts.get(at, found.levels.get(at, _Level()).start)


def _written(count: int, format_: str) -> str:
    """Return `count` in a number format of Word; formats that no Vietnamese document uses come out as digits."""
    match format_:
        case "upperRoman" | "lowerRoman" if 0 < count < 4000:
            roman = _roman(count)
            return roman if format_ == "upperRoman" else roman.lower()
        case "upperLetter" | "lowerLetter" if 0 < count <= 780:
            letters = chr(ord("A") + (count - 1) % 26) * ((count - 1) // 26 + 1)
            return letters if format_ == "upperLetter" else letters.lower()
        case "decimalZero":
            return f"{count:02}"
        case "none":
            return ""
        case _:
            return str(count)


def _roman(count: int) -> str:
    text = ""
    for worth, sign in _ROMANS:
        text += sign * (count // worth)
        count %= worth
    return text


def _bullet(pattern: str) -> str:
    """Return a list sign; those of symbol fonts, in Unicode's private area, are dashes."""
    return "-" if not pattern.strip() or "\ue000" <= pattern[0] <= "\uf8ff" else pattern.strip()


def _reference(properties: Element | None) -> tuple[str | None, int | None]:
    """Return the list and the level that paragraph properties name."""
    level = value(properties, "numPr/ilvl")
    return value(properties, "numPr/numId"), None if level is None else number(level, 0)


def numbering(lists: Element | None, styles: Element | None) -> Numbering:
    """Return the numbering of a document from its parts `numbering.xml` and `styles.xml`, where it has them."""
    of_styles = {} if styles is None else dict(_styled(styles))
    return Numbering({} if lists is None else dict(_listed(lists, of_styles)), of_styles)


def _listed(lists: Element, styles: dict[str, tuple[str | None, int | None]]) -> Iterator[tuple[str, _List]]:
    models = {model.get(w("abstractNumId"), ""): model for model in lists.iter(w("abstractNum"))}
    uses = {use.get(w("numId"), ""): use for use in lists.iter(w("num"))}
    for name, use in uses.items():
        counter = value(use, "abstractNumId") or ""
        if (style := value(models.get(counter), "numStyleLink")) in styles and (other := styles[style][0]) in uses:
            counter = value(uses[other], "abstractNumId") or ""
        if counter not in models or name == "0":
            continue
        levels = _levels(models[counter])
        restarts: dict[int, int] = {}
        for override in use.iter(w("lvlOverride")):
            levels |= _levels(override)
            if (start := value(override, "startOverride")) is not None:
                restarts[number(override.get(w("ilvl")), 0)] = number(start, 1)
        yield name, _List(counter, levels, restarts)


def _levels(of: Element) -> dict[int, _Level]:
    return {number(level.get(w("ilvl")), 0): _level(level) for level in of.findall(w("lvl"))}


def _level(level: Element) -> _Level:
    after = value(level, "lvlRestart")
    return _Level(
        start=number(value(level, "start"), 0),
        format=value(level, "numFmt") or "decimal",
        pattern=(value(level, "lvlText") or "")[:_LONGEST_PATTERN],
        joint="" if value(level, "suff") == "nothing" else " ",
        after=None if after is None else number(after, 0),
        legal=is_on(level, "isLgl"),
    )


def _styled(styles: Element) -> Iterator[tuple[str, tuple[str | None, int | None]]]:
    """Yield every style that numbers its paragraphs, itself or through the style it is based on."""
    named = {style.get(w("styleId"), ""): style for style in styles.iter(w("style"))}
    for name in named:
        listed: str | None = None
        level: int | None = None
        current: str | None = name
        for _ in range(20):
            style = named.get(current or "")
            if style is None or listed is not None:
                break
            listed, own = _reference(find(style, "pPr"))
            level = level if level is not None else own
            current = value(style, "basedOn")
        if listed is not None:
            yield name, (listed, level)
