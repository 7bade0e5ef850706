"""`dondoc simulate`: which mails would go out over a span of days, from the rule files and recorded facts alone."""

from collections import Counter
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from scheduler.commands.options import ConfigOption, FromOption, RulesOption, ToOption, new_app
from scheduler.commands.printing import raw_output, written_to
from scheduler.garbage import left_uncollected

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scheduler.commands.simulated.asked import Asked, Made
    from scheduler.periodic.foreseen import Foreseen

SimulationFormat = Literal["table", "json", "html", "ics"]
SupposeOption = Annotated[
    list[str] | None,
    typer.Option(
        "--assume",
        metavar="WHAT",
        help="As if [PROGRAMME/]EVENT=DATE were recorded, done:[PROGRAMME/]TASK[@UNIT]=DATE reported,"
        " extended:[PROGRAMME/]TASK[@UNIT]=NEW_DATE[@DATE] granted,"
        " silence:ADDRESS=FROM..UNTIL or silence:[PROGRAMME/]TASK[@UNIT]=FROM..UNTIL in force, or nothing ran in"
        " down=DATE..DATE; repeatable.",
    ),
]
app = new_app()
CHUNK = 256
"""How many mails are written at once as JSON."""


@app.command(epilog="Example: dondoc simulate --from 2026-06-01 --to 2026-06-30 --assume de-an-an-ninh-mang=2026-06-10")
def simulate(
    first: FromOption,
    last: ToOption,
    assume: SupposeOption = None,
    with_: Annotated[
        list[str] | None,
        typer.Option(
            "--with",
            metavar="DIR[@DATE]",
            help="Other rule files in force from the first day, or that day; repeatable.",
        ),
    ] = None,
    from_ledger: Annotated[
        bool, typer.Option("--from-ledger", help="Go on from now with what the database holds: what was told is told.")
    ] = False,
    against: Annotated[
        str | None, typer.Option(metavar="DIR|FILE", help="Only what differs from other rules, or from a saved JSON.")
    ] = None,
    person: Annotated[str | None, typer.Option(metavar="ADDRESS", help="Only what concerns this person.")] = None,
    no_facts: Annotated[
        bool, typer.Option("--no-facts", help="By the rules alone, as if nothing were recorded.")
    ] = False,
    output: Annotated[Path | None, typer.Option("-o", metavar="FILE", help="Write it into a file.")] = None,
    config: ConfigOption = None,
    rules: RulesOption = None,
    format: Annotated[
        SimulationFormat, typer.Option("--format", help="For people or programs; a calendar page or an iCalendar file.")
    ] = "table",
) -> None:
    """Say which mails would go out, to whom and why. Nothing is written, nothing is sent.

    The first day is a first start: what is already late then is summed up, not replayed. With a database, the events,
    reports and silences recorded in it count, each from the instant it was recorded; not with --rules or --no-facts.
    With --from-ledger it goes on from the database instead: with the rules in force, from now on.
    """
    if last < first:
        raise typer.BadParameter(f"{last} comes before --from {first}", param_hint="--to")
    if from_ledger and (rules is not None or no_facts):
        raise typer.BadParameter(
            "goes on from the database, so not with --rules or --no-facts", param_hint="--from-ledger"
        )
    with left_uncollected():
        from scheduler.commands.simulated.asked import Asked, simulated

        asked = Asked(first, last, tuple(assume or ()), tuple(with_ or ()), from_ledger, not no_facts, config, rules)
        made = simulated(asked)
        if against is not None:
            _print_against(made, asked, against, person, format)
        elif format == "table":
            _print_table(made, asked, person)
        elif format == "json":
            with written_to(output):
                _print_json(made, asked, person)
        else:
            _write(made, asked, person, output, format)


def _print_against(made: "Made", asked: "Asked", against: str, person: str | None, format: str) -> None:
    """Print what the simulation tells otherwise than the other one."""
    from rules.called import present_ids
    from rules.differences import differences
    from scheduler.commands.printing import print_json
    from scheduler.commands.simulated.asked import letters_against, letters_made
    from scheduler.commands.simulated.compared import differences_json, named, print_differences

    if format not in ("table", "json"):
        raise typer.BadParameter(f"differences are a table or JSON, not {format}", param_hint="--format")
    before, after = letters_against(against, asked), letters_made(made)
    if person is not None:
        before, after = ([letter for letter in each if letter.to == person] for each in (before, after))
    found, zone = named(differences(before, after), present_ids(made.rulebook)), made.config.policy.zone
    if format == "json":
        print_json(differences_json(found, zone))
    else:
        print_differences(found, zone)


def _write(made: "Made", asked: "Asked", person: str | None, output: Path | None, format: str) -> None:
    """Write a calendar page or an iCalendar file."""
    from scheduler.commands.subjects import headings

    heading = headings(made.config, made.rulebook)
    if format == "html":
        from scheduler.commands.simulated.page import page_of

        data = page_of(made.found, heading, first=asked.first, last=asked.last, person=person).encode()
    else:
        from rules.window import morning
        from scheduler.commands.simulated.ics import simulated_calendar

        made_at = morning(asked.first, made.config.policy)
        data = simulated_calendar(
            made.found, heading, first=asked.first, last=asked.last, person=person, made_at=made_at
        )
    with written_to(output):
        raw_output()(data)


def _print_json(made: "Made", asked: "Asked", person: str | None) -> None:
    """Print one mail a line, some hundreds at a time, so that a long simulation is never held twice."""
    from scheduler.commands.printing import as_json, local
    from scheduler.commands.subjects import headings
    from scheduler.commands.telling import Teller

    found = made.found
    teller = Teller(made.rulebook, made.config.policy.zone, headings(made.config, made.rulebook))
    messages = (teller.message(each) for each in found.messages if person in (None, each.to))
    refused = (teller.not_sent(each) for each in found.not_sent if person in (None, each.notice.person))
    _print_list(b'{"messages": [', messages)
    _print_list(b'], "not_sent": [', refused)
    zone = made.config.policy.zone
    summaries = (one._asdict() | {"at": local(one.at, zone)} for one in _summaries(made, asked, person))
    _print_list(b'], "summaries": [', (as_json(one).encode() for one in summaries))
    raw_output()(b"]}\n")


def _print_list(head: bytes, items: "Iterator[bytes]") -> None:
    write = raw_output()
    write(head)
    start = b"\n"
    while chunk := list(islice(items, CHUNK)):
        write(start + b",\n".join(chunk))
        start = b",\n"
    write(b"\n")


def _print_table(made: "Made", asked: "Asked", person: str | None) -> None:
    from scheduler.commands.printing import counted, minute, print_table
    from scheduler.commands.subjects import headings

    found, zone, heading = made.found, made.config.policy.zone, headings(made.config, made.rulebook)
    messages = [message for message in found.messages if person in (None, message.to)]
    passes = {at: minute(at, zone) for at in {message.at for message in messages}}
    rows = [(passes[message.at], message.to, message.size, heading(message).subject) for message in messages]
    print_table(("when", "to", "lines", "subject"), rows)
    reasons = Counter(str(each.notice.reason) for each in found.not_sent if person in (None, each.notice.person))
    counts = ", ".join(f"{count} {reason}" for reason, count in reasons.most_common())
    typer.echo(f"{counted(len(messages), 'message')}; notices not sent: {counts or 'none'}")
    summaries = [
        (minute(one.at, zone), one.to, one.period, f"{one.step}, once confirmed" if one.if_confirmed else one.step)
        for one in _summaries(made, asked, person)
    ]
    if summaries:
        print_table(("when", "to", "summary of", "letter"), summaries)
        typer.echo(f"{counted(len(summaries), 'letter')} with summaries, beside the messages above")


def _summaries(made: "Made", asked: "Asked", person: str | None) -> "list[Foreseen]":
    """Return the letters with summaries of the periods that close in the span."""
    from scheduler.periodic.foreseen import foreseen

    found = foreseen(made.config, made.rulebook, first=asked.first, last=asked.last)
    return [one for one in found if person in (None, one.to)]
