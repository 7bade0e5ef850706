"""Drafting a scenario: what `dondoc test --write` reads from its options, and where the text goes."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import typer

from rules.load import Loaded
from rules.problem import Source
from rules.programme import Rulebook
from rules.scenario import DoneGiven, DownGiven, EventGiven, Given, SilenceGiven
from rules.scenarios.drafting import draft
from scheduler.commands.naming import find_event, find_task
from scheduler.commands.options import day
from scheduler.commands.reading import Refused, broken
from scheduler.config import Config

_HERE = Source("--assume")
_FORMS = "EVENT=DATE, done:TASK=DATE, silence:TASK=DATE..DATE, down=DATE..DATE"


def draft_scenario(
    loaded: Loaded,
    settings: Config,
    name: str,
    first: date | None,
    last: date | None,
    *,
    start: date | None,
    assume: Sequence[str],
    output: Path | None,
) -> None:
    """Print the scenario of a task, or write it to a file that is not there yet."""
    if first is None or last is None:
        raise typer.BadParameter("says from which day", param_hint="--from" if first is None else "--to")
    if last < first:
        raise typer.BadParameter(f"{last} comes before --from {first}", param_hint="--to")
    if loaded.rulebook is None:
        raise broken(loaded.problems, settings.language)
    programme, task = find_task(name, loaded.rulebook)
    given = [one for text in assume for one in _assumed(text, programme.id, loaded.rulebook)]
    found = draft(
        loaded.rulebook,
        settings.policy,
        programme=programme.id,
        task=task.id,
        first=first,
        last=last,
        start=start,
        given=given,
    )
    if found.troubles:
        raise Refused("\n".join(found.troubles))
    _write(found.text, output)


def _write(text: str, output: Path | None) -> None:
    if output is None:
        typer.echo(text, nl=False)
        return
    try:
        with output.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise Refused(f"{output} is there already; a draft is never written over a file") from None
    except OSError as fault:
        raise Refused(f"{output}: {fault.strerror}") from None
    typer.echo(f"written to {output}")


def _assumed(text: str, programme: str, rulebook: Rulebook) -> Iterator[Given]:
    what, equals, when = text.rpartition("=")
    if not equals:
        raise typer.BadParameter(f"{text!r}: accepted are {_FORMS}", param_hint="--assume")
    kind, colon, name = what.partition(":")
    if colon and kind == "done":
        yield DoneGiven(_HERE, day(when), (_task(name, programme, rulebook),))
    elif colon and kind == "silence":
        first, last = _span(when)
        yield SilenceGiven(_HERE, first, last, (_task(name, programme, rulebook),))
    elif what == "down":
        yield DownGiven(_HERE, *_span(when))
    else:
        named = what if "/" in what else f"{programme}/{what}"
        yield EventGiven(_HERE, day(when), find_event(named, rulebook)[1].id)


def _task(name: str, programme: str, rulebook: Rulebook) -> str:
    return find_task(name if "/" in name else f"{programme}/{name}", rulebook)[1].id


def _span(text: str) -> tuple[date, date]:
    first, _, last = text.partition("..")
    return day(first), day(last or first)
