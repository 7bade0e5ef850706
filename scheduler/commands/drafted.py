"""What `dondoc read` prints: a draft as JSON for programs, how sure it is and every question about it for people."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import typer

from rules.plans.draft import Agency, Doubt, Draft, DraftIndicator, DraftTask
from rules.plans.merging import Change
from rules.plans.tables.lines import one_text
from rules.plans.writing import Row, Written, counted
from rules.plans.writing.agencies import Role, of_role
from rules.plans.writing.deadlines import questions_about
from scheduler.commands.phrases import as_json as phrase_as_json
from scheduler.commands.printing import counted as number_of

_CELL = 60
_FEW = 3
"""Up to so many rows with other numbers are printed one by one."""


def as_json(draft: Draft) -> dict[str, Any]:
    """Return a draft with the fields that programs rely on: document, tasks, indicators, problems."""
    document = draft.document
    return {
        "document": {
            "number": document.number or None,
            "date": document.date,
            "issuer": document.issuer or None,
            "subject": document.subject or None,
            "year": document.year,
        },
        "tasks": [_task(task) for task in draft.tasks],
        "indicators": [_indicator(indicator) for indicator in draft.indicators],
        "amends": [
            {"task": each.task, "target": each.target, "what": each.what, "said": each.said, "at": str(each.at)}
            for each in draft.amends
        ],
        "problems": list(_problems(draft)),
    }


def _task(task: DraftTask) -> dict[str, Any]:
    return {
        "no": task.no,
        "section": task.section,
        "title": task.title,
        "lead": task.lead,
        "head": task.head,
        "coordinate": task.coordinate,
        "product": task.product,
        "basis": task.basis,
        "stated": task.stated,
        "note": task.note,
        "extra": dict(task.extra),
        "deadline": _deadline(task),
        "secondary": [phrase_as_json(each.reading) for each in task.secondary],
        "units": _ids(task, "lead" if any(of_role(task, "lead")) else "head"),
        "heads": _ids(task, "head"),
        "coordinating": _ids(task, "coordinate"),
        "at": str(task.at),
    }


def _deadline(task: DraftTask) -> dict[str, Any] | None:
    """Return the reading of a task's deadline, to be checked wherever its rule file asks something about it."""
    if task.reading is None:
        return None
    asked = questions_about(task)
    return (
        {"phrase": task.stated}
        | phrase_as_json(task.reading)
        | {"confidence": "check" if asked else "sure", "doubts": [one_text(each.vi) for each in asked]}
    )


def _indicator(indicator: DraftIndicator) -> dict[str, Any]:
    return {
        "no": indicator.no,
        "section": indicator.section,
        "title": indicator.title,
        "unit": indicator.unit,
        "targets": {str(year): target for year, target in indicator.targets.items()},
        "owner": indicator.owner,
        "owners": list(dict.fromkeys(id for each in indicator.owners if each.sure for id in each.ids)),
        "source": indicator.source,
        "note": indicator.note,
        "at": str(indicator.at),
    }


def _ids(task: DraftTask, role: Role) -> list[str]:
    """Return the ids of the agencies that are sure and have that role, whichever cell says so."""
    return list(dict.fromkeys(id for each in of_role(task, role) if each.sure for id in each.ids))


def _problems(draft: Draft) -> Iterator[dict[str, Any]]:
    yield from (_problem(doubt) for doubt in draft.doubts)
    rows: list[DraftTask | DraftIndicator] = [*draft.tasks, *draft.indicators]
    for row in rows:
        of = {"no": row.no, "section": row.section}
        yield from (of | _problem(doubt) for doubt in row.doubts)
        if isinstance(row, DraftTask):
            cells = (("lead", row.leads), ("head", row.heads), ("coordinate", row.coordinates))
            unsure = [(field, each) for field, agencies in cells for each in agencies if not each.sure]
            yield from (of | _unsure(field, each, row) for field, each in unsure)
            doubted = {doubt.said for doubt in row.doubts}
            asked = (said for said in questions_about(row) if said not in doubted)
            yield from (of | _problem(Doubt(said, row.at, "stated")) for said in asked)
        else:
            yield from (of | _unsure("owner", each, row) for each in row.owners if not each.sure)


def _problem(doubt: Doubt) -> dict[str, Any]:
    return {
        "field": doubt.field,
        "said": one_text(doubt.said.vi),
        "alternatives": list(doubt.alternatives),
        "at": str(doubt.at),
    }


def _unsure(field: str, agency: Agency, row: DraftTask | DraftIndicator) -> dict[str, Any]:
    said = agency.why.vi if agency.why else agency.text
    return {"field": field, "said": said, "alternatives": list(agency.suggestions), "at": str(row.at)}


def print_summary(written: Written, draft: Draft) -> None:
    """Print how many rows were found and how sure they are, and all that is asked about them, on stderr."""
    counts, of_indicators = counted(written.tasks), counted(written.indicators)
    asked = of_indicators.check + of_indicators.unresolved
    to_check = f", {asked} to check" if asked else ""
    typer.echo(
        f"{number_of(counts.all, 'task')}: {counts.sure} sure, {counts.check} to check, "
        f"{counts.unresolved} unresolved; {number_of(of_indicators.all, 'indicator')}{to_check}",
        err=True,
    )
    of_many = [("", "", one_text(each.removeprefix("CHECK: "))) for each in written.asked]
    of_rows = [asked for row in (*written.tasks, *written.indicators) for asked in _asked(row)]
    print_doubts(draft, [*of_many, *of_rows])


def print_doubts(draft: Draft, of_rows: Sequence[tuple[str, str, str]] = ()) -> None:
    """Print what is asked about a document as a whole, and after it about its rows."""
    whole = [("", doubt.field, doubt.said.vi) for doubt in draft.doubts]
    _print_columns(("of", "field", "to check"), [*whole, *of_rows])


def _asked(row: Row) -> Iterator[tuple[str, str, str]]:
    for entry in row.entries:
        key = "" if entry.key == "id" else entry.key
        for check in entry.checks:
            yield row.id, key, one_text(check.removeprefix("CHECK: ").removeprefix(f"{key}: "))


def _print_columns(heads: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> None:
    """Print columns on stderr, where the draft itself may be on stdout."""
    if not rows:
        return
    widths = [max(map(len, column)) for column in zip(heads, *rows, strict=True)]
    for row in (heads, *rows):
        typer.echo("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip(), err=True)


def print_changes(changes: Iterable[Change]) -> None:
    """Print what a new version of a plan changes in a rule file."""
    from scheduler.commands.printing import print_table

    listed = list(changes)
    renumbered = [each for each in listed if each.kind == "renumbered"]
    if len(renumbered) > _FEW:
        listed = [each for each in listed if each.kind != "renumbered"]
        listed.append(_together(renumbered))
    rows = [
        (each.kind, each.id, each.field or _cut(each.title), _cut(each.before), _cut(each.after)) for each in listed
    ]
    print_table(("", "of", "field", "in the file", "in the plan"), rows)


def _together(renumbered: Sequence[Change]) -> Change:
    """Return many tasks with other numbers as one change: one row put in between renumbers all behind it."""
    first, last = renumbered[0], renumbered[-1]
    before, after = f"{first.before} … {last.before}", f"{first.after} … {last.after}"
    return Change("renumbered", number_of(len(renumbered), "row"), "", "id", before, after)


def _cut(text: str) -> str:
    return text if len(text) <= _CELL else text[: _CELL - 1] + "…"


def changes_as_json(changes: Iterable[Change]) -> list[dict[str, Any]]:
    """Return the changes one by one."""
    return [
        {
            "kind": each.kind, "id": each.id, "title": each.title, "field": each.field or None,
            "before": each.before or None, "after": each.after or None,
        }
        for each in changes
    ]  # fmt: skip
