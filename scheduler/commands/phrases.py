"""Readings of phrases as JSON: the same object for `phrase` and for the deadlines of `read`."""

from typing import Any

from rules.phrases.forms import form_of
from rules.phrases.reading import Reading


def as_json(reading: Reading) -> dict[str, Any]:
    """Return the fields of a reading: days as ISO texts, hours as HH:MM, None where there is nothing."""
    return {
        "kind": reading.kind,
        "start": reading.start.isoformat() if reading.start else None,
        "due": reading.due.isoformat() if reading.due else None,
        "strict": reading.strict.isoformat() if reading.strict else None,
        "at": f"{reading.at:%H:%M}" if reading.at else None,
        "rrule": list(reading.rrules),
        "event": reading.event,
        "offset": reading.offset,
        "deadline": form_of(reading),
        "parts": [as_json(part) | {"label": part.label or None} for part in reading.parts],
        "confidence": reading.confidence,
        "why": reading.why.vi,
        "doubts": [doubt.vi for doubt in reading.doubts],
    }
