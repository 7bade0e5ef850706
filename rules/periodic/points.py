"""Points: obligations, contributions and units as the points of a list."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from rules.backdated import backdated_words
from rules.days import clock, day_en, day_vi
from rules.due_day import DueDay
from rules.indicators.standing import read_again
from rules.indicators.target import target
from rules.periodic.moved import Moved
from rules.periodic.snapshot import Entry, Section, Snapshot, Unheard
from rules.periodic.told import Point, Points, Tone
from rules.status import NAMES, REPORTED, Timeliness, Verification
from rules.summary import Count
from rules.wording import Language, Wording

NAMED = 6
"""So many units are named one by one."""
_DASH = re.compile(r"^(?:[-–—+*•]+(?:\s+|$)|[-–—•]+(?=\D))")


@dataclass(frozen=True, slots=True)
class Words:
    """A snapshot with how it is to be told; of each list no more than `most` points, `brief` for a narrow page."""

    snapshot: Snapshot
    language: Language
    zone: ZoneInfo
    most: int | None = None
    brief: bool = False

    def say(self, vi: str, en: str) -> str:
        """Return one of the two texts."""
        return Wording(vi, en).say(self.language)

    def span(self) -> str:
        """Return the days the summary is of."""
        first, last = self.snapshot.first, self.snapshot.last
        if first == last:
            return self.say(f"ngày {day_vi(first)}", day_en(first))
        return self.say(f"từ ngày {day_vi(first)} đến ngày {day_vi(last)}", f"{day_en(first)} to {day_en(last)}")


def entries(
    words: Words, heading: str, found: Sequence[Entry], *, difficulties: bool = False, empty: Wording | None = None
) -> Points:
    """Return obligations as points, what several units owe alike as one; with `difficulties` each says what is
    difficult."""
    alike: dict[tuple[str, str, Tone], list[str]] = {}
    for entry in found:
        said = (named(entry), _detail(words, entry, difficulties), _tone(entry))
        alike.setdefault(said, []).append(", ".join(entry.units))
    points = [
        (Point(f"{what} ({several(words, units)})", detail, tone), len(units))
        for (what, detail, tone), units in alike.items()
    ]
    made = shortened(words, heading, points, empty)
    return replace(made, counted=words.say("lượt", "obligation" if made.total == 1 else "obligations"))


def contributed(words: Words, section: Section) -> Points:
    """Return what units wrote, each beside its name; several lines of a text stand below the name."""
    heading = words.say("Nội dung các đơn vị báo cáo", "As the units write")
    points = [(Point(_under(one.name, _lines(one.content))), 1) for one in words.snapshot.said(section)]
    return shortened(words, heading, points, None)


def _under(name: str, lines: Sequence[str]) -> str:
    if len(lines) < 2:
        return f"{name}: {''.join(lines)}"
    return "\n".join((f"{name}:", *(f"+ {line}" for line in lines)))


def _lines(text: str) -> list[str]:
    """Return the lines of what somebody wrote, without the dashes before them; a sign before a number is none."""
    stripped = (_DASH.sub("", line.strip()) for line in text.split("\n"))
    return [line for line in stripped if line]


def measured(words: Words) -> Points:
    """Return the indicators with new values, each with the value before and its target."""
    points = []
    for one in words.snapshot.measured:
        said = [words.say(f"ngày {day_vi(one.on)}", f"on {day_en(one.on)}")]
        if one.before:
            before = _amount(one.before, one.measured_in)
            said.append(words.say(f"trước đó {before}", f"before {before}"))
        if one.target:
            year, aim = one.on.year, target(one.target, one.measured_in).said
            said.append(words.say(f"mục tiêu năm {year}: {aim}", f"target of {year}: {aim}"))
        points.append((Point(f"{one.title}: {_amount(one.value, one.measured_in)}", "; ".join(said)), 1))
    return shortened(words, words.say("Chỉ tiêu có số liệu mới", "Indicators with new values"), points, None)


def _amount(text: str, unit: str) -> str:
    """Return a value with what it counts, as pages say it; one that the rules no longer read as it was written."""
    found = read_again(text, unit)
    return found.said if found.is_number or found.is_yes is not None else f"{text} {unit}".rstrip()


def unheard(words: Words) -> Points:
    """Return the units that had not written by the hour, or by the time it is told while the hour is still to come."""
    by = min(words.snapshot.contributions_by, words.snapshot.at).astimezone(words.zone)
    heading = words.say(
        f"Đơn vị chưa gửi nội dung báo cáo đến {clock(by.time()).vi} ngày {day_vi(by)}",
        f"Units that had not written by {clock(by.time()).en} on {day_en(by)}",
    )
    points = [
        (Point(one.name, wrote_late(one, words.zone).say(words.language), "today"), 1) for one in words.snapshot.unheard
    ]
    return shortened(words, heading, points, None)


def wrote_late(one: Unheard, zone: ZoneInfo) -> Wording:
    """Return when a unit wrote after the hour, '' where it has not."""
    if one.wrote_at is None:
        return Wording("", "")
    wrote = one.wrote_at.astimezone(zone)
    hour = clock(wrote.time())
    return Wording(f"gửi lúc {hour.vi} ngày {day_vi(wrote)}", f"wrote at {hour.en} on {day_en(wrote)}")


def due_of(entry: Entry) -> DueDay | None:
    """Return the due day of an obligation, None without one."""
    return DueDay(entry.due, entry.hour, entry.strict) if entry.due else None


def named(entry: Entry | Moved) -> str:
    """Return an obligation in words: its number, what is to be done, which part of it."""
    return of_part(entry.number, entry.title, entry.key.part)


def of_part(number: str, title: str, part: str) -> str:
    """Return a task, or a part of it, in words."""
    return f"{number}. {title} – {part}" if part else f"{number}. {title}"


def several(words: Words, units: Sequence[str]) -> str:
    """Return whose it is, of many the first ones and how many others."""
    if len(units) <= NAMED:
        return "; ".join(units)
    others = len(units) - NAMED + 1
    return "; ".join(units[: NAMED - 1]) + words.say(f" và {others} đơn vị khác", f" and {others} others")


def _detail(words: Words, entry: Entry, difficulties: bool) -> str:
    if difficulties and entry.difficulty:
        lines = _lines(entry.difficulty)
        return "; ".join((*(line.rstrip(" .;") for line in lines[:-1]), *lines[-1:]))
    return "; ".join(_facts(words, entry))


def _facts(words: Words, entry: Entry) -> Iterable[str]:
    """Yield what is to be known of an obligation, the day first."""
    if day := due_of(entry):
        provisional = words.say(" (tạm tính)", " (provisional)") if entry.provisional else ""
        yield words.say("hạn ", "due ") + day.line.say(words.language) + provisional
    if entry.is_late:
        days = "1 day" if entry.days_late == 1 else f"{entry.days_late} days"
        late = Wording(f"quá hạn {entry.days_late} ngày", f"{days} late")
        yield (late if entry.days_late else Wording("quá hạn hôm nay", "late since today")).say(words.language)
        if words.snapshot.previous and entry.before is not Count.OPEN_LATE:
            yield words.say("mới phát sinh", "new")
    if entry.status.progress in REPORTED and entry.done_on:
        how = NAMES[entry.status.timeliness].say(words.language).lower()
        dated = entry.status.timeliness is not Timeliness.UNDATED
        done = words.say(f"hoàn thành ngày {day_vi(entry.done_on)}", f"done on {day_en(entry.done_on)}")
        yield f"{done}, {how}" if dated else done
        if backdated := backdated_words(entry.days_backdated):
            yield backdated.say(words.language)
    if entry.percent is not None and entry.is_open:
        yield f"{entry.percent}%"
    if entry.status.verification is not Verification.NONE_ASKED:
        yield NAMES[entry.status.verification].say(words.language).lower()
    if entry.mark:
        on = entry.mark.entered_on
        yield words.say(f"đã nhập hệ thống quốc gia ngày {day_vi(on)}", f"entered nationally on {day_en(on)}")


def _tone(entry: Entry) -> Tone:
    if entry.is_late:
        return "late"
    if entry.status.timeliness in (Timeliness.DUE_SOON, Timeliness.DUE_TODAY):
        return "soon"
    return "new" if entry.status.progress in REPORTED else "calm"


def shortened(words: Words, heading: str, points: Sequence[tuple[Point, int]], empty: Wording | None) -> Points:
    """Return a list of points, each with how many things it tells of, shortened as far as wanted."""
    kept = points if words.most is None else points[: words.most]
    total, told = (sum(number for _, number in some) for some in (points, kept))
    shown = tuple(point for point, _ in kept)
    return Points(heading, shown, total, total - told, empty.say(words.language) if empty else "")
