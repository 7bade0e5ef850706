"""The command line: one program, one file per command, imported when it is called, and its heavy imports with it."""

import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperGroup

from scheduler.environment import stranger

SUMMARIES = {
    "check": "Read the rule files and say everything that is wrong with them.",
    "test": "Play the scenarios beside the rules: who hears of what, and nobody else.",
    "explain": "Say how a task's deadline is counted, and who hears of it when.",
    "simulate": "Say which mails would go out over a span of days, to whom and why.",
    "preview": "Show or write the very mail that a person would get.",
    "phrase": "Read deadline phrases as Vietnamese offices write them.",
    "read": "Read an official plan and draft its rule file.",
    "fmt": "Put rule files in the house layout, comments kept.",
    "new": "Ask, and write a new programme, task, ladder or directory.",
    "schema": "Print the JSON Schema of rule files, for editors.",
    "plan": "Say what putting the rule files in force would do.",
    "apply": "Put the rule files in force, or a saved plan.",
    "run": "Follow up day and night: the daemon.",
    "tick": "Make one pass and send what is due, by hand or from cron.",
    "status": "Show how every obligation stands.",
    "summary": "Count what is done and what is late; sum up a week, a month, a quarter.",
    "history": "Tell what was put in force when, and the whole story of a task.",
    "export": "Write a programme to Excel or Word, with how it stands.",
    "event": "Record what has happened: deadlines that wait for it begin.",
    "report": "Record what units report of their tasks.",
    "indicator": "Record and list what was measured of the indicators.",
    "verify": "Accept what was reported, or return it with the reason.",
    "replies": "Answers by mail: fetch them, and see what became of each.",
    "feed": "Private calendars: their addresses, and making them void.",
    "contribute": "Write what a unit has to say for a summary.",
    "mark": "Note that a task was entered in the national system.",
    "extend": "Ask for a later deadline, grant or refuse it.",
    "silence": "Keep reminders back for a while.",
    "outbox": "Look at the letters; try them again or drop them.",
    "web": "Keep the keys and the sessions of the pages.",
    "stop": "Keep all letters back.",
    "resume": "Let letters leave again.",
    "audit": "Derive everything again and compare it with what is stored.",
}


class Commands(TyperGroup):
    """The commands by name, each imported when it is asked for: `--help` loads none of them."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002
        """Return the names in the order of the help."""
        return list(SUMMARIES)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002
        """Return the command of that name, None when there is none."""
        if cmd_name not in SUMMARIES:
            return None
        module = import_module(f"scheduler.commands.{cmd_name}")
        command = typer.main.get_command(module.app)
        command.name = cmd_name
        return command

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Return the command that the arguments begin with; suggest one where there is none of that name."""
        if args[0] not in SUMMARIES and not args[0].startswith("-"):
            ctx.fail(f"there is no command {args[0]!r}{_suggestion(args[0])}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002
        """Write the list of commands for the help."""
        with formatter.section("Commands"):
            formatter.write_dl(list(SUMMARIES.items()))


app = typer.Typer(
    cls=Commands,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Follow up on assigned work until it is done: deadlines, reminders, escalations, from rule files.",
    epilog="Example: dondoc check programmes && dondoc simulate --rules programmes --from 2026-01-01 --to 2026-01-31",
)


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"dondoc {version('dondoc')}")
        raise typer.Exit


@app.callback()
def _program(
    version: bool = typer.Option(False, "--version", callback=_version, is_eager=True, help="Print the version."),
) -> None:
    """Take the options that stand before a command."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 fine, 1 problems found, 2 wrong usage or configuration."""
    arguments = sys.argv[1:] if arguments is None else arguments
    if complaint := stranger():
        typer.echo(f"dondoc: {complaint}", err=True)
        return 2
    program = typer.main.get_command(app)
    try:
        code = program.main(list(arguments) or ["--help"], prog_name="dondoc", standalone_mode=False)
    except typer.TyperException as fault:
        typer.echo(_told(fault), err=True)
        return fault.exit_code
    except typer.Abort:
        typer.echo("dondoc: stopped", err=True)
        return 130
    return 2 if not arguments else int(code or 0)


def _told(fault: typer.TyperException) -> str:
    """Return what was wrong on one line, or as many as there are problems, with the way to the help for wrong usage."""
    message = fault.format_message().rstrip(".")
    context = getattr(fault, "ctx", None)
    return f"dondoc: {message} (see {context.command_path} --help)" if context else f"dondoc: {message}"


def _suggestion(name: str) -> str:
    from difflib import get_close_matches

    near = get_close_matches(name, SUMMARIES, n=1)
    return f"; did you mean {near[0]!r}?" if near else ""
