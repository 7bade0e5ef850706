"""Digest: what one person is told in one pass, ready to be put into words. Plain values, no markup, no address book."""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Literal, NamedTuple

from rules.obligation import ObligationKey
from rules.wording import Wording

Section = Literal["overdue", "due_today", "due_soon", "ahead", "new", "information"]
Change = Literal[
    "", "new", "moved", "done", "passed", "baseline", "returned", "accepted", "extension_above", "extension_refused",
    "dated", "passed_on",
]  # fmt: skip
MatterKind = Literal[
    "undated", "unrecorded", "vacant", "undeliverable", "problem", "rules", "whole-again", "late_at_start",
    "unverified", "difficulty", "not_ours", "focal", "reply", "extension", "draft",
]  # fmt: skip
Kind = Literal["reminder", "escalation", "standing"]
OwesAs = Literal["", "head", "focal", "standing"]
"""The post by which a reader belongs to a unit that owes a task; '' for a reader of no such unit."""
SECTIONS: tuple[Section, ...] = ("overdue", "due_today", "due_soon", "ahead", "new", "information")


@dataclass(frozen=True, slots=True)
class Next:
    """What happens next unless a report comes: on `on`, `to_title` is told (a reminder to oneself, or the next
    superior)."""

    rung: str
    on: date
    at: time | None
    to_title: str
    goes_up: bool
    """True when the next step reaches a superior who has not heard of it yet."""


class Earlier(NamedTuple):
    """A deadline that was in force before: its day, what replaced it, and its words where it came to no single day; its
    hour where that alone is another one now."""

    due: date | None
    replaced_by: str
    phrase: str = ""
    is_extension: bool = False
    at: time | None = None


class Led(NamedTuple):
    """Who leads a task now in place of those told so, since when; `recurs`: its later occurrences go with it."""

    unit_names: tuple[str, ...]
    since: date
    recurs: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One obligation in a digest.

    Days are local; `days_late` counts from `grace_until`, the last day that is on time (0 when not late), `days_left`
    to the due day.
    """

    key: ObligationKey
    section: Section
    rung: str
    as_: Literal["to", "cc"]
    change: Change
    programme_title: str
    document: Wording
    """Number, date and issuer of the document, as one cites it."""
    clause: str
    """Section and task number in the document, e.g. `Mục A.I, nhiệm vụ A.14`: only the ids; the template words it."""
    part: str
    title: str
    unit_names: tuple[str, ...]
    product: str | None
    stated: str | None
    """The document's words for the deadline in force."""
    phrase: str
    """Where it has none, the deadline as an office would write it, in Vietnamese."""
    due: date | None
    at: time | None
    strict: date | None
    remind_by: date | None
    grace_until: date | None
    days_left: int
    days_late: int
    why: Wording
    provisional: bool
    missed_before: int
    """How many earlier occurrences of the same recurring task were closed unreported in a row."""
    amended: tuple[Earlier, ...]
    """Earlier due days with the document that replaced each, oldest first."""
    next: tuple[Next, ...]
    source: str
    """`file:line` of the deadline in the rule file."""
    was_past_when_known: bool = False
    """Whether the due day was past when it became known: then `grace_until` is the day on which it did."""
    said: str = ""
    """Why a report was returned, or what else was said of it."""
    reported_to: tuple[str, ...] = ()
    """The titles of those above the reader who were told that it is late, or are told in the same pass."""
    owes_as: OwesAs = ""
    heard: tuple[Wording, ...] = ()
    """What its unit said of it last: how far it is, what is difficult; of what is done, what was reported."""
    led: Led | None = None
    """Who leads it now, where a unit is told that it does not any more."""
    vacant: tuple[str, ...] = ()
    """The titles of the heads who answer for it, where nobody holds the post."""
    stands_in: bool = False
    """Whether a superior is told it in place of such a head."""
    head_told: bool = False
    """Whether the heads have been reminded of it, or are told with the same rung."""

    @property
    def days_in_time(self) -> int:
        """Return the days that are left to the last one in time: of a *before* a day, to the day before it."""
        if self.due is None or self.strict is None or self.at is not None:
            return self.days_left
        return max(self.days_left - (self.due - self.strict).days, 0)


@dataclass(frozen=True, slots=True)
class Matter:
    """Something the standing office or an admin must see to: an undated task, an event nobody recorded, a post without
    holder, a mail that could not be delivered, a problem in a rule file, how the rule files stand, what was late at
    first start; a report that nobody has verified, what units say back of their obligations, and the draft of a summary
    that nobody has confirmed."""

    kind: MatterKind
    programme: str
    subject: str
    """The task or event id, the post, the address, or file:line:column."""
    text: str
    """What it is about, in the words of the rule file; a sentence."""
    since: date | None = None
    expected: date | None = None
    source: str = ""
    key: ObligationKey | None = None
    """The obligation it is about, if it is about one."""
    summary: tuple[str, str] | None = None
    """The standing office and the period of the summary it is about, if it is about one."""


@dataclass(frozen=True, slots=True)
class Question:
    """An event somebody is asked about: has it happened? `first_asked`: no earlier question went out."""

    programme: str
    programme_title: str
    event: str
    title: str
    expected: date | None
    waiting_tasks: tuple[str, ...]
    source: str
    is_ahead: bool = False
    """Whether a deadline lies ahead of it: its day is wanted as soon as it is set."""


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who reads it: the post's title as one addresses it, the address, the unit it belongs to ('' for the chair)."""

    title: str
    email: str
    unit_name: str = ""
    acting: bool = False


@dataclass(frozen=True, slots=True)
class Digest:
    """All that one person is told in one pass.

    `kind` picks the template; `number` is the message's own number in the ledger.
    """

    kind: Kind
    recipient: Recipient
    made_at: datetime
    today: date
    lines: tuple[Line, ...] = ()
    matters: tuple[Matter, ...] = ()
    questions: tuple[Question, ...] = ()
    baseline: bool = False
    """True when this is the first letter about a running programme: what is already late is summed up in it."""
    programmes: tuple[str, ...] = field(default=())
    """Ids of all programmes the digest speaks of, in order: threads hang on them."""

    def section(self, section: Section) -> tuple[Line, ...]:
        """Return the lines of one section, the most pressing first, as they stand."""
        return tuple(line for line in self.lines if line.section == section)
