"""`dondoc explain`: how a deadline is counted, every rung with its instant and readers, and where it is all written."""

from typing import TYPE_CHECKING

from scheduler.commands.options import (
    AssumeOption,
    AtOption,
    ConfigOption,
    FormatOption,
    OccurrenceOption,
    PartOption,
    RulesOption,
    TaskArgument,
    UnitOption,
    instant_of,
    new_app,
)

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from scheduler.commands.stories import Question, Told
    from scheduler.config import Config

app = new_app()


@app.command(epilog="Example: dondoc explain dong-thap-2026/A.14 --at 2026-04-01T08:00")
def explain(
    task: TaskArgument,
    unit: UnitOption = None,
    part: PartOption = None,
    occurrence: OccurrenceOption = None,
    at: AtOption = None,
    assume: AssumeOption = None,
    config: ConfigOption = None,
    rules: RulesOption = None,
    format: FormatOption = "table",
) -> None:
    """Explain a deadline: the arithmetic in words, every rung of the ladder, and the sources.

    With a database the rungs are told from its ledger as it stood then; otherwise (and with --rules or --assume) by
    the rules alone: those past, the latest that has come (owed), those coming. All units and current occurrences
    are shown unless narrowed down.
    """
    from scheduler.clock import system_clock
    from scheduler.commands.naming import Narrowed
    from scheduler.commands.printing import print_json
    from scheduler.commands.reading import configuration
    from scheduler.commands.stories import Question, print_stories, story_json

    settings = configuration(config, rules)
    policy = settings.policy
    now = instant_of(at, policy.zone, daily=policy.daily.isoformat()) or system_clock()
    question = Question(task, Narrowed(unit, part, occurrence), tuple(assume or ()))
    told = _from_database(settings, question, now) if rules is None and not assume else None
    told = told or _from_rules(config, rules, question, now)
    if format == "json":
        each = [story_json(one, policy.zone) for one in told]
        print_json({**each[0], "obligations": each})
    else:
        print_stories(told, policy.zone)


def _from_rules(config: "Path | None", rules: "Path | None", question: "Question", now: "datetime") -> "list[Told]":
    from scheduler.commands.reading import read_all
    from scheduler.commands.rehearsed import rehearsed

    return rehearsed(read_all(config, rules), question, now=now)


def _from_database(settings: "Config", question: "Question", now: "datetime") -> "list[Told] | None":
    """Return the stories the ledger tells; None without a database, or before the first rule files were applied."""
    from scheduler.commands.database import database, is_applied
    from scheduler.commands.remembered import remembered

    with database(settings) as engine:
        if not is_applied(engine):
            return None
        with engine.connect() as connection:
            return remembered(connection, settings, question, now=now)
