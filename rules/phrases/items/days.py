"""Days: what begins with `ngày`: `ngày 05 tháng 6 năm 2026`, `ngày 25`, `ngày thứ mười kể từ …`."""

from rules.deadline import Offset
from rules.phrases.cursor import Cursor, or_back
from rules.phrases.items.blanks import blank_date
from rules.phrases.items.figures import figures, of_lunar
from rules.phrases.items.nouns import Fault, Length, Marks, OnDays, OnNamed, Pace, Standing
from rules.phrases.items.numbers import ORDINALS, number
from rules.phrases.items.years import year_after
from rules.phrases.marks import Mark
from rules.phrases.spelling import known
from rules.phrases.tokens import NUMBER
from rules.wording import Wording

known("ngày tháng năm mùng và hoặc của thứ kể tính từ mai kia")

_END_OF_MONTH = Wording("ngày cuối của tháng thứ mấy: hiểu là từng ấy tháng sau mốc đó",
                        "the last day of the n-th month, taken as so many months after")  # fmt: skip
_WORKING_DAYS = Wording(
    "mấy ngày làm việc đầu tháng: cần xem lịch", "the first working days of the month: see the calendar"
)
_DASHED = Wording(
    "có thể là một ngày và tháng, hoặc hai ngày trong tháng", "a day and its month, or two days of a month"
)
_LUNAR_MONTHS = {"giêng": 1, "chạp": 12}
_MOST_DAYS = 8
_NOT_A_DAY = ("/", ".", "-", "tháng", "h", "giờ", "ngày", ":")
_ENDS_DASHED = frozenset(("", "năm", ",", ";", ")", ".", "(", "và", "đến"))
_ENDS_A_DATE = frozenset(("", "năm", "/", ",", ";", ")", ".", "(", "-", "đến", "hằng", "và", ":"))


@or_back
def day(cursor: Cursor) -> Marks | OnDays | OnNamed | Standing | Fault | None:
    """Take what begins with `ngày`: a date, a blank one, or a day of a month."""
    cursor.take("ngày")
    cursor.take_any((":", "là"))
    return date_in_words(cursor) or _days_of_one_month(cursor) or blank_date(cursor) or _dashed(cursor) or _days(cursor)


@or_back
def date_in_words(cursor: Cursor) -> Marks | None:
    """Take `05 tháng 6 năm 2026` or a date in figures, without `ngày` before it."""
    cursor.take("mùng")
    return _date_in_figures(cursor) or _day_and_month(cursor)


@or_back
def _days_of_one_month(cursor: Cursor) -> Marks | None:
    """Take `15-16 tháng 6 năm 2026`."""
    first = cursor.take_number(1, 31)
    last = _day_and_month(cursor) if first is not None and cursor.take("-") else None
    if first is None or last is None or len(last.marks) > 1:
        return None
    return Marks((last.marks[0]._replace(day=first), last.marks[0]), is_range=True)


@or_back
def _dashed(cursor: Cursor) -> Marks | None:
    """Take `20-8`, `5-9 hằng năm`, `trước ngày 5-7`: a day and its month, which might be two days of one month."""
    of_month = cursor.take_number(1, 31)
    month = cursor.take_number(1, 12) if of_month is not None and cursor.take("-") and cursor.here.glued else None
    if of_month is None or month is None:
        return None
    is_yearly = cursor.key in ("hằng", "mỗi") and cursor.ahead(1) == "năm"
    if not is_yearly and cursor.key not in _ENDS_DASHED:
        return None
    is_plain = of_month > 12 or is_yearly
    return Marks((Mark("day", month, year_after(cursor), of_month, doubt=None if is_plain else _DASHED),))


@or_back
def bare_date(cursor: Cursor) -> Marks | None:
    """Take `31 tháng 01 năm 2027` without `ngày` before it; `3 tháng 6, 7, 8` and `2 tháng 10 ngày` are none."""
    if cursor.take_number(1, 31) is None or not cursor.take("tháng") or cursor.take_number(1, 12) is None:
        return None
    ends = cursor.key in _ENDS_A_DATE and not (cursor.key == "," and cursor.ahead(1) == "#")
    cursor.at -= 3
    return _day_and_month(cursor) if ends else None


@or_back
def _date_in_figures(cursor: Cursor) -> Marks | None:
    found = figures(cursor) if cursor.key == "#" else None
    is_day = isinstance(found, Marks) and found.marks[0].kind in ("day", "lunar")
    return found._replace(loose=False) if isinstance(found, Marks) and is_day else None


@or_back
def _day_and_month(cursor: Cursor) -> Marks | None:
    of_month = number(cursor, 0, 99)
    cursor.take_any(("của", "các"))
    if of_month is None or not cursor.take("tháng"):
        return None
    lunar = _LUNAR_MONTHS.get(cursor.take_any(_LUNAR_MONTHS))
    if lunar is not None:
        return Marks((Mark("lunar", lunar, year_after(cursor), of_month),))
    cursor.take("/")
    month = number(cursor, 0, 99)
    if month is None:
        return None
    if of_lunar(cursor):
        return Marks((Mark("lunar", month, year_after(cursor), of_month),))
    months = _more_months(cursor, month)
    named = year_after(cursor)
    return Marks(tuple(Mark("day", each, named, of_month) for each in months))


def _more_months(cursor: Cursor, first: int) -> list[int]:
    """Take the further months of `ngày 14 tháng 3, 6, 9, 12`, of `ngày 15 tháng 6 và tháng 12 hằng năm`."""
    months = [first]
    if cursor.key in (",", "và") and cursor.ahead(1) == "tháng" and cursor.ahead(3) in ("hằng", "mỗi"):
        cursor.at += 2
        another = cursor.take_number(1, 12)
        if another is not None:
            return [first, another]
        cursor.at -= 2
    while (
        cursor.key in (",", "và") and cursor.ahead(1) == "#" and cursor.ahead(2) in (",", "và", "hằng", "năm", "/", "")
    ):
        if cursor.ahead(2) == "/" and len(cursor.tokens[cursor.at + 3].text) < 4:
            break
        cursor.at += 1
        another = cursor.take_number(1, 12)
        if another is None:
            cursor.at -= 1
            break
        months.append(another)
    return months


@or_back
def _days(cursor: Cursor) -> OnDays | Fault | None:
    """Take the numbers of `ngày 15 và 30 (hằng tháng)`, which leave the month open."""
    cursor.take("mùng")
    beyond = cursor.take_number(32, 99)
    if beyond is not None:
        ends = cursor.key in ("hằng", "mỗi", "của")
        return Fault(Wording(f"không có ngày {beyond}", f"no month has a day {beyond}")) if ends else None
    first = number(cursor, 1, 31)
    if first is None or cursor.key in ("h", "giờ", "g") or (cursor.key == ":" and cursor.tokens[cursor.at + 1].glued):
        return None
    window = _window(cursor, first)
    if window is not None:
        return window
    found = [first]
    while cursor.key in (",", "và", "hoặc", "&") and _is_another(cursor):
        cursor.at += 1
        cursor.take("ngày")
        another = number(cursor, 1, 31)
        if another is None:
            break
        found.append(another)
    return OnDays(tuple(found))


@or_back
def _window(cursor: Cursor, first: int) -> OnDays | None:
    every = cursor.key == "đến" and cursor.ahead(2) in ("hằng", "mỗi")
    last = cursor.take_number(1, 31) if cursor.take("-") or (every and cursor.take("đến")) else None
    return None if last is None else OnDays((first, last), window=True)


def _is_another(cursor: Cursor) -> bool:
    offset = 2 if cursor.ahead(1) == "ngày" else 1
    return cursor.ahead(offset) == "#" and cursor.ahead(offset + 1) not in _NOT_A_DAY


@or_back
def ordinal_day(cursor: Cursor) -> OnDays | Length | None:
    """Take `ngày thứ 20 (của tháng)`, `ngày thứ mười, kể từ ngày …`; `ngày thứ hai` is a Monday."""
    counted = _ordinal(cursor) if cursor.take("ngày", "thứ") else None
    if counted is None:
        return None
    if _counts_from(cursor):
        return Length(Offset(counted, "days"))
    return OnDays((counted,)) if counted <= 31 and cursor.take("của") and cursor.key in ("tháng", "quý") else None


@or_back
def ordinal_month(cursor: Cursor) -> Length | None:
    """Take `ngày cuối cùng của tháng thứ 3 kể từ …`, `tháng thứ tư kể từ …`."""
    if cursor.take("ngày"):
        cursor.take("cuối")
        cursor.take("cùng")
        cursor.take("của")
    counted = _ordinal(cursor) if cursor.take("tháng", "thứ") else None
    return Length(Offset(counted, "months"), _END_OF_MONTH) if counted and _counts_from(cursor) else None


def _ordinal(cursor: Cursor) -> int | None:
    return cursor.take_number(1, 99) or ORDINALS.take(cursor)


def _counts_from(cursor: Cursor) -> bool:
    """Say whether it goes on with `kể từ`, `tính từ`, and take the comma before it."""
    by = 1 if cursor.key == "," else 0
    counts = (cursor.ahead(by) in ("kể", "tính") and cursor.ahead(by + 1) == "từ") or (
        cursor.ahead(by) == "sau" and cursor.ahead(by + 1) in ("khi", "ngày")
    )
    cursor.at += by if counts else 0
    return counts


@or_back
def first_ten(cursor: Cursor) -> OnDays | None:
    """Take the `mùng 5` of `mùng 5 hằng tháng`."""
    counted = cursor.take_number(1, 10) if cursor.take("mùng") else None
    return OnDays((counted,)) if counted and cursor.key in ("hằng", "mỗi", "của") else None


@or_back
def first_so_many(cursor: Cursor) -> OnDays | Pace | None:
    """Take the `5 ngày đầu` of `trong 5 ngày đầu tháng`: the fifth day at the latest."""
    counted = number(cursor, 2, 28)
    if counted is None or not cursor.take("ngày"):
        return None
    of_work = cursor.take("làm", "việc")
    if not cursor.take("đầu"):
        return None
    cursor.take("tiên")
    if of_work:
        cursor.take("của")
        cursor.take_any(("hằng", "mỗi"))
        return Pace(((1, "month"),), _WORKING_DAYS) if cursor.take("tháng") else None
    return OnDays((counted,), opening=True) if cursor.key in ("tháng", "của", "hằng", "mỗi") else None


def _listed_days(cursor: Cursor) -> tuple[int, ...]:
    """Take the day at the cursor, and those listed after it but for the last, which has its month."""
    found = cursor.take_number(1, 31)
    if found is None:
        return ()
    days = [found]
    while cursor.key in (",", "và") and cursor.ahead(1) == NUMBER and cursor.ahead(2) in (",", "và"):
        cursor.at += 1
        another = cursor.take_number(1, 31)
        if another is None:
            cursor.at -= 1
            break
        days.append(another)
    return tuple(days)


def _runs_to_a_date(cursor: Cursor) -> bool:
    """Say whether days are listed up to one with its month: the 22 of `22, 23 và 24/6`."""
    by = 1
    while cursor.ahead(by) in (",", "và") and cursor.ahead(by + 1) == NUMBER and by < _MOST_DAYS:
        if cursor.ahead(by + 2) == "/":
            return True
        by += 2
    return False


def bare_day(cursor: Cursor) -> OnDays | None:
    """Take the 10 of `từ 10 đến 15/9` and of `10 và 11/6`, the 25 of `trước 25 hằng tháng`."""
    goes_on = cursor.ahead(2) == "ngày" or cursor.ahead(3) in ("/", "tháng", "hằng", "mỗi", ".")
    begins = cursor.behind() == "từ" and cursor.ahead(1) in ("đến", "-") and goes_on
    listed = _runs_to_a_date(cursor)
    ends = (
        cursor.behind() in ("đến", "trước", "nhất", "quá", "hết")
        and cursor.ahead(1) in ("hằng", "mỗi")
        and cursor.ahead(2) == "tháng"
    )
    if begins or ends or (listed and cursor.behind() in ("", "ngày", "trước", "vào", ",", "nhất", "các")):
        found = _listed_days(cursor)
        return OnDays(found) if found else None
    return None
