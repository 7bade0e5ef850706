"""`dondoc stop`: the switch that keeps all mail back."""

import typer

from scheduler.commands.options import ByOption, ConfigOption, NoteOption, new_app

app = new_app()


@app.command(epilog='Example: dondoc stop --note "sai danh bạ, đang sửa"')
def stop(note: NoteOption = None, by: ByOption = None, config: ConfigOption = None) -> None:
    """Keep all letters back until `dondoc resume`. Nothing is lost: what falls due meanwhile is sent afterwards."""
    from scheduler.commands.switching import throw

    throw(config, is_on=True, by=by, note=note)
    typer.echo("stopped: no letter leaves until `dondoc resume`")
