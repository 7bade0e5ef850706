"""Showing a letter: on the screen, in the browser, or into a file in the form its name asks for."""

import webbrowser
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from tempfile import mkdtemp

import typer

FORMS = (".eml", ".html", ".txt")


def present(content: bytes, output: Path | None, *, browser: bool) -> None:
    """Write the letter to `output`, show it in the browser, or print its heading and its text."""
    letter = message_from_bytes(content, _class=EmailMessage, policy=policy.default)
    if output is not None:
        check_form(output)
        output.write_bytes(content if output.suffix == ".eml" else _part(letter, output.suffix).encode())
        typer.echo(f"written to {output}")
    if browser:
        path = Path(mkdtemp(prefix="dondoc-")) / "letter.html"
        path.write_text(_part(letter, ".html"), encoding="utf-8")
        if not webbrowser.open(path.as_uri()):
            typer.echo(f"no browser was found; the letter is in {path}", err=True)
    if output is None and not browser:
        for name in ("From", "To", "Subject", "Date"):
            typer.echo(f"{name}: {letter[name]}")
        typer.echo("\n" + _part(letter, ".txt").rstrip())


def check_form(output: Path) -> None:
    """Raise BadParameter when the name asks for a form that letters do not have."""
    if output.suffix not in FORMS:
        raise typer.BadParameter(f"{output.name!r}: accepted are names ending in {', '.join(FORMS)}", param_hint="-o")


def _part(letter: EmailMessage, suffix: str) -> str:
    """Return the HTML or the plain text; the plain letter that stands in for a broken template has text alone."""
    part = letter.get_body(("html", "plain") if suffix == ".html" else ("plain",))
    return str(part.get_content()) if part else ""
