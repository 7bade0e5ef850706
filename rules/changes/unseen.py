"""Unseen: edits of which no obligation moves, appears, ends or passes to others: words, and rules of what is done or of
what is still to come."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from rules.changes.obligations import Told
from rules.edits import Edit, edits
from rules.follow import Place
from rules.programme import Rulebook

_DECIDING = ("", "lead", "head", "deadline", "amendment", "ladder", "coordinate")
"""The fields of a task that decide who owes what, and when; '' is the task itself."""
_SETTLED = "announced_until"
_NAMED = ("", "unit", "group")
"""The fields of a directory beside its posts, whose holders are told of by themselves."""


def unseen(before: Rulebook, after: Rulebook, told: Told) -> Iterator[Edit]:
    """Yield what is edited and not told of by what becomes of the obligations.

    New words for a deadline that an amendment sets on a day to come are shown from that day on.
    """
    shown, coming = _shown(told), _coming(told)
    closing = {(each.line.programme, each.line.task) for each in told.closings}
    programmes = {programme for programme, _ in shown}
    causes = {cause.kind for move in told.moves for cause in move.causes}
    has_others = bool(told.appearing or told.ending or told.passing)
    for edit in edits(before, after):
        field = edit.field.partition(" ")[0]
        match edit.kind:
            case "programme":
                # Another standing office is a handover, with whatever passes to it.
                is_told = field == "standing" or (not field and edit.id in programmes)
            case "task":
                programme, _, task = edit.id.partition("/")
                place = (programme, task)
                is_told = (field in _DECIDING and place in shown) or (field == "if_unreported" and place in closing)
            case "directory":
                is_told = has_others or field not in _NAMED
            case "calendar" if field == _SETTLED:
                is_told = bool(told.settlings)
            case "ladder" | "calendar":
                is_told = edit.kind in causes
            case _:
                is_told = False
        if not is_told:
            yield replace(edit, from_on=coming.get(edit.id)) if field == "stated" else edit


def _coming(told: Told) -> dict[str, date]:
    """Return the tasks whose deadline moves on a day to come, as edits name them, with the last such day."""
    moves = sorted((move.from_on, move.line) for move in told.moves if move.from_on)
    return {f"{line.programme}/{line.task}": on for on, line in moves}


def _shown(told: Told) -> set[Place]:
    lines = [each.line for part in (told.moves, told.appearing, told.ending, told.passing) for each in part]
    return {(line.programme, line.task) for line in lines}
