"""Typed dates: numbers that stand in a spreadsheet where a date was meant."""

import re
from datetime import date, timedelta

_DAY_NOUGHT = date(1899, 12, 30)
"""The day from which Excel counts days."""
_SERIAL = re.compile(r"\d{5}")
_MONTH = re.compile(r"(0?[1-9]|1[0-2]),(20\d{1,2})")
_LIKELY = range(2000, 2100)


def serial_day(text: str) -> date | None:
    """Return the day that a bare number is as Excel counts days (`46203`), None where it is none of our century."""
    found = _SERIAL.fullmatch(text.strip())
    day = _DAY_NOUGHT + timedelta(days=int(found[0])) if found else None
    return day if day and day.year in _LIKELY else None


def month_as_decimal(text: str) -> str | None:
    """Return the month that was typed with a point and kept as a number (`6,2026`) as `6/2026`, or None."""
    found = _MONTH.fullmatch(text.strip())
    return f"{found[1]}/{found[2]:0<4}" if found else None
