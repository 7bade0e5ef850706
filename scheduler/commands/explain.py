"""`dondoc explain`: how a deadline is counted, every rung with its instant and readers, and where it is all written."""

from typing import TYPE_CHECKING, Annotated

import typer

from scheduler.commands.options import (
    AssumeOption,
    AtOption,
    ConfigOption,
    FormatOption,
    RulesOption,
    instant_of,
    new_app,
)

if TYPE_CHECKING:
    from scheduler.commands.stories import Told

app = new_app()


@app.command(epilog="Example: dondoc explain dong-thap-2026/A.14 --at 2026-04-01T08:00")
def explain(
    task: Annotated[str, typer.Argument(metavar="[PROGRAMME/]TASK", help="The task, as dong-thap-2026/A.14.")],
    unit: Annotated[str | None, typer.Option(metavar="UNIT", help="Only what this unit owes.")] = None,
    part: Annotated[str | None, typer.Option(metavar="PART", help="Only this part of several deadlines.")] = None,
    occurrence: Annotated[
        str | None, typer.Option(metavar="KEY", help="This occurrence: its due day, or the day of the event.")
    ] = None,
    at: AtOption = None,
    assume: AssumeOption = None,
    config: ConfigOption = None,
    rules: RulesOption = None,
    format: FormatOption = "table",
) -> None:
    """Explain a deadline: the arithmetic in words, every rung of the ladder, and the sources.

    With a database the rungs are told from its ledger; otherwise by the rules alone: those past, the latest that is
    owed, those coming. All units and current occurrences are shown unless narrowed down.
    """
    from scheduler.clock import system_clock
    from scheduler.commands.printing import print_json
    from scheduler.commands.reading import assumptions, read_all
    from scheduler.commands.stories import Question, print_stories, rehearsed, story_json

    read = read_all(config, rules)
    policy = read.config.policy
    now = instant_of(at, policy.zone, daily=policy.daily.isoformat()) or system_clock()
    question = Question(task, unit, part, occurrence, tuple(assumptions(assume, read.rulebook)))
    told: list[Told] = rehearsed(read, question, now=now)
    if format == "json":
        each = [story_json(one, policy.zone) for one in told]
        print_json({**each[0], "obligations": each})
    else:
        print_stories(told, policy.zone)
