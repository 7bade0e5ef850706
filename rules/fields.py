"""Fields: what each thing of a rulebook says, field by field and in words, so that two editions can be compared."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from operator import attrgetter

from rules.calendar import Calendar
from rules.citing import citation
from rules.days import day_vi
from rules.deadline import Continuous, Deadline, Every, unreported_by_default
from rules.directory import Directory, Group, OrgUnit, Post
from rules.field_words import Names, counting_words, named, post_words, rung_words, watch_words, weekend_words
from rules.ladder import Ladder
from rules.phrases.forms import Form, form
from rules.programme import Amendment, Event, Indicator, Programme, Task
from rules.stated import said
from rules.wording import Wording

content = attrgetter(
    "section",
    "title",
    "lead",
    "deadlines",
    "head",
    "coordinate",
    "coordinate_named",
    "product",
    "basis",
    "stated",
    "note",
    "ladder",
    "amended",
)
"""What a task says, apart from its id and its place."""

FIELDS: Mapping[str, Wording] = {
    "id": Wording("mã", "id"),
    "title": Wording("tên", "title"),
    "section": Wording("mục", "section"),
    "lead": Wording("chủ trì", "lead"),
    "head": Wording("người chịu trách nhiệm", "head"),
    "coordinate": Wording("phối hợp", "coordinate"),
    "product": Wording("sản phẩm", "product"),
    "basis": Wording("căn cứ", "basis"),
    "stated": Wording("thời hạn ghi trong văn bản", "stated"),
    "note": Wording("ghi chú", "note"),
    "ladder": Wording("bậc đôn đốc", "ladder"),
    "deadline": Wording("thời hạn", "deadline"),
    "if_unreported": Wording("kỳ không báo cáo", "if_unreported"),
    "amendment": Wording("điều chỉnh", "amendment"),
    "document": Wording("văn bản", "document"),
    "period": Wording("thời kỳ", "period"),
    "standing": Wording("cơ quan thường trực", "standing office"),
    "calendar": Wording("lịch", "calendar"),
    "directory": Wording("danh bạ", "directory"),
    "counting": Wording("cách tính", "counting"),
    "date": Wording("ngày", "date"),
    "after": Wording("sau", "after"),
    "watch": Wording("hỏi", "watch"),
    "targets": Wording("chỉ tiêu", "targets"),
    "owner": Wording("phụ trách", "owner"),
    "measure": Wording("đơn vị tính", "measured in"),
    "asked_for": Wording("định kỳ ghi số liệu", "asked for"),
    "source": Wording("nguồn", "source"),
    "unit": Wording("đơn vị", "unit"),
    "group": Wording("nhóm", "group"),
    "post": Wording("chức vụ", "post"),
    "name": Wording("tên", "name"),
    "holiday": Wording("ngày nghỉ", "day off"),
    "worked": Wording("ngày làm bù", "day worked"),
    "announced_until": Wording("công bố đến hết", "announced until"),
    "based_on": Wording("dựa trên", "based on"),
    "weekend": Wording("ngày nghỉ tuần", "weekend"),
    "rung": Wording("bậc", "rung"),
}

Fields = Mapping[str, Wording | None]
"""By the name of the field, which may go on behind a space: `deadline phát động`. None is said by nobody."""


def names_of(directory: Directory | None) -> Names:
    """Return what the units and groups of a directory are called."""
    both = (directory.units, directory.groups) if directory else ()
    return {id: one.name for kind in both for id, one in kind.items()}


def programme_fields(programme: Programme, names: Names) -> Fields:
    """Return what a programme says beside its tasks, events and indicators, units by their `names`."""
    return {
        "title": plain(programme.title),
        "document": plain(citation(programme.document)),
        "note": plain(programme.document.note),
        "period": plain(_period(programme)),
        "standing": named([programme.standing], names),
        "calendar": plain(programme.calendar),
        "directory": plain(programme.directory),
        "ladder": plain(programme.ladder),
        "counting": counting_words(programme),
    }


def _period(programme: Programme) -> str | None:
    found = programme.period
    return found.text if found else None


def task_fields(programme: Programme, task: Task, names: Names) -> Fields:
    """Return what a task says, units by their `names`."""
    deadlines: dict[str, Wording] = {}
    for part, deadline in task.deadlines.items():
        plainly, unreported = _apart(deadline)
        deadlines[f"deadline {part}".strip()] = deadline_words(programme, plainly)
        if unreported:
            deadlines[f"if_unreported {part}".strip()] = _UNREPORTED[unreported]
    amendments = {
        f"amendment {one.part} {one.until_on.isoformat()}".replace("  ", " "): _amendment(programme, one)
        for one in task.amended
    }
    lead = named(task.lead.named or task.lead.units, names)
    return {
        **deadlines,
        **amendments,
        "id": plain(task.named),
        "title": plain(task.title),
        "section": plain(task.section),
        "lead": Wording(f"từng đơn vị: {lead.vi}", f"each: {lead.en}") if task.lead.each else lead,
        "head": _units(task.head, names),
        "coordinate": _units(task.coordinate_named, names),
        "product": plain(task.product),
        "basis": plain(task.basis),
        "stated": plain(task.stated),
        "note": plain(task.note),
        "ladder": plain(task.ladder),
    }


def _amendment(programme: Programme, one: Amendment) -> Wording:
    was = deadline_words(programme, one.deadline)
    why = f" ({one.why})" if one.why else ""
    return Wording(f"hạn cũ {was.vi}, theo {one.document or '?'}{why}", f"was {was.en}, by {one.document or '?'}{why}")


def _units(ids: Sequence[str], names: Names) -> Wording | None:
    return named(ids, names) if ids else None


def event_fields(event: Event, names: Names) -> Fields:
    """Return what an event says, units by their `names`."""
    after = f"{event.after[0]} + {event.after[1]}" if event.after else event.when_done
    return {
        "title": plain(event.title),
        "date": _days(event.dates),
        "after": plain(after),
        "watch": watch_words(event.watch, names) if event.watch else None,
    }


def _days(days: Sequence[date]) -> Wording | None:
    if not days:
        return None
    return Wording(", ".join(map(day_vi, days)), ", ".join(day.isoformat() for day in days))


def indicator_fields(indicator: Indicator, names: Names) -> Fields:
    """Return what an indicator says, units by their `names`."""
    return {
        "title": plain(indicator.title),
        "section": plain(indicator.section),
        "measure": plain(indicator.unit),
        "targets": plain(", ".join(f"{year}: {text}" for year, text in indicator.targets.items())),
        "owner": _units(indicator.owner_named, names),
        "asked_for": _rhythm(indicator),
        "source": plain(indicator.source),
        "note": plain(indicator.note),
    }


def calendar_fields(calendar: Calendar) -> Fields:
    """Return what the lines of a calendar say."""
    off = {
        f"holiday {day.isoformat()}": plain(f"{one.name.vi} ({one.source})") for day, one in calendar.holidays.items()
    }
    worked = {f"worked {day.isoformat()}": plain(source) for day, source in calendar.worked.items()}
    until = calendar.announced_until
    return {
        **off,
        **worked,
        "announced_until": Wording(day_vi(until), until.isoformat()) if until else None,
        "based_on": plain(calendar.based_on),
        "weekend": weekend_words(calendar.weekend),
    }


def directory_fields(directory: Directory) -> Fields:
    """Return what a directory says of its posts, units and groups."""
    found: dict[str, Wording | None] = {}
    for role, post in (("chair", directory.chair), ("overseer", directory.overseer)):
        found[f"post {role}"] = _post(post)
    for unit in directory.units.values():
        found[f"unit {unit.id}"] = _unit(unit)
        for role, post in (("head", unit.head), ("focal", unit.focal), ("overseer", unit.overseer)):
            found[f"post {unit.id} {role}"] = _post(post)
    for group in directory.groups.values():
        found[f"group {group.id}"] = _group(group, names_of(directory))
    return found


def _unit(unit: OrgUnit) -> Wording | None:
    return plain(", ".join((unit.name, *unit.aliases)))


def _group(group: Group, names: Names) -> Wording:
    members, more = named(group.members, names), " …" if group.open else ""
    return Wording(f"{group.name}: {members.vi}{more}", f"{group.name}: {members.en}{more}")


def _post(post: Post | None) -> Wording | None:
    return post_words(post) if post else None


def ladder_fields(ladder: Ladder) -> Fields:
    """Return what a ladder's rungs say."""
    return {f"rung {rung.id}": rung_words(rung) for rung in ladder.rungs}


def deadline_words(programme: Programme, deadline: Deadline) -> Wording:
    """Return a deadline as an office would write it, and as the rule file has it."""
    plainly, unreported = _apart(deadline)
    more = f", kỳ không báo cáo: {_UNREPORTED[unreported].vi}" if unreported and plainly != deadline else ""
    return Wording(said(programme, deadline) + more, _flow(form(deadline)))


_UNREPORTED: Mapping[str, Wording] = {
    "close": Wording("kỳ sau thay thế", "close"),
    "carry": Wording("vẫn phải thực hiện", "carry"),
}


def _apart(deadline: Deadline) -> tuple[Deadline, str]:
    """Return a deadline without what it says of occurrences that nobody reports, as if it said nothing, and that: ''
    for one that does not recur."""
    if isinstance(deadline, Continuous) and deadline.review:
        review, unreported = _apart(deadline.review)
        assert isinstance(review, Every)
        return replace(deadline, review=review), unreported
    if not isinstance(deadline, Every):
        return deadline, ""
    return replace(deadline, if_unreported=unreported_by_default(deadline.unit)), deadline.if_unreported


def _rhythm(indicator: Indicator) -> Wording | None:
    if indicator.measure is None:
        return None
    # All that is known of phrases takes long to import, and most commands say none.
    from rules.phrases.saying import say

    return Wording(say(indicator.measure), _flow(form(indicator.measure)))


def plain(text: str | None) -> Wording | None:
    """Return a text that is the same in both languages; None for nothing."""
    return Wording(text, text) if text else None


def _flow(value: Form) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{name}: {_flow(one)}" for name, one in value.items()) + "}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "[" + ", ".join(map(_flow, value)) + "]"
    return str(value).lower() if isinstance(value, bool) else str(value)
