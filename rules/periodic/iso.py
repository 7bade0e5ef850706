"""Iso: days and hours as values of JSON, and back."""

from datetime import date, time


def iso(value: date | None) -> str | None:
    """Return a day, or an instant, in ISO 8601."""
    return value.isoformat() if value else None


def day_of(text: str | None) -> date | None:
    """Return the day that a text is."""
    return date.fromisoformat(text) if text else None


def clock(hour: time | None) -> str | None:
    """Return an hour as `17:00`."""
    return f"{hour:%H:%M}" if hour is not None else None


def hour_of(text: str | None) -> time | None:
    """Return the hour that a text is."""
    return time.fromisoformat(text) if text else None
