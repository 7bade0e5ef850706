"""The lunar calendar as far as offices use it: the first days of its first, third, eighth and last month."""

from datetime import date, timedelta

# At UTC+7, as the State fixes them, by solar year: the month before Tết (12), Tết (1), the month of Giỗ Tổ (3), of the
# Mid-autumn feast (8). Months that are not certain yet are left out.
_FIRST_DAYS = {
    2024: {12: date(2024, 1, 11), 1: date(2024, 2, 10), 3: date(2024, 4, 9), 8: date(2024, 9, 3)},
    2025: {12: date(2024, 12, 31), 1: date(2025, 1, 29), 3: date(2025, 3, 29), 8: date(2025, 9, 22)},
    2026: {12: date(2026, 1, 19), 1: date(2026, 2, 17), 3: date(2026, 4, 17), 8: date(2026, 9, 11)},
    2027: {12: date(2027, 1, 8), 1: date(2027, 2, 6), 3: date(2027, 4, 7), 8: date(2027, 9, 1)},
    2028: {1: date(2028, 1, 26), 3: date(2028, 3, 26)},
    2029: {1: date(2029, 2, 13), 3: date(2029, 4, 14)},
    2030: {1: date(2030, 2, 3), 3: date(2030, 4, 3)},
}


def solar(day: int, month: int, year: int) -> date | None:
    """Return a day of a lunar month as a day of the solar `year`, None where the month is not known here.

    The last month is the one before the Tết of that year. A day past the end of its month runs on into the next."""
    first = _FIRST_DAYS.get(year, {}).get(month)
    return None if first is None else first + timedelta(days=day - 1)
