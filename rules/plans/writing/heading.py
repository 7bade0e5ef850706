"""Heading: the first lines of a drafted rule file: what was read from where, and the programme's own keys."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from rules.days import day_vi
from rules.load.names import LONGEST_LINE
from rules.load.periods import FIRST_YEAR, LAST_YEAR
from rules.phrases.forms import Form
from rules.plans.draft import Draft, DraftDocument, DraftTask
from rules.plans.writing import words
from rules.plans.writing.clean import clean
from rules.plans.writing.layout import Entry, comment, lines_of
from rules.plans.writing.office import Office
from rules.plans.writing.overview import overview
from rules.plans.writing.rows import Row, counted
from rules.plans.writing.spelling import spelt
from rules.wording import Wording

_DOCUMENT = ("number", "date", "issuer", "subject", "year")
"""What a doubt about the head of the document is about."""
_YEARS = re.compile(r"giai đoạn\s+\d{4}\s*[-–]\s*(\d{4})", re.IGNORECASE)


def heading(
    draft: Draft, office: Office, tasks: Sequence[Row], indicators: Sequence[Row], asked: Sequence[Wording]
) -> list[str]:
    """Return the header comment and the keys before the events and tasks; `asked` is what is asked of many tasks."""
    subject, issuer = (spelt(text, draft, office) for text in (draft.document.subject, draft.document.issuer))
    document = replace(draft.document, subject=subject, issuer=issuer)
    draft = replace(draft, document=document)
    named = [document.number, day_vi(document.date) if document.date else "", document.issuer, document.subject]
    about = [Wording(*[clean(" · ".join(filter(None, named))) or office.id] * 2)]
    about += [words.counts(counted(tasks), counted(indicators))]
    about += [overview(draft, tasks, office.directory)] if tasks else []
    about += [words.MARKS, *_questions(draft)]
    said = [*(clean(each.say(office.language)) for each in about), *(each.say(office.language) for each in asked)]
    lines = [line for each in said for line in comment(each, 0)]
    return lines + [line for entry in _entries(draft, office, tasks) for line in lines_of(entry, 0)]


def year_of(document: DraftDocument) -> int | None:
    """Return the year of the programme, that of its document where it names none."""
    year = document.year or (document.date.year if document.date else None)
    return year if year and FIRST_YEAR <= year <= LAST_YEAR else None


def _questions(draft: Draft) -> Iterable[Wording]:
    """Yield what is to be asked about the document as a whole, with the place it was read from."""
    for doubt in draft.doubts:
        if doubt.field not in _DOCUMENT:
            found, at = words.check(doubt.said, doubt.alternatives), doubt.at.said()
            yield Wording(f"{found.vi} ({at.vi})", f"{found.en} ({at.en})") if at.en else found


def _entries(draft: Draft, office: Office, tasks: Sequence[Row]) -> Iterable[Entry]:
    document, year = draft.document, year_of(draft.document)
    title = clean(document.subject or document.number)[:LONGEST_LINE].strip()
    yield Entry("programme", office.id)
    yield Entry("title", title[:1].upper() + title[1:] or office.id, _asked(draft, office, "subject"))
    yield Entry("document", _document(document, office), _asked(draft, office, "number", "date", "issuer"))
    if year:
        yield Entry("period", year, (*_asked(draft, office, "year"), *_outlasting(draft, year, office, tasks)))
    yield Entry("directory", office.directory.id, () if year else _asked(draft, office, "year"))
    yield Entry("calendar", office.calendar)
    yield Entry("ladder", office.ladder)
    asked = () if office.is_standing_sure else (words.check(words.STANDING).say(office.language),)
    yield Entry("standing", office.standing, asked)


def _outlasting(draft: Draft, year: int, office: Office, tasks: Sequence[Row]) -> tuple[str, ...]:
    """Return the question about the period of a programme that goes on after its year, where something recurs in it.

    It does so by its deadlines or by its title. The period bounds what recurs, and nothing else.
    """
    readings = [task.reading for task in draft.tasks if task.reading]
    titled = _YEARS.search(draft.document.subject)
    last = max((one.due.year for one in readings if one.due), default=year)
    last = max(last, int(titled[1])) if titled else last
    recurring = [row.id for task, row in zip(draft.tasks, tasks, strict=True) if _recurs(task)]
    if last <= year or not recurring:
        return ()
    asked = words.with_line(words.ending(year, recurring), f"period: {{from: {year}, by: {last}}}")
    return (asked.say(office.language),)


def _recurs(task: DraftTask) -> bool:
    return task.reading is not None and any(one.rrules for one in (task.reading, *task.reading.parts))


def _document(document: DraftDocument, office: Office) -> Form:
    number = clean(document.number)[:LONGEST_LINE].strip() or words.NO_NUMBER.say(office.language)
    found: dict[str, Form] = {"number": number}
    if document.date and FIRST_YEAR <= document.date.year <= LAST_YEAR:
        found["date"] = document.date.isoformat()
    if issuer := clean(document.issuer)[:LONGEST_LINE].strip():
        found["issuer"] = issuer
    return found


def _asked(draft: Draft, office: Office, *fields: str) -> tuple[str, ...]:
    asked = [words.check(doubt.said, doubt.alternatives) for doubt in draft.doubts if doubt.field in fields]
    return tuple(clean(each.say(office.language)) for each in asked)
