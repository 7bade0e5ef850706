"""Meant: which obligations of a task a command is about."""

from collections.abc import Collection
from datetime import date, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from db.obligations import StoredObligation
    from rules.obligation import ObligationKey
    from scheduler.commands.naming import Narrowed
    from scheduler.office import Office

ALL = ("open", "done", "closed", "withdrawn")


def obligations(opened: "Office", task: str, which: "Narrowed", states: Collection[str]) -> "list[StoredObligation]":
    """Return the obligations of a task in those states, as far as the task was narrowed down; Refused with when it was
    withdrawn where the rules know it no more."""
    from db.obligations import Filter, listing
    from scheduler.commands.naming import check_narrowed, find_task

    refuse_withdrawn(opened, task)
    programme, found = find_task(task, opened.rulebook)
    check_narrowed(which, found)
    with opened.engine.connect() as connection:
        of_task = listing(connection, Filter(programme=programme.id, task=found.id))
    return [obligation for obligation in which.chosen(of_task) if obligation.state in states]


def refuse_withdrawn(opened: "Office", task: str) -> None:
    """Raise Refused when a task that the rules do not know was followed once and has been withdrawn."""
    from db.obligations import Filter, listing
    from rules.calendar import local_day
    from scheduler.commands.reading import Refused

    wanted, _, id = task.rpartition("/")
    if any(
        one.named == id or one.id == id for known in opened.rulebook.programmes.values() for one in known.followed()
    ):
        return
    with opened.engine.connect() as connection:
        found = listing(connection, Filter(programme=wanted or None, task=id, states=("withdrawn",)))
    ends = [(one.ended_at, one.revision) for one in found if one.ended_at is not None]
    if ends:
        at, revision = max(ends)
        day = local_day(at, opened.config.policy.zone)
        raise Refused(f"{task} was withdrawn on {day} by revision {revision} of the rules: see `dondoc history {id}`")


def begun(
    opened: "Office", found: "list[StoredObligation]", task: str, on: date, *, now: datetime
) -> "list[StoredObligation]":
    """Return those that can be meant by a report of that day: an occurrence that begins later has to be named."""
    from rules.calendar import local_day
    from rules.obligation import Facts
    from scheduler.commands.reading import Refused

    with opened.engine.connect() as connection:
        roster = opened.roster(connection, now=now)
    today, have_begun, later = local_day(now, roster.policy.zone), [], []
    for obligation in found:
        followed = roster.follow(obligation.key, Facts(obligation.watched_from), today=today)
        term = followed.term if followed else None
        if term and term.kind == "recurring" and term.starts and term.starts > on:
            later.append((term.starts, obligation.key.occurrence, called_in(opened, obligation)))
        else:
            have_begun.append(obligation)
    if later and not have_begun:
        starts, occurrence, name = min(later)
        raise Refused(
            f"nothing of {task} that had begun on {on} is open: {name} begins on {starts}; "
            f"if it is meant, name it: --occurrence {occurrence}"
        )
    return have_begun


def chosen(
    opened: "Office",
    found: "list[StoredObligation]",
    task: str,
    *,
    state: str,
    every: bool | None = None,
    earliest: bool = False,
) -> "list[StoredObligation]":
    """Return what is meant: the only one, all if said so, or of one unit's occurrences the `earliest` that is open.

    `state` says, for the message, what none of them is; `every` None: all cannot be said.
    """
    from scheduler.commands.reading import Refused

    if not found:
        raise Refused(f"nothing of {task} {state}: see `dondoc status`")
    if every or len(found) == 1:
        return found
    still_open = [obligation for obligation in found if obligation.state != "closed"]
    if earliest and len({_place(obligation.key) for obligation in found}) == 1 and still_open:
        return [min(still_open, key=lambda obligation: str(obligation.due_on or obligation.key.occurrence))]
    names = "; ".join(called_in(opened, obligation) for obligation in found[:6])
    raise Refused(
        f"{len(found)} obligations are meant, narrow it down (--unit, --part, --occurrence) or say --all: {names}"
        if every is not None
        else f"{len(found)} obligations are meant, narrow it down (--unit, --part, --occurrence): {names}"
    )


def called_in(opened: "Office", obligation: "StoredObligation") -> str:
    """Return what an obligation is called in the files."""
    from rules.called import called

    key = obligation.key
    programme = opened.rulebook.programmes.get(key.programme)
    return str(called(key, programme.task(key.task) if programme else None))


def _place(key: "ObligationKey") -> tuple[str, str]:
    return key.unit, key.part
