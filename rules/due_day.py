"""The due day in words, the same in letters, on pages and in files."""

from datetime import date, time
from typing import NamedTuple

from rules.days import clock, day_en, day_vi, full, with_hour
from rules.term import Term
from rules.wording import Wording


class DueDay(NamedTuple):
    """A due day: its hour, the last day in time where the document says *before* a day (`strict`), and until when a
    report is on time where that is another day."""

    due: date
    at: time | None = None
    strict: date | None = None
    grace_until: date | None = None
    ends_with_day: bool = False
    """Whether that day is open to its end whatever the hour of the due day."""

    @property
    def is_before(self) -> bool:
        """Say whether the document says *before* the day."""
        return self.at is None and self.strict is not None and self.strict < self.due

    @property
    def last(self) -> date:
        """Return the last day in time."""
        return self.strict if self.strict is not None and self.is_before else self.due

    @property
    def words(self) -> Wording:
        """Return it with its weekday: `trước thứ Sáu 27/3/2026 (muộn nhất thứ Năm 26/3/2026)`."""
        return self._with_last(self._named, full(self.strict) if self.strict else None)

    @property
    def brief(self) -> Wording:
        """Return it with one weekday, for the cell of a page: `trước thứ Sáu 27/3/2026 (muộn nhất 26/3/2026)`."""
        return self._with_last(self._named, self._last)

    @property
    def line(self) -> Wording:
        """Return it without a weekday, for a line of a text: `trước 27/3/2026 (muộn nhất 26/3/2026)`, `17h00 ngày
        27/3/2026`."""
        if self.at is None:
            return self._with_last(self.short, self._last)
        hour = clock(self.at)
        return Wording(f"{hour.vi} ngày {day_vi(self.due)}", f"{hour.en} on {day_en(self.due)}")

    @property
    def short(self) -> Wording:
        """Return the day alone without its weekday, for the cell of a file: `trước 27/3/2026`, `17h00 27/3/2026`."""
        vi, en = day_vi(self.due), day_en(self.due)
        if self.at is not None:
            return Wording(f"{clock(self.at).vi} {vi}", f"{clock(self.at).en} {en}")
        return Wording(f"{self.before.vi}{vi}", f"{self.before.en}{en}")

    @property
    def before(self) -> Wording:
        """Return the word that stands before the day, '' where there is none."""
        return Wording("trước ", "before ") if self.is_before else Wording("", "")

    @property
    def on_time(self) -> Wording | None:
        """Return until when a report is on time, None where that is the due day itself."""
        if self.grace_until is None or self.grace_until == self.due:
            return None
        day = full(self.grace_until)
        if self.at is None or self.ends_with_day:
            vi, en = f"hết {day.vi}", f"the end of {day.en}"
        else:
            vi, en = f"{clock(self.at).vi} {day.vi}", f"{clock(self.at).en} on {day.en}"
        return Wording(f"báo cáo đến {vi} vẫn tính đúng hạn", f"a report until {en} counts as on time")

    @property
    def _named(self) -> Wording:
        due = with_hour(self.due, self.at)
        return Wording(f"{self.before.vi}{due.vi}", f"{self.before.en}{due.en}")

    @property
    def _last(self) -> Wording | None:
        return Wording(day_vi(self.strict), day_en(self.strict)) if self.strict else None

    def _with_last(self, said: Wording, last: Wording | None) -> Wording:
        """Return what is said of the day with the last day in time, where the document says *before*."""
        if last is None or not self.is_before:
            return said
        return Wording(f"{said.vi} (muộn nhất {last.vi})", f"{said.en} ({last.en} at the latest)")

    @property
    def whole(self) -> Wording:
        """Return it with until when a report is on time."""
        words, more = self.words, self.on_time
        return Wording(f"{words.vi}; {more.vi}", f"{words.en}; {more.en}") if more else words


def due_day(term: Term, until: date | None = None) -> DueDay | None:
    """Return the due day of a term, None where it has none. `until`: the last day in time, where it is not the
    term's own."""
    if term.due is None:
        return None
    is_later = until is not None and until != term.grace_until
    return DueDay(term.due, term.at, term.strict, until or term.grace_until, ends_with_day=is_later)
