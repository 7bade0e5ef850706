"""Ladders: rungs in order of time, no superior before the head."""

from collections.abc import Sequence

from rules.ladder import SUPERIORS, Ladder, Rung
from rules.load.build.rungtime import certainly_later, same_time
from rules.load.documents import Document
from rules.load.mistake import quoted
from rules.load.place import Faults, Place
from rules.load.shapes.ladder import LadderShape, RungShape
from rules.wording import Wording

MOST_RUNGS = 50


def ladder(document: Document[LadderShape], faults: Faults) -> Ladder:
    """Return the ladder of a document."""
    place = document.place / "rungs"
    rungs = tuple(_rung(shape, place / index, faults) for index, shape in enumerate(document.shape.rungs))
    if not rungs and document.place.incomplete("rungs"):
        return Ladder(document.id, (), document.place.source)
    if not 1 <= len(rungs) <= MOST_RUNGS:
        said = Wording(
            f"có {len(rungs)} bậc; một thang có từ 1 đến {MOST_RUNGS} bậc",
            f"{len(rungs)} rungs; a ladder has 1 to {MOST_RUNGS}",
        )
        faults.at(place, said)
        return Ladder(document.id, (), document.place.source)
    _check_ids(rungs, place, faults)
    _check_order(rungs, place, faults)
    if not _some_hidden(rungs, place):
        for index, rung in enumerate(rungs):
            _check_hierarchy(rung, rungs[:index], place / index, faults)
    return Ladder(document.id, rungs, document.place.source)


def _some_hidden(rungs: Sequence[Rung], place: Place) -> bool:
    """Say whether one could not be read in what the hierarchy rests on: it may be the one that tells the head."""
    return "-" in place.node.keys or any((place / n).incomplete("at", "to", "cc") for n in range(len(rungs)))


def _rung(shape: RungShape, place: Place, faults: Faults) -> Rung:
    if not shape.to and not place.incomplete("to"):
        said = Wording(
            "không ai được yêu cầu làm; ghi một chức: head, focal, overseer, chair, standing",
            "nobody is asked to act; name a post: head, focal, overseer, chair, standing",
        )
        faults.at(place / "to", said)
    if shape.repeat and shape.at.stage == "before":
        said = Wording(
            "bậc trước hạn không lặp lại; thêm một bậc khác",
            "a rung before the deadline is not repeated; add another rung",
        )
        faults.at(place / "repeat", said)
    for field, roles in (("to", shape.to), ("cc", shape.cc)):
        for index, role in enumerate(roles):
            earlier = (*shape.to, *roles[:index]) if field == "cc" else roles[:index]
            if role in earlier:
                said = Wording(
                    f"chức {quoted(role)} có hai lần ở bậc này; giữ lại một",
                    f"post {quoted(role)} stands twice on this rung; keep one",
                )
                faults.at(place / field / index, said)
    return Rung(shape.id, shape.at, shape.to, shape.cc, shape.repeat, shape.if_missed, shape.expires)


def _check_ids(rungs: Sequence[Rung], place: Place, faults: Faults) -> None:
    for index, rung in enumerate(rungs):
        earlier = [each.id for n, each in enumerate(rungs[:index]) if not (place / n / "id").is_unread]
        if rung.id in earlier:
            said = Wording(
                f"trùng bậc {quoted(rung.id)}; mỗi bậc có mã riêng",
                f"duplicate rung {quoted(rung.id)}; each rung has an id of its own",
            )
            faults.at(place / index / "id", said)


def _check_order(rungs: Sequence[Rung], place: Place, faults: Faults) -> None:
    for index, rung in enumerate(rungs):
        if (place / index / "at").is_unread:
            continue
        known = [each for n, each in enumerate(rungs[:index]) if not (place / n / "at").is_unread]
        out_of_order = (earlier for earlier in known if certainly_later(earlier.at, rung.at))
        if earlier := next(out_of_order, None):
            said = Wording(
                f"'{rung.at}' đến trước '{earlier.at}' của bậc {quoted(earlier.id)}; xếp các bậc theo thứ tự thời gian",
                f"'{rung.at}' comes before '{earlier.at}' of rung {quoted(earlier.id)}; rungs stand in order of time",
            )
            faults.at(place / index / "at", said)


def _check_hierarchy(rung: Rung, earlier: Sequence[Rung], place: Place, faults: Faults) -> None:
    """Before the deadline the head is told no later than a superior, afterwards strictly before (promise 6)."""
    superior = next((role for role in (*rung.to, *rung.cc) if role in SUPERIORS), None)
    if superior is None:
        return
    field = "to" if superior in rung.to else "cc"
    if rung.at.stage == "late":
        told = [each for each in earlier if _reaches_head(each) and each.at.stage == "late"]
        if all(same_time(each.at, rung.at) for each in told):
            said = Wording(
                f"{quoted(superior)} biết việc trễ trước người đứng đầu; đặt trước đó một bậc trễ hạn có head",
                f"{quoted(superior)} hears of a delay before the head; a late rung with head comes first",
            )
            faults.at(place / field, said)
    elif not any(map(_reaches_head, (*earlier, rung))):
        said = Wording(
            f"{quoted(superior)} được báo trước người đứng đầu; ghi head ở bậc này hoặc bậc trước",
            f"{quoted(superior)} is told before the head; put head on this rung or on an earlier one",
        )
        faults.at(place / field, said)


def _reaches_head(rung: Rung) -> bool:
    return "head" in rung.to or "head" in rung.cc
