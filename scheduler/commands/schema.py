"""`dondoc schema`: the JSON Schema of rule files, from the very shapes that the loader reads with."""

from typing import Annotated, Literal

import typer

from scheduler.commands.options import new_app

app = new_app()


@app.command(epilog="Example: dondoc schema --language vi > rule-file.schema.json")
def schema(
    language: Annotated[
        Literal["vi", "en"], typer.Option("--language", help="Of what the editor says of a key.")
    ] = "vi",
) -> None:
    """Print the JSON Schema (draft 2020-12) of one document of a rule file, every key with its meaning and examples.

    An editor that knows it completes keys and marks mistakes: # yaml-language-server: $schema=rule-file.schema.json
    """
    from rules.load.schema import json_schema
    from scheduler.commands.printing import print_json

    print_json(json_schema(language))
