"""The lunar calendar of Viet Nam: its days as days of the calendar that offices count by."""

from datetime import date, timedelta

# New moons and solar terms at UTC+7, as the State fixes them (Quyết định 121/CP ngày 08/8/1967), worked out with an
# astronomical library; by the solar year in which the lunar one begins: the first day of Tết, the length of each month
# (`+` 30 days, `-` 29) and the month that is followed by a leap one, 0 in years without.
_YEARS = {
    2024: (date(2024, 2, 10), "-+--+-++-++-", 0),
    2025: (date(2025, 1, 29), "+-+--+-+-+++-", 6),
    2026: (date(2026, 2, 17), "+-+--+--+++-", 0),
    2027: (date(2027, 2, 6), "++-+--+--++-", 0),
    2028: (date(2028, 1, 26), "+++-+--+--++-", 5),
    2029: (date(2029, 2, 13), "++-+-+-+--+-", 0),
    2030: (date(2030, 2, 2), "++-++-+-+-+-", 0),
    2031: (date(2031, 1, 23), "-+-++-++-+-+-", 3),
    2032: (date(2032, 2, 11), "-+-+-++-++-+", 0),
    2033: (date(2033, 1, 31), "-+--+-+-+++-+", 11),
    2034: (date(2034, 2, 19), "-+--+--+++-+", 0),
    2035: (date(2035, 2, 8), "+-+--+--++-+", 0),
}
# Of 2023 only the last month is told: it ends the day before Tết.
_LAST_OF_2023 = date(2024, 1, 11)
_LAST_MONTH = 12


def solar(day: int, month: int, year: int) -> date | None:
    """Return a day of a lunar month as a day of the calendar, None where it is not known here.

    `year` is the one of Tết, the last month being the one before it. Of a month that comes twice the first is meant. A
    short month has no day 30."""
    if not (1 <= day <= 30 and 1 <= month <= _LAST_MONTH):
        return None
    found = _month(month, year - 1 if month == _LAST_MONTH else year)
    return found[0] + timedelta(days=day - 1) if found and day <= found[1] else None


def _month(month: int, year: int) -> tuple[date, int] | None:
    """Return the first day of a month of a lunar year, and how many days it has."""
    if (month, year) == (_LAST_MONTH, 2023):
        return _LAST_OF_2023, 30
    if year not in _YEARS:
        return None
    tet, lengths, leap = _YEARS[year]
    at = month - 1 + (1 if 0 < leap < month else 0)
    days = [30 if length == "+" else 29 for length in lengths]
    return tet + timedelta(days=sum(days[:at])), days[at]
