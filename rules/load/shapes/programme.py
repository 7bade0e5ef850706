"""The shape of a programme document."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, ConfigDict, Discriminator, Field, Tag

from rules.deadline import DeadlineKind, Period, Unit
from rules.load.mistake import Mistake, is_no, suggestion
from rules.load.periods import parse_day, rewritten_day
from rules.load.shapes.base import (
    Line,
    Prose,
    Reference,
    References,
    Shape,
    Slug,
    TaskId,
    one_or_list,
    read_by,
)
from rules.load.shapes.dates import APeriod, Day, LastDay, Length, Year
from rules.load.shapes.deadline import ADeadline, EveryShape
from rules.wording import Wording


class DocumentShape(Shape):
    """`{number: 07-QĐ/BCĐ, date: 2026-03-07, issuer: …}`."""

    number: Line
    date: Day | None = None
    issuer: Line | None = None
    note: Prose | None = None


class SpanOfPeriods(Shape):
    """`{from: 2025-11, by: 2030}`."""

    from_: APeriod = Field(alias="from")
    by: APeriod


class EachShape(Shape):
    """`{each: cac-so-nganh}`."""

    each: References


def _lead_form(value: object) -> str:
    return "<each>" if isinstance(value, dict) else "<joint>"


def _period_form(value: object) -> str:
    return "<span>" if isinstance(value, dict) else "<period>"


LeadShape = Annotated[
    Annotated[References, Tag("<joint>")] | Annotated[EachShape, Tag("<each>")], Discriminator(_lead_form)
]


class Until(Shape):
    """The day from which a deadline is replaced, and the document that says so."""

    number: str | None
    day: Day


def _until(value: object) -> Until:
    text = value if isinstance(value, str) else ""
    number, of, day = text.rpartition(" of ")
    try:
        return Until.model_construct(number=number.strip() or None, day=parse_day(day.strip()))
    except Mistake:
        if of:
            raise
        what = Wording("văn bản kèm ngày", "document with its date")
        accepted = Wording(
            "SỐ of NGÀY, như 340/SVHTTDL-VP of 2026-01-23, hoặc một ngày",
            "NUMBER of DATE, as in 340/SVHTTDL-VP of 2026-01-23, or a date",
        )
        raise Mistake(is_no(value, what, accepted, suggestion(rewritten_day(text.strip())))) from None


AnUntil = Annotated[Until, *read_by(_until, type="string", pattern=r"^(.+ of )?\d{4}-\d\d-\d\d$")]


class AmendedShape(Shape):
    """An earlier deadline of the same task; `part` where the task has several."""

    deadline: ADeadline
    until: AnUntil
    why: Prose | None = None
    part: Line | None = None


class TaskShape(Shape):
    """One line of a programme."""

    model_config = ConfigDict(
        json_schema_extra={"oneOf": [{"required": ["deadline"]}, {"required": ["deadlines"]}]},
    )

    id: TaskId
    section: Line | None = None
    title: Line
    lead: LeadShape
    head: References = ()
    coordinate: References = ()
    product: Prose | None = None
    basis: Prose | None = None
    stated: Prose | None = None
    note: Prose | None = None
    ladder: Reference | None = None
    completion: Literal["joint", "each"] | None = None
    deadline: ADeadline | None = None
    deadlines: dict[Line, ADeadline] | None = None
    amended: tuple[AmendedShape, ...] = ()
    renamed_from: TaskId | None = None


class WatchShape(Shape):
    """`{ask: cong-an, every: month, expected: 2026-06-30}`."""

    ask: Reference
    every: Unit
    expected: LastDay | None = None


class AfterEventShape(Shape):
    """`{event: hop-quy-i, within: 10 days}`."""

    event: Reference
    within: Length


class EventShape(Shape):
    """Something that starts deadlines."""

    title: Line
    date: Day | None = None
    dates: tuple[Day, ...] | None = None
    after: AfterEventShape | None = None
    when_done: Reference | None = None
    watch: WatchShape | None = None


class IndicatorShape(Shape):
    """A KPI with a target per year."""

    id: TaskId
    section: Line = ""
    title: Line
    unit: Line = ""
    targets: dict[Year, Line]
    owner: References
    measure: EveryShape | None = None
    source: Prose | None = None
    note: Prose | None = None


_Words = Annotated[tuple[Line, ...], BeforeValidator(one_or_list, json_schema_input_type=Line | list[Line])]
_Kinds = Annotated[
    tuple[DeadlineKind, ...], BeforeValidator(one_or_list, json_schema_input_type=DeadlineKind | list[DeadlineKind])
]


class MatchShape(Shape):
    """The conditions of a route; all that are given must hold."""

    section: _Words = ()
    task: References = ()
    lead: References = ()
    kind: _Kinds = ()


class RouteShape(Shape):
    """`{match: {section: B}, ladder: gentle}`."""

    match: MatchShape
    ladder: Reference


class AmendShape(Shape):
    """A change to a task of another programme."""

    programme: Reference
    task: Reference
    part: Line | None = None
    deadline: ADeadline | None = None
    stated: Prose | None = None
    title: Line | None = None
    why: Prose | None = None


class ProgrammeShape(Shape):
    """One official document."""

    programme: Slug
    title: Line
    document: DocumentShape
    period: (
        Annotated[
            Annotated[APeriod, Tag("<period>")] | Annotated[SpanOfPeriods, Tag("<span>")], Discriminator(_period_form)
        ]
        | None
    ) = None
    directory: Reference
    calendar: Reference
    ladder: Reference
    standing: Reference
    before_means: Literal["named", "strict"] = "named"
    roll: Literal["working days", "none"] = "working days"
    routes: tuple[RouteShape, ...] = ()
    events: dict[Slug, EventShape] = Field(default_factory=dict)
    tasks: tuple[TaskShape, ...] = ()
    indicators: tuple[IndicatorShape, ...] = ()
    amend: tuple[AmendShape, ...] = ()


PeriodShape = Period | SpanOfPeriods
