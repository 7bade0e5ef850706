"""`dondoc simulate`: which mails would go out over a span of days, from the rule files and recorded facts alone."""

from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING, Annotated

import typer

from scheduler.commands.options import (
    AssumeOption,
    ConfigOption,
    FormatOption,
    FromOption,
    RulesOption,
    ToOption,
    new_app,
)
from scheduler.garbage import left_uncollected

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rules.register import Fact
    from rules.simulate import Simulation
    from scheduler.commands.reading import Reading

app = new_app()
CHUNK = 256
"""How many mails are written at once as JSON."""


@app.command(epilog="Example: dondoc simulate --from 2026-06-01 --to 2026-06-30 --assume de-an-an-ninh-mang=2026-06-10")
def simulate(
    first: FromOption,
    last: ToOption,
    assume: AssumeOption = None,
    person: Annotated[str | None, typer.Option(metavar="ADDRESS", help="Only what concerns this person.")] = None,
    no_facts: Annotated[
        bool, typer.Option("--no-facts", help="By the rules alone, as if nothing were recorded.")
    ] = False,
    config: ConfigOption = None,
    rules: RulesOption = None,
    format: FormatOption = "table",
) -> None:
    """Say which mails would go out, to whom and why. Nothing is written, nothing is sent.

    The first day is a first start: what is already late then is summed up, not replayed. With a database, the events,
    reports and silences recorded in it count, each from the instant it was recorded; not with --rules or --no-facts.
    """
    if last < first:
        raise typer.BadParameter(f"{last} comes before --from {first}", param_hint="--to")
    with left_uncollected():
        from rules.simulate import simulate as run
        from scheduler.commands.reading import assumptions, read_all

        read = read_all(config, rules)
        assumed = assumptions(assume, read.rulebook)
        recorded = () if no_facts or rules is not None else _recorded(read)
        found = run(read.rulebook, read.config.policy, first=first, last=last, assumed=assumed, recorded=recorded)
        if format == "json":
            _print_json(found, read, person)
        else:
            _print_table(found, read, person)


def _recorded(read: "Reading") -> "list[Fact]":
    """Return what was recorded in the database, nothing where there is none yet."""
    from db.engine import open_reader
    from scheduler.commands.database import database, is_applied
    from scheduler.registered import facts_said

    with database(read.config, open_reader) as engine:
        if not is_applied(engine):
            return []
        with engine.connect() as connection:
            return list(facts_said(connection, read.rulebook.programmes))


def _print_json(found: "Simulation", read: "Reading", person: str | None) -> None:
    """Print one mail a line, some hundreds at a time, so that a long simulation is never held twice."""
    from scheduler.commands.printing import raw_output
    from scheduler.commands.subjects import headings
    from scheduler.commands.telling import Teller

    teller = Teller(read.rulebook, read.config.policy.zone, headings(read.config, read.rulebook))
    messages = (teller.message(each) for each in found.messages if person in (None, each.to))
    refused = (teller.not_sent(each) for each in found.not_sent if person in (None, each.notice.person))
    _print_list(b'{"messages": [', messages)
    _print_list(b'], "not_sent": [', refused)
    raw_output()(b"]}\n")


def _print_list(head: bytes, items: "Iterator[bytes]") -> None:
    from scheduler.commands.printing import raw_output

    write = raw_output()
    write(head)
    start = b"\n"
    while chunk := list(islice(items, CHUNK)):
        write(start + b",\n".join(chunk))
        start = b",\n"
    write(b"\n")


def _print_table(found: "Simulation", read: "Reading", person: str | None) -> None:
    from scheduler.commands.printing import counted, minute, print_table
    from scheduler.commands.subjects import headings

    zone, heading = read.config.policy.zone, headings(read.config, read.rulebook)
    messages = [message for message in found.messages if person in (None, message.to)]
    passes = {at: minute(at, zone) for at in {message.at for message in messages}}
    rows = [(passes[message.at], message.to, message.size, heading(message).subject) for message in messages]
    print_table(("when", "to", "lines", "subject"), rows)
    reasons = Counter(str(each.notice.reason) for each in found.not_sent if person in (None, each.notice.person))
    counts = ", ".join(f"{count} {reason}" for reason, count in reasons.most_common())
    typer.echo(f"{counted(len(messages), 'message')}; notices not sent: {counts or 'none'}")
