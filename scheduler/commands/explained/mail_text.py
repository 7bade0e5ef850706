"""Mails and persons of `explain`, as JSON and as text for people."""

from collections import Counter
from typing import Any
from zoneinfo import ZoneInfo

import typer

from rules.days import day_vi
from rules.posts import ROLES
from rules.wording import Language, Wording
from scheduler.commands.explained import words
from scheduler.commands.explained.mails import MailLine, MailTold
from scheduler.commands.explained.persons import PersonTold
from scheduler.commands.printing import local, minute, print_table
from scheduler.config import Config

Json = dict[str, Any]
MOST_COUNTED = 8


def mail_json(mail: MailTold, zone: ZoneInfo) -> Json:
    """Return a mail with its lines, and what was left out of it."""
    return {
        "number": mail.number,
        "key": mail.key,
        "message_id": mail.message_id,
        "to": mail.to,
        "state": mail.state,
        "at": local(mail.at, zone),
        "subject": mail.subject,
        "note": mail.note,
        "lines": [_line(line, zone) for line in mail.lines if line.left_out is None],
        "left_out": [_line(line, zone) for line in mail.lines if line.left_out is not None],
    }


def person_json(told: PersonTold, config: Config) -> Json:
    """Return all that is told of a person."""
    zone, days = config.policy.zone, told.per_day(config)
    return {
        "to": told.address,
        "from": told.first,
        "to_day": told.last,
        "at": local(told.now, zone),
        "posts": [
            {
                "directory": one.directory,
                "unit": one.unit or None,
                "role": one.role,
                "title": one.title,
                "from": one.first,
                "to": one.last,
                "acting": one.is_acting,
                "source": str(one.source),
            }
            for one in told.tenures
        ],
        "daily_cap": told.cap,
        "days_at_cap": sorted(day for day, count in days.items() if count >= told.cap),
        "lines_merged": told.merged(),
        "counts": {what: dict(told.by(what).most_common()) for what in ("rung", "task", "post")},
        "mails": [mail_json(mail, zone) for mail in told.mails],
        "coming": [mail_json(mail, zone) for mail in told.coming],
    }


def print_mail(mail: MailTold, zone: ZoneInfo, language: Language) -> None:
    """Print a mail: when and to whom; each line with its rung, reader and reason; what was left out."""
    _print_head(mail, zone)
    for line in mail.lines:
        if line.left_out is None:
            _print_line(line, zone, language)
    left = [line for line in mail.lines if line.left_out is not None]
    if left:
        typer.echo("  Không có trong thư:" if language == "vi" else "  Left out:")
        rows = [
            ("   ", _task(line), line.notice.slot.rung, line.left_out.say(language)) for line in left if line.left_out
        ]
        print_table(["   ", *(words.HEADS[head].say(language) for head in ("task", "rung", "why"))], rows)


def print_person(told: PersonTold, config: Config, language: Language) -> None:
    """Print the posts behind an address, what was sent and why so much, and what comes next."""
    zone = config.policy.zone
    typer.echo(f"{told.address}: {day_vi(told.first)} – {day_vi(told.last)}")
    rows = [
        (one.first, one.last, ROLES[one.role].say(language), one.unit or one.directory, one.title, str(one.source))
        for one in told.tenures
    ]
    if rows:
        print_table([words.HEADS[head].say(language) for head in ("from", "to", "post")] + ["", "", ""], rows)
    for said in _why_so_many(told, config):
        typer.echo(f"  {said.say(language)}")
    for what in ("rung", "post", "task"):
        typer.echo(f"  {words.HEADS[what].say(language)}: {_counts(told.by(what))}")
    print_table(
        [words.HEADS[head].say(language) for head in ("at", "state", "lines", "subject")] + ["rung"],
        [
            (minute(mail.at, zone), mail.state, _size(mail), mail.subject, _rungs(mail))
            for mail in (*told.mails, *told.coming)
        ],
    )
    coming = next(iter(told.coming), None)
    if coming:
        typer.echo(f"  {words.NEXT.say(language)}: {minute(coming.at, zone)} {coming.subject}")
    else:
        typer.echo(f"  {words.NOTHING_NEXT.say(language)}")


def _why_so_many(told: PersonTold, config: Config) -> list[Wording]:
    days = told.per_day(config)
    lines = sum(told.by("rung").values())
    full = sum(count >= told.cap for count in days.values())
    mails, coming = len(told.mails), len(told.coming)
    return [
        Wording(
            f"{mails} thư đã có, {coming} thư dự kiến; {lines} dòng, {told.merged()} dòng đã gộp vào thư chung",
            f"{mails} mails so far, {coming} expected; {lines} lines, {told.merged()} of them merged into a mail",
        ),
        Wording(
            f"Mỗi ngày nhiều nhất {told.cap} thư; {full} ngày đã đủ mức ấy",
            f"At most {told.cap} mails a day; {full} days had that many",
        ),
    ]


def _counts(found: Counter[str]) -> str:
    shown = ", ".join(f"{name} {count}" for name, count in found.most_common(MOST_COUNTED))
    return shown + (", …" if len(found) > MOST_COUNTED else "")


def _print_head(mail: MailTold, zone: ZoneInfo) -> None:
    number = f"{mail.number}: " if mail.number else ""
    typer.echo(f"{number}{minute(mail.at, zone)} {mail.to} ({mail.state})")
    if mail.subject:
        typer.echo(f"  {mail.subject}")
    if mail.message_id:
        typer.echo(f"  Message-ID: {mail.message_id}")
    if mail.note and mail.state != "sent":
        typer.echo(f"  {mail.note}")


def _print_line(line: MailLine, zone: ZoneInfo, language: Language) -> None:
    notice = line.notice
    turn = f" #{notice.slot.turn + 1}" if notice.slot.turn else ""
    rule = f" ({line.rule})" if line.rule else ""
    typer.echo(f"  {_task(line)}: {line.title}")
    typer.echo(f"    {notice.slot.rung}{turn}{rule}, {minute(notice.owed_at, zone)}, {notice.as_}")
    if line.reader.vi:
        typer.echo(f"    {line.reader.say(language)}; {line.post}")
    if line.why.vi:
        typer.echo(f"    {line.why.say(language)}")
    typer.echo(f"    {'; '.join(each for each in (line.clause, line.source) if each)}")


def _line(line: MailLine, zone: ZoneInfo) -> Json:
    notice = line.notice
    return {
        **line.called.as_json(),
        "title": line.title,
        "rung": notice.slot.rung,
        "turn": notice.slot.turn,
        "rule": line.rule or None,
        "owed_at": local(notice.owed_at, zone),
        "settled_at": local(notice.settled_at, zone) if notice.settled_at else None,
        "state": notice.state,
        "reason": notice.reason,
        "as": notice.as_,
        "role": notice.slot.role,
        "post_unit": notice.slot.unit,
        "reader": line.reader.vi,
        "reader_en": line.reader.en,
        "post_source": str(line.post) if line.post else None,
        "due": line.due,
        "why": line.why.vi,
        "why_en": line.why.en,
        "clause": line.clause,
        "source": line.source,
        "left_out": line.left_out.vi if line.left_out else None,
        "left_out_en": line.left_out.en if line.left_out else None,
    }


def _task(line: MailLine) -> str:
    return str(line.called)


def _size(mail: MailTold) -> int:
    return sum(line.left_out is None for line in mail.lines)


def _rungs(mail: MailTold) -> str:
    found = Counter(line.notice.slot.rung for line in mail.lines if line.left_out is None)
    return ", ".join(f"{name} ×{count}" if count > 1 else name for name, count in found.items())
