"""Planning: what putting the rule files of a folder in force would do to the office's database; nothing is written."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.engine import Connection, Engine

from db.obligations import count_of_tasks
from db.revisions import Revision, latest_revision
from rules.calendar import instant
from rules.changes.planning import Edit, concerned, planned
from rules.changes.summary import summary
from rules.changes.values import Changes
from rules.follow import Place
from rules.programme import Rulebook
from rules.resuming import Present
from rules.window import Policy
from rules.wording import Wording
from scheduler.config import Config
from scheduler.garbage import collected_later
from scheduler.moved_on import Seen, seen
from scheduler.present import present_of
from scheduler.taking_over import in_force_beside
from scheduler.unreached import Unreached, unreached

WHOLE = 20_000
"""Up to how many obligations those of all tasks are lived through; of more only those the edit touches."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A plan: what changes, from which revision (None before the first) and which state of facts and ledger on."""

    changes: Changes
    rulebook: Rulebook
    files: Mapping[str, bytes]
    made_at: datetime
    in_force: Revision | None
    seen: Seen
    unreached: tuple[Unreached, ...] = ()
    """Who gets no letter in the days looked ahead, whatever changes."""

    @property
    def summary(self) -> Wording:
        """Return it in one line."""
        return summary(self.changes)


@collected_later()
def plan_edit(
    config: Config,
    engine: Engine | None,
    rulebook: Rulebook,
    files: Mapping[str, bytes],
    *,
    now: datetime,
    whole_up_to: int = WHOLE,
) -> Planned:
    """Return what the rule files would do at `now`; `engine` is None where there is no database yet.

    All tasks are lived through up to so many obligations.
    """
    if engine is None:
        return _first(config.policy, rulebook, files, seen(None, config.policy, now=now), now=now)
    with engine.connect() as connection:
        latest, found = latest_revision(connection), seen(connection, config.policy, now=now)
        if latest is None:
            return _first(config.policy, rulebook, files, found, now=now)
        if latest.digest == rulebook.digest:
            return Planned(Changes(), rulebook, files, now, latest, found)
        before = in_force_beside(connection, latest, rulebook, files)
        changes = _changes(
            connection, Edit(before, replace(rulebook, recast=before.recast)), config.policy, whole_up_to, now=now
        )
        assert changes.until is not None
        until = instant(changes.until, None, config.policy.zone)
        silent = unreached(connection, [before, rulebook], now=now, until=until)
    return Planned(changes, rulebook, files, now, latest, found, silent)


def _first(policy: Policy, rulebook: Rulebook, files: Mapping[str, bytes], found: Seen, *, now: datetime) -> Planned:
    changes = planned(Edit(None, rulebook), Present(), policy, (), whole=True, now=now)
    return Planned(changes, rulebook, files, now, None, found)


def _changes(connection: Connection, edit: Edit, policy: Policy, whole_up_to: int, *, now: datetime) -> Changes:
    assert edit.before is not None
    programmes = [*edit.before.programmes.values(), *edit.after.programmes.values()]
    whole = count_of_tasks(connection, whole_up_to + 1) <= whole_up_to
    bare = present_of(connection, programmes, policy, (), now=now)
    places = concerned(edit, bare, policy, now=now)
    if whole:
        present = present_of(connection, programmes, policy, now=now)
    else:
        places |= _starters(edit.after)
        present = present_of(connection, programmes, policy, sorted(places), now=now)
    return planned(edit, present, policy, places, whole=whole, now=now)


def _starters(rulebook: Rulebook) -> set[Place]:
    """Return the tasks whose completion starts something."""
    return {
        (programme.id, event.when_done)
        for programme in rulebook.programmes.values()
        for event in programme.events.values()
        if event.when_done
    }
