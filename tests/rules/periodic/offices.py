"""Random offices for the tests of summaries: units, obligations in any state, what units wrote, a summary before."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, get_args
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from rules.directory import Directory, OrgUnit, Post
from rules.obligation import ObligationKey
from rules.periodic.drawing import Entered, Frame, Said, draw
from rules.periodic.happened import Begun, Happened, HappenedKind, When
from rules.periodic.marks import entered
from rules.periodic.passed import Passed
from rules.periodic.period import Period, covering
from rules.periodic.snapshot import SECTIONS, Contribution, Entry, Measured, Snapshot, StandingOffice
from rules.programme import Document, Programme
from rules.status import REPORTED, Progress, Status, Timeliness, Verification

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
WEEK = covering("week", date(2026, 4, 1))
CUT = datetime(2026, 4, 3, 10, tzinfo=UTC)
"""17:00 of Friday, 3 April 2026, in Việt Nam."""
UNITS = ("u1", "u2", "u3", "u4")
DIRECTORY = Directory(
    "tinh",
    Post("Trưởng Ban Chỉ đạo", "truong-ban@tinh.example"),
    None,
    {unit: OrgUnit(unit, f"Sở {unit}", head=Post(f"Giám đốc {unit}", f"{unit}@tinh.example")) for unit in UNITS},
)
PROGRAMMES = tuple(
    Programme(id, f"Chương trình {id}", Document(f"0{number}-QĐ/BCĐ"), "tinh", "lich", "thang", "u1")
    for number, id in enumerate(("p", "q"), start=1)
)
TEXT = st.text(st.characters(codec="utf-8", categories=None), max_size=40)


def frame(*, period: Period = WEEK, at: datetime = CUT) -> Frame:
    return Frame(
        period=period,
        office=StandingOffice("tinh", "u1"),
        first=period.first,
        last=period.first + timedelta(4),
        today=at.astimezone(ZONE).date(),
        since=at - timedelta(7),
        at=at,
        contributions_by=at - timedelta(hours=8),
        revision=1,
        directory=DIRECTORY,
        programmes=PROGRAMMES,
    )


def entry(
    number: int = 1,
    unit: str = "u2",
    *,
    progress: str = "not_begun",
    timeliness: str = "in_time",
    verification: str = "none_asked",
    programme: str = "p",
    **more: object,
) -> Entry:
    """An obligation as it stands before a snapshot is drawn."""
    made = Entry(
        ObligationKey(programme, f"A.{number}", "", unit, ""),
        f"A.{number}",
        f"Việc {number}",
        tuple(f"Sở {one}" for one in unit.split("+")),
        Status(Progress(progress), Timeliness(timeliness), Verification(verification)),
    )
    return replace(made, **more)  # type: ignore[arg-type]


@st.composite
def entries(draw_: st.DrawFn) -> list[Entry]:
    """Obligations in any state, with any title."""
    found = []
    for number in range(draw_(st.integers(0, 12))):
        status = draw_(
            st.builds(Status, st.sampled_from(Progress), st.sampled_from(Timeliness), st.sampled_from(Verification))
        )
        units = draw_(st.lists(st.sampled_from(UNITS), min_size=1, max_size=3, unique=True))
        due = draw_(st.none() | st.dates(date(2026, 1, 1), date(2026, 5, 1)))
        found.append(
            Entry(
                ObligationKey(draw_(st.sampled_from(("p", "q"))), f"A.{number}", "", "+".join(units), ""),
                f"A.{number}",
                draw_(TEXT),
                tuple(f"Sở {unit}" for unit in units),
                status,
                due=due,
                done_on=due if status.progress in REPORTED else None,
                days_late=draw_(st.integers(0, 200)) if status.timeliness is Timeliness.LATE else 0,
                percent=draw_(st.none() | st.integers(0, 100)),
                provisional=draw_(st.booleans()),
                is_ahead=status.progress is Progress.NOT_BEGUN
                and status.timeliness is Timeliness.IN_TIME
                and draw_(st.booleans()),
            )
        )
    return found


@st.composite
def said(draw_: st.DrawFn, those: list[Entry]) -> Said:
    """What was said of these obligations, and what units wrote."""
    keys = st.sampled_from([entry.key for entry in those]) if those else st.nothing()

    def some(values: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[ObligationKey, Any]]:
        return st.dictionaries(keys, values, max_size=4) if those else st.just({})

    wrote = draw_(st.lists(st.tuples(st.sampled_from(UNITS), st.sampled_from(SECTIONS), TEXT), max_size=4))
    states = {entry.key: entered(entry.status) for entry in those}
    marks = draw_(some(st.booleans()))
    return Said(
        outcomes=draw_(some(st.sampled_from(("reported", "accepted", "lapsed")))),
        reported=frozenset(draw_(some(st.none()))),
        difficulties=draw_(some(TEXT.filter(bool))),
        marks={key: Entered(date(2026, 3, 30), "khác" if stale else states[key]) for key, stale in marks.items()},
        contributions=tuple(Contribution(unit, f"Sở {unit}", section, text, CUT) for unit, section, text in wrote),
        measured=tuple(
            Measured("p", "I.1", title, "%", date(2026, 4, 1), "62", before, "≥ 70", ("u2",))
            for title, before in draw_(st.lists(st.tuples(TEXT, st.sampled_from(("", "60"))), max_size=2))
        ),
        passed=tuple(
            Passed("p", "A.1", "A.1", title, (was,), (now,), (f"Sở {was}",), (f"Sở {now}",), CUT.date(), document)
            for title, document, (was, now) in draw_(
                st.lists(st.tuples(TEXT, TEXT, st.permutations(UNITS).map(lambda units: units[:2])), max_size=2)
            )
        ),
        happened=tuple(
            Happened("p", "e", title, kind, When(CUT.date(), hour), before, "", UNITS[:2], begun)
            for title, kind, hour, before, begun in draw_(
                st.lists(
                    st.tuples(
                        TEXT,
                        st.sampled_from(get_args(HappenedKind)),
                        st.sampled_from((None, time(17))),
                        st.sampled_from((None, When(date(2026, 4, 1), time(9)))),
                        st.lists(
                            st.sampled_from(
                                (
                                    Begun("A.1", "", "2026-04-03", "A.1", "Việc", ("u1+u2",), ("Sở u1, Sở u2",), None),
                                    Begun("A.2", "x", "", "A.2", "=1", ("u3",), ("Sở u3",), CUT.date(), time(9)),
                                )
                            ),
                            max_size=2,
                        ).map(tuple),
                    ),
                    max_size=2,
                )
            )
        ),
        wrote_first={unit: CUT - timedelta(hours=hours) for hours, (unit, _, _) in enumerate(wrote, start=2)},
    )


@st.composite
def snapshots(draw_: st.DrawFn) -> Snapshot:
    """A snapshot of a random office, half of them compared with the one before."""
    those = draw_(entries())
    before = None
    if draw_(st.booleans()):
        then = frame(period=WEEK.preceding, at=CUT - timedelta(7))
        before = draw(draw_(entries()), then, Said(), None)
    return draw(those, frame(), draw_(said(those)), before)
