"""`dondoc audit`: everything that can be derived is derived again and compared with what is stored."""

import typer

from scheduler.commands.options import ConfigOption, FormatOption, new_app

app = new_app()


@app.command(epilog="Example: dondoc audit")
def audit(config: ConfigOption = None, format: FormatOption = "table") -> None:
    """Derive everything again and compare. It prints what disagrees, which should be nothing, and then fails.

    That no pass was made lately is only a warning. The database is opened for reading: nothing is changed.
    """
    from dataclasses import asdict

    from db.engine import open_reader
    from scheduler.audit import audit as found_by_audit
    from scheduler.clock import system_clock
    from scheduler.commands.database import office
    from scheduler.commands.printing import counted, print_json_lines

    with office(config, open_reader) as opened, opened.engine.connect() as connection:
        findings = list(found_by_audit(connection, opened, now=system_clock()))
    wrong = [finding for finding in findings if not finding.is_warning]
    if format == "json":
        print_json_lines(map(asdict, findings))
    else:
        for finding in findings:
            typer.echo(str(finding))
        warned = f", {counted(len(findings) - len(wrong), 'warning')}" if len(findings) > len(wrong) else ""
        typer.echo((counted(len(wrong), "finding") if wrong else "nothing found") + warned)
    if wrong:
        raise typer.Exit(1)
