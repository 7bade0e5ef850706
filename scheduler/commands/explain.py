"""`dondoc explain`: why of a task, a silence, a mail, a person, at any instant past or to come."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from scheduler.commands.options import (
    AssumeOption,
    AtOption,
    ConfigOption,
    FormatOption,
    OccurrenceOption,
    PartOption,
    RulesOption,
    UnitOption,
    day,
    instant_of,
    new_app,
)

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from scheduler.commands.explained.persons import PersonTold
    from scheduler.commands.naming import Narrowed
    from scheduler.commands.stories import Question, Told
    from scheduler.config import Config

Language = Literal["vi", "en"]
app = new_app()


@dataclass(frozen=True, slots=True)
class _Shown:
    """How it is to be shown, and the instant that is asked about."""

    config: Path | None
    rules: Path | None
    format: str
    language: Language
    now: datetime
    clock: datetime


@app.command(epilog="Example: dondoc explain dong-thap-2026/A.14 --at 2026-04-01T08:00")
def explain(
    task: Annotated[
        str | None, typer.Argument(metavar="[PROGRAMME/]TASK", help="The task, as dong-thap-2026/A.14.")
    ] = None,
    message: Annotated[
        str | None, typer.Option("--message", metavar="ID", help="A mail: by its Message-ID, number or key.")
    ] = None,
    to: Annotated[
        str | None, typer.Option("--to", metavar="ADDRESS", help="A person: why these mails, why so many.")
    ] = None,
    first: Annotated[
        date | None, typer.Option("--from", metavar="DATE", parser=day, help="With --to: the first day.")
    ] = None,
    last: Annotated[
        date | None, typer.Option("--to-day", metavar="DATE", parser=day, help="With --to: the last day.")
    ] = None,
    silent: Annotated[bool, typer.Option("--silent", help="Why nobody heard: what kept each rung back.")] = False,
    unit: UnitOption = None,
    part: PartOption = None,
    occurrence: OccurrenceOption = None,
    at: AtOption = None,
    assume: AssumeOption = None,
    picture: Annotated[
        bool | None, typer.Option("--picture/--no-picture", help="The timeline; on a terminal by default.")
    ] = None,
    language: Annotated[Language | None, typer.Option(help="The configured one by default.")] = None,
    config: ConfigOption = None,
    rules: RulesOption = None,
    format: FormatOption = "table",
) -> None:
    """Explain a deadline: its words, the arithmetic day by day, every rung of the ladder, what comes next; or why
    nobody heard of it (--silent), a mail (--message), a person's mails (--to).

    With a database the rungs are told from its ledger as it stood then, or as it would come to stand; otherwise (and
    with --rules or --assume) by the rules alone: those past, what has come last (owed), those coming. All units
    and current occurrences are shown unless narrowed down.
    """
    from scheduler.clock import system_clock
    from scheduler.commands.naming import Narrowed
    from scheduler.commands.reading import configuration

    if [task, message, to].count(None) != 2:
        raise typer.BadParameter("name one of a task, --message ID, --to ADDRESS", param_hint="TASK")
    settings, clock = configuration(config, rules), system_clock()
    now = instant_of(at, settings.policy.zone, daily=settings.policy.daily.isoformat()) or clock
    shown = _Shown(config, rules, format, language or settings.language, now, clock)
    if message is not None:
        _explain_message(message, shown)
    elif to is not None:
        _explain_person(to, first, last, settings, shown)
    elif task is not None:
        _explain_task(task, Narrowed(unit, part, occurrence), tuple(assume or ()), settings, shown, silent, picture)


def _explain_task(
    task: str,
    narrowed: "Narrowed",
    assume: tuple[str, ...],
    settings: "Config",
    shown: _Shown,
    silent: bool,
    picture: bool | None,
) -> None:
    import sys

    from scheduler.commands.printing import print_json
    from scheduler.commands.stories import Question, story_json

    question = Question(task, narrowed, assume)
    if shown.rules is None and not assume:
        told = _from_database(settings, question, shown)
    else:
        told = _from_rules(question, shown)
    zone = settings.policy.zone
    if shown.format == "json":
        each = [story_json(one, zone) for one in told]
        print_json({**each[0], "obligations": each})
        return
    from scheduler.commands.explained.story_text import print_stories

    drawn = sys.stdout.isatty() if picture is None else picture
    print_stories(told, zone, shown.language, silent=silent, picture=drawn)


def _explain_message(name: str, shown: _Shown) -> None:
    from db.engine import open_reader
    from db.outbox import named
    from scheduler.commands.database import office
    from scheduler.commands.explained.mail_text import mail_json, print_mail
    from scheduler.commands.explained.mails import Mails
    from scheduler.commands.printing import print_json
    from scheduler.commands.reading import Refused

    with office(shown.config, open_reader) as opened, opened.engine.connect() as connection:
        found = list(Mails(connection, opened.config).told(named(connection, name)))
        zone = opened.config.policy.zone
    if not found:
        raise Refused(f"there is no letter {name!r}: see `dondoc outbox list`, or give its Message-ID")
    if shown.format == "json":
        print_json(mail_json(found[0], zone))
    else:
        print_mail(found[0], zone, shown.language)


def _explain_person(address: str, first: date | None, last: date | None, settings: "Config", shown: _Shown) -> None:
    from datetime import timedelta

    from rules.calendar import local_day
    from scheduler.commands.explained.mail_text import person_json, print_person
    from scheduler.commands.explained.persons import AHEAD, BACK
    from scheduler.commands.printing import print_json

    today = local_day(shown.now, settings.policy.zone)
    span = first or today - timedelta(BACK), last or today + timedelta(AHEAD)
    if span[1] < span[0]:
        raise typer.BadParameter(f"{span[1]} comes before --from {span[0]}", param_hint="--to-day")
    told = _person(address, span, settings, shown)
    if shown.format == "json":
        print_json(person_json(told, settings))
    else:
        print_person(told, settings, shown.language)


def _person(address: str, span: tuple[date, date], settings: "Config", shown: _Shown) -> "PersonTold":
    from db.engine import open_reader
    from scheduler.commands.database import database, is_applied
    from scheduler.commands.explained.persons import person_by_rules, person_in_ledger
    from scheduler.office import open_office

    if shown.rules is None:
        with database(settings, open_reader) as engine:
            if is_applied(engine):
                rulebook = open_office(settings, engine).rulebook
                with engine.connect() as connection:
                    return person_in_ledger(
                        connection, settings, rulebook, address, span=span, now=shown.now, clock=shown.clock
                    )
    return person_by_rules(shown.config, shown.rules, address, span=span, now=shown.now)


def _from_rules(question: "Question", shown: _Shown, ledger: "Connection | None" = None) -> "list[Told]":
    """Return the stories of the rules alone; `ledger` is one that knows nothing of what is meant."""
    from scheduler.commands.reading import read_all
    from scheduler.commands.rehearsed import rehearsed

    read = read_all(shown.config, shown.rules)
    since = None
    if ledger is not None:
        from db.roll import first_watched
        from scheduler.commands.naming import find_task

        programme, task = find_task(question.task, read.rulebook)
        since = min(
            first_watched(ledger, [(programme.id, task.id)]).get((programme.id, task.id), {}).values(), default=None
        )
    return rehearsed(read, question, now=shown.now, followed_from=since)


def _from_database(settings: "Config", question: "Question", shown: _Shown) -> "list[Told]":
    """Return the stories the ledger tells; those of the rules alone where it knows nothing of what is meant."""
    from scheduler.commands.database import database, is_applied
    from scheduler.commands.remembered import remembered

    with database(settings) as engine:
        if is_applied(engine):
            with engine.connect() as connection:
                told = remembered(connection, settings, question, now=shown.now, clock=shown.clock)
                return told or _from_rules(question, shown, connection)
    return _from_rules(question, shown)
