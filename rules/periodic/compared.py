"""Compared: what has become of what was late in the summary before, so that the numbers add up."""

from rules.periodic.points import Words
from rules.summary import Count
from rules.wording import Wording


def compared(words: Words) -> str:
    """Return how many were late, came, went and are late now, as one sentence; '' where there is none before."""
    found = words.snapshot
    if found.previous is None:
        return ""
    name, was = found.previous.period.name, found.previous.counts.of.get(Count.OPEN_LATE, 0)
    late = found.counts.of.get(Count.OPEN_LATE, 0)
    moves = (
        (len(found.closed_late), Wording("quá hạn rồi hết kỳ không báo cáo", "late and then closed unreported")),
        (found.gone_late, Wording("đã rút hoặc chuyển đơn vị khác", "withdrawn or passed to another unit")),
    )
    new, caught = len(found.newly_late), len(found.caught_up)
    vi = [
        f"mới quá hạn {new}",
        f"đã khắc phục quá hạn {caught}",
        *(f"{what.vi} {number}" for number, what in moves if number),
    ]
    en = [f"{new} newly late", f"{caught} caught up", *(f"{number} {what.en}" for number, what in moves if number)]
    return words.say(
        f"So với {name.vi} (quá hạn {was}): {', '.join(vi)}; nay quá hạn {late}.",
        f"Since {name.en} ({was} late): {', '.join(en)}; {late} late now.",
    )
