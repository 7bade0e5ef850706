"""The items of a phrase: what its words come to before they are put together."""

from dataclasses import dataclass
from datetime import time
from typing import Literal, NamedTuple

from rules.deadline import Offset, Unit
from rules.phrases.marks import Edge, Mark
from rules.wording import Wording

BoundKind = Literal["before", "by", "to", "in", "from", "after"]
StandingKind = Literal["continuous", "elsewhere", "vague", "request", "ditto", "blank", "endless"]


class Marks(NamedTuple):
    """One day or period, several of one kind (`tháng 5, 6/2026`), or with `is_range` the first and the last one.

    `loose`: nothing but its figures says that it is one (`2026`, `15/12`)."""

    marks: tuple[Mark, ...]
    is_range: bool = False
    loose: bool = False


class Bound(NamedTuple):
    """What the mark after it bounds: `trước`, `chậm nhất`, `đến`, `trong`, `từ`, `sau`."""

    kind: BoundKind
    moved: bool = False
    """The mark after it takes the place of the one before: `gia hạn đến`, `lùi sang`."""


class Hour(NamedTuple):
    """An hour of the day; None is the end of the day (24:00)."""

    at: time | None
    doubt: Wording | None = None


class Length(NamedTuple):
    """A length of time; a `count` of 0 with `immediate` triggers only."""

    offset: Offset
    doubt: Wording | None = None


class Pace(NamedTuple):
    """How often: every so many of which unit, `hằng quý, 6 tháng, năm` being three; none where no period is stated."""

    beats: tuple[tuple[int, Unit], ...]
    doubt: Wording | None = None
    working_days: bool = False
    weak: bool = False
    """Named only as the kind of a report (`báo cáo năm`): a day beside it says more."""


class OnDays(NamedTuple):
    """Days of a month, as numbers: `ngày 25`, `ngày 15 và 30`; with `window` the first and last of a stretch."""

    days: tuple[int, ...]
    window: bool = False
    opening: bool = False
    """Counted from the beginning of the period, of a quarter or year too: `15 ngày đầu mỗi quý`."""


class OnWeekday(NamedTuple):
    """A day of the week, 0 is Monday; `nth` is 1 to 4 or -1 for the n-th or last one of the month."""

    number: int
    nth: int = 0


class OnNamed(NamedTuple):
    """The first or last day or working day of the period, or its `middle`."""

    edge: Edge
    working: bool = False
    unit: Unit | None = None
    """Of which period, None where the phrase leaves that to the pace."""


class Part(NamedTuple):
    """Which month of the period a day lies in: its first or last, or the period after it."""

    which: Literal["first", "middle", "last", "next", "this"]
    unit: Literal["month", "quarter"]


class Ending(NamedTuple):
    """The end of every period, from which days are counted: `kể từ ngày kết thúc quý`."""

    unit: Unit


class Trigger(NamedTuple):
    """What follows, up to the end of the clause, must happen first (`after`), or is still to come (`before`)."""

    kind: Literal["after", "before"]
    immediate: bool = False
    length: Length | None = None
    """The term, where it stands between the two words: `trước 05 ngày tổ chức`."""
    doubt: Wording | None = None


class Standing(NamedTuple):
    """Words that stand for a whole deadline: `thường xuyên`, `theo lộ trình`, `sớm`, `theo yêu cầu`, `nt`."""

    kind: StandingKind


class Trap(NamedTuple):
    """What only looks like a deadline, and why it is none; with `decides` the whole phrase is none."""

    why: Wording
    decides: bool = False


class Fault(NamedTuple):
    """A time that cannot be (`25h00`), and why: nothing is made of a phrase that holds one."""

    why: Wording


class Break(NamedTuple):
    """A sign or word that parts or joins: `;`, `,`, `và`, `-`."""

    sign: str


class Word(NamedTuple):
    """Any other word; the grammar expects those that are `known` beside a deadline (`thời hạn`, `báo cáo`)."""

    known: bool
    task: bool = False
    """It says what is to be done by then: `hoàn thành`, `gửi`."""


Item = (
    Marks | Bound | Hour | Length | Pace | OnDays | OnWeekday | OnNamed | Part | Ending | Trigger | Standing | Trap
    | Fault | Break | Word
)  # fmt: skip

DAYS = (Pace, OnDays, OnWeekday, OnNamed, Marks)
"""The items that say which days are meant, once or again and again."""
TIMES = (*DAYS, Hour, Length, Part, Ending, Trigger, Standing)
"""All items that say something of time."""


@dataclass(slots=True)
class Found:
    """An item and where it stands: its first token and the one after its last."""

    item: Item
    first: int
    last: int
