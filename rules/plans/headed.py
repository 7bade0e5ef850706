"""Headed: a cell that names the leading agencies and their heads, taken apart: `Sở X (Giám đốc Sở X)`, or two lines."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from rules.plans.agencies.vocabulary import HONORIFICS, TITLES
from rules.plans.draft import DraftTask
from rules.plans.tables.headings import Header
from rules.plans.tables.words import scores

_NAMED = "|".join(sorted((*TITLES, *HONORIFICS), key=len, reverse=True))
_HEAD = re.compile(
    rf"[-–+•*\s]*(?:(?:người đứng đầu|người chịu trách nhiệm|chịu trách nhiệm|phụ trách)\s*:\s*)?"
    rf"(?:(?:{_NAMED})[\s.:]+)+(?P<office>.*)",
    re.IGNORECASE | re.DOTALL,
)
_BRACKET = re.compile(r"\s*\(([^()]*(?:\([^()]*\)[^()]*)*)\)")
_AGENCY = re.compile(r"chủ trì|cơ quan|đơn vị|đầu mối", re.IGNORECASE)
_LINE = re.compile(r"\n")
_MARK = re.compile(r"\n|;|\s*/\s*|\s+[-–]\s+")


class Parted(NamedTuple):
    """The agencies of a cell, and who heads them; '' for heads where it names none beside the agencies."""

    lead: str
    head: str


def with_heads(tasks: Iterable[DraftTask], header: Header) -> list[DraftTask]:
    """Return the tasks of a table, the cell of each taken apart where one column names agencies and their heads."""
    columns = [column for column in header.columns if column.holds in ("lead", "head")]
    if len(columns) != 1:
        return list(tasks)
    is_said = names_both(columns[0].heading)
    return [_with_head(task, is_said=is_said) for task in tasks]


def _with_head(task: DraftTask, *, is_said: bool) -> DraftTask:
    found = parted(task.lead or task.head, is_said=is_said)
    return replace(task, lead=found.lead, head=found.head) if found.head else task


def names_both(heading: str) -> bool:
    """Say whether a heading speaks of the leading agency and of its head: `Cơ quan chủ trì (người đứng đầu)`."""
    said = re.sub(r"[()\[\]]", " ", heading)
    return {score.holds for score in scores(said)} >= {"lead", "head"} and bool(_AGENCY.search(said))


def parted(text: str, *, is_said: bool) -> Parted:
    """Return the agencies and the heads of a cell; `is_said` by its heading that it has both.

    Unless the heading says so, a line counts as heads only where it names those of the agencies on the other lines: of
    two lines either may lead.
    """
    inside = [found[1].strip() for found in _BRACKET.finditer(text) if _HEAD.match(found[1])]
    if inside:
        rest = _BRACKET.sub(lambda found: "" if _HEAD.match(found[1]) else found[0], text)
        return Parted(rest.strip(), "; ".join(inside)) if rest.strip() else Parted(text, "")
    for mark in (_LINE, _MARK) if is_said else (_LINE,):
        said = [one.strip() for one in mark.split(text) if one.strip()]
        heads = [one for one in said if _HEAD.match(one)]
        leads = [one for one in said if one not in heads]
        if heads and leads and (is_said or all(_heads_one(one, leads) for one in heads)):
            joint = "\n" if mark is _LINE else "; "
            return Parted(joint.join(leads), joint.join(heads))
    return Parted(text, "")


def _heads_one(head: str, leads: Sequence[str]) -> bool:
    """Say whether a title is that of the head of one of the agencies, by the name behind it."""
    found = _HEAD.match(head)
    offices = list(_parts(found["office"])) if found else []
    named = {lead for lines in leads for lead in _parts(lines)}
    return all(any(lead.startswith(office) or office.startswith(lead) for lead in named) for office in offices)


def _parts(text: str) -> Iterator[str]:
    for one in re.split(r"[;\n]", text):
        yield " ".join(re.sub(r"^[-–+•*\s]+|[.,\s]+$", "", one).split()).casefold()
