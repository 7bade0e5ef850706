"""`dondoc resume`: the stop switch back off."""

import typer

from scheduler.commands.options import ByOption, ConfigOption, NoteOption, new_app

app = new_app()


@app.command(epilog="Example: dondoc resume")
def resume(note: NoteOption = None, by: ByOption = None, config: ConfigOption = None) -> None:
    """Let letters leave again after `dondoc stop`; what waited is sent first, one letter per person."""
    from scheduler.commands.switching import throw

    throw(config, is_on=False, by=by, note=note)
    typer.echo("letters leave again")
