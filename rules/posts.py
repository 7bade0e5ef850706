"""Posts: why it was this person on that day, and which posts stand behind an address on which days."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from rules.calendar import days_between
from rules.days import day_en, day_vi
from rules.directory import Acting, Directory, Post
from rules.ladder import SUPERIORS, Role
from rules.problem import Source
from rules.wording import Wording

ROLES: dict[Role, Wording] = {
    "head": Wording("người đứng đầu", "the head"),
    "focal": Wording("đầu mối", "the focal post"),
    "overseer": Wording("cấp trên phụ trách", "the overseer"),
    "chair": Wording("người chủ trì", "the chair"),
    "standing": Wording("cơ quan thường trực", "the standing office"),
}


@dataclass(frozen=True, slots=True)
class Tenure:
    """A post that an address stands behind from one day to another, both included, as the directory has it."""

    directory: str
    unit: str
    role: Role
    title: str
    first: date
    last: date
    is_acting: bool
    source: Source


def standing_behind(directory: Directory, unit: str, role: Role, on: date) -> tuple[Wording, Source]:
    """Return why mail for that post reaches whom it does on that day, and where the directory says so."""
    held = "focal" if role == "standing" else role
    post = directory.post(unit, held) if unit in directory.units else None
    name = _named(directory, unit, role)
    day = Wording(day_vi(on), day_en(on))
    if post is None:
        source = directory.units[unit].source if unit in directory.units else directory.source
        return Wording(f"{name.vi}: không có chức vụ này", f"{name.en}: there is no such post"), source
    holder = post.holder(on)
    if holder is None:
        vacant = Wording(f"{name.vi}: ngày {day.vi} không ai giữ", f"{name.en}: nobody held it on {day.en}")
        return vacant, post.source
    acting = next((one for one in post.acting if one.from_ <= on <= one.until), None)
    if acting is None:
        said = Wording(f"{name.vi}: {holder.title}, tại ngày {day.vi}", f"{name.en}: {holder.title}, on {day.en}")
        return said, post.source
    return _acting(name, post, acting), post.source


def tenures(directory: Directory, address: str, first: date, last: date) -> Iterator[Tenure]:
    """Yield the posts that mail to `address` is for in those days, each stretch of days once, in order of time."""
    found = [
        Tenure(directory.id, unit, role, title, start, end, is_acting, post.source)
        for unit, role, post in posts(directory)
        for start, end, title, is_acting in _stretches(post, address, first, last)
    ]
    return iter(sorted(found, key=lambda one: (one.first, one.unit, one.role)))


def posts(directory: Directory) -> Iterator[tuple[str, Role, Post]]:
    """Yield each post once; what many units share stands without a unit."""
    shared: tuple[tuple[Role, Post | None], ...] = (("chair", directory.chair), ("overseer", directory.overseer))
    for role, post in shared:
        if post is not None:
            yield "", role, post
    for unit in directory.units.values():
        own: tuple[tuple[Role, Post | None], ...]
        own = (("head", unit.head), ("focal", unit.focal), ("overseer", unit.overseer))
        for role, post in own:
            if post is not None:
                yield unit.id, role, post


def called(directory: Directory, address: str, on: date) -> str:
    """Return the titles of an address on a day, with their units; the address itself where it held no post."""
    found: dict[str, None] = {}
    for unit, role, post in posts(directory):
        holder = post.holder(on)
        if holder is not None and holder.email.casefold() == address.casefold():
            found[of_unit(holder.title, directory.units[unit].name if unit and role not in SUPERIORS else "")] = None
    return "; ".join(found) or address


def of_unit(title: str, unit: str) -> str:
    """Return a title with its unit, unless it names it already."""
    return title if not unit or unit.casefold() in title.casefold() else f"{title}, {unit}"


def _acting(name: Wording, post: Post, acting: Acting) -> Wording:
    vi = f"{name.vi}: {acting.title}, thay {post.title} từ {day_vi(acting.from_)} đến {day_vi(acting.until)}"
    en = f"{name.en}: {acting.title}, acting for {post.title} from {day_en(acting.from_)} to {day_en(acting.until)}"
    return Wording(vi, en)


def _named(directory: Directory, unit: str, role: Role) -> Wording:
    vi, en = ROLES[role]
    if role == "chair":
        return Wording(vi, en)
    name = directory.units[unit].name if unit in directory.units else unit
    return Wording(f"{vi} {name}", f"{en} of {name}")


def _stretches(post: Post, address: str, first: date, last: date) -> Iterator[tuple[date, date, str, bool]]:
    """Yield the days, as stretches, on which a post is read at that address."""
    if address != post.email and all(address != acting.email for acting in post.acting):
        return
    begun: tuple[date, str, bool] | None = None
    for day in days_between(first, last):
        holder = post.holder(day)
        now = (holder.title, holder.acting) if holder and holder.email == address else None
        if begun and now != begun[1:]:
            yield begun[0], day - timedelta(1), *begun[1:]
            begun = None
        if now and begun is None:
            begun = (day, *now)
    if begun:
        yield begun[0], last, *begun[1:]
