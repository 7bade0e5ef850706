"""Draft: what was read from an official plan, before it is a rule file. Everything doubtful says so."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from rules.phrases.reading import Reading
from rules.plans.blocks import NOWHERE, Where
from rules.wording import Wording

Field = Literal["no", "section", "title", "lead", "head", "coordinate", "product", "basis", "stated", "note"]
FIELDS: tuple[Field, ...] = (
    "no", "section", "title", "lead", "head", "coordinate", "product", "basis", "stated", "note",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something a person should look at: about which field ('' the whole), what, and the alternatives if there are."""

    said: Wording
    at: Where
    field: str = ""
    alternatives: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Agency:
    """An agency of a cell resolved: the unit or group ids it stands for; `sure` False makes it a question.

    `text` is the part of the cell it was read from. `each`: one obligation per member (`mỗi sở, ngành`). `open`: a
    collective that is never expanded, without ids where the directory does not list it. `role` is what the cell itself
    says when its column says otherwise (`phối hợp với …` in a lead cell). A question says `why` and suggests ids.
    """

    text: str
    ids: tuple[str, ...]
    sure: bool = True
    each: bool = False
    suggestions: tuple[str, ...] = ()
    open: bool = False
    role: Literal["lead", "head", "coordinate"] | None = None
    why: Wording | None = None


@dataclass(frozen=True, slots=True)
class Earlier:
    """A deadline the task had before (`Thay đổi thời gian từ tháng 01/2026 theo Công văn số 340/SVHTTDL-VP …`).

    `reading` is None where the plan does not say what it was; `document` is what changed it, '' where it is not named.
    """

    reading: Reading | None
    document: str
    said: str
    at: Where


class Further(NamedTuple):
    """A deadline that a row states outside its column of deadlines: in which field, and in what words."""

    field: Literal["product", "title"]
    said: str
    reading: Reading


@dataclass(frozen=True, slots=True)
class DraftTask:
    """One row of a plan as text, with what was made of its deadline and its agencies. Fields not in the plan are ''.

    `section` is the path of headings it stands under, joined by ` > `. `extra` are the columns not recognised,
    by their heading. `reading` is that of `stated` (of the section, where the row says nothing and its heading does).
    """

    no: str
    section: str
    title: str
    lead: str = ""
    head: str = ""
    coordinate: str = ""
    product: str = ""
    basis: str = ""
    stated: str = ""
    note: str = ""
    extra: Mapping[str, str] = field(default_factory=dict)
    at: Where = NOWHERE
    reading: Reading | None = None
    leads: tuple[Agency, ...] = ()
    heads: tuple[Agency, ...] = ()
    coordinates: tuple[Agency, ...] = ()
    earlier: tuple[Earlier, ...] = ()
    secondary: tuple[Further, ...] = ()
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True)
class DraftIndicator:
    """One indicator: its targets by year as written, its unit, who owns it."""

    no: str
    section: str
    title: str
    unit: str = ""
    targets: Mapping[int, str] = field(default_factory=dict)
    owner: str = ""
    owners: tuple[Agency, ...] = ()
    source: str = ""
    note: str = ""
    at: Where = NOWHERE
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True)
class Amends:
    """What the plan says about a task of another document or annex: `Nhiệm vụ số 03 Phụ lục II cập nhật lại tên`."""

    target: str
    what: Literal["title", "deadline", "lead", "other"]
    task: str
    said: str
    at: Where


@dataclass(frozen=True, slots=True)
class DraftDocument:
    """The head of the document. What it leaves blank or says twice differently is among the draft's doubts."""

    number: str = ""
    date: dt.date | None = None
    issuer: str = ""
    subject: str = ""
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """All that was read from one document."""

    document: DraftDocument
    tasks: tuple[DraftTask, ...] = ()
    indicators: tuple[DraftIndicator, ...] = ()
    amends: tuple[Amends, ...] = ()
    doubts: tuple[Doubt, ...] = ()
