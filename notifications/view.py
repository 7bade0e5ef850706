"""View: a Digest with everything a template needs to say about it already put into words, once for the text
and the HTML."""

from collections.abc import Iterable
from dataclasses import fields
from functools import cached_property
from itertools import count
from operator import attrgetter
from typing import NamedTuple

from notifications import phrases
from notifications.answering import Answering, label
from notifications.figures import TONES, Figure, figures, is_to_verify
from notifications.folding import are_one, folded, named
from notifications.headers import one_line
from notifications.phrases import Tone
from notifications.words import pronoun, salutation
from rules.digest import SECTIONS, Digest, Line, Matter, OwesAs, Question, Section
from rules.wording import Language


class LineView(NamedTuple):
    """One line in words; `line` is the bare value beside them, `number` counts through the letter.

    A text is '' where there is nothing to say.
    """

    line: Line
    number: int
    title: str
    status: str
    tone: Tone
    agency: str
    url: str
    """Where the reader answers."""
    citation: str
    deadline: str
    around: str
    stated: str
    phrase: str
    product: str
    why: str
    missed: str
    earlier: tuple[str, ...]
    ahead: str
    provisional: bool
    source: str
    said: str = ""
    heard: tuple[str, ...] = ()
    reported: str = ""
    answer: str = ""
    """The words of the link."""


class SectionView(NamedTuple):
    """One section that has lines. `total`: how many obligations they tell of; what many units owe alike is one line.
    `to_verify`: they are reports, and whoever reads them is to accept or return each."""

    name: Section
    tone: Tone
    total: int
    lines: tuple[LineView, ...]
    to_verify: bool = False


class MatterGroup(NamedTuple):
    """The matters of one kind."""

    kind: str
    matters: tuple[Matter, ...]


class View:
    """One digest in words, each part when it is first asked for: a subject alone needs few of them."""

    def __init__(self, digest: Digest, language: Language, answering: Answering | None = None) -> None:
        self.digest = digest
        self._language = language
        self._answering = answering

    @cached_property
    def salutation(self) -> str:
        """Return how the reader is addressed."""
        return salutation(self.digest.recipient, self._language)

    @cached_property
    def you(self) -> str:
        """Return how the reader is spoken of."""
        return pronoun(self.digest.recipient, self._language)

    @cached_property
    def acts(self) -> bool:
        """Say whether the reader is asked to act on some line, not only informed."""
        return any(line.as_ == "to" and not phrases.is_over(line) for line in self.digest.lines)

    @cached_property
    def owes_as(self) -> OwesAs:
        """Return the post by which the reader belongs to a unit that still owes something told, the head before others;
        '' where there is none."""
        posts = {line.owes_as for line in self.digest.lines if not phrases.is_over(line)}
        return next((post for post in ("head", "focal", "standing") if post in posts), "")

    @cached_property
    def stands_in_for(self) -> tuple[str, ...]:
        """Return the titles of the vacant heads in whose place the reader is told of some line."""
        return _vacant(line for line in self.digest.lines if line.stands_in)

    @cached_property
    def only_stands_in(self) -> bool:
        """Say whether all that is still owed is told in place of such a head."""
        return bool(self.stands_in_for) and all(line.stands_in or phrases.is_over(line) for line in self.digest.lines)

    @cached_property
    def reminds(self) -> bool:
        """Say whether a superior is told nothing as such: what is owed is the reader's own, or a vacant head's."""
        lines = self.digest.lines
        return bool(self.stands_in_for) and all(one.stands_in or one.owes_as or phrases.is_over(one) for one in lines)

    @cached_property
    def vacant(self) -> tuple[str, ...]:
        """Return the titles of the vacant heads of what is told otherwise."""
        return _vacant(line for line in self._owed_to_others)

    @cached_property
    def head_told(self) -> bool:
        """Say whether the heads have been reminded of all that is told otherwise, but for those that are vacant."""
        return all(line.head_told or line.vacant for line in self._owed_to_others)

    @cached_property
    def any_head(self) -> bool:
        """Say whether somebody is the head of a unit that owes some of it."""
        return any(not line.vacant for line in self._owed_to_others)

    @cached_property
    def works_with(self) -> bool:
        """Say whether some line, beside what the reader's own unit owes, tells of what others owe."""
        return self.owes_as != "" and any(not line.owes_as and not phrases.is_over(line) for line in self.digest.lines)

    @cached_property
    def _owed_to_others(self) -> tuple[Line, ...]:
        lines = tuple(line for line in self.digest.lines if not line.stands_in and not phrases.is_over(line))
        if self.digest.kind == "escalation" or not self.owes_as:
            return lines
        # Of what a unit only works with, its own head is not reminded.
        return tuple(line for line in lines if line.owes_as)

    @cached_property
    def sections(self) -> tuple[SectionView, ...]:
        """Return the sections that have lines."""
        return _sections(self._folded, self.digest, self._language, self._answering)

    def link(self, about: Matter | Question) -> str:
        """Return where the reader sees to a matter or answers a question, '' where that is nowhere."""
        if self._answering is None:
            return ""
        person = self.digest.recipient.email
        if isinstance(about, Question):
            return self._answering.of_question(person, about)
        return self._answering.of_matter(person, about)

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """Return the figures at the head of the letter."""
        return figures(self.digest, self._language)

    @cached_property
    def groups(self) -> tuple[MatterGroup, ...]:
        """Return the matters, by their kind."""
        return _groups(self.digest)

    @property
    def questions(self) -> tuple[Question, ...]:
        """Return the questions asked."""
        return self.digest.questions

    @cached_property
    def about(self) -> str:
        """Return the first agency the lines are about, and how many others there are; '' where there is none."""
        lines = (line for section in self._folded.values() for line in section)
        first, *others = dict.fromkeys(name for line in lines for name in line.unit_names) or [""]
        if not others:
            return first
        if self._language == "vi":
            return f"{first} và {len(others)} đơn vị khác"
        return f"{first} and {len(others)} more"

    @cached_property
    def _folded(self) -> dict[Section, list[Line]]:
        return {name: folded(lines) for name in SECTIONS if (lines := self.digest.section(name))}

    @property
    def asks_nothing(self) -> bool:
        """Say whether all it tells is that the rule files are whole again."""
        return all(matter.kind == "whole-again" for matter in self.digest.matters)

    @property
    def is_of_system(self) -> bool:
        """Say whether it tells of no programme, only of what is wrong with the machinery."""
        return not any(self.digest.programmes)

    @cached_property
    def only(self) -> LineView | None:
        """Return the one line of a letter that has nothing else to tell, None of any other letter."""
        if self.digest.matters or self.digest.questions or not are_one(self.digest.lines):
            return None
        [line] = folded(self.digest.lines)
        return line_view(line, self._language, number=1, reader=self.digest.recipient.title)


PARTS = frozenset(name for name in vars(View) if not name.startswith("_")) | {"digest"}
"""What a template may ask of a view."""


def _vacant(lines: Iterable[Line]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(title for line in lines for title in line.vacant))


def _sections(
    folded_lines: dict[Section, list[Line]], digest: Digest, language: Language, answering: Answering | None
) -> tuple[SectionView, ...]:
    number = count(1)
    reader = digest.recipient.title

    def view(line: Line) -> LineView:
        seen = line_view(line, language, number=next(number), reader=reader)
        url = answering.of_line(digest.recipient.email, line) if answering else ""
        return seen._replace(url=url, answer=label(line, digest.kind, language)) if url else seen

    sections = []
    for name, lines in folded_lines.items():
        for waits in (True, False):
            views = tuple(view(line) for line in lines if is_to_verify(line, digest) is waits)
            total = sum(is_to_verify(line, digest) is waits for line in digest.section(name))
            if views:
                sections.append(SectionView(name, TONES[name], total, views, waits))
    return tuple(sections)


def line_view(line: Line, language: Language, *, number: int, reader: str) -> LineView:
    """Put one line into words for the reader with that title."""
    alike = (language, _but_for_the_unit(line))
    known = _KNOWN.get(alike)
    if known is None:
        if len(_KNOWN) >= MOST_KNOWN:
            _KNOWN.clear()
        known = _KNOWN[alike] = _open_view(line, language)
    agency, ahead = named(line.unit_names, language), phrases.ahead(line, language, reader=reader)
    return known._replace(line=line, number=number, agency=agency, ahead=ahead)


MOST_KNOWN = 2048
_KNOWN: dict[tuple[Language, tuple[object, ...]], LineView] = {}
"""Lines in words, but for what differs from unit to unit."""
_but_for_the_unit = attrgetter(*(each.name for each in fields(Line) if each.name not in ("key", "unit_names", "next")))


def _open_view(line: Line, language: Language) -> LineView:
    """Return a line in words without those that hang on its unit and its reader."""
    return LineView(
        line=line,
        number=0,
        title=one_line(f"{line.title} – {line.part}" if line.part else line.title),
        status=phrases.status(line, language),
        tone=phrases.tone(line),
        agency="",
        url="",
        citation=phrases.citation(line, language),
        deadline=phrases.deadline(line, language),
        around=phrases.around(line, language),
        stated=one_line(line.stated or ""),
        phrase=one_line(line.phrase),
        product=one_line(line.product or ""),
        why=line.why.say(language),
        missed=phrases.missed(line, language),
        earlier=phrases.earlier(line, language),
        ahead="",
        provisional=line.provisional,
        source=line.source,
        said=phrases.said(line, language),
        heard=tuple(one_line(each.say(language)) for each in line.heard),
        reported=phrases.reported(line, language),
    )


def _groups(digest: Digest) -> tuple[MatterGroup, ...]:
    by_kind: dict[str, list[Matter]] = {}
    for matter in digest.matters:
        by_kind.setdefault(matter.kind, []).append(matter)
    return tuple(MatterGroup(kind, tuple(matters)) for kind, matters in by_kind.items())
