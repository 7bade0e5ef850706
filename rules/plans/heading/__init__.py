"""The head of a document: its number, date, issuer, subject and year, and where it leaves one open or says it twice."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence

from rules.days import day_en, day_vi
from rules.plans.blocks import Block, Paragraph, Table, Where
from rules.plans.draft import Doubt, DraftDocument
from rules.plans.heading.citation import Citation, Stated, apart, attachments, head_date, head_number
from rules.plans.heading.subject import annex_titles, issuer_above, spelt, subject_of, year_in
from rules.wording import Wording

_HEAD_ROWS, _HEAD_COLUMNS = 4, 3
_HEAD = 60
"""How many paragraphs may stand before the body begins."""


def document_head(blocks: Sequence[Block], *, year: int | None) -> tuple[DraftDocument, tuple[Doubt, ...]]:
    """Return the head of a document, and what is doubtful about it.

    `year` is the programme's year as the reader states it; it stands over the one in the document's titles.
    """
    lines = tuple(part for line in _lines(blocks) for part in apart(line))
    head = lines[:_HEAD]
    cited = attachments(lines)
    own = Citation(head_number(head), head_date(head), issuer_above(head))
    doubts = [*_blank(own, cited, head), *_contradictions(own, cited)]
    number = own.number or next((one.number for one in cited if one.number), None)
    day = _first(own.day, *(one.day for one in cited))
    subject = subject_of(head) or next(iter(annex_titles(lines)), "")
    found, doubt = _year(year, subject, lines, day)
    issuer = spelt(own.issuer, lines) or next((one.issuer for one in cited if one.issuer), "")
    document = DraftDocument(number.text if number else "", day.day if day else None, issuer, subject, found)
    return document, tuple(doubts + doubt)


def _lines(blocks: Sequence[Block]) -> Iterator[Paragraph]:
    """Yield the paragraphs, and the cells of small tables: offices lay out a head in one without rules."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
        elif _is_layout(block):
            columns = zip(*(row.cells for row in block.rows), strict=True)
            for column in columns:
                yield from (Paragraph(text, block.at) for text in dict.fromkeys(column) if text)
        else:
            yield from _titles(block)


def _titles(table: Table) -> Iterator[Paragraph]:
    """Yield the texts of the rows that a table begins with and that hold one text each: titles above its headings."""
    for row in table.rows[:_HEAD_ROWS]:
        said = {cell for cell in row.cells if cell}
        if len(said) > 1:
            return
        yield from (Paragraph(text, row.at) for text in said)


def _is_layout(table: Table) -> bool:
    return len(table.rows) <= _HEAD_ROWS and all(len(row.cells) <= _HEAD_COLUMNS for row in table.rows)


def _first(*days: Stated | None) -> Stated | None:
    """Return the first day that is written out, or the first of which a part is known."""
    stated = [day for day in days if day is not None]
    return next((day for day in stated if day.day), stated[0] if stated else None)


def _blank(own: Citation, cited: Sequence[Citation], head: Sequence[Paragraph]) -> Iterator[Doubt]:
    """Yield a doubt for a number or a date that is left blank, written by hand, or stated nowhere."""
    numbers = [one.number for one in (own, *cited) if one.number]
    days = [one.day for one in (own, *cited) if one.day]
    at = head[0].at if head else Where()
    if not any(number.text[:1].isdigit() for number in numbers):
        yield Doubt(_NO_NUMBER, numbers[0].at if numbers else at, "number")
    if not any(day.day for day in days):
        yield Doubt(_NO_DATE, days[0].at if days else at, "date")
    for field, stated in (("number", numbers), ("date", days)):
        hand = next((one for one in stated if one.by_hand), None)
        if hand:
            yield Doubt(_by_hand(field), hand.at, field)


def _contradictions(own: Citation, cited: Sequence[Citation]) -> Iterator[Doubt]:
    """Yield a doubt where the head and the annexes give different numbers or dates."""
    all_of = (own, *cited)
    numbers = _different(
        (one.number.text, one.number.at) for one in all_of if one.number and one.number.text[0].isdigit()
    )
    if len(numbers) > 1:
        yield Doubt(_TWO_NUMBERS, numbers[1][1], "number", tuple(number for number, _ in numbers))
    days = _different((one.day.day.isoformat(), one.day.at) for one in all_of if one.day and one.day.day)
    if len(days) > 1:
        yield Doubt(_two_dates(days), days[1][1], "date", tuple(day for day, _ in days))


def _different(stated: Iterable[tuple[str, Where]]) -> list[tuple[str, Where]]:
    """Return each text with the place where it stands first."""
    places: dict[str, Where] = {}
    for text, at in stated:
        places.setdefault(text, at)
    return list(places.items())


def _year(
    asked: int | None, subject: str, lines: Sequence[Paragraph], day: Stated | None
) -> tuple[int | None, list[Doubt]]:
    """Return the programme's year: as asked for, as the titles name it, or that of the document's date."""
    titled = next((year for title in (subject, *annex_titles(lines)) if (year := year_in(title))), None)
    at = lines[0].at if lines else Where()
    if asked is not None:
        differs = titled is not None and titled != asked
        return asked, [Doubt(_other_year(titled), at, "year", (str(titled),))] if differs and titled else []
    if titled is not None:
        return titled, []
    dated = day.year if day else None
    return dated, [Doubt(_YEAR_OF_DATE if dated else _NO_YEAR, day.at if day else at, "year")]


_NO_NUMBER = Wording("Văn bản không ghi số, hoặc để trống.", "The document's number is blank, or not stated.")
_NO_DATE = Wording("Văn bản không ghi đủ ngày ban hành.", "The day of the document is blank, or not stated.")
_TWO_NUMBERS = Wording("Phần đầu văn bản và phụ lục ghi số khác nhau.", "The head and an annex give different numbers.")
_YEAR_OF_DATE = Wording(
    "Tiêu đề không nêu năm: lấy năm ban hành văn bản.", "No title names a year: that of the document's date is taken."
)
_NO_YEAR = Wording("Không rõ năm của chương trình.", "The year of the programme is not known.")


def _by_hand(field: str) -> Wording:
    vi, en = {"number": ("Số văn bản", "number")}.get(field, ("Ngày ban hành", "day"))
    return Wording(
        f"{vi} được đánh dấu riêng, có thể viết tay: cần đối chiếu bản gốc.",
        f"The document's {en} is marked out in the text and may be handwritten: check the original.",
    )


def _two_dates(days: Sequence[tuple[str, Where]]) -> Wording:
    shown = [(dt.date.fromisoformat(day), at.said()) for day, at in days]
    return Wording(
        f"Văn bản ghi các ngày ban hành khác nhau: {', '.join(f'{day_vi(day)} ({at.vi})' for day, at in shown)}; "
        f"lấy ngày {day_vi(shown[0][0])}.",
        f"The document gives different days of issue: {', '.join(f'{day_en(day)} ({at.en})' for day, at in shown)}; "
        f"{day_en(shown[0][0])} is taken.",
    )


def _other_year(titled: int | None) -> Wording:
    return Wording(f"Tiêu đề văn bản ghi năm {titled}.", f"The document's title says {titled}.")
