"""Telling: a snapshot in words, once for all forms: results, difficulties, what comes next."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from rules.days import clock, day_en, day_vi
from rules.periodic.ages import AGES
from rules.periodic.changed import happened, moved, passed
from rules.periodic.compared import compared
from rules.periodic.period import PeriodKind
from rules.periodic.points import Words, contributed, entries, measured, unheard
from rules.periodic.snapshot import Snapshot, UnitPart
from rules.periodic.told import Figures, Part, Point, Points, Told, Tone
from rules.summary import NAMES, Count, Counts
from rules.wording import Language, Wording

_IN: dict[PeriodKind, Wording] = {
    "week": Wording("trong tuần", "of the week"),
    "month": Wording("trong tháng", "of the month"),
    "quarter": Wording("trong quý", "of the quarter"),
}
_NEXT: dict[PeriodKind, Wording] = {
    "week": Wording("tuần tiếp theo", "next week"),
    "month": Wording("tháng tiếp theo", "next month"),
    "quarter": Wording("quý tiếp theo", "next quarter"),
}
DONE = (Count.DONE_IN_TIME, Count.DONE_LATE, Count.DONE_UNDATED)
OPEN = (Count.OPEN_IN_TIME, Count.OPEN_LATE, Count.OPEN_UNDATED)
_CLOSED = Wording("Hết kỳ, không báo cáo", "Closed unreported")


def tell(
    snapshot: Snapshot, language: Language, *, zone: ZoneInfo, most: int | None = None, brief: bool = False
) -> Told:
    """Return the summary in words, of each list no more than `most` points; `brief`: with tables that fit into a
    letter. All times are local to `zone`."""
    words = Words(snapshot, language, zone, most, brief)
    name = snapshot.period.name.say(language)
    title = words.say(f"Tình hình thực hiện nhiệm vụ {name}", f"Progress of assigned tasks, {name}")
    only = next((part.name for part in snapshot.units if snapshot.unit == part.unit), snapshot.unit)
    return Told(
        kind=words.say("Báo cáo", "Report"),
        title=f"{title} – {only}" if only else title,
        subjects=tuple(
            f"{one.title} ({words.say(one.document, one.document_en or one.document)})" for one in snapshot.programmes
        ),
        span=words.span(),
        as_of=moment(snapshot.at, language, zone),
        facts=_facts(words),
        parts=(_results(words), _difficulties(words), _next(words)),
        notes=tuple(_notes(words)),
    )


def moment(at: datetime, language: Language, zone: ZoneInfo) -> str:
    """Return an instant in local words: `17h00 ngày 03/4/2026`."""
    local = at.astimezone(zone)
    hour = clock(local.time())
    return f"{hour.vi} ngày {day_vi(local)}" if language == "vi" else f"{hour.en} on {day_en(local)}"


def unit_heads(language: Language) -> tuple[str, ...]:
    """Return the headings of the table by unit, after that of the unit."""
    heads = (
        Wording("Tổng số lượt", "Total"),
        Wording("Hoàn thành đúng hạn", "Done in time"),
        Wording("Hoàn thành quá hạn", "Done late"),
        Wording("Chưa hoàn thành, trong hạn", "Open, in time"),
        Wording("Chưa hoàn thành, quá hạn", "Open, late"),
        Wording("Không thời hạn", "No deadline"),
        _CLOSED,
    )
    return tuple(head.say(language) for head in heads)


def unit_row(counts: Counts) -> tuple[int, ...]:
    """Return the numbers under `unit_heads`; the total is the sum of the others."""
    of = {one: counts.of.get(one, 0) for one in Count}
    return (
        counts.total,
        of[Count.DONE_IN_TIME],
        of[Count.DONE_LATE],
        of[Count.OPEN_IN_TIME],
        of[Count.OPEN_LATE],
        of[Count.DONE_UNDATED] + of[Count.OPEN_UNDATED],
        of[Count.CLOSED],
    )


def count_rows(snapshot: Snapshot, language: Language) -> list[tuple[str, int, str]]:
    """Return each count with its name, its number and how it changed since the summary before, the total last."""
    rows = [
        (NAMES[what].say(language), snapshot.counts.of.get(what, 0), signed(snapshot.change(what))) for what in Count
    ]
    before = snapshot.previous.counts.total if snapshot.previous else None
    total = snapshot.counts.total
    change = None if before is None else total - before
    return [*rows, (Wording("Tổng số", "Total").say(language), total, signed(change))]


def ahead(snapshot: Snapshot) -> Wording:
    """Return the words for what no count has, since its stretch of time has not begun."""
    number = snapshot.ahead
    return Wording(
        f"{number} lượt chưa đến kỳ (kỳ báo cáo chưa bắt đầu), không tính trong các số trên.",
        f"{number} more {obligations(number)} recur and have not begun: no count has them.",
    )


def tasks(number: int) -> str:
    """Return so many tasks in English."""
    return f"{number} task" if number == 1 else f"{number} tasks"


def obligations(number: int) -> str:
    """Return the English word for one obligation or several."""
    return "obligation" if number == 1 else "obligations"


def signed(change: int | None) -> str:
    """Return a change with its sign, '' where there is nothing to compare with."""
    return "" if change is None else f"{change:+d}" if change else "0"


def _facts(words: Words) -> tuple[Point, ...]:
    found, of = words.snapshot, words.snapshot.counts.of
    late, done = of.get(Count.OPEN_LATE, 0), sum(entry.is_new for entry in found.results)
    of_tasks = Wording(f"lượt của {found.tasks} nhiệm vụ", f"{obligations(found.counts.total)} of {tasks(found.tasks)}")
    facts: tuple[tuple[int, Wording, Tone], ...] = (
        (late, Wording("quá hạn", "late"), "late"),
        (found.counts.due_today, Wording("đến hạn hôm nay", "due today"), "today"),
        (found.counts.due_soon, Wording("sắp đến hạn", "due soon"), "soon"),
        (done, Wording("mới báo cáo hoàn thành", "newly reported done"), "new"),
        (found.counts.awaiting, Wording("chờ xác nhận", "awaiting verification"), "calm"),
        (found.counts.total, of_tasks, "calm"),
    )
    shown = [facts[0], *(one for one in facts[1:-1] if one[0]), facts[-1]]
    return tuple(Point(f"{number} {name.say(words.language)}", tone=tone) for number, name, tone in shown)


def _results(words: Words) -> Part:
    found = words.snapshot
    new, earlier = ([entry for entry in found.results if entry.is_new is is_new] for is_new in (True, False))
    lists = [entries(words, words.say("Đã hoàn thành", "Done"), new, empty=_NONE_DONE)]
    lists.append(
        entries(words, words.say("Đã báo cáo từ trước, nay được xác nhận", "Accepted, reported before"), earlier)
    )
    past = [entry for entry in found.caught_up if not entry.result]
    lists.append(entries(words, words.say("Không còn quá hạn", "Late no more"), past))
    of_days = words.say("Điều chỉnh thời hạn, gia hạn", "Deadlines moved, extensions")
    of_leads = words.say("Chuyển cơ quan chủ trì", "Changes of lead")
    of_events = words.say("Sự kiện được ghi nhận", "Events")
    within = _IN[found.period.kind].say(words.language)
    lists += [moved(words, f"{of_days} {within}"), passed(words, f"{of_leads} {within}")]
    lists += [happened(words, f"{of_events} {within}"), measured(words), contributed(words, "results")]
    opening = "\n".join(said for said in (_overall(words), compared(words)) if said)
    title = f"{words.say('Kết quả nổi bật', 'Results')} {within}"
    return Part("I", title, opening, _figures(words), _kept(lists))


def _difficulties(words: Words) -> Part:
    found = words.snapshot
    rows = tuple((AGES[band].say(words.language), str(number)) for band, number in found.by_age.items())
    total = (words.say("Cộng", "Total"), str(len(found.late)))
    heads = (words.say("Số ngày quá hạn", "Days late"), words.say("Số lượt", "Obligations"))
    ages = Figures(words.say("Quá hạn theo số ngày", "Late by age"), heads, (*rows, total), totals=True)
    stale = words.say(
        "Đã nhập hệ thống quốc gia, nay tình trạng đã thay đổi", "Entered in the national system, changed since"
    )
    lists = [
        entries(words, words.say("Nhiệm vụ quá hạn", "Late tasks"), found.late),
        entries(words, words.say("Hết kỳ, không có báo cáo", "Closed unreported"), found.lapsed),
        entries(words, words.say("Khó khăn đã nêu", "Difficulties told"), found.troubled, difficulties=True),
        contributed(words, "difficulties"),
        unheard(words),
        entries(words, stale, found.stale_marks),
    ]
    nothing = "" if found.late or any(one.points for one in lists) else _NO_DIFFICULTY.say(words.language)
    title = words.say("Khó khăn, vướng mắc", "Difficulties")
    return Part("II", title, nothing, (ages,) if found.late else (), _kept(lists))


def _next(words: Words) -> Part:
    found = words.snapshot
    due = words.say("Nhiệm vụ đến hạn", "Tasks due")
    lists = [entries(words, due, found.upcoming, empty=_NONE_DUE), contributed(words, "next")]
    after = _NEXT[found.period.kind].say(words.language)
    return Part("III", words.say(f"Nhiệm vụ {after}", f"Tasks of {after}"), "", (), _kept(lists))


_NONE_DONE = Wording("Chưa có nhiệm vụ nào được báo cáo hoàn thành.", "No task was reported done.")
_NO_DIFFICULTY = Wording("Không có.", "None.")
_NONE_DUE = Wording("Không có nhiệm vụ nào đến hạn.", "No task is due.")


def _kept(lists: Iterable[Points]) -> tuple[Points, ...]:
    return tuple(one for one in lists if one.points or one.empty)


def _overall(words: Words) -> str:
    """Return the counts as one sentence."""
    counts, of = words.snapshot.counts, words.snapshot.counts.of
    done, still = (sum(of.get(what, 0) for what in those) for those in (DONE, OPEN))
    at = moment(words.snapshot.at, words.language, words.zone)
    vi = (
        f"Tính đến {at}, theo dõi {words.snapshot.tasks} nhiệm vụ với {counts.total} lượt thực hiện "
        f"(mỗi đơn vị, mỗi kỳ là một lượt): đã hoàn thành {done} lượt "
        f"(đúng hạn {of.get(Count.DONE_IN_TIME, 0)}, quá hạn {of.get(Count.DONE_LATE, 0)}, "
        f"không thời hạn {of.get(Count.DONE_UNDATED, 0)}); chưa hoàn thành {still} lượt "
        f"(trong hạn {of.get(Count.OPEN_IN_TIME, 0)}, quá hạn {of.get(Count.OPEN_LATE, 0)}, "
        f"không thời hạn {of.get(Count.OPEN_UNDATED, 0)}); hết kỳ không báo cáo {of.get(Count.CLOSED, 0)}. "
        f"Đến hạn hôm nay {counts.due_today}; sắp đến hạn {counts.due_soon}; chờ xác nhận {counts.awaiting}."
    )
    en = (
        f"At {at}, {tasks(words.snapshot.tasks)} with {counts.total} {obligations(counts.total)} are followed "
        f"(one for each unit and each stretch of time): {done} done ({of.get(Count.DONE_IN_TIME, 0)} in time, "
        f"{of.get(Count.DONE_LATE, 0)} late, {of.get(Count.DONE_UNDATED, 0)} without a deadline); {still} not done "
        f"({of.get(Count.OPEN_IN_TIME, 0)} in time, {of.get(Count.OPEN_LATE, 0)} late, "
        f"{of.get(Count.OPEN_UNDATED, 0)} without a deadline); {of.get(Count.CLOSED, 0)} closed unreported. "
        f"{counts.due_today} due today; {counts.due_soon} due soon; {counts.awaiting} awaiting verification."
    )
    return words.say(vi, en)


def _figures(words: Words) -> tuple[Figures, ...]:
    found, language = words.snapshot, words.language
    rows = [(name, str(number), change) for name, number, change in count_rows(found, language)]
    heads = [words.say("Tình trạng", "State"), words.say("Số lượt", "Obligations")]
    if found.previous:
        heads.append(words.say(f"So với {found.previous.period.name.vi}", f"Since {found.previous.period.name.en}"))
    shown = tuple(row[: len(heads)] for row in rows)
    counts = Figures(words.say("Tổng hợp", "Overview"), tuple(heads), shown, totals=True)
    return (counts, _by_unit(words)) if len(found.units) > 1 else (counts,)


def _by_unit(words: Words) -> Figures:
    """Return the table by unit, with as many columns as there is room for."""
    units, language = words.snapshot.units, words.language
    heads, rows = (
        _few(units, language) if words.brief else (unit_heads(language), [unit_row(one.counts) for one in units])
    )
    title = words.say("Theo đơn vị (lượt chung tính cho từng đơn vị)", "By unit (joint ones count with each)")
    shown = ((part.name, *map(str, row)) for part, row in zip(units, rows, strict=True))
    return Figures(title, (words.say("Đơn vị", "Unit"), *heads), tuple(shown))


def _few(units: Sequence[UnitPart], language: Language) -> tuple[tuple[str, ...], list[tuple[int | str, ...]]]:
    """Return the headings and numbers of a narrow table; what was closed unreported stands there where there is any, so
    that each line adds up."""
    closes = any(part.counts.of.get(Count.CLOSED) for part in units)
    heads = (
        Wording("Tổng số lượt", "Total"),
        Wording("Đã hoàn thành", "Done"),
        Wording("Chưa hoàn thành", "Not done"),
        Wording("Trong đó quá hạn", "Of these late"),
        *((_CLOSED,) if closes else ()),
    )
    rows = [
        (*_few_numbers(part.counts), *((part.counts.of.get(Count.CLOSED) or "",) if closes else ())) for part in units
    ]
    return tuple(head.say(language) for head in heads), rows


def _few_numbers(counts: Counts) -> tuple[int, ...]:
    done, still = (sum(counts.of.get(what, 0) for what in those) for those in (DONE, OPEN))
    return counts.total, done, still, counts.of.get(Count.OPEN_LATE, 0)


def _notes(words: Words) -> Sequence[str]:
    found, notes = words.snapshot, []
    if found.ahead:
        notes.append(ahead(found).say(words.language))
    if found.previous and found.previous.period != found.period.preceding:
        since, before = moment(found.since, words.language, words.zone), found.previous.period.name
        notes.append(
            words.say(
                f"Kết quả tính từ báo cáo trước, {before.vi} ({since}).",
                f"Results are told from the report before, {before.en} ({since}).",
            )
        )
    if found.provisional:
        notes.append(
            words.say(
                f"{found.provisional} lượt có thời hạn tạm tính vì lịch nghỉ chưa được công bố.",
                f"{found.provisional} deadlines are provisional: the days off are not announced yet.",
            )
        )
    if found.unlisted:
        notes.append(
            words.say(
                f"{found.unlisted} lượt không liệt kê từng việc, đã tính trong tổng số.",
                f"{found.unlisted} obligations are counted and not listed one by one.",
            )
        )
    return notes
