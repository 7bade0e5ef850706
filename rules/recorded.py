"""Recorded: the events recorded for each programme, and when its events have happened by them."""

from collections.abc import Mapping

from rules.events import events_known
from rules.obligation import ObligationKey
from rules.programme import Occurred, Rulebook
from rules.roster import Known
from rules.starters import tasks_done
from rules.window import Policy

Recorded = Mapping[str, Mapping[str, tuple[Occurred, ...]]]
"""For each programme, by event: when it was recorded to have happened."""


def events_of(
    rulebook: Rulebook, policy: Policy, recorded: Recorded, done: Mapping[ObligationKey, Occurred]
) -> dict[str, Known]:
    """Return, for each programme, when its events have happened, from what was recorded and reported done."""
    return {
        programme.id: events_known(
            programme,
            recorded.get(programme.id, {}),
            tasks_done(programme, done),
            calendar=rulebook.calendars[programme.calendar],
            zone=policy.zone,
        )
        for programme in rulebook.programmes.values()
    }
