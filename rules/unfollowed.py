"""Unfollowed: what is said of an obligation of a time at which nobody followed it yet. No rung has a reason then."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from rules.calendar import local_day
from rules.days import day_en, day_vi
from rules.explain import RungStory
from rules.followed import Followed
from rules.unheard import Answer
from rules.wording import Wording


def unfollowed(followed: Followed, since: datetime | None, *, now: datetime) -> Answer | None:
    """Return why nobody heard of what had passed when following began, `since`, or of anything before; None where
    that is not why.

    `since` None: nothing of the task was ever followed.
    """
    if since is None:
        return None
    zone = followed.table.policy.zone
    day = local_day(since, zone)
    if followed.term.due is not None and followed.term.due < day:
        said = Wording(
            f"Kỳ này đã qua khi bắt đầu theo dõi, từ ngày {day_vi(day)}: không nhắc ai",
            f"This period had passed when dondoc began to follow it, on {day_en(day)}: nobody was reminded",
        )
    elif now < since:
        said = Wording(
            f"Lúc ấy chưa theo dõi: bắt đầu từ ngày {day_vi(day)}",
            f"Not followed yet then: following began on {day_en(day)}",
        )
    else:
        return None
    return Answer("", 0, "", "", None, "not_followed", since, said)


def as_past(rungs: Iterable[RungStory]) -> tuple[RungStory, ...]:
    """Return the rungs of a time before following: all are past, and none was kept back for a reason."""
    return tuple(
        replace(rung, state="past", readers=tuple(replace(one, state="past", reason=None) for one in rung.readers))
        for rung in rungs
    )
