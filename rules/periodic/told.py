"""Told: a summary in words, in the order in which it is read. Mails, documents, pages lay it out, none adds to it."""

from dataclasses import dataclass, field
from typing import Literal

Tone = Literal["late", "today", "soon", "new", "calm"]


@dataclass(frozen=True, slots=True)
class Point:
    """One point of a list; `detail` says more of it."""

    text: str
    detail: str = ""
    tone: Tone = "calm"


@dataclass(frozen=True, slots=True)
class Points:
    """A list under its heading. It tells of `total` things, `more` of which were left out; what many units owe alike is
    one point. `empty` stands where there are none."""

    heading: str
    points: tuple[Point, ...]
    total: int
    more: int = 0
    empty: str = ""
    counted: str = ""
    """What `total` counts."""


@dataclass(frozen=True, slots=True)
class Figures:
    """A table of numbers under its heading. The first column is words; `totals`: the last row sums up."""

    heading: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    totals: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """One of the numbered parts."""

    number: str
    title: str
    opening: str
    """Its first paragraphs, each a line."""
    figures: tuple[Figures, ...]
    lists: tuple[Points, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """A summary in words. `facts` are the few figures that lead it, `notes` what a reader must know of them."""

    kind: str
    title: str
    subjects: tuple[str, ...]
    """The programmes, each with its document."""
    span: str
    as_of: str
    facts: tuple[Point, ...]
    parts: tuple[Part, ...]
    notes: tuple[str, ...] = field(default=())
