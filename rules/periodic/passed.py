"""Passed: which tasks other units lead at the end of a period than at its beginning."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from rules.citing import citation
from rules.obligation import ObligationKey
from rules.programme import Programme, Task


@dataclass(frozen=True, slots=True)
class Passed:
    """A task that passed on a day from the units `before` to the units `after`, by a document ('' where none is
    named)."""

    programme: str
    task: str
    number: str
    title: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    names_before: tuple[str, ...]
    names_after: tuple[str, ...]
    on: date
    document: str = ""

    def concerns(self, unit: str) -> bool:
        """Say whether a unit leads it, or did."""
        return unit in self.before or unit in self.after


class Turn(NamedTuple):
    """That an obligation began at an instant, or ended since the rules ask for it no more."""

    key: ObligationKey
    at: datetime
    begins: bool


class HandedOver(NamedTuple):
    """From which units to which others a task passed, for the last time at `at`."""

    before: tuple[str, ...]
    after: tuple[str, ...]
    at: datetime


def handed_over(turns: Iterable[Turn]) -> dict[tuple[str, str], HandedOver]:
    """Return, by programme and task, what came of the turns of a period: what passed there and back is left out, and
    what passed on and on is told from the first to the last. A task passes where an obligation of the one ends as that
    of another begins."""
    lines: defaultdict[tuple[str, ...], list[Turn]] = defaultdict(list)
    for turn in sorted(turns, key=lambda one: one.at):
        lines[*turn.key[:3], turn.key.occurrence].append(turn)
    found: defaultdict[tuple[str, str], list[HandedOver]] = defaultdict(list)
    for line, those in lines.items():
        over = _of_line(those)
        if over is not None:
            found[line[0], line[1]].append(over)
    whole = {task: _together(those) for task, those in found.items()}
    return {task: one for task, one in whole.items() if set(one.before) != set(one.after)}


def _of_line(turns: Sequence[Turn]) -> HandedOver | None:
    """Return what came of one line: who owed it before it first passed and does not now, and who does now."""
    ended, begun = ({turn.at for turn in turns if turn.begins is begins} for begins in (False, True))
    passing = ended & begun
    if not passing:
        return None
    first: dict[ObligationKey, Turn] = {}
    for turn in turns:
        first.setdefault(turn.key, turn)
    owed = {key: not turn.begins for key, turn in first.items()}
    owed |= {turn.key: turn.begins for turn in turns if turn.at < min(passing)}
    owes = {turn.key: turn.begins for turn in turns}
    took = {turn.key for turn in turns if turn.at in passing}
    before = [key for key in first if owed[key] and not owes[key] and key in took]
    after = [key for key in first if owes[key] and not owed[key] and key in took]
    return HandedOver(_units(before), _units(after), max(passing)) if before and after else None


def _units(keys: Iterable[ObligationKey]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(unit for key in keys for unit in key.units))


def _together(those: Sequence[HandedOver]) -> HandedOver:
    before = dict.fromkeys(unit for one in those for unit in one.before)
    after = dict.fromkeys(unit for one in those for unit in one.after)
    return HandedOver(tuple(before), tuple(after), max(one.at for one in those))


def document_of(was: tuple[Programme, Task], is_: tuple[Programme, Task]) -> str:
    """Return the document that the rule files name with an edit of a task: one that replaces a deadline of it, else its
    new basis, else that of the programme where this is another one; '' where there is none."""
    (old_programme, old), (programme, task) = was, is_
    amending = [one.document for one in task.amended if one.document and one not in old.amended]
    if amending:
        return amending[-1]
    if task.basis and task.basis != old.basis:
        return " ".join(task.basis.split())
    cited = citation(programme.document)
    return cited if cited != citation(old_programme.document) else ""
