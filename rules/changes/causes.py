"""Causes: what in two rulebooks makes a deadline move or an obligation end, and the document or line that says so."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

from rules.calendar import Calendar, DayOff, days_between
from rules.changes.touched import same_calendar
from rules.changes.values import Cause
from rules.days import day_en, day_vi
from rules.deadline import After, AheadOf, Deadline
from rules.followed import Followed
from rules.inforce import replaced_by
from rules.obligation import ObligationKey
from rules.programme import Amendment, Programme, Rulebook, Task
from rules.roster import Known, owing_units
from rules.wording import Wording

_AROUND = timedelta(days=21)
"""How far from the days of a term a day of the calendar is named as what moved them: a ladder counts so far back."""
_REMOVED = Wording("Nhiệm vụ không còn trong tệp quy tắc", "The task is no longer in the rule files")
_NO_PROGRAMME = Wording("Chương trình không còn trong tệp quy tắc", "The programme is no longer in the rule files")
_NO_LEAD = Wording("Cơ quan không còn chủ trì nhiệm vụ", "The unit no longer leads the task")
_NO_PART = Wording("Phần này của nhiệm vụ không còn", "This part of the task is no longer there")
_OTHER_DEADLINE = Wording("Thời hạn của nhiệm vụ được sửa trong tệp", "The task's deadline was edited in the file")
_OTHER_EVENT = Wording("Ngày của sự kiện thay đổi", "The day of the event is another one")
_LADDER = Wording("Bậc nhắc việc thay đổi", "The ladder of reminders is another one")
_PROGRAMME = Wording(
    "Các quy định chung của chương trình thay đổi (lịch, cách tính)",
    "The programme's settings changed (calendar, counting)",
)


class Causes:
    """Finds the causes of what differs between two rulebooks on a day."""

    def __init__(
        self, before: Rulebook, after: Rulebook, events: tuple[Mapping[str, Known], Mapping[str, Known]], today: date
    ) -> None:
        self._before, self._after, self._events, self._today = before, after, events, today

    def of_move(self, was: Followed, is_: Followed) -> tuple[Cause, ...]:
        """Return why an obligation has other days, or other reminders."""
        part = was.key.part
        overtaken = _of_extension(was, is_)
        if overtaken is not None:
            return (*self._causes(was, is_, part), overtaken)
        return self._causes(was, is_, part)

    def _causes(self, was: Followed, is_: Followed, part: str) -> tuple[Cause, ...]:
        found = [_amended(amendment, is_.task) for amendment in self._new_amendments(is_, self._today)]
        old, new = was.task.deadlines.get(part), is_.task.deadlines.get(part)
        if not found and old != new:
            found.append(Cause("deadline", _OTHER_DEADLINE, is_.task.deadline_source.spot))
        if _event(old) == _event(new):
            found += self._of_event(was.programme, is_.programme, new)
        if (was.term.due, was.term.remind_by, was.term.late_at) != (is_.term.due, is_.term.remind_by, is_.term.late_at):
            found += self._of_calendar(was, is_) if not found else []
        elif not found:
            found += self._of_calendar(was, is_)
        if was.ladder.rungs != is_.ladder.rungs:
            found.append(_of_ladder(was, is_))
        return tuple(found) or (Cause("programme", _PROGRAMME, is_.programme.source.spot),)

    def of_amendment(self, then: Followed, on: date) -> tuple[Cause, ...]:
        """Return the documents that move a deadline on a day still to come."""
        amendments = [one for one in self._new_amendments(then, on) if one.until_on == on]
        return tuple(_amended(amendment, then.task) for amendment in amendments)

    def is_new(self, programme: str, task: str, amendment: Amendment) -> bool:
        """Say whether an amendment was not in the rule files before."""
        was = self._task(self._before, programme, task)
        return was is None or amendment not in was.amended

    def of_end(self, followed: Followed, keys: Iterable[ObligationKey]) -> tuple[Cause, ...]:
        """Return why obligations end."""
        key = followed.key
        programme = self._after.programmes.get(key.programme)
        if programme is None:
            return (Cause("programme", _NO_PROGRAMME, followed.programme.source.spot),)
        task = programme.task(key.task)
        if task is None:
            return (Cause("task", _REMOVED, followed.task.source.spot),)
        if key.part not in task.deadlines:
            return (Cause("deadline", _NO_PART, task.source.spot),)
        if not {one.unit for one in keys} & set(owing_units(task)):
            return (Cause("lead", _NO_LEAD, task.source.spot),)
        old, new = followed.task.deadlines.get(key.part), task.deadlines[key.part]
        # An event moves what waited for it before; where the deadline was made to wait for it, that is the cause.
        by_event = tuple(self._of_event(followed.programme, programme, new)) if old == new else ()
        return by_event or (Cause("deadline", _OTHER_DEADLINE, task.deadline_source.spot),)

    def _new_amendments(self, is_: Followed, on: date) -> list[Amendment]:
        found = replaced_by(is_.task, on, is_.key.part)
        return [one for one in found if self.is_new(is_.key.programme, is_.key.task, one)]

    def _task(self, rulebook: Rulebook, programme: str, task: str) -> Task | None:
        found = rulebook.programmes.get(programme)
        return found.task(task) if found else None

    def _of_event(self, was: Programme, is_: Programme, deadline: Deadline | None) -> Iterator[Cause]:
        if not isinstance(deadline, After | AheadOf):
            return
        old = self._events[0].get(was.id, {}).get(deadline.event)
        if old != self._events[1].get(is_.id, {}).get(deadline.event):
            event = is_.events.get(deadline.event)
            title = event.title if event else deadline.event
            text = Wording(f"{_OTHER_EVENT.vi}: {title}", f"{_OTHER_EVENT.en}: {title}")
            yield Cause("event", text, event.source.spot if event else "")

    def _of_calendar(self, was: Followed, is_: Followed) -> list[Cause]:
        """Return the days that count otherwise and lie near the days of the term, each with its source."""
        old, new = was.table.calendar, is_.table.calendar
        if same_calendar(old, new):
            return []
        days = [day for term in (was.term, is_.term) for day in (term.due, term.remind_by, term.grace_until) if day]
        if not days:
            return []
        near = days_between(min(days) - _AROUND, max(days) + _AROUND)
        return [_day(day, old, new) for day in near if bool(old.day_off(day)) != bool(new.day_off(day))]


def _of_extension(was: Followed, is_: Followed) -> Cause | None:
    """Return which stands of an extension and an edit: the later word. An edit to another day takes the place of an
    extension granted before it, and gives way again where it is undone."""
    if was.extended and not is_.extended:
        document, due = was.extended[-1].document, was.extended[-1].due
        vi = f"Hạn đã gia hạn đến {day_vi(due)} theo văn bản {document} không còn hiệu lực: bản sửa sau thay thế"
        en = f"The extension until {day_en(due)} by {document} no longer stands: the later edit takes its place"
        return Cause("extension", Wording(vi, en), document)
    if is_.extended and not was.extended:
        document, due = is_.extended[-1].document, is_.extended[-1].due
        vi = f"Hạn gia hạn đến {day_vi(due)} theo văn bản {document} có hiệu lực trở lại"
        en = f"The extension until {day_en(due)} by {document} stands again"
        return Cause("extension", Wording(vi, en), document)
    return None


def _event(deadline: Deadline | None) -> str | None:
    return deadline.event if isinstance(deadline, After | AheadOf) else None


def _of_ladder(was: Followed, is_: Followed) -> Cause:
    """Return what changed the reminders: another ladder, by the line that puts the task on it; or other rungs."""
    old, new = was.ladder.id, is_.ladder.id
    if old == new:
        return Cause("ladder", _LADDER, is_.ladder.source.spot)
    text = Wording(f"Theo bậc nhắc việc khác: {old} → {new}", f"On another ladder: {old} → {new}")
    return Cause("ladder", text, is_.task.ladder_source.spot)


def _day(day: date, old: Calendar, new: Calendar) -> Cause:
    off, was_off = new.day_off(day), old.day_off(day)
    if off is not None:
        return Cause("calendar", _off(day, off), off.source or new.source.spot)
    source = new.worked.get(day)
    what = f" ({was_off.name.vi})" if was_off and was_off.source else ""
    en = f" ({was_off.name.en})" if was_off and was_off.source else ""
    text = Wording(f"Ngày {day_vi(day)} là ngày làm việc{what}", f"{day_en(day)} is a working day{en}")
    return Cause("calendar", text, source or new.source.spot)


def _off(day: date, off: DayOff) -> Wording:
    return Wording(f"Ngày {day_vi(day)} là ngày nghỉ: {off.name.vi}", f"{day_en(day)} is a day off: {off.name.en}")


def _amended(amendment: Amendment, task: Task) -> Cause:
    why = f" ({amendment.why})" if amendment.why else ""
    document = amendment.document or f"văn bản ngày {day_vi(amendment.until_on)}"
    en = amendment.document or f"the document of {day_en(amendment.until_on)}"
    text = Wording(f"Điều chỉnh theo {document}{why}", f"Amended by {en}{why}")
    return Cause("amendment", text, amendment.document or task.deadline_source.spot)
