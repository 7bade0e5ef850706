"""Files: a summary as Word, as Excel and as JSON, for commands and pages alike."""

import json
from collections.abc import Iterator
from typing import Any, Literal

from rules.periodic.snapshot import Snapshot
from rules.periodic.stored import as_json
from rules.periodic.telling import tell
from rules.periodic.told import Part
from scheduler.config import Config
from scheduler.periodic.mails import letterhead

SummaryForm = Literal["docx", "xlsx", "json"]


def file_of(config: Config, step: str, snapshot: Snapshot, form: SummaryForm) -> bytes:
    """Return the summary as a file of that form; `step` says how far it has come."""
    # Either library takes a quarter of a second to import.
    match form:
        case "json":
            return json.dumps(facts_of(config, step, snapshot), ensure_ascii=False, indent=2).encode()
        case "xlsx":
            from rules.periodic.workbook import to_workbook

            return to_workbook(snapshot, config.language, zone=config.policy.zone)
        case "docx":
            from rules.periodic.word import to_word

            head = letterhead(config.summaries)
            return to_word(snapshot, config.language, zone=config.policy.zone, letterhead=head)


def facts_of(config: Config, step: str, snapshot: Snapshot) -> dict[str, Any]:
    """Return the summary for programs, with its parts as text that can be pasted where a report is entered by hand."""
    told = tell(snapshot, config.language, zone=config.policy.zone)
    sections = [{"number": part.number, "title": part.title, "text": "\n".join(lines_of(part))} for part in told.parts]
    return {"step": step, **as_json(snapshot), "sections": sections}


def lines_of(part: Part) -> Iterator[str]:
    """Yield the text of a part line by line, without its tables."""
    if part.opening:
        yield part.opening
    for points in part.lists:
        yield f"{points.heading}:" if points.points else points.empty
        for point in points.points:
            text = point.text.replace("\n", "\n  ")
            yield f"- {text}" + (f": {point.detail}" if point.detail else "")
