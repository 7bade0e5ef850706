"""The parts of a deadline in words, in two languages: periods, lengths of time, how often something recurs."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from rules.days import WEEKDAYS, day_en, day_vi, month_en, month_vi, short_en, short_vi
from rules.deadline import Every, MonthDay, Named, Offset, OffsetUnit, OnDay, Period, Unit, Weekday, YearDay
from rules.steps import is_anchored
from rules.wording import Wording

QUARTERS = ("I", "II", "III", "IV")

OFFSETS_VI: dict[OffsetUnit, str] = {
    "hours": "giờ",
    "days": "ngày",
    "working days": "ngày làm việc",
    "weeks": "tuần",
    "months": "tháng",
    "years": "năm",
}

EACH: dict[Unit, Wording] = {
    "day": Wording("hằng ngày", "every day"),
    "week": Wording("hằng tuần", "every week"),
    "month": Wording("hằng tháng", "every month"),
    "quarter": Wording("hằng quý", "every quarter"),
    "half": Wording("6 tháng một lần", "every half-year"),
    "year": Wording("hằng năm", "every year"),
}

EACH_WORKING_DAY = Wording("mỗi ngày làm việc", "every working day")

UNITS: dict[Unit, Wording] = {
    "day": Wording("ngày", "days"),
    "week": Wording("tuần", "weeks"),
    "month": Wording("tháng", "months"),
    "quarter": Wording("quý", "quarters"),
    "half": Wording("tháng", "half-years"),
    "year": Wording("năm", "years"),
}

WHOLE: dict[Unit, Wording] = {
    "day": Wording("ngày", "day"),
    "week": Wording("tuần", "week"),
    "month": Wording("tháng", "month"),
    "quarter": Wording("quý", "quarter"),
    "half": Wording("kỳ 6 tháng", "half-year"),
    "year": Wording("năm", "year"),
}
"""What a recurrence is cut into, as in `ngày cuối quý`, `the last day of the quarter`."""

LAST_MONTH: dict[Unit, Wording] = {
    "quarter": Wording(" tháng cuối quý", " of its last month"),
    "half": Wording(" tháng cuối kỳ 6 tháng", " of its last month"),
    "year": Wording(" tháng 12", " of December"),
}


def sentence(text: str) -> str:
    """Return `text` with a capital at its beginning."""
    return text[:1].upper() + text[1:]


def joined(parts: Sequence[Wording]) -> Wording:
    """Return `a, b và c`, `a, b and c`."""
    vi, en = [part.vi for part in parts], [part.en for part in parts]
    if len(parts) < 2:
        return Wording("".join(vi), "".join(en))
    return Wording(f"{', '.join(vi[:-1])} và {vi[-1]}", f"{', '.join(en[:-1])} and {en[-1]}")


def period(of: Period) -> Wording:
    """Return `ngày 15/5/2026`, `tháng 02/2026`, `quý II/2026`, `6 tháng đầu năm 2026` and their like."""
    start, year = of.start, of.start.year
    match of.kind:
        case "day":
            return Wording(f"ngày {day_vi(start)}", day_en(start))
        case "month":
            return Wording(f"tháng {month_vi(start)}", month_en(start))
        case "quarter":
            index = (start.month - 1) // 3
            return Wording(f"quý {QUARTERS[index]}/{year}", f"quarter {index + 1} of {year}")
        case "half":
            vi, en = ("đầu", "first") if start.month == 1 else ("cuối", "second")
            return Wording(f"6 tháng {vi} năm {year}", f"the {en} half of {year}")
        case "year":
            return Wording(f"năm {year}", f"the year {year}")
        case "span":
            end = of.end
            return Wording(
                f"khoảng thời gian từ ngày {day_vi(start)} đến ngày {day_vi(end)}",
                f"the time from {day_en(start)} to {day_en(end)}",
            )


def offset(length: Offset) -> Wording:
    """Return `15 ngày làm việc`, `15 working days`; numbers below 10 take a zero in Vietnamese offices."""
    return Wording(f"{length.count:02d} {OFFSETS_VI[length.unit]}", str(length))


@lru_cache(maxsize=1024)
def recurrence(every: Every) -> Wording:
    """Return `hằng tháng, ngày 25`, `every month on day 25`."""
    often = EACH[every.unit]
    if every.on == (Named("working day"),):
        often = EACH_WORKING_DAY
    if every.count > 1:
        vi, en = UNITS[every.unit]
        number = 6 * every.count if every.unit == "half" else every.count
        often = Wording(f"{number} {vi} một lần", f"every {every.count} {en}")
    vi, en = _when(every)
    return Wording(f"{often.vi}{vi}", f"{often.en}{en}")


def _when(every: Every) -> Wording:
    if every.from_ is not None and is_anchored(every):
        if every.unit == "day" and every.count == 1:
            return Wording("", "")
        start = every.from_.start
        return Wording(f", tính từ ngày {day_vi(start)}", f" counted from {day_en(start)}")
    if every.unit == "day":
        return Wording("", "")
    on = every.on or ((Weekday(6) if every.unit == "week" else Named("last")),)
    vi, en = joined([_place(one, every.unit) for one in on])
    return Wording(f", {vi}", f" on {en}")


def _place(on: OnDay, unit: Unit) -> Wording:
    whole = WHOLE[unit]
    of_month = LAST_MONTH.get(unit, Wording("", ""))
    match on:
        case Weekday(number=number, last=False):
            return WEEKDAYS[number]
        case Weekday(number=number):
            vi, en = WEEKDAYS[number]
            return Wording(f"{vi} cuối cùng của {whole.vi}", f"the last {en} of the {whole.en}")
        case MonthDay(day=day):
            return Wording(f"ngày {day:02d}{of_month.vi}", f"day {day}{of_month.en}")
        case YearDay(month=month, day=day):
            in_leap_year = date(2000, month, day)
            return Wording(f"ngày {short_vi(in_leap_year)}", short_en(in_leap_year))
        case Named(name="last"):
            return Wording(f"ngày cuối {whole.vi}", f"the last day of the {whole.en}")
        case Named(name="last working day"):
            return Wording(f"ngày làm việc cuối cùng của {whole.vi}", f"the last working day of the {whole.en}")
        case Named():
            vi, en = ("tháng", "month") if unit == "month" else (f"tháng cuối {whole.vi}", f"{whole.en}'s last month")
            return Wording(f"ngày làm việc đầu tiên của {vi}", f"the first working day of the {en}")
