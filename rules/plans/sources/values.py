"""Values: what an Excel cell shows, as an office writes it: dates day first, numbers with a decimal comma."""

import datetime as dt
import re
from decimal import ROUND_HALF_UP, Context, Decimal

from rules.plans.sources.format_words import LITERAL, Words, words_of

_DIGITS = re.compile(r"[#0?][#0?,]*(?:\.([0#?]+))?")
_MOST_DECIMALS = 10
_LARGEST = 1e15
_SHOWN = Context(prec=10)


def shown(value: object, number_format: str) -> str:
    """Return the text of a cell's value in its number format; '' for None."""
    match value:
        case None:
            return ""
        case bool():
            return "TRUE" if value else "FALSE"
        case int() | float():
            words = words_of(number_format)
            return f"{words.before}{_number(value, number_format)}{words.after}"
        case dt.datetime():
            return _worded(value, number_format, words_of(number_format))
        case dt.date():
            return f"{value:%d/%m/%Y}"
        case dt.time():
            return f"{value:%H:%M}"
        case dt.timedelta():
            minutes = round(value.total_seconds() / 60)
            return f"{minutes // 60:02}:{minutes % 60:02}"
        case _:
            return str(value)


def is_month_first(value: object, number_format: str) -> bool:
    """Say whether a date is shown month first and could be read as another day."""
    letters = _letters(number_format)
    named = "mmm" in letters or number_format == "mm-dd-yy"  # Excel's own short date, shown as the reader's system does
    year, month, day = (letters.find(letter) for letter in "ymd")
    day_and_month = -1 < month < day and not -1 < year < month
    return (
        isinstance(value, dt.datetime) and day_and_month and not named and value.day <= 12 and value.day != value.month
    )


def _letters(number_format: str) -> str:
    """Return the codes of a date format, its literal parts left out."""
    return LITERAL.sub("", number_format.lower().split(";")[0])


def _worded(value: dt.datetime, number_format: str, words: Words) -> str:
    """Return a date with the words that its format puts before it, behind it and between its parts."""
    if words.is_none:
        return _day(value, number_format)
    letters = _letters(number_format)
    if "h" in letters or is_month_first(value, number_format):
        return f"{words.before}{_day(value, number_format)}{words.after}"
    if words.between or not {"d", "y"} & set(letters):
        return words.filled(value)
    return f"{words.before}{_day(value, number_format)}{words.after}"


def _day(value: dt.datetime, number_format: str) -> str:
    """Return the parts of a date that the cell shows: `6/2026` typed into Excel is kept as 1 June, shown as a month."""
    letters = _letters(number_format)
    hour = f"{value:%H:%M} " if "h" in letters and value.time() != dt.time() else ""
    dated = letters if "h" not in letters else letters.replace("m", "", letters.count("m") if "d" not in letters else 0)
    has_day = "d" in dated.replace("dddd", "").replace("ddd", "")
    if has_day and "y" not in dated:
        return f"{hour}{value:%d/%m}"
    if not has_day and "y" in dated:
        month = f"{value:%m}" if "mm" in dated else f"{value.month}"
        return f"{month}/{value.year}" if "m" in dated else f"{value.year}"
    return f"{hour}{value:%d/%m/%Y}"


def _number(value: float, number_format: str) -> str:
    if value != value or abs(value) >= _LARGEST:
        return str(value)
    codes = LITERAL.sub("", number_format.split(";")[0])
    digits = _DIGITS.search(codes)
    number = Decimal(repr(value)) * (100 if "%" in codes else 1)
    if digits is None or number_format == "General":
        text = f"{number if number == number.to_integral_value() else number.normalize(_SHOWN):f}".removesuffix(".0")
    else:
        text = _rounded(number, digits)
    return text.translate(str.maketrans(",.", ".,")) + ("%" if "%" in codes else "")


def _rounded(number: Decimal, digits: re.Match[str]) -> str:
    """Return a number with the decimals and leading noughts of its format, thousands apart where the format does so."""
    decimals = (digits[1] or "")[:_MOST_DECIMALS]
    rounded = number.quantize(Decimal(1).scaleb(-len(decimals)), ROUND_HALF_UP)
    whole, _, rest = f"{rounded:,f}".partition(".")
    for place in reversed(decimals):
        if place == "0" or not rest.endswith("0"):
            break
        rest = rest[:-1]
    if "," not in digits[0]:
        whole = whole.replace(",", "").zfill(min(digits[0].partition(".")[0].count("0"), _MOST_DECIMALS))
    return f"{whole}.{rest}" if rest else whole
