"""Changed: what became of deadlines, leads and events in a period, as the points of lists."""

from datetime import date, time

from rules.days import day_en, day_vi
from rules.due_day import DueDay
from rules.periodic.happened import Begun, Happened
from rules.periodic.moved import Moved
from rules.periodic.passed import Passed
from rules.periodic.points import NAMED, Words, named, of_part, several, shortened
from rules.periodic.told import Point, Points
from rules.wording import Wording


def moved(words: Words, heading: str) -> Points:
    """Return the deadlines that were moved, each from when to when by which document, and those that stay since a later
    day was refused; what happened to many units alike is one point."""
    alike: dict[tuple[str, str], list[str]] = {}
    for one in words.snapshot.moved:
        said = (named(one), from_to(one).say(words.language))
        alike.setdefault(said, []).append(", ".join(one.units))
    points = [
        (Point(f"{what} ({several(words, units)})", detail), len(units)) for (what, detail), units in alike.items()
    ]
    return shortened(words, heading, points, None)


def from_to(one: Moved) -> Wording:
    """Return from when to when a deadline was moved, or that it was not."""
    was, now = _day(one.before, one.hour_before), _day(one.after, one.hour_after)
    if one.kind == "refused":
        why = f" ({one.reason})" if one.reason else ""
        return Wording(
            f"không đồng ý gia hạn đến {now.vi}{why}; hạn vẫn là {was.vi}",
            f"an extension until {now.en} was refused{why}; still due {was.en}",
        )
    vi, en = _by(one.document)
    return Wording(f"hạn từ {was.vi} thành {now.vi}{vi}", f"due {now.en} instead of {was.en}{en}")


def _day(day: date | None, hour: time | None) -> Wording:
    return DueDay(day, hour).line if day else Wording("chưa có ngày", "no day")


def passed(words: Words, heading: str) -> Points:
    """Return the tasks that other units lead now, each from whom to whom, by which document."""
    points = []
    for one in words.snapshot.passed:
        before, after = several(words, one.names_before), several(words, one.names_after)
        points.append((Point(f"{one.number}. {one.title}", handed(one, before, after).say(words.language)), 1))
    return shortened(words, heading, points, None)


def handed(one: Passed, before: str, after: str) -> Wording:
    """Return from whom to whom a task passed, in words; the units as given."""
    vi, en = _by(one.document)
    return Wording(
        f"chuyển từ {before} sang {after} từ ngày {day_vi(one.on)}{vi}",
        f"passed from {before} to {after} on {day_en(one.on)}{en}",
    )


def happened(words: Words, heading: str) -> Points:
    """Return the events recorded, recorded anew or taken back, with the deadlines that run from each below it."""
    points = []
    for one in words.snapshot.happened:
        first = f"{one.title}: {what_happened(one).say(words.language)}"
        first += words.say("; thời hạn tính theo đó:", "; deadlines that run from it:") if one.begun else ""
        points.append((Point("\n".join((first, *_below(words, one.begun)))), 1))
    return shortened(words, heading, points, None)


def what_happened(one: Happened) -> Wording:
    """Return what was recorded of an event, in words."""
    vi, en = one.when.words
    if one.kind == "retracted":
        return Wording(f"đã rút việc ghi nhận {vi}", f"the record that it happened {en} was taken back")
    by = _by(one.document)
    if one.kind == "recorded" or one.before is None:
        return Wording(f"{vi}{by.vi}", f"{en}{by.en}")
    if one.before == one.when:
        return Wording(f"{vi}, ghi nhận lại{by.vi}", f"{en}, recorded anew{by.en}")
    was = one.before.day
    return Wording(f"{vi}, ghi nhận lại thay cho {was.vi}{by.vi}", f"{en}, recorded anew instead of {was.en}{by.en}")


def _below(words: Words, begun: tuple[Begun, ...]) -> list[str]:
    """Return the deadlines that run from an event, of many the first ones and how many others."""
    few = begun if len(begun) <= NAMED else begun[: NAMED - 1]
    lines = [f"+ {_run(words, one)}" for one in few]
    others = len(begun) - len(few)
    if others:
        lines.append(words.say(f"+ và {others} thời hạn khác", f"+ and {others} other deadlines"))
    return lines


def _run(words: Words, one: Begun) -> str:
    what = of_part(one.number, one.title, one.part)
    return f"{what} ({several(words, one.units)}): {one.day.say(words.language)}"


def _by(document: str) -> Wording:
    return Wording(f", theo {document}", f", by {document}") if document else Wording("", "")
