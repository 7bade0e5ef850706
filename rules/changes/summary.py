"""A plan in one line, in English for the console and in Vietnamese for offices."""

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from rules.changes.planning import AHEAD
from rules.changes.values import Changes
from rules.wording import Wording


def summary(changes: Changes) -> Wording:
    """Return how much of what changes, `Plan: nothing to do` where nothing does."""
    if changes.is_empty:
        return Wording("Kế hoạch: không có gì thay đổi", "Plan: nothing to do")
    counts = [each for each in _counts(changes) if each.number]
    vi = ", ".join(f"{each.number} {each.vi}" for each in counts) or "không thời hạn nào thay đổi"
    en = ", ".join(f"{each.number} {each.one if each.number == 1 else each.many}" for each in counts)
    letters = list(_letters(changes))
    return Wording(
        f"Kế hoạch: {vi}; {', '.join(each.vi for each in letters)} trong {AHEAD.days} ngày",
        f"Plan: {en or 'no deadline moves'}; {', '.join(each.en for each in letters)} in {AHEAD.days} days",
    )


class _Count(NamedTuple):
    """How many, in Vietnamese; in English for one and for several."""

    number: int
    vi: str
    one: str
    many: str


def _counts(changes: Changes) -> Iterator[_Count]:
    """Yield the counts: deadlines once for all units that owe them alike, obligations unit by unit."""
    kinds = Counter(move.kind for move in changes.moves)
    appearing = sum(len(each.units) for each in changes.appearing)
    ending = sum(len(each.units) for each in changes.ending)
    of = "obligation" if appearing == 0 else ""
    yield _Count(kinds["deadline"], "thời hạn thay đổi", "deadline moves", "deadlines move")
    yield _Count(
        kinds["reminders"], "thời hạn đổi ngày nhắc", "deadline changes reminders", "deadlines change reminders"
    )
    yield _Count(appearing, "việc mới", "obligation appears", "obligations appear")
    yield _Count(ending, "việc thôi theo dõi", f"{of} ends".strip(), f"{of and of + 's'} end".strip())
    yield _Count(len(changes.passing), "việc đổi nơi chịu trách nhiệm", "changes hands", "change hands")
    yield from _staying(changes)
    offices = len(changes.handovers)
    en = "another standing office"
    yield _Count(offices, "chương trình đổi thường trực", f"programme gets {en}", f"programmes get {en}")
    readers = len({(each.directory, each.unit, each.role) for each in changes.readers})
    yield _Count(readers, "chức vụ đổi người nhận", "post gets another reader", "posts get another reader")
    tasks = sum(not each.part_of for each in changes.renamings)
    parts = len(changes.renamings) - tasks
    yield _Count(tasks, "nhiệm vụ dường như đổi mã", "task seems renamed", "tasks seem renamed")
    yield _Count(parts, "phần dường như đổi tên", "part seems renamed", "parts seem renamed")
    yield _Count(len(changes.rewordings), "dòng khác thay đổi", "other line changes", "other lines change")
    outdated = len(changes.outdated)
    yield _Count(
        outdated, "thông báo đã gửi không còn đúng", "notice sent goes out of date", "notices sent go out of date"
    )
    over = len(changes.over_cap)
    yield _Count(over, "lượt vượt số thư mỗi ngày", "day over somebody's cap", "days over somebody's cap")


def _staying(changes: Changes) -> Iterator[_Count]:
    """Yield the counts of what stays and is otherwise."""
    stay = sum(len(each.units) for each in changes.closings if each.after is None)
    close = sum(len(each.units) for each in changes.closings if each.after is not None)
    yield _Count(
        stay, "kỳ không tự đóng nữa", "occurrence no longer closes unreported", "occurrences no longer close unreported"
    )
    yield _Count(close, "kỳ sẽ tự đóng", "occurrence closes unreported", "occurrences close unreported")
    provisional = sum(each.is_provisional for each in changes.settlings)
    firm = len(changes.settlings) - provisional
    yield _Count(provisional, "thời hạn thành tạm tính", "deadline becomes provisional", "deadlines become provisional")
    yield _Count(firm, "thời hạn hết tạm tính", "deadline becomes firm", "deadlines become firm")


def _letters(changes: Changes) -> Iterator[Wording]:
    sent = Counter(letter.kind for letter in changes.letters)
    more, fewer, other = sent["more"], sent["fewer"], sent["other"]
    if more:
        yield Wording(f"thêm {more} thư", f"{more} {'letter' if more == 1 else 'letters'} more")
    if fewer:
        of = "" if more else " letter" if fewer == 1 else " letters"
        yield Wording(f"bớt {fewer} thư", f"{fewer}{of} fewer")
    if not (more or fewer):
        yield Wording("không thêm, không bớt thư nào", "no letter more or fewer")
    if other:
        yield Wording(f"{other} thư đổi nội dung", f"{other} with other lines")
