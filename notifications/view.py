"""View: a Digest with everything a template needs to say about it already put into words, once for the text
and the HTML."""

from dataclasses import fields
from functools import cached_property
from itertools import count
from operator import attrgetter
from typing import NamedTuple

from notifications import phrases
from notifications.answering import Answering, label
from notifications.folding import are_one, folded, named
from notifications.headers import one_line
from notifications.phrases import Tone
from notifications.words import days, pronoun, salutation
from rules.digest import SECTIONS, Digest, Line, Matter, Question, Section
from rules.wording import Language, Wording


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


class Figure(NamedTuple):
    """One of the figures at the head of a letter: `2 quá hạn (lâu nhất 12 ngày)`."""

    tone: Tone
    text: str


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
        return any(line.as_ == "to" for line in self.digest.lines)

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
        return _figures(self.digest, self._language)

    @cached_property
    def groups(self) -> tuple[MatterGroup, ...]:
        """Return the matters, by their kind."""
        return _groups(self.digest)

    @property
    def questions(self) -> tuple[Question, ...]:
        """Return the questions asked."""
        return self.digest.questions

    @cached_property
    def agencies(self) -> tuple[str, ...]:
        """Return the agencies the lines are about, each once."""
        lines = (line for section in self._folded.values() for line in section)
        return tuple(dict.fromkeys(named(line.unit_names, self._language) for line in lines if line.unit_names))

    @cached_property
    def _folded(self) -> dict[Section, list[Line]]:
        return {name: folded(lines) for name in SECTIONS if (lines := self.digest.section(name))}

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


_TONES: dict[Section, Tone] = {
    "overdue": "late",
    "due_today": "today",
    "due_soon": "soon",
    "ahead": "good",
    "new": "new",
    "information": "calm",
}


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
            views = tuple(view(line) for line in lines if _to_verify(line, digest) is waits)
            total = sum(_to_verify(line, digest) is waits for line in digest.section(name))
            if views:
                sections.append(SectionView(name, _TONES[name], total, views, waits))
    return tuple(sections)


def _to_verify(line: Line, digest: Digest) -> bool:
    """Say whether a line tells the standing office of a report: it is not only for information."""
    return digest.kind == "standing" and line.change == "done"


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
        reported=phrases.reported(line, language),
    )


def _groups(digest: Digest) -> tuple[MatterGroup, ...]:
    by_kind: dict[str, list[Matter]] = {}
    for matter in digest.matters:
        by_kind.setdefault(matter.kind, []).append(matter)
    return tuple(MatterGroup(kind, tuple(matters)) for kind, matters in by_kind.items())


def _figures(digest: Digest, language: Language) -> tuple[Figure, ...]:
    lines = digest.lines
    counted = [
        _overdue(digest, language),
        _plain("today", _DUE_TODAY, sum(line.section == "due_today" for line in lines), language),
        _coming(digest, "due_soon", _DUE_SOON, language),
        _coming(digest, "ahead", _AHEAD, language),
        _plain("new", _NEW, sum(line.section == "new" and line.change != "moved" for line in lines), language),
        _plain("new", _MOVED, sum(line.section == "new" and line.change == "moved" for line in lines), language),
        _plain("calm", _QUESTIONS, len(digest.questions), language),
        _plain("calm", _MATTERS, len(digest.matters), language),
        _plain("today", _TO_VERIFY, sum(_to_verify(line, digest) for line in lines), language),
        _plain("calm", _INFORMATION, sum(_is_known_only(line, digest) for line in lines), language),
    ]
    return tuple(figure for figure in counted if figure is not None)


_DUE_TODAY = Wording("cần xong hôm nay", "to finish today")
_DUE_SOON = Wording("sắp đến hạn", "due soon")
_AHEAD = Wording("cần thực hiện", "to be done")
_NEW = Wording("mới giao", "new")
_MOVED = Wording("điều chỉnh thời hạn", "moved")
_QUESTIONS = Wording("câu hỏi", "to answer")
_MATTERS = Wording("việc cần xử lý", "to see to")
_TO_VERIFY = Wording("báo cáo chờ xác nhận", "to verify")
_INFORMATION = Wording("để biết", "for information")


def _is_known_only(line: Line, digest: Digest) -> bool:
    return line.section == "information" and not _to_verify(line, digest)


def _plain(tone: Tone, words: Wording, number: int, language: Language) -> Figure | None:
    return Figure(tone, f"{number} {words.say(language)}") if number else None


def _overdue(digest: Digest, language: Language) -> Figure | None:
    late = [line.days_late for line in digest.lines if line.section == "overdue"]
    if not late:
        return None
    since = Wording(" từ trước", " from before") if digest.baseline else Wording("", "")
    text = f"{len(late)} {Wording('quá hạn', 'overdue').say(language)}{since.say(language)}"
    if max(late) > 0:
        longest = Wording("lâu nhất ", "longest ").say(language) if len(late) > 1 else ""
        text += f" ({longest}{days(max(late), language)})"
    return Figure("late", text)


def _coming(digest: Digest, section: Section, words: Wording, language: Language) -> Figure | None:
    """Return the figure of what is still to come, with the days that are left where nothing presses more."""
    lines = digest.section(section)
    if not lines:
        return None
    text = f"{len(lines)} {words.say(language)}"
    left = [line.days_left for line in lines if line.due is not None]
    pressing = SECTIONS[: SECTIONS.index(section)]
    # Beside something more pressing the figure alone is enough.
    if left and not any(line.section in pressing for line in digest.lines):
        first = Wording("sớm nhất còn ", "first in ") if len(left) > 1 else Wording("còn ", "in ")
        text += f" ({first.say(language)}{days(min(left), language)})"
    return Figure(_TONES[section], text)
