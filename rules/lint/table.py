"""The table of all checks, by their code."""

from collections.abc import Mapping

from rules.lint import calendars, events, marked, posts, unused, waiving
from rules.lint.deadlines import bounds, copied, dayoff, load, old, parent, stated
from rules.lint.finding import Check
from rules.lint.ladders import dead, doubled, hasty, unreached
from rules.lint.tasks import act, answer, authority, person, said, time

_ALL = (
    person.CHECK, act.CHECK, time.UNDATED, time.UNREVIEWED, answer.CHECK, said.PRODUCT, authority.LADDER,
    authority.OVERSEER, said.STATED,
    dead.NOBODY, dead.TOO_OLD, dead.SHADOWED, hasty.CHECK, doubled.SUPERIORS, doubled.FOCAL, unreached.CHECK,
    *posts.CHECKS,
    dayoff.DAY, dayoff.PERIOD, load.CHECK, parent.CHECK, bounds.BEFORE, bounds.OUTSIDE, old.CHECK, copied.CHECK,
    stated.CHECK,
    *events.CHECKS, *calendars.CHECKS, marked.CHECK, *waiving.CHECKS, *unused.CHECKS,
)  # fmt: skip

CHECKS: Mapping[str, Check] = {check.code: check for check in sorted(_ALL, key=lambda check: check.code)}
