"""The shapes of a deadline: a text, or a mapping known by the key that only its form has."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Discriminator, Field, Tag

from rules.deadline import Period
from rules.load.mistake import Mistake, did_you_mean, is_no, joined, listed, nearest, quoted, suggestion
from rules.load.periods import PERIODS, period_of, rewritten
from rules.load.shapes.base import Line, Prose, Shape, Yes, one_or_list, read_by
from rules.load.shapes.dates import PERIOD_SCHEMAS, APeriod, Hour, Length, OnADay, Pace
from rules.wording import Wording


class BeforeShape(Shape):
    """`{before: 2026-05-15}`."""

    before: APeriod
    at: Hour | None = None


class AfterShape(Shape):
    """`{after: EVENT, within: 30 days}`."""

    after: Line
    within: Length | None = None
    at: Hour | None = None


class AheadShape(Shape):
    """`{ahead_of: EVENT, by: 1 working day}`."""

    ahead_of: Line
    by: Length
    at: Hour | None = None


class EveryShape(Shape):
    """`{every: month, on: 25}`."""

    every: Pace
    on: Annotated[tuple[OnADay, ...], BeforeValidator(one_or_list, json_schema_input_type=OnADay | list[OnADay])] = ()
    at: Hour | None = None
    from_: APeriod | None = Field(default=None, alias="from")
    until: APeriod | None = None
    if_unreported: Literal["close", "carry"] | None = None
    rounding: Literal["last day"] | None = None


class SpanShape(Shape):
    """`{from: 2026-02, by: 2026}`."""

    from_: APeriod = Field(alias="from")
    by: APeriod
    at: Hour | None = None


class ByShape(Shape):
    """`{by: 2025-12-15, at: "17:00"}`."""

    by: APeriod
    at: Hour | None = None


class SetByShape(Shape):
    """`{set_by: "Đề án số 05-ĐA/TU"}`."""

    set_by: Prose


def _review_form(value: object) -> str:
    return "<every>" if isinstance(value, dict) else "<pace>"


class ContinuousShape(Shape):
    """`{continuous: true, review: quarter}`."""

    continuous: Yes
    review: (
        Annotated[Annotated[Pace, Tag("<pace>")] | Annotated[EveryShape, Tag("<every>")], Discriminator(_review_form)]
        | None
    ) = None


# The first of these keys that a mapping has says which form it is.
_FORMS = ("every", "continuous", "after", "ahead_of", "before", "set_by", "from", "by")
_TAGS = {key: f"<{key}>" for key in _FORMS}
_MAPPINGS = Wording(
    "khóa after, ahead_of, before, from và by, every, continuous hoặc set_by",
    "a mapping with after, ahead_of, before, from and by, every, continuous or set_by",
)
_ACCEPTED = Wording(f"{PERIODS}, continuous, hoặc {_MAPPINGS.vi}", f"{PERIODS}, continuous, or {_MAPPINGS.en}")
_DEADLINE = Wording("thời hạn", "deadline")
# Keys that each start a form of their own and so never stand together.
_ALONE = {"every", "continuous", "after", "ahead_of", "before", "set_by"}


def _form(value: object) -> str:
    if not isinstance(value, dict):
        return "<text>"
    return next((_TAGS[key] for key in _FORMS if key in value), "<text>")


def _text(value: object) -> Period | Literal["continuous"]:
    if value == "continuous":
        return "continuous"
    if isinstance(value, dict):
        raise Mistake(_no_form(list(value)))
    found = period_of(value)
    if found is None:
        raise Mistake(is_no(value, _DEADLINE, _ACCEPTED, suggestion(_near(str(value)))))
    return found


def _no_form(keys: list[str]) -> Wording:
    near, words = did_you_mean(keys[0] if keys else "", _FORMS), listed(map(quoted, keys), 6)
    begin = Wording("để trống thì không thành", "an empty mapping makes no")
    if keys:
        begin = Wording(f"các khóa {words} không thành", f"keys {words} make no")
    return Wording(
        f"{begin.vi} thời hạn; được ghi: {_MAPPINGS.vi}{near.vi}",
        f"{begin.en} deadline; accepted: {_MAPPINGS.en}{near.en}",
    )


def _near(text: str) -> str | None:
    if text.lower() in ("thường xuyên", "always", "ongoing"):
        return "continuous"
    return rewritten(text) or nearest(text, ["continuous"])


def _one_form(value: object) -> object:
    starts = [key for key in _FORMS if key in value and key in _ALONE] if isinstance(value, dict) else []
    if len(starts) > 1:
        both = joined(starts)
        said = Wording(
            f"{both.vi} là hai thời hạn; giữ lại một, hoặc ghi cả hai dưới deadlines:",
            f"{both.en} are two deadlines; keep one, or write both under deadlines:",
        )
        raise Mistake(said)
    return value


DeadlineShape = (
    BeforeShape | AfterShape | AheadShape | EveryShape | SpanShape | ByShape | SetByShape | ContinuousShape | Period
    | Literal["continuous"]
)  # fmt: skip

TextShape = Annotated[Period | Literal["continuous"], *read_by(_text, anyOf=[*PERIOD_SCHEMAS, {"const": "continuous"}])]

ADeadline = Annotated[
    Annotated[TextShape, Tag("<text>")]
    | Annotated[EveryShape, Tag("<every>")]
    | Annotated[ContinuousShape, Tag("<continuous>")]
    | Annotated[AfterShape, Tag("<after>")]
    | Annotated[AheadShape, Tag("<ahead_of>")]
    | Annotated[BeforeShape, Tag("<before>")]
    | Annotated[SetByShape, Tag("<set_by>")]
    | Annotated[SpanShape, Tag("<from>")]
    | Annotated[ByShape, Tag("<by>")],
    Discriminator(_form),
    BeforeValidator(_one_form),
]
