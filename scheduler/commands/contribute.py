"""`dondoc contribute`: what a unit writes for the summary of a week, a month or a quarter."""

import sys
from typing import Annotated, Literal

import typer

from scheduler.commands.options import ByOption, ConfigOption, new_app

app = new_app()


@app.command(epilog='Example: dondoc contribute so-khcn --period 2026-W14 --section results --text "Đã trình Đề án"')
def contribute(
    unit: Annotated[str, typer.Argument(metavar="[DIRECTORY/]UNIT", help="Who writes.")],
    section: Annotated[Literal["results", "difficulties", "next"], typer.Option(help="For which part.")],
    text: Annotated[
        str, typer.Option(metavar="TEXT", help="What is written; - reads it from the input, '' takes it back.")
    ],
    period: Annotated[
        str | None, typer.Option(metavar="PERIOD", help="2026-W14, 2026-04 or 2026-Q2; the present week by default.")
    ] = None,
    by: ByOption = None,
    config: ConfigOption = None,
) -> None:
    """Record what a unit writes for a summary, in place of what it wrote for that part before."""
    from scheduler.clock import system_clock
    from scheduler.commands.database import office, whoever
    from scheduler.commands.naming import find_unit_of
    from scheduler.commands.reading import Refused
    from scheduler.commands.summarised import period_meant
    from scheduler.periodic.writing import AlreadySent, TooLong, contributed
    from scheduler.recording import Said

    content = sys.stdin.read() if text == "-" else text
    with office(config) as opened:
        now = system_clock()
        directory, found = find_unit_of(unit, opened.rulebook)
        meant = period_meant(period, opened.config.policy.zone, now=now)
        try:
            contributed(opened, directory, found, meant, section, content, Said(whoever(by), now))
        except AlreadySent:
            raise Refused(f"the summary of {meant} was sent already; write for {meant.following}") from None
        except TooLong as fault:
            raise typer.BadParameter(str(fault), param_hint="--text") from None
    typer.echo(f"{'written' if content.strip() else 'taken back'}: {section} of {found} for {meant}")
