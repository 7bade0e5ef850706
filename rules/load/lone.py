"""A lone deadline: read from what stands after `deadline:`, without the file around it."""

from functools import cache

from pydantic import TypeAdapter

from rules.deadline import Deadline
from rules.load.build.deadline import deadline
from rules.load.place import Faults, Place
from rules.load.shapes.deadline import ADeadline, DeadlineShape
from rules.load.tree import Node, Tree


def lone_deadline(form: object) -> Deadline:
    """Return the deadline that plain values say in the rule language; ValueError where they say none."""
    shape = _shapes().validate_python(form)
    return deadline(shape, Place(Tree("", Node(form, _START, None, {}), "")), Faults())


class _Start:
    line = column = index = 0


_START = _Start()


@cache
def _shapes() -> TypeAdapter[DeadlineShape]:
    return TypeAdapter(ADeadline)
