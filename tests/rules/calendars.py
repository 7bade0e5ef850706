"""The official calendar of 2025–2026, short ways to write periods and contexts, and what many tests of terms ask for."""

import calendar as gregorian
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from rules.calendar import Calendar, DayOff, days_between
from rules.deadline import Deadline, Period
from rules.term import Occurrence, TermContext
from rules.terms import occurrences
from rules.wording import Wording

HCM = ZoneInfo("Asia/Ho_Chi_Minh")
PARIS = ZoneInfo("Europe/Paris")

TB_2025 = "TB 6150/TB-BLĐTBXH ngày 03/12/2024"
TB_2026 = "TB 9441/TB-BNV ngày 16/10/2025"
SWAP_2026 = "CV 12729/VPCP-KGVX ngày 25/12/2025"
CODE = "BLLĐ 2019"
RESOLUTION = "Nghị quyết 28/2026/QH16"

RUNS: tuple[tuple[str, str, str, str], ...] = (
    ("2025-01-01", "2025-01-01", "Tết Dương lịch", CODE),
    ("2025-01-27", "2025-01-31", "Tết Nguyên đán", TB_2025),
    ("2025-04-07", "2025-04-07", "Giỗ Tổ Hùng Vương", CODE),
    ("2025-04-30", "2025-04-30", "Ngày Chiến thắng", CODE),
    ("2025-05-01", "2025-05-01", "Ngày Quốc tế lao động", CODE),
    ("2025-05-02", "2025-05-02", "Nghỉ hoán đổi", TB_2025),
    ("2025-09-01", "2025-09-02", "Quốc khánh", CODE),
    ("2026-01-01", "2026-01-01", "Tết Dương lịch", CODE),
    ("2026-01-02", "2026-01-02", "Nghỉ hoán đổi", SWAP_2026),
    ("2026-02-16", "2026-02-20", "Tết Nguyên đán", TB_2026),
    ("2026-04-27", "2026-04-27", "Nghỉ bù Giỗ Tổ", TB_2026),
    ("2026-04-30", "2026-04-30", "Ngày Chiến thắng", CODE),
    ("2026-05-01", "2026-05-01", "Ngày Quốc tế lao động", CODE),
    ("2026-08-31", "2026-08-31", "Nghỉ hoán đổi", TB_2026),
    ("2026-09-01", "2026-09-02", "Quốc khánh", CODE),
    ("2026-11-24", "2026-11-24", "Ngày Văn hóa Việt Nam", RESOLUTION),
)

ENGLISH = {
    "Tết Nguyên đán": "Lunar New Year",
    "Nghỉ hoán đổi": "Swapped day off",
    "Ngày Chiến thắng": "Victory Day",
    "Ngày Quốc tế lao động": "Labour Day",
    "Quốc khánh": "National Day",
}

HOLIDAYS = {
    on: DayOff(on, Wording(name, ENGLISH.get(name, name)), source)
    for first, last, name, source in RUNS
    for on in days_between(date.fromisoformat(first), date.fromisoformat(last))
}

OFFICIAL = Calendar(
    id="viet-nam",
    holidays=HOLIDAYS,
    worked={date(2025, 4, 26): TB_2025, date(2026, 1, 10): SWAP_2026, date(2026, 8, 22): TB_2026},
    covers=frozenset({2025, 2026}),
    based_on="VN",
    announced_until=date(2026, 12, 31),
)


def day(text: str) -> date:
    """Return the day written `2026-03-25`."""
    return date.fromisoformat(text)


def period(text: str) -> Period:
    """Return the period written `2026`, `2026-H1`, `2026-Q2`, `2026-03` or `2026-03-25`."""
    year = int(text[:4])
    match text[5:6], text[6:]:
        case "", _:
            return _months("year", year, 1, 12, text)
        case "H", half:
            return _months("half", year, 6 * int(half) - 5, 6, text)
        case "Q", quarter:
            return _months("quarter", year, 3 * int(quarter) - 2, 3, text)
    if len(text) == 7:
        return _months("month", year, int(text[5:]), 1, text)
    return Period("day", day(text), day(text), text)


def context(**changes: Any) -> TermContext:
    """Return the context of a programme in Vietnam on the official calendar, with `changes`."""
    return TermContext(**{"calendar": OFFICIAL, "zone": HCM, **changes})


def due_days(deadline: Deadline, first: str, last: str, **changes: Any) -> list[str]:
    """Return the due days of the occurrences from `first` to `last`, as text."""
    found = occurrences(deadline, context(**changes), first=day(first), last=day(last))
    return [str(one.term.due) for one in found]


def keys(found: tuple[Occurrence, ...]) -> list[str]:
    """Return the keys of occurrences."""
    return [one.key for one in found]


def _months(kind: Any, year: int, first: int, count: int, text: str) -> Period:
    last = first + count - 1
    return Period(kind, date(year, first, 1), date(year, last, gregorian.monthrange(year, last)[1]), text)
