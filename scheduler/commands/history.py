"""`dondoc history`: the revisions of the rule files, what one of them changed, and the whole story of a task."""

from typing import TYPE_CHECKING, Annotated

import typer

from scheduler.commands.options import ConfigOption, FormatOption, UnitOption, new_app

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.engine import Connection

    from db.revisions import Revision
    from rules.edits import Edit
    from rules.field_words import Names
    from rules.programme import Rulebook
    from scheduler.chronicle import Chronicle, Place
    from scheduler.config import Config
    from scheduler.office import Office
    from scheduler.revised import Revised

app = new_app()


@app.command(epilog="Example: dondoc history dong-thap-2026/A.14 --unit so-khcn")
def history(
    task: Annotated[
        str | None,
        typer.Argument(metavar="[[PROGRAMME/]TASK]", help="The task whose story is told; all revisions without."),
    ] = None,
    revision: Annotated[
        int | None, typer.Option(metavar="NUMBER", min=1, help="What differed in this revision from the one before.")
    ] = None,
    unit: UnitOption = None,
    config: ConfigOption = None,
    format: FormatOption = "table",
) -> None:
    """Tell what was put in force when and by whom; of a revision, what it changed; of a task, its whole story.

    A task's story in order of time: its first deadline, amendments with their documents, edits, events, letters per
    rung with who got them and who did not and why, reports, silences, what was withdrawn or closed.
    """
    from scheduler.commands.database import office

    if task is not None and revision is not None:
        raise typer.BadParameter("name a task or a revision, not both", param_hint="--revision")
    if task is None and unit is not None:
        raise typer.BadParameter("only a task has units: name one", param_hint="--unit")
    with office(config) as opened, opened.engine.connect() as connection:
        if task is not None:
            _tell_task(connection, opened, _place(task, connection, opened.rulebook), unit, format)
        elif revision is not None:
            _tell_revision(connection, opened.config, revision, format)
        else:
            _list(connection, opened.config, format)


def _place(text: str, connection: "Connection", rulebook: "Rulebook") -> "Place":
    """Return the task meant: one of the rules in force, or one that was followed before and is in no file any more."""
    from db.roll import first_watched
    from scheduler.chronicle import Place
    from scheduler.commands.naming import find_task

    wanted, _, id = text.rpartition("/")
    known = [(one.id, task) for one in rulebook.programmes.values() for task in (*one.tasks, *one.measuring)]
    gone = [Place(*one) for one in first_watched(connection) if one not in known]
    found = [one for one in gone if one.task == id and wanted in ("", one.programme)]
    if len(found) == 1 and not any(task == id and wanted in ("", programme) for programme, task in known):
        return found[0]
    programme, task = find_task(text, rulebook)
    return Place(programme.id, task.id)


def _tell_task(connection: "Connection", opened: "Office", place: "Place", unit: str | None, format: str) -> None:
    from rules.fields import names_of
    from scheduler.chronicle import chronicle
    from scheduler.commands.printing import print_json

    found = chronicle(connection, opened.config, place, unit=unit)
    if unit is not None and not found.units:
        raise typer.BadParameter(f"{unit!r} never owed {place.programme}/{place.task}", param_hint="--unit")
    if format == "json":
        print_json(_story_json(found, opened.config))
    else:
        programme = opened.rulebook.programmes.get(place.programme)
        directory = opened.rulebook.directories.get(programme.directory) if programme else None
        _print_story(found, opened.config, names_of(directory))


def _story_json(found: "Chronicle", config: "Config") -> dict[str, object]:
    from scheduler.commands.printing import local

    zone = config.policy.zone
    entries = [
        {
            "at": local(one.at, zone),
            "on": one.on,
            "kind": one.kind,
            "vi": one.words.vi,
            "en": one.words.en,
            "by": one.by,
            "document": one.document,
            "revision": one.revision,
            "part": one.part,
            "occurrence": one.occurrence,
            "units": list(one.units),
            "details": one.details,
        }
        for one in found.entries
    ]
    of = {
        name: value for name, value in found.called.as_json().items() if name in ("programme", "task", "renamed_from")
    }
    return {**of, "title": found.title, "entries": entries}


def _print_story(found: "Chronicle", config: "Config", names: "Names") -> None:
    from rules.chronicle import KINDS
    from scheduler.commands.printing import minute, print_table

    zone = config.policy.zone
    rows = [
        (
            minute(one.at, zone),
            one.on,
            KINDS[one.kind].vi,
            "/".join(text for text in (one.part, one.occurrence) if text),
            _units(one.units, names),
            one.words.vi,
            ", ".join(text for text in (one.document, one.by, f"bản {one.revision}" if one.revision else "") if text),
        )
        for one in found.entries
    ]
    first = f" (mã đầu tiên: {found.called.renamed_from})" if found.called.renamed_from else ""
    typer.echo(f"{found.called.place}{first}: {found.title}")
    heads = ("known", "day", "what", "of", "unit", "story", "document, who, revision")
    # A column that says nothing of this task is left out.
    shown = [number for number in range(len(heads)) if any(row[number] for row in rows)]
    print_table([heads[number] for number in shown], [[row[number] for number in shown] for row in rows])


def _units(units: "Sequence[str]", names: "Names") -> str | None:
    """Return the unit, or those that owe it jointly, by their names; of several obligations how many units."""
    from rules.field_words import named

    if len(units) > 1:
        return f"{len(units)} đơn vị"
    return named(units[0].split("+"), names).vi if units else None


def _list(connection: "Connection", config: "Config", format: str) -> None:
    from scheduler.commands.printing import minute, print_json_lines, print_table
    from scheduler.revised import revised

    found = list(revised(connection))
    if format == "json":
        print_json_lines(_revised_json(one, config) for one in found)
        return
    rows = [
        (
            one.revision.id,
            minute(one.revision.applied_at, config.policy.zone),
            one.revision.applied_by,
            one.revision.origin,
            (one.revision.git_commit or "")[:12],
            len(one.files),
            ", ".join(one.programmes),
            f"reverts to {one.revision.reverts}" if one.revision.reverts else "",
        )
        for one in found
    ]
    print_table(("revision", "in force from", "by", "from", "commit", "files", "programmes", ""), rows)


def _tell_revision(connection: "Connection", config: "Config", number: int, format: str) -> None:
    from scheduler.commands.printing import print_json
    from scheduler.revised import compared, edits_of

    revision, before = found_revision(connection, number)
    found, edits = compared(connection, revision, before), edits_of(connection, revision, before)
    if format == "json":
        told = None if edits is None else [_edit_json(one) for one in edits]
        print_json({**_revised_json(found, config), "since": before.id if before else None, "edits": told})
    else:
        _print_revision(found, before, edits, config)


def found_revision(connection: "Connection", number: int) -> "tuple[Revision, Revision | None]":
    """Return the revision of that number and the one before it; BadParameter when there is none of that number."""
    from db.revisions import revisions

    found = revisions(connection, limit=None)
    for place, revision in enumerate(found):
        if revision.id == number:
            return revision, found[place + 1] if place + 1 < len(found) else None
    known = f"{found[-1].id} to {found[0].id}"
    raise typer.BadParameter(f"there is no revision {number}; they run from {known}", param_hint="--revision")


def _print_revision(found: "Revised", before: "Revision | None", edits: "list[Edit] | None", config: "Config") -> None:
    from scheduler.commands.printing import minute, print_table

    revision = found.revision
    reverts = f", reverts to revision {revision.reverts}" if revision.reverts else ""
    commit = f", commit {revision.git_commit}" if revision.git_commit else ""
    when = minute(revision.applied_at, config.policy.zone)
    typer.echo(f"revision {revision.id}, {when}, {revision.applied_by}, from {revision.origin}{commit}{reverts}")
    typer.echo(f"differs from revision {before.id}:" if before else "the first one:")
    print_table(
        ("file", "", "lines"),
        [(one.name, one.change, f"+{one.lines_added} -{one.lines_removed}") for one in found.files],
    )
    typer.echo("")
    print_edits(edits)


def print_edits(edits: "list[Edit] | None") -> None:
    """Print what was edited, thing by thing; None: the files were written by another version."""
    from scheduler.commands.printing import print_table

    if edits is None:
        typer.echo("the files were written by another version and no longer load: only the lines can be compared")
    elif not edits:
        typer.echo("what the files say is the same: only comments, order or layout differ")
    else:
        print_table(("what", "", "edit"), [(one.kind, one.id, one.words.vi) for one in edits])


def _revised_json(one: "Revised", config: "Config") -> dict[str, object]:
    from scheduler.commands.printing import local

    revision = one.revision
    return {
        "revision": revision.id,
        "applied_at": local(revision.applied_at, config.policy.zone),
        "applied_by": revision.applied_by,
        "origin": revision.origin,
        "git_commit": revision.git_commit,
        "digest": revision.digest,
        "reverts": revision.reverts,
        "files": [
            {"name": file.name, "change": file.change, "added": file.lines_added, "removed": file.lines_removed}
            for file in one.files
        ],
        "programmes": list(one.programmes),
    }


def _edit_json(one: "Edit") -> dict[str, object]:
    return {
        "what": one.kind,
        "id": one.id,
        "field": one.field,
        "change": one.change,
        "before": one.before.vi if one.before else None,
        "after": one.after.vi if one.after else None,
        "before_en": one.before.en if one.before else None,
        "after_en": one.after.en if one.after else None,
        "vi": one.words.vi,
        "en": one.words.en,
    }
