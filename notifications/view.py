"""View: a Digest with everything a template needs to say about it already put into words, once for the text
and the HTML."""

from dataclasses import dataclass

from notifications import phrases
from notifications.headers import one_line
from notifications.phrases import Tone
from notifications.words import days, listed, pronoun, salutation
from rules.digest import SECTIONS, Digest, Line, Matter, Question, Section
from rules.wording import Language, Wording


@dataclass(frozen=True, slots=True)
class LineView:
    """One line in words; `line` is the bare value beside them. A text is '' where there is nothing to say."""

    line: Line
    title: str
    status: str
    tone: Tone
    agency: str
    citation: str
    deadline: str
    around: str
    stated: str
    product: str
    why: str
    missed: str
    earlier: tuple[str, ...]
    ahead: str
    provisional: bool
    source: str


@dataclass(frozen=True, slots=True)
class SectionView:
    """One section that has lines."""

    name: Section
    lines: tuple[LineView, ...]


@dataclass(frozen=True, slots=True)
class MatterGroup:
    """The matters of one kind."""

    kind: str
    matters: tuple[Matter, ...]


@dataclass(frozen=True, slots=True)
class Count:
    """One of the figures at the head of a letter: `2 quá hạn (lâu nhất 12 ngày)`."""

    tone: Tone
    text: str


@dataclass(frozen=True, slots=True)
class View:
    """One digest in words. `acts` is True when the reader is asked to act on some line, not only informed."""

    digest: Digest
    salutation: str
    you: str
    acts: bool
    sections: tuple[SectionView, ...]
    counts: tuple[Count, ...]
    groups: tuple[MatterGroup, ...]
    questions: tuple[Question, ...]
    agencies: tuple[str, ...]
    only: LineView | None
    """The one line of a letter that has nothing else to tell."""


def view(digest: Digest, language: Language) -> View:
    """Put the digest into words."""
    sections = _sections(digest, language)
    lines = [line for section in sections for line in section.lines]
    alone = len(lines) == 1 and not digest.matters and not digest.questions
    return View(
        digest=digest,
        salutation=salutation(digest.recipient, language),
        you=pronoun(digest.recipient, language),
        acts=any(line.as_ == "to" for line in digest.lines),
        sections=sections,
        counts=_counts(digest, language),
        groups=_groups(digest),
        questions=digest.questions,
        agencies=tuple(dict.fromkeys(line.agency for line in lines if line.agency)),
        only=lines[0] if alone else None,
    )


def _sections(digest: Digest, language: Language) -> tuple[SectionView, ...]:
    by_name: dict[Section, list[LineView]] = {name: [] for name in SECTIONS}
    for line in digest.lines:
        by_name[line.section].append(line_view(line, language, reader=digest.recipient.title))
    return tuple(SectionView(name, tuple(lines)) for name, lines in by_name.items() if lines)


def line_view(line: Line, language: Language, *, reader: str) -> LineView:
    """Put one line into words for the reader with that title."""
    return LineView(
        line=line,
        title=one_line(f"{line.title} – {line.part}" if line.part else line.title),
        status=phrases.status(line, language),
        tone=phrases.tone(line),
        agency=listed(line.unit_names, language),
        citation=phrases.citation(line, language),
        deadline=phrases.deadline(line, language),
        around=phrases.around(line, language),
        stated=one_line(line.stated or ""),
        product=one_line(line.product or ""),
        why=line.why.say(language),
        missed=phrases.missed(line, language),
        earlier=phrases.earlier(line, language),
        ahead=phrases.ahead(line, language, reader=reader),
        provisional=line.provisional,
        source=line.source,
    )


def _groups(digest: Digest) -> tuple[MatterGroup, ...]:
    by_kind: dict[str, list[Matter]] = {}
    for matter in digest.matters:
        by_kind.setdefault(matter.kind, []).append(matter)
    return tuple(MatterGroup(kind, tuple(matters)) for kind, matters in by_kind.items())


def _counts(digest: Digest, language: Language) -> tuple[Count, ...]:
    lines = digest.lines
    counted = [
        _overdue(digest, language),
        _plain("today", _DUE_TODAY, sum(line.section == "due_today" for line in lines), language),
        _soon(digest, language),
        _plain("new", _NEW, sum(line.section == "new" and line.change != "moved" for line in lines), language),
        _plain("new", _MOVED, sum(line.section == "new" and line.change == "moved" for line in lines), language),
        _plain("calm", _QUESTIONS, len(digest.questions), language),
        _plain("calm", _MATTERS, len(digest.matters), language),
        _plain("calm", _INFORMATION, sum(line.section == "information" for line in lines), language),
    ]
    return tuple(count for count in counted if count is not None)


_DUE_TODAY = Wording("đến hạn hôm nay", "due today")
_NEW = Wording("mới giao", "new")
_MOVED = Wording("điều chỉnh thời hạn", "moved")
_QUESTIONS = Wording("câu hỏi", "to answer")
_MATTERS = Wording("việc cần xử lý", "to see to")
_INFORMATION = Wording("để biết", "for information")


def _plain(tone: Tone, words: Wording, count: int, language: Language) -> Count | None:
    return Count(tone, f"{count} {words.say(language)}") if count else None


def _overdue(digest: Digest, language: Language) -> Count | None:
    late = [line.days_late for line in digest.lines if line.section == "overdue"]
    if not late:
        return None
    since = Wording(" từ trước", " from before") if digest.baseline else Wording("", "")
    text = f"{len(late)} {Wording('quá hạn', 'overdue').say(language)}{since.say(language)}"
    if max(late) > 0:
        longest = Wording("lâu nhất ", "longest ").say(language) if len(late) > 1 else ""
        text += f" ({longest}{days(max(late), language)})"
    return Count("late", text)


def _soon(digest: Digest, language: Language) -> Count | None:
    left = [line.days_left for line in digest.lines if line.section == "due_soon"]
    if not left:
        return None
    text = f"{len(left)} {Wording('sắp đến hạn', 'due soon').say(language)}"
    # Beside something more pressing the figure alone is enough.
    if not any(line.section in ("overdue", "due_today") for line in digest.lines):
        first = Wording("gần nhất còn ", "first in ") if len(left) > 1 else Wording("còn ", "in ")
        text += f" ({first.say(language)}{days(min(left), language)})"
    return Count("soon", text)
