"""Letters of a simulation, to be compared: of one just made, or of one that was saved as JSON."""

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from rules.differences import Letter, Matter, numbered
from rules.prompts import EVENT_PREFIX, WATCH
from rules.simulate import SimulatedMessage, Simulation
from scheduler.commands.reading import Misconfigured
from scheduler.commands.subjects import Headings


def letters_of(found: Simulation, heading: Headings) -> list[Letter]:
    """Return the letters of a simulation."""
    return list(numbered((m.at, m.to, heading(m).subject, list(_matters(m))) for m in found.messages))


def saved_letters(path: Path) -> list[Letter]:
    """Return the letters of a simulation saved with `--format json`; Misconfigured when the file is none."""
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
        return list(numbered(_saved(message) for message in said["messages"]))
    except OSError as fault:
        raise Misconfigured(f"{path}: {fault.strerror}") from None
    except (ValueError, KeyError, TypeError):
        raise Misconfigured(
            f"{path} is no simulation: write one with `dondoc simulate --format json > {path.name}`"
        ) from None


def _matters(message: SimulatedMessage) -> Iterator[Matter]:
    for told, unit in message.lines:
        yield Matter(told.programme, told.task, told.part, told.occurrence, unit, told.rung, told.as_)
    for said in message.said:
        for question in said.questions:
            yield Matter(question.programme, EVENT_PREFIX + question.event, "", "", "", WATCH, "to")
        for matter in said.matters:
            task = EVENT_PREFIX + matter.subject if matter.kind == "unrecorded" else matter.subject
            yield Matter(matter.programme, task, "", "", "", matter.kind, "to")


def _saved(message: dict[str, Any]) -> tuple[datetime, str, str, list[Matter]]:
    lines = [
        Matter(
            line["programme"],
            # Two simulations are compared by the first id, whatever each calls the task.
            line.get("renamed_from", line["task"]),
            line["part"],
            line.get("occurrence", ""),
            # What is asked or stated names an office as the unit, but is about nobody's obligation.
            line["unit"] if "occurrence" in line else "",
            line["rung"],
            line["as"],
        )
        for line in message["lines"]
    ]
    return datetime.fromisoformat(message["at"]), message["to"], message["subject"], lines
