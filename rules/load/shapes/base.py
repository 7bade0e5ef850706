"""What all shapes are made of: strict mappings, lines of text, ids, values read by a parser of our own."""

from collections.abc import Callable
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, PlainValidator, WithJsonSchema

from rules.load import names
from rules.load.mistake import Mistake, shown
from rules.wording import Wording


class Shape(BaseModel):
    """A mapping of the rule language: no other keys than its own, numbers taken as text where text is wanted."""

    model_config = ConfigDict(extra="forbid", frozen=True, coerce_numbers_to_str=True, str_strip_whitespace=True)


def read_by(parse: Callable[[Any], object], **schema: object) -> tuple[PlainValidator, WithJsonSchema]:
    """Return the annotations of a value that `parse` reads; `schema` says the same to editors."""
    return PlainValidator(parse), WithJsonSchema(schema)


def one_or_list(value: object) -> object:
    """Return a list for a single value."""
    return [value] if isinstance(value, (str, int)) else value


def only_true(value: object) -> bool:
    """Return True for `true`; raise Mistake."""
    if value is True:
        return True
    found = shown(value)
    said = Wording(
        f"gặp {found.vi}; được ghi: true, hoặc bỏ khóa này", f"{found.en}; accepted: true, or leave the key out"
    )
    raise Mistake(said)


Line = Annotated[str, AfterValidator(names.one_line)]
"""Text of one line."""
Prose = Annotated[str, AfterValidator(names.prose)]
"""Text that may run over several lines."""
Slug = Annotated[str, AfterValidator(names.slug)]
TaskId = Annotated[str, AfterValidator(names.task_id)]
Address = Annotated[str, AfterValidator(names.address)]
Reference = Line
"""An id defined elsewhere: it is looked up, so that a misspelt one is answered with the ids there are."""
References = Annotated[
    tuple[Reference, ...], BeforeValidator(one_or_list, json_schema_input_type=Reference | list[Reference])
]
Yes = Annotated[bool, *read_by(only_true, const=True)]
