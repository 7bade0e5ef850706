"""`dondoc simulate`: which mails would go out over a span of days, from the rule files and recorded facts alone."""

from collections import Counter
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

if TYPE_CHECKING:
    from rules.digest import Digest
    from rules.simulate import Simulation
    from scheduler.commands.reading import Reading

app = new_app()


@app.command(epilog="Example: dondoc simulate --from 2026-06-01 --to 2026-06-30 --assume de-an-an-ninh-mang=2026-06-10")
def simulate(
    first: FromOption,
    last: ToOption,
    assume: AssumeOption = None,
    person: Annotated[str | None, typer.Option(metavar="ADDRESS", help="Only what concerns this person.")] = None,
    config: ConfigOption = None,
    rules: RulesOption = None,
    format: FormatOption = "table",
) -> None:
    """Say which mails would go out, to whom and why. Nothing is written, nothing is sent.

    The first day is a first start: what is already late then is summed up, not replayed.
    """
    from rules.simulate import simulate as run
    from scheduler.commands.reading import assumptions, read_all

    if last < first:
        raise typer.BadParameter(f"{last} comes before --from {first}", param_hint="--to")
    read = read_all(config, rules)
    assumed = assumptions(assume, read.rulebook)
    found = run(read.rulebook, read.config.policy, first=first, last=last, assumed=assumed)
    if format == "json":
        _print_json(found, read, person)
    else:
        _print_table(found, read, person)


def _print_json(found: "Simulation", read: "Reading", person: str | None) -> None:
    from scheduler.commands.printing import print_json
    from scheduler.commands.subjects import subjects
    from scheduler.commands.telling import message_json, not_sent_json

    zone, subject = read.config.policy.zone, subjects(read.config)
    messages = (message for message in found.messages if person in (None, message.to))
    refused = (each for each in found.not_sent if person in (None, each.notice.person))
    print_json(
        {
            "messages": [message_json(each, subject(each.digest), read.rulebook, zone) for each in messages],
            "not_sent": [not_sent_json(each, zone) for each in refused],
        }
    )


def _print_table(found: "Simulation", read: "Reading", person: str | None) -> None:
    from scheduler.commands.printing import print_table
    from scheduler.commands.subjects import subjects

    zone, subject = read.config.policy.zone, subjects(read.config)
    messages = [message for message in found.messages if person in (None, message.to)]
    rows = [
        (f"{message.at.astimezone(zone):%Y-%m-%d %H:%M}", message.to, _size(message.digest), subject(message.digest))
        for message in messages
    ]
    print_table(("when", "to", "lines", "subject"), rows)
    reasons = Counter(str(each.notice.reason) for each in found.not_sent if person in (None, each.notice.person))
    counts = ", ".join(f"{count} {reason}" for reason, count in reasons.most_common())
    typer.echo(f"{len(messages)} messages; notices not sent: {counts or 'none'}")


def _size(digest: "Digest") -> int:
    return len(digest.lines) + len(digest.matters) + len(digest.questions)
