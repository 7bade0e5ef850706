"""The shape of a scenario document: what is given, and who is expected to hear of it."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, ConfigDict, Field

from rules.load.mistake import Mistake, refused
from rules.load.shapes.base import Address, Line, Prose, Reference, References, Shape, Yes, one_or_list
from rules.load.shapes.dates import Day, Hour
from rules.load.shapes.deadline import ADeadline
from rules.wording import Wording

GIVEN_KINDS = ("event", "done", "silence", "down", "vacant", "acting", "deadline")
EXPECTED_KINDS = ("mail", "nobody", "no_mail", "not_sent")
Why = Literal[
    "superseded", "silenced", "reported", "withdrawn", "closed", "moved", "baseline", "too_old", "missed", "nobody",
    "undeliverable", "dropped",
]  # fmt: skip
"""Why a notice is not sent: the words of rules.obligation.Reason."""


def _one_or_several(value: object) -> object:
    """Return a list for a single mapping; raise Mistake for what is neither."""
    if isinstance(value, (dict, list)):
        return [value] if isinstance(value, dict) else value
    accepted = Wording(
        "các khóa, như {to: head, rung: due-soon}, hoặc một danh sách như thế",
        "a mapping, as in {to: head, rung: due-soon}, or a list of them",
    )
    raise Mistake(refused(value, accepted))


_Words = Annotated[tuple[Line, ...], BeforeValidator(one_or_list, json_schema_input_type=Line | list[Line])]
_Days = Annotated[tuple[Day, ...], BeforeValidator(one_or_list, json_schema_input_type=Day | list[Day])]


class GivenShape(Shape):
    """Something that happens on the way: one of event, done, silence, down, vacant, acting, deadline."""

    model_config = ConfigDict(json_schema_extra={"oneOf": [{"required": [kind]} for kind in GIVEN_KINDS]})

    on: Day | None = None
    until: Day | None = None
    at: Hour | None = None
    event: Reference | None = None
    known: Day | None = None
    done: References = ()
    silence: References = ()
    down: Day | None = None
    vacant: Line | None = None
    acting: Line | None = None
    title: Line | None = None
    email: Address | None = None
    deadline: ADeadline | None = None
    task: References = ()
    unit: References = ()
    part: Line | None = None
    occurrence: Line | None = None
    why: Prose | None = None


class MailShape(Shape):
    """`{to: so-khcn/head, cc: so-khcn/focal, rung: due-soon, task: A.14}`."""

    to: _Words = ()
    cc: _Words = ()
    rung: References = ()
    task: References = ()
    event: Reference | None = None
    unit: References = ()
    part: Line | None = None
    occurrence: Line | None = None
    due: Day | None = None
    because: _Words = ()
    says: _Words = ()


class NotSentShape(Shape):
    """`{to: so-khcn/head, rung: due-soon, task: A.14, reason: silenced}`."""

    to: _Words = ()
    rung: References = ()
    task: References = ()
    unit: References = ()
    part: Line | None = None
    occurrence: Line | None = None
    reason: Why | None = None


_Mails = Annotated[
    tuple[MailShape, ...], BeforeValidator(_one_or_several, json_schema_input_type=MailShape | list[MailShape])
]
_NotSent = Annotated[
    tuple[NotSentShape, ...], BeforeValidator(_one_or_several, json_schema_input_type=NotSentShape | list[NotSentShape])
]


class ExpectShape(Shape):
    """Who hears on a day, or some time from one day to another."""

    model_config = ConfigDict(json_schema_extra={"anyOf": [{"required": [kind]} for kind in EXPECTED_KINDS]})

    on: _Days = ()
    from_: Day | None = Field(default=None, alias="from")
    until: Day | None = None
    at: Hour | None = None
    mail: _Mails = ()
    nobody: Yes = False
    task: References = ()
    no_mail: _Mails = ()
    not_sent: _NotSent = ()
    others: Literal["allowed"] | None = None
    why: Prose | None = None


class ScenarioShape(Shape):
    """A test beside the rules."""

    scenario: Line
    programme: Reference | None = None
    only: References = ()
    task: References = ()
    start: Day | None = None
    from_: Day | None = Field(default=None, alias="from")
    until: Day | None = None
    others: Literal["allowed"] | None = None
    note: Prose | None = None
    given: tuple[GivenShape, ...] = ()
    expect: tuple[ExpectShape, ...]
