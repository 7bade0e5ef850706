"""Field words: what rule files say in words of their own (rungs, posts, how days are counted), as an office says it. In
English it is said as the file has it."""

from collections.abc import Iterable, Mapping
from datetime import date

from rules.days import WEEKDAYS, day_vi
from rules.deadline import Offset
from rules.directory import Post
from rules.ladder import Role, Rung, RungTime
from rules.posts import ROLES
from rules.programme import Programme, Watch
from rules.rung_names import rung_name
from rules.wording import Wording
from rules.words import EACH, OFFSETS_VI

Names = Mapping[str, str]
"""What the units and groups of a directory are called, by their ids."""

_MISSED: Mapping[str, str] = {"merge": "gộp vào lần sau", "late": "vẫn gửi muộn", "drop": "bỏ"}
_STAGES: Mapping[str, str] = {"before": "trước hạn", "late": "sau hạn"}


def rung_words(rung: Rung) -> Wording:
    """Return what a rung says: when, to whom, how often."""
    en = [("cc", ", ".join(rung.cc)), ("repeat", rung.repeat), ("expires", rung.expires), ("if_missed", rung.if_missed)]
    vi = [
        ("để biết", _roles(rung.cc)),
        ("nhắc lại mỗi", rung.repeat and _offset(rung.repeat)),
        ("hết hiệu lực sau", rung.expires and _offset(rung.expires)),
        ("nếu lỡ", _MISSED[rung.if_missed]),
    ]
    return Wording(
        "; ".join([f"{_when(rung.at)}, gửi {_roles(rung.to)}", *(f"{name} {said}" for name, said in vi if said)]),
        "; ".join([f"{rung.at}, to: {', '.join(rung.to)}", *(f"{name}: {said}" for name, said in en if said)]),
    )


def post_words(post: Post) -> Wording:
    """Return who holds a post, until when, and who acts for them."""
    until = ("", "") if post.until is None else (f" (đến {day_vi(post.until)})", f" (until {post.until})")
    acting = [(one.email, one.from_, one.until) for one in post.acting]
    vi = "".join(f"; {email} thay từ {day_vi(first)} đến {day_vi(last)}" for email, first, last in acting)
    en = "".join(f"; {email} {first} – {last}" for email, first, last in acting)
    return Wording(
        f"{post.title} <{post.email or 'chưa có người'}>{until[0]}{vi}",
        f"{post.title} <{post.email or 'vacant'}>{until[1]}{en}",
    )


def counting_words(programme: Programme) -> Wording:
    """Return how a programme counts days."""
    means = "trễ khi đã qua ngày đó" if programme.before_means == "named" else "trễ từ ngày đó"
    rolls = "nhắc đến ngày làm việc trước, trễ sau ngày làm việc kế tiếp" if programme.roll else "không dời"
    return Wording(
        f"“trước ngày”: {means}; hạn vào ngày nghỉ: {rolls}",
        f"before_means: {programme.before_means}, roll: {'on' if programme.roll else 'none'}",
    )


def named(ids: Iterable[str], names: Names) -> Wording:
    """Return units and groups by their names; in English as the file has them."""
    ids = list(ids)
    return Wording(", ".join(names.get(id, id) for id in ids), ", ".join(ids))


def watch_words(watch: Watch, names: Names) -> Wording:
    """Return who is asked whether an event has happened, how often, and when it is expected."""
    expected = f", dự kiến {day_vi(watch.expected)}" if watch.expected else ""
    return Wording(
        f"{names.get(watch.ask, watch.ask)}, {EACH[watch.every].vi}{expected}",
        f"{watch.ask}, {watch.every}, {watch.expected or '–'}",
    )


def weekend_words(weekend: Iterable[int]) -> Wording:
    """Return which days of the week are off."""
    days = [WEEKDAYS[day] for day in sorted(weekend)]
    return Wording(", ".join(day.vi for day in days), ", ".join(day.en for day in days))


def detail_words(field: str, detail: str, names: Names) -> Wording:
    """Return what stands behind the name of a field: which rung, which post, which day."""
    match field, detail.split(" "):
        case "rung", _:
            return Wording(rung_name(detail).vi, detail)
        case "post", [*unit, role] if role in ROLES:
            return Wording(" ".join([ROLES[role].vi, *(names.get(one, one) for one in unit)]), detail)
        case (("holiday" | "worked" | "amendment"), [*part, day]):
            return Wording(" ".join([*part, day_vi(date.fromisoformat(day))]), detail)
    return Wording(detail, detail)


def _roles(roles: Iterable[Role]) -> str:
    return ", ".join(ROLES[role].vi for role in roles)


def _offset(offset: Offset) -> str:
    return f"{offset.count} {OFFSETS_VI[offset.unit]}"


def _when(at: RungTime) -> str:
    return (
        f"{_offset(at.offset)} {_STAGES[at.stage]}"
        if at.offset
        else "ngày đến hạn"
        if at.stage == "due"
        else _STAGES[at.stage]
    )
