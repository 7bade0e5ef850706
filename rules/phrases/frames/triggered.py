"""The frame of events: `sau khi …`, `trong 15 ngày làm việc kể từ ngày …`, `chậm nhất 05 ngày trước khi …`."""

from itertools import takewhile

from rules import words
from rules.deadline import After, AheadOf
from rules.phrases.frames.clause import Clause
from rules.phrases.items.nouns import Bound, Break, Length, Marks, Standing, Trigger, Word
from rules.phrases.reading import Reading, impossible
from rules.wording import Wording

_NO_EVENT = Wording("không ghi tính từ khi nào", "from when it counts is not stated")
_NO_LENGTH = Wording("không ghi trước bao lâu", "how long before is not stated")
_ONLY_AN_EDGE = Wording("chỉ ghi thời điểm bắt đầu hoặc kết thúc", "only when it begins or ends is stated")
_EDGES = frozenset(("kể", "từ", "tính", "đến", "cho", "hết"))
_PERIODIC = frozenset(("kết", "cáo", "nghị"))
"""The words with which ends what is held for a period: `sơ kết`, `báo cáo`, `hội nghị`."""
_AT_ONCE = Wording("ngay khi", "as soon as")


def triggered(clause: Clause, at: int) -> tuple[Reading, Clause | None]:
    """Return the event at the trigger with index `at`, and the rest of the clause when a date follows the event."""
    trigger = clause.found[at].item
    assert isinstance(trigger, Trigger)
    before, tail = clause.part(0, at), clause.part(at + 1)
    length = trigger.length or next((item for item in reversed(list(before.all(Length)))), None)
    cut = _cut(tail)
    rest = tail.part(cut) if cut is not None else None
    said = tail.part(0, cut)
    if length is None:
        length, said, rest = _trailing(said, rest)
    event = said.words(0)
    if not event and not length:
        return impossible(_NO_EVENT), rest
    reading = _ahead(event, length) if trigger.kind == "before" else _after(event, length, immediate=trigger.immediate)
    opening = clause.tokens[clause.found[at].first].key
    edge = _ONLY_AN_EDGE if length is None and opening in _EDGES else None
    return reading.doubting(length.doubt if length else None, trigger.doubt, None if event else _NO_EVENT, edge), rest


def bare_length(clause: Clause) -> Reading:
    """Return the term that names no event to count from."""
    length = next(clause.all(Length))
    return _after("", length, immediate=False).doubting(_NO_EVENT, length.doubt)


def _after(event: str, length: Length | None, *, immediate: bool) -> Reading:
    offset = "0 days" if immediate and length is None else str(length.offset) if length else None
    deadline = After(event, length.offset if length else None) if event else None
    if length is None:
        opening = _AT_ONCE if immediate else Wording("sau khi", "once")
        why = Wording(f"{opening.vi}: {event}", f"{opening.en}: {event}")
    else:
        term = words.offset(length.offset)
        why = Wording(f"{term.vi} kể từ: {event}", f"{term.en} after: {event}")
    return Reading("event", why, event=event or None, offset=offset, deadline=deadline)


def _ahead(event: str, length: Length | None) -> Reading:
    if length is None:
        why = Wording(f"trước khi: {event}", f"before: {event}")
        return Reading("before_event", why, event=event, doubts=(_NO_LENGTH,))
    term = words.offset(length.offset)
    why = Wording(f"{term.vi} trước khi: {event}", f"{term.en} before: {event}")
    deadline = AheadOf(event, length.offset) if event else None
    return Reading("before_event", why, event=event or None, offset=str(length.offset), deadline=deadline)


def _cut(tail: Clause) -> int | None:
    """Return where the text of the event ends because a date of its own follows: `…, chậm nhất 30/6/2026`."""
    items = [found.item for found in tail.found]
    for index, item in enumerate(items):
        if isinstance(item, Break) and item.sign in (",", "(", "-", "."):
            after = items[index + 1 : index + 8]
            bound = next((n for n, one in enumerate(after) if isinstance(one, Bound)), None)
            opened = all(isinstance(one, Word) and one.known for one in after[:bound]) if bound is not None else False
            if opened and bound is not None and any(isinstance(one, Marks) for one in after[bound + 1 : bound + 4]):
                return index
    return None


def _trailing(said: Clause, rest: Clause | None) -> tuple[Length | None, Clause, Clause | None]:
    """Take a length out of the end of the event's text: `khi có văn bản, trong 05 ngày`, `trước ngày họp 02 ngày`."""
    items = [found.item for found in said.found]
    for index, item in enumerate(items):
        if not isinstance(item, Length) or index == 0 or (item.offset.unit == "months" and _is_period(said, index)):
            continue
        introduced = isinstance(items[index - 1], Bound)
        behind = takewhile(lambda one: one not in (Break(","), Break("(")), items[index + 1 :])
        closes = all(isinstance(one, Break) or (isinstance(one, Word) and one.known) for one in behind)
        if not introduced and not closes:
            continue
        begin = index
        while begin > 0 and (
            isinstance(items[begin - 1], Bound | Break | Standing | Trigger) or _says_at_least(said, begin - 1)
        ):
            begin -= 1
        if begin == 0:
            after = said.part(index + 1)
            return item, after, rest
        return item, said.part(0, begin), rest
    return None, said, rest


def _is_period(said: Clause, at: int) -> bool:
    """Say whether a length is the period that a meeting or report is about: `Hội nghị sơ kết 6 tháng`."""
    return said.tokens[said.found[at].first - 1].key in _PERIODIC


def _says_at_least(said: Clause, at: int) -> bool:
    """Say whether the item is the `ít nhất`, `tối thiểu` before a length."""
    found = said.found[at]
    return isinstance(found.item, Word) and said.tokens[found.last - 1].key in ("nhất", "thiểu")
