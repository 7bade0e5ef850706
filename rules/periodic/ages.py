"""Ages: the bands in which leaders count what is late."""

from collections.abc import Mapping
from enum import StrEnum

from rules.wording import Wording


class Age(StrEnum):
    """How long something has been late, in the bands that leaders ask for."""

    UP_TO_7 = "1-7"
    UP_TO_30 = "8-30"
    UP_TO_90 = "31-90"
    OVER_90 = "over_90"


AGES: Mapping[Age, Wording] = {
    Age.UP_TO_7: Wording("đến 7 ngày", "up to 7 days"),
    Age.UP_TO_30: Wording("8–30 ngày", "8–30 days"),
    Age.UP_TO_90: Wording("31–90 ngày", "31–90 days"),
    Age.OVER_90: Wording("trên 90 ngày", "over 90 days"),
}


def age(days_late: int) -> Age:
    """Return the band of what is late by so many days; what became late today is in the first."""
    if days_late <= 7:
        return Age.UP_TO_7
    if days_late <= 30:
        return Age.UP_TO_30
    return Age.UP_TO_90 if days_late <= 90 else Age.OVER_90
