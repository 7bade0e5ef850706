"""What scenarios touch, shown for people: rungs, routes, kinds of deadlines, and the deadlines that none touches."""

from collections.abc import Mapping, Sequence

import typer

from rules.deadline import DeadlineKind
from rules.scenarios.coverage import Coverage
from rules.wording import Language, Wording
from scheduler.commands.printing import counted_in, print_table

_KINDS: Mapping[DeadlineKind, Wording] = {
    "date": Wording("ngày", "date"),
    "before": Wording("trước ngày", "before"),
    "month": Wording("tháng", "month"),
    "quarter": Wording("quý", "quarter"),
    "half": Wording("6 tháng", "half"),
    "year": Wording("năm", "year"),
    "span": Wording("khoảng thời gian", "span"),
    "event": Wording("sau sự kiện", "event"),
    "before_event": Wording("trước sự kiện", "before_event"),
    "recurring": Wording("định kỳ", "recurring"),
    "continuous": Wording("thường xuyên", "continuous"),
    "set_elsewhere": Wording("theo văn bản khác", "set_elsewhere"),
}
_HEADS = {
    head.en: head
    for head in (
        Wording("thang", "ladder"),
        Wording("bậc", "rung"),
        Wording("kịch bản", "scenarios"),
        Wording("chương trình", "programme"),
        Wording("điều kiện", "match"),
        Wording("nhiệm vụ", "tasks"),
        Wording("loại", "kind"),
        Wording("thời hạn", "deadlines"),
        Wording("chạm tới", "touched"),
        Wording("số", "count"),
    )
}
_NONE = Wording("chưa có", "none")
_MOST_NAMED = 12


def show_coverage(found: Coverage, language: Language) -> None:
    """Print what is touched by how many scenarios, and what by none."""

    def heads(*names: str) -> list[str]:
        return [_HEADS[name].say(language) for name in names]

    none = _NONE.say(language)
    typer.echo()
    print_table(
        heads("ladder", "rung", "scenarios"),
        [(one.ladder, one.rung, one.scenarios or none) for one in found.rungs],
        title=Wording("Bậc đôn đốc", "Rungs").say(language),
    )
    typer.echo()
    if found.routes:
        print_table(
            heads("programme", "match", "ladder", "tasks", "scenarios"),
            [(one.programme, one.match, one.ladder, one.tasks, one.scenarios or none) for one in found.routes],
            title=Wording("Tuyến", "Routes").say(language),
        )
        typer.echo()
    print_table(
        heads("kind", "deadlines", "touched"),
        [(_KINDS[one.kind].say(language), one.deadlines, one.touched or none) for one in found.kinds],
        title=Wording("Loại thời hạn", "Kinds of deadlines").say(language),
    )
    typer.echo()
    print_table(
        heads("programme", "kind", "count", "tasks"),
        _untouched(found, language),
        title=Wording("Thời hạn chưa kịch bản nào chạm tới", "Deadlines that no scenario touches").say(language),
    )
    typer.echo(_summed_up(found, language))


def _untouched(found: Coverage, language: Language) -> list[tuple[object, ...]]:
    rows: dict[tuple[str, DeadlineKind], list[str]] = {}
    for one in found.deadlines:
        if not one.scenarios:
            rows.setdefault((one.programme, one.kind), []).append(f"{one.task}/{one.part}" if one.part else one.task)
    return [
        (programme, _KINDS[kind].say(language), len(names), _some(names, language))
        for (programme, kind), names in sorted(rows.items())
    ]


def _summed_up(found: Coverage, language: Language) -> str:
    count, of = counted_in(language), Wording("trên", "of").say(language)
    all_of: dict[str, Sequence[object]] = {"rung": found.rungs, "route": found.routes, "deadline": found.deadlines}
    without = {
        "rung": sum(not one.scenarios for one in found.rungs),
        "route": sum(not one.scenarios for one in found.routes),
        "deadline": sum(not one.scenarios for one in found.deadlines),
    }
    told = [f"{count(number, thing)} {of} {len(all_of[thing])}" for thing, number in without.items()]
    return f"{Wording('chưa chạm tới', 'untouched').say(language)}: {', '.join(told)}"


def _some(names: Sequence[str], language: Language) -> str:
    left = len(names) - _MOST_NAMED
    more = Wording(f" và {left} nhiệm vụ khác", f" and {left} more").say(language) if left > 0 else ""
    return ", ".join(names[:_MOST_NAMED]) + more
