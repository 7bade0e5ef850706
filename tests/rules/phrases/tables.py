"""Tables of phrases and their readings: tab-separated, without quoting, one phrase a line, `\\n` for a line break.

Columns: phrase, year, issued, kind, start, due, strict, at, rrule (several joined by ` + `), event, offset, parts
(`kind:start..due` joined by ` + `), confidence. A blank cell says that the reading has no such value.
"""

import csv
from datetime import date
from pathlib import Path

from rules.phrases import Context, Reading, read

HERE = Path(__file__).parent
Row = dict[str, str]
COLUMNS = ("kind", "start", "due", "strict", "at", "rrule", "event", "offset", "parts", "confidence")


def rows_of(path: Path) -> list[Row]:
    """Return the rows of a table."""
    with path.open(encoding="utf-8", newline="") as file:
        found = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [{column: cell or "" for column, cell in row.items()} for row in found]


def reading_of(row: Row) -> Reading:
    """Return what the grammar makes of the phrase of a row."""
    issued = date.fromisoformat(row["issued"]) if row["issued"] else None
    return read(row["phrase"].replace("\\n", "\n"), Context(int(row["year"] or 2026), issued))


def told(reading: Reading) -> Row:
    """Return a reading as the cells of a row."""
    return {
        "kind": reading.kind,
        "start": _day(reading.start),
        "due": _day(reading.due),
        "strict": _day(reading.strict),
        "at": f"{reading.at:%H:%M}" if reading.at else "",
        "rrule": " + ".join(reading.rrules),
        "event": reading.event or "",
        "offset": reading.offset or "",
        "parts": " + ".join(f"{one.kind}:{_day(one.start)}..{_day(one.due)}" for one in reading.parts),
        "confidence": reading.confidence,
    }


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
