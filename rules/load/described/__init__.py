"""What every key of the rule language means, in Vietnamese and English, with examples: what editors show."""

from collections.abc import Mapping

from rules.load.described import calendars, deadlines, ladders, people, programmes, scenarios
from rules.load.described.said import Keys, Said

KEYS: Mapping[str, Keys] = {
    **programmes.KEYS,
    **deadlines.KEYS,
    **people.KEYS,
    **ladders.KEYS,
    **calendars.KEYS,
    **scenarios.KEYS,
}
"""By the name of a shape: its keys. '' stands for the whole of it."""

__all__ = ["KEYS", "Keys", "Said"]
