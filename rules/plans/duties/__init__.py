"""Duties: what the text of a plan, outside its tables, tells somebody to do by a day or again and again."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest

from rules.phrases import Context
from rules.plans.blocks import Block
from rules.plans.draft import Doubt, DraftTask
from rules.plans.duties.found import Found, found_in
from rules.plans.duties.linked import row_of
from rules.plans.duties.outline import Part, parts
from rules.plans.duties.secondary import same, secondary
from rules.plans.duties.subject import assigned_in, subject_of
from rules.plans.duties.titles import SENTENCE, title_of
from rules.wording import Wording


def duties(blocks: Sequence[Block], context: Context, *, rows: Sequence[DraftTask] = ()) -> tuple[DraftTask, ...]:
    """Return the duties with a deadline in the body text of a plan.

    `rows` are the tasks of its tables: a duty that a row states with the same deadline is left out; one that a row
    states with another deadline stands, with a doubt that names the row. Duties without any words of time are no part
    of it.
    """
    found: list[DraftTask] = []
    body = list(parts(blocks))
    for part, below in zip_longest(body, body[1:]):
        is_heading = part.opens and (below is None or part in below.above or part.text.endswith(":"))
        for duty in () if is_heading else _duties(part, context):
            found += [linked] if (linked := _linked(duty, part, rows)) else []
    return tuple(found)


def _duties(part: Part, context: Context) -> Iterator[DraftTask]:
    """Yield the duties of one paragraph."""
    found = found_in(part.text, context)
    last = found[-1] if found and found[-1].form == "bracket" else None
    if last:
        yield _duty(part, part.text[: last.start], last)
    for one in found:
        if one.form != "bracket":
            sentence, shift = _sentence(part.text, one.start)
            yield _duty(part, sentence, one._replace(start=one.start - shift, end=one.end - shift))
    if not found and (standing := _of_heading(part, context)):
        yield _duty(part, part.text, standing)


def _sentence(text: str, at: int) -> tuple[str, int]:
    """Return the sentence that stands at a place, and where it begins."""
    ends = [match.end() for match in SENTENCE.finditer(text)]
    start = max((end for end in ends if end <= at), default=0)
    end = min((end for end in ends if end > at), default=len(text))
    return text[start:end], start


def _of_heading(part: Part, context: Context) -> Found | None:
    """Return the phrase that the nearest heading with one states for all under it: `… (nhiệm vụ thường xuyên)`."""
    for one in reversed(part.above):
        stated = [found for found in found_in(one.text, context) if found.form == "bracket"]
        if stated:
            return stated[-1]._replace(start=len(part.text), end=len(part.text))
    return None


def _duty(part: Part, text: str, found: Found) -> DraftTask:
    lead = _lead(part, text, found)
    return DraftTask(
        no="",
        section=" > ".join(_heading(one) for one in part.above if one.marked and one.opens),
        title=title_of(text, found),
        lead=lead,
        basis=part.number if part.number.startswith("Điều") else f"Mục {part.number}" if part.number else "",
        stated=found.text,
        at=part.at,
        reading=found.reading,
        doubts=() if lead else (Doubt(_NO_LEAD, part.at, "lead"),),
    )


def _heading(part: Part) -> str:
    mark = part.number.rsplit(".", 1)[-1]
    return f"{mark}. {part.text}" if mark else part.text


def _lead(part: Part, text: str, found: Found) -> str:
    """Return the agencies that are to do it: as the text begins, before the phrase or behind it, or whom it names.

    Else they are those of its paragraph, or of the nearest part above it; a sentence above introduces items only.
    """
    own = subject_of(text)[0]
    if not own and not text[: found.start].strip():
        own = subject_of(text[found.end :].strip(" ,:"))[0]
    above = (one for one in reversed(part.above) if one.opens or part.marked)
    named = (own, assigned_in(text), *(subject_of(one.text)[0] for one in (part, *above)))
    return next(filter(None, named), "")


def _linked(duty: DraftTask, part: Part, rows: Sequence[DraftTask]) -> DraftTask | None:
    """Return the duty, with a doubt where a row states another deadline; None where a row says the same."""
    row = row_of(duty.title, part.text, rows)
    if row is None:
        return duty
    assert duty.reading is not None
    if any(
        same(duty.reading, stated)
        for stated in (row.reading, *(each.reading for each in row.secondary))
        if stated is not None
    ):
        return None
    alternatives = (row.stated,) if row.stated else ()
    return replace(duty, doubts=(*duty.doubts, Doubt(_stated_twice(row), duty.at, "stated", alternatives)))


def _stated_twice(row: DraftTask) -> Wording:
    number = row.no.rstrip(".")
    if not row.stated:
        return Wording(
            f"Dòng {number} của phụ lục cũng giao việc này, không ghi thời hạn.",
            f"Row {number} of the annex gives the same task, without a deadline.",
        )
    return Wording(
        f"Dòng {number} của phụ lục cũng giao việc này, ghi thời hạn «{row.stated}».",
        f"Row {number} of the annex gives the same task, its deadline being «{row.stated}».",
    )


_NO_LEAD = Wording("Câu văn không nêu cơ quan thực hiện.", "The sentence does not say who is to do it.")

__all__ = ["duties", "secondary"]
