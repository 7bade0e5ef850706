"""`dondoc audit`: everything that can be derived is derived again and compared with what is stored."""

import typer

from scheduler.commands.options import ConfigOption, FormatOption, new_app

app = new_app()


@app.command(epilog="Example: dondoc audit")
def audit(config: ConfigOption = None, format: FormatOption = "table") -> None:
    """Derive everything again and compare. It prints what disagrees, which should be nothing, and then fails."""
    from dataclasses import asdict

    from scheduler.audit import audit as found_by_audit
    from scheduler.clock import system_clock
    from scheduler.commands.database import office
    from scheduler.commands.printing import print_json_lines

    with office(config) as opened, opened.engine.connect() as connection:
        findings = list(found_by_audit(connection, opened, now=system_clock()))
    if format == "json":
        print_json_lines(map(asdict, findings))
    else:
        for finding in findings:
            typer.echo(str(finding))
        typer.echo(f"{len(findings)} findings" if findings else "nothing found")
    if findings:
        raise typer.Exit(1)
