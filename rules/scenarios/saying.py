"""Saying: expectations and what came instead, as lines for people."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, time, timedelta
from zoneinfo import ZoneInfo

from rules.calendar import local_day
from rules.cohort import Entry, NotSent
from rules.days import WEEKDAYS
from rules.decide import end_of
from rules.obligation import Reason
from rules.scenario import Mail, Whom
from rules.scenarios.people import People
from rules.scenarios.sighting import Sighting
from rules.wording import Language, Wording

_SHOWN = 12


def day_of(day: date, language: Language) -> str:
    """Return a day with its weekday: `Thu 2026-03-26`, `thứ Năm 2026-03-26`."""
    weekday = WEEKDAYS[day.weekday()]
    return f"{weekday.vi if language == 'vi' else weekday.en[:3]} {day}"


def seen(one: Sighting, people: People, language: Language) -> str:
    """Return a line of a mail: when, to whom, which rung, of which task, why."""
    who = people.called(one.person, one.day)
    copy = " (cc)" if one.as_ == "cc" else ""
    return f"{day_of(one.day, language)} {_told(one, f'{who}{copy}', language)}"


def unexpected_lines(found: Iterable[Sighting], people: People, language: Language) -> list[str]:
    """Return lines of mails of one day; those that differ in the reader only stand together."""
    alike: dict[tuple[object, ...], list[Sighting]] = {}
    for one in found:
        alike.setdefault(
            (one.hour, one.rung, one.as_, one.task, one.part, one.occurrence, one.reason[0], one.due), []
        ).append(one)
    lines = []
    for same in alike.values():
        who = list(dict.fromkeys(people.called(one.person, one.day) for one in same))
        more = _more(len(who) - 3, language)
        first, copy = same[0], " (cc)" if same[0].as_ == "cc" else ""
        to = f"{', '.join(who[:3])}{more}{copy}"
        lines.append(_told(first, to, language, whose=len(same) == 1))
    return [*lines[:_SHOWN], _more(len(lines) - _SHOWN, language).strip()] if len(lines) > _SHOWN else lines


def expected_mail(
    mail: Mail,
    days: tuple[date, date],
    at: time | None,
    said: str,
    as_: str,
    tasks: Sequence[str | None],
    addresses: Sequence[str],
    language: Language,
) -> str:
    """Return what was expected of a mail that did not come to somebody."""
    is_vi = language == "vi"
    when = day_of(days[0], language)
    if days[0] != days[1]:
        when = Wording(f"một ngày từ {days[0]} đến {days[1]}", f"some day from {days[0]} to {days[1]}").say(language)
    hour = f" {at:%H:%M}" if at else ""
    copy, to = " (cc)" if as_ == "cc" else "", "đến" if is_vi else "to"
    whom = f" {to} {said}{_behind(said, addresses, language)}{copy}" if said else ""
    named = list(dict.fromkeys(task for task in tasks if task)) or list(mail.tasks)
    of = f" {'của' if is_vi else 'of'} {', '.join(named)}" if named else ""
    narrowed = "".join(f" [{each}]" for each in (mail.part, mail.occurrence) if each)
    rungs = (" và " if is_vi else " and ").join(mail.rungs) or ("một thư" if is_vi else "a mail")
    return f"{when}{hour}: {rungs}{of}{narrowed}{whom}"


def not_sent_lines(
    refused: Iterable[NotSent],
    mail: Mail,
    tasks: Sequence[str],
    addresses: Collection[str],
    days: tuple[date, date],
    zone: ZoneInfo,
    language: Language,
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
            on, then = day_of(day, language), day_of(owed, language)
            when = Wording(f"ngày {on}", f"on {on}")
            if owed != day:
                when = Wording(f"của {then}, quyết định ngày {on}", f"of {then}, decided on {on}")
            vi = f"không gửi {when.vi}: {slot.rung} của {key.task} đến {whose}: {notice.reason}"
            en = f"not sent {when.en}: {slot.rung} of {key.task} to {whose}: {notice.reason}"
            found.append(Wording(vi, en).say(language))
    return list(dict.fromkeys(found))


def ended_lines(
    entries: Iterable[Entry], tasks: Collection[str], day: date, zone: ZoneInfo, language: Language
) -> list[str]:
    """Return what of the tasks was over by the end of a day, and why; the last two."""
    found = []
    for entry in entries:
        ended = end_of(entry.facts)
        is_over = ended is not None and ended[1] is not Reason.WITHDRAWN and local_day(ended[0], zone) <= day
        if ended and is_over and entry.key.task in tasks:
            on = local_day(ended[0], zone)
            said = Wording(f"{entry.key} kết thúc ngày {on}: {ended[1]}", f"{entry.key} ended on {on}: {ended[1]}")
            found.append(said.say(language))
    return found[-2:]


def nothing_about(entries: Iterable[Entry], tasks: Sequence[str], language: Language) -> str:
    """Return that no mail was found, with the days the tasks are due, of what recurs the first few times."""
    what = ", ".join(tasks)
    nothing = Wording(
        f"không có gì về {what or 'việc này'} đến họ trong mười ngày",
        f"nothing about {what or 'it'} to them within ten days",
    ).say(language)
    days = sorted(
        {(one.key.task, str(due)) for one in entries if one.key.task in tasks and (due := one.followed.term.due)}
    )
    return nothing + "".join(
        Wording(f"; {task} đến hạn ngày {due}", f"; {task} is due on {due}").say(language) for task, due in days[:3]
    )


def held_back(mail: Mail, whom: Whom | None, language: Language) -> str:
    """Return that a notice like that mail was expected to be held back."""
    reason = Wording(f" vì {mail.reason}", f" as {mail.reason}") if mail.reason else Wording("", "")
    to = Wording(f" đến {whom.said}", f" to {whom.said}") if whom else Wording("", "")
    vi = f"bị giữ lại{reason.vi}: {' hoặc '.join(mail.rungs) or 'một lời nhắc'}{to.vi}"
    return Wording(vi, f"held back{reason.en}: {' or '.join(mail.rungs) or 'a notice'}{to.en}").say(language)


def clipped(text: str, most: int = 12) -> list[str]:
    """Return the first lines of a letter, the empty ones left out."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return [*lines[:most], "…"] if len(lines) > most else lines


def _told(one: Sighting, to: str, language: Language, *, whose: bool = True) -> str:
    subject = _subject(one, language, whose=whose)
    vi = f"{one.hour:%H:%M} đến {to}: {one.rung} của {subject}: {one.why('vi')}"
    return Wording(vi, f"{one.hour:%H:%M} to {to}: {one.rung} of {subject}: {one.why('en')}").say(language)


def _more(count: int, language: Language) -> str:
    return Wording(f" và {count} nữa", f" and {count} more").say(language) if count > 0 else ""


def _behind(said: str, addresses: Sequence[str], language: Language) -> str:
    if not addresses or said in addresses:
        return ""
    more = _more(len(addresses) - 2, language)
    return f" ({', '.join(addresses[:2])}{more})"


def _subject(one: Sighting, language: Language, *, whose: bool = True) -> str:
    extras = "/".join(each for each in (one.part, one.occurrence) if each)
    unit = f" ({one.unit})" if one.unit and whose else ""
    task = one.task or Wording("một chức vụ", "a post").say(language)
    return f"{task}{f'[{extras}]' if extras else ''}{unit}"
