"""Saying: expectations and what came instead, as lines for people."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, time, timedelta
from zoneinfo import ZoneInfo

from rules.calendar import local_day
from rules.cohort import Entry, NotSent
from rules.days import WEEKDAYS
from rules.decide import end_of
from rules.obligation import Reason
from rules.scenario import Mail
from rules.scenarios.people import People
from rules.scenarios.sighting import Sighting

_SHOWN = 12


def day_of(day: date) -> str:
    """Return a day with its weekday: `Thu 2026-03-26`."""
    return f"{WEEKDAYS[day.weekday()].en[:3]} {day}"


def seen(one: Sighting, people: People) -> str:
    """Return a line of a mail: when, to whom, which rung, of which task, why."""
    who = people.called(one.person, one.day)
    copy = " (cc)" if one.as_ == "cc" else ""
    return f"{day_of(one.day)} {one.hour:%H:%M} to {who}{copy}: {one.rung} of {_subject(one)}: {one.why}"


def unexpected_lines(found: Iterable[Sighting], people: People) -> list[str]:
    """Return lines of mails of one day; those that differ in the reader only stand together."""
    alike: dict[tuple[object, ...], list[Sighting]] = {}
    for one in found:
        alike.setdefault((one.hour, one.rung, one.as_, one.task, one.part, one.occurrence, one.why), []).append(one)
    lines = []
    for same in alike.values():
        who = list(dict.fromkeys(people.called(one.person, one.day) for one in same))
        more = f" and {len(who) - 3} more" if len(who) > 3 else ""
        first, copy = same[0], " (cc)" if same[0].as_ == "cc" else ""
        to = f"{', '.join(who[:3])}{more}{copy}"
        lines.append(
            f"{first.hour:%H:%M} to {to}: {first.rung} of {_subject(first, whose=len(same) == 1)}: {first.why}"
        )
    return [*lines[:_SHOWN], f"and {len(lines) - _SHOWN} more"] if len(lines) > _SHOWN else lines


def expected_mail(
    mail: Mail,
    days: tuple[date, date],
    at: time | None,
    said: str,
    as_: str,
    tasks: Sequence[str | None],
    addresses: Sequence[str],
) -> str:
    """Return what was expected of a mail that did not come to somebody."""
    when = day_of(days[0]) if days[0] == days[1] else f"some day from {days[0]} to {days[1]}"
    hour = f" {at:%H:%M}" if at else ""
    whom = f" to {said}{_behind(said, addresses)}{' (cc)' if as_ == 'cc' else ''}" if said else ""
    named = list(dict.fromkeys(task for task in tasks if task)) or list(mail.tasks)
    of = f" of {', '.join(named)}" if named else ""
    narrowed = [each for each in (mail.part, mail.occurrence) if each]
    return f"{when}{hour}: {' and '.join(mail.rungs) or 'a mail'}{of}{''.join(f' [{each}]' for each in narrowed)}{whom}"


def not_sent_lines(
    refused: Iterable[NotSent],
    mail: Mail,
    tasks: Sequence[str],
    addresses: Collection[str],
    days: tuple[date, date],
    zone: ZoneInfo,
    *,
    slots: Collection[tuple[str, str]] = (),
    near: int = 3,
) -> list[str]:
    """Return what was owed and not sent like that mail, each with the reason.

    It was decided in those days or so many around them; where these are any, also later, if it was owed in those days.
    """
    found = []
    for each in refused:
        key, notice, day = each.entry.key, each.notice, local_day(each.at, zone)
        slot, owed = notice.slot, local_day(notice.owed_at, zone)
        is_near = days[0] - timedelta(near) <= day <= days[1] + timedelta(near)
        is_theirs = notice.person in addresses or (slot.unit, slot.role) in slots or not (addresses or slots)
        fits = (
            (is_near or (near and days[0] <= owed <= days[1]))
            and (not mail.rungs or slot.rung in mail.rungs)
            and (not tasks or key.task in tasks)
            and (not mail.units or not set(mail.units).isdisjoint(key.units))
            and mail.part in (None, key.part)
            and mail.occurrence in (None, key.occurrence)
            and mail.reason in (None, notice.reason)
        )
        if fits and is_theirs:
            whose = notice.person or f"{slot.unit}/{slot.role}"
            when = f"on {day_of(day)}" if owed == day else f"of {day_of(owed)}, decided on {day_of(day)}"
            found.append(f"not sent {when}: {slot.rung} of {key.task} to {whose}: {notice.reason}")
    return list(dict.fromkeys(found))


def ended_lines(entries: Iterable[Entry], tasks: Collection[str], day: date, zone: ZoneInfo) -> list[str]:
    """Return what of the tasks was over by the end of a day, and why; the last two."""
    found = []
    for entry in entries:
        ended = end_of(entry.facts)
        is_over = ended is not None and ended[1] is not Reason.WITHDRAWN and local_day(ended[0], zone) <= day
        if ended and is_over and entry.key.task in tasks:
            found.append(f"{entry.key} ended on {local_day(ended[0], zone)}: {ended[1]}")
    return found[-2:]


def clipped(text: str, most: int = 12) -> list[str]:
    """Return the first lines of a letter, the empty ones left out."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return [*lines[:most], "…"] if len(lines) > most else lines


def _behind(said: str, addresses: Sequence[str]) -> str:
    if not addresses or said in addresses:
        return ""
    more = f" and {len(addresses) - 2} more" if len(addresses) > 2 else ""
    return f" ({', '.join(addresses[:2])}{more})"


def _subject(one: Sighting, *, whose: bool = True) -> str:
    extras = "/".join(each for each in (one.part, one.occurrence) if each)
    unit = f" ({one.unit})" if one.unit and whose else ""
    return f"{one.task or 'a post'}{f'[{extras}]' if extras else ''}{unit}"
