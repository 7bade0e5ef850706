"""Rendering: the templates of the pages. Everything is escaped; what is not given is an error.

Templates say both languages where they speak: `{{ say("Đăng nhập", "Sign in") }}`; `{{ say(wording) }}` for a Wording.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from notifications.words import moment
from rules.days import full, short_vi, weekday_en, with_hour
from rules.due_day import DueDay
from rules.status import AHEAD, NAMES, Timeliness, Verification
from rules.wording import Language, Wording

TONES: Mapping[Timeliness | Verification, str] = {
    Timeliness.UNDATED: "calm",
    Timeliness.IN_TIME: "good",
    Timeliness.DUE_SOON: "soon",
    Timeliness.DUE_TODAY: "today",
    Timeliness.LATE: "late",
    Timeliness.DONE_IN_TIME: "good",
    Timeliness.DONE_LATE: "today",
    Verification.NONE_ASKED: "calm",
    Verification.AWAITING: "soon",
    Verification.ACCEPTED: "good",
    Verification.RETURNED: "late",
}
"""The colour each state is set in; it says nothing the words do not."""
FOLDER = Path(__file__).parent / "templates"
STATIC = Path(__file__).parent / "static"


@cache
def templates() -> Environment:
    """Return the templates, read once for the life of the process."""
    made = Environment(
        loader=FileSystemLoader(FOLDER),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        cache_size=-1,
    )
    made.globals |= {"names": NAMES, "tones": TONES, "ahead": AHEAD}
    made.filters["size"] = size
    made.filters["grouped"] = grouped
    made.filters["weekday"] = short_weekday
    made.filters["short"] = short_vi
    return made


def size(count: int) -> str:
    """Return a number of bytes as a reader takes it in."""
    if count < 1024:
        return f"{count} B"
    return f"{count / 1024:.0f} KB" if count < 1024 * 1024 else f"{count / 1024 / 1024:.1f} MB".replace(".", ",")


def grouped(count: int) -> str:
    """Return a number with its thousands apart, in either language: a space that does not break."""
    return f"{count:,}".replace(",", "\N{NO-BREAK SPACE}")


def short_weekday(on: date) -> Wording:
    """Return the short name of a weekday, as calendars head their columns: T2 … T7, CN; Mon … Sun."""
    return Wording("CN" if on.weekday() == 6 else f"T{on.weekday() + 2}", weekday_en(on)[:3])


def sayer(language: Language) -> Callable[..., str]:
    """Return `say`, which gives a Wording, or two texts, in that language; a text alone stays as it is."""

    def say(vi: Wording | str, en: str | None = None) -> str:
        if isinstance(vi, Wording):
            return vi.say(language)
        return vi if en is None or language == "vi" else en

    return say


def day_in(language: Language) -> Callable[[date | None], str]:
    """Return `day`, which writes a day with its weekday, and None as a dash."""
    return lambda on: full(on).say(language) if on is not None else "–"


def deadline_in(language: Language) -> Callable[..., str]:
    """Return `deadline`, which writes a due day with all that is to be known of it, in `brief` as a cell does; a bare
    day with its hour; and None as a dash."""

    def written(due: DueDay | date | None, at: time | None = None, *, brief: bool = False) -> str:
        if isinstance(due, DueDay):
            return (due.brief if brief else due.whole).say(language)
        return with_hour(due, at).say(language) if due is not None else "–"

    return written


def moment_in(language: Language, zone: ZoneInfo) -> Callable[[datetime | None], str]:
    """Return `moment`, which writes an instant in the office's own time, and None as a dash."""
    return lambda at: moment(at.astimezone(zone), language) if at is not None else "–"
