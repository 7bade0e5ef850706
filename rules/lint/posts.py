"""Posts: without an address, past their last day, with days between two holders on which nobody is there."""

from collections.abc import Iterator
from datetime import date, timedelta

from rules.directory import Post
from rules.lint.finding import Check, Found
from rules.lint.subject import Subject, heads_of
from rules.load.place import Place
from rules.wording import Wording

_DAY = timedelta(days=1)


def _posts(subject: Subject) -> Iterator[tuple[Place, Post, bool]]:
    """Yield every post with its place; the last says whether it is the head of a unit that answers for a task."""
    answering = {(p.directory, unit) for p, task in subject.open_tasks() for unit in heads_of(task)}
    for directory in subject.rulebook.directories.values():
        place = subject.papers.of("directory", directory.id)
        for role, post in (("chair", directory.chair), ("overseer", directory.overseer)):
            if post:
                yield place / role, post, False
        for unit in directory.units.values():
            here = place / "units" / unit.id
            for role, post in (("head", unit.head), ("focal", unit.focal), ("overseer", unit.overseer)):
                if post:
                    yield here / role, post, role == "head" and (directory.id, unit.id) in answering


def _vacant(subject: Subject) -> Iterator[Found]:
    for place, post, answers in _posts(subject):
        # Of a head who answers for tasks D101 speaks.
        if post.email is None and not answers and post.holder(subject.today) is None:
            said = Wording(
                f"chức {post.title} không có địa chỉ: thư đi lên chức trên",
                f"the post {post.title} has no address: its mail goes one post up",
            )
            yield Found(place, said)


def _gone(subject: Subject) -> Iterator[Found]:
    for place, post, _ in _posts(subject):
        if post.email and post.until and post.until < subject.today and post.holder(subject.today) is None:
            said = Wording(
                f"người giữ chức {post.title} đã thôi từ hết ngày {post.until}, chưa ai thay",
                f"the holder of the post {post.title} left at the end of {post.until}, and nobody follows",
            )
            yield Found(place / "until", said)


def _leaving(subject: Subject) -> Iterator[Found]:
    last = subject.today + timedelta(days=subject.limits.leaving)
    for place, post, _ in _posts(subject):
        end = _last_day(post, subject.today)
        # Where somebody follows later, D303 speaks of the days between.
        if end is not None and end <= last and not _is_gap(post, end + _DAY):
            said = Wording(
                f"từ ngày {end + _DAY} không ai giữ chức {post.title} (còn {(end - subject.today).days} ngày)",
                f"from {end + _DAY} on nobody holds the post {post.title} ({(end - subject.today).days} days from now)",
            )
            yield Found(place, said)


def _last_day(post: Post, today: date) -> date | None:
    """Return the last day from today on that the post is held without a break; None when nobody holds it, or always."""
    if post.holder(today) is None:
        return None
    ends = sorted({each.until for each in post.acting if each.until >= today} | ({post.until} if post.until else set()))
    return next((end for end in ends if end >= today and post.holder(end + _DAY) is None), None)


def _gaps(subject: Subject) -> Iterator[Found]:
    for place, post, _ in _posts(subject):
        for number, each in enumerate(post.acting):
            before = _absent_since(post, each.from_)
            if before is not None:
                said = Wording(
                    f"từ {before} đến {each.from_ - _DAY} không ai giữ chức {post.title}",
                    f"from {before} to {each.from_ - _DAY} nobody holds the post {post.title}",
                )
                yield Found(place / "acting" / number / "from", said)


def _is_gap(post: Post, first: date) -> bool:
    return any(_absent_since(post, each.from_) == first for each in post.acting)


def _absent_since(post: Post, first: date) -> date | None:
    """Return the first day of the gap that ends as a stand-in begins; None when somebody held the post till then, or
    nobody ever did."""
    if post.holder(first - _DAY) is not None:
        return None
    ends = [each.until for each in post.acting if each.until < first]
    if post.until and post.email and post.until < first:
        ends.append(post.until)
    return max(ends) + _DAY if ends else None


VACANT = Check(
    "D301",
    "post-without-address",
    "warning",
    Wording("chức không có địa chỉ", "a post without address"),
    Wording(
        "Thư cho chức khuyết đi lên chức trên, và cơ quan thường trực được báo mỗi lần.",
        "Mail for a vacant post goes one post up, and the standing office is told every time.",
    ),
    Wording(
        "ghi email: của chức ấy, hoặc acting: của người tạm thay; chức không còn thì bỏ",
        "give it an email:, or acting: for who stands in; remove a post that is no more",
    ),
    bad="focal: {title: Văn phòng Sở A, vacant: true}",
    good="focal: {title: Văn phòng Sở A, email: vp.a@tinh.example}",
    find=_vacant,
    depends_on_today=True,
)
GONE = Check(
    "D302",
    "post-past-until",
    "warning",
    Wording("chức quá ngày until", "a post past its until"),
    Wording("Sau ngày until không còn ai nhận thư của chức này.", "After its until nobody gets the mail of the post."),
    Wording(
        "ghi email: của người mới và bỏ until:, hoặc thêm acting:",
        "give the new holder's email: and drop until:, or add acting:",
    ),
    bad="focal: {title: Văn phòng Sở A, email: vp.a@tinh.example, until: 2025-12-31}",
    good="focal: {title: Văn phòng Sở A, email: vp.a@tinh.example}",
    find=_gone,
    depends_on_today=True,
)
GAP = Check(
    "D303",
    "acting-gap",
    "warning",
    Wording("ngày trống giữa hai người giữ chức", "days between two holders"),
    Wording(
        (
            "Trong những ngày ấy thư đi lên chức trên; thường là ghi nhầm ngày. (Hai kỳ trùng nhau là "
            "lỗi: `check` từ chối.)"
        ),
        (
            "On those days mail goes one post up; most often a date is wrong. (Periods that overlap are "
            "refused by `check`.)"
        ),
    ),
    Wording(
        "cho kỳ sau bắt đầu ngay hôm sau ngày cuối của kỳ trước",
        "let the later period begin on the day after the earlier one ends",
    ),
    bad="acting: [{from: 2026-06-10, until: 2026-06-30, title: Phó Giám đốc, email: pgd.a@tinh.example}]",
    good="acting: [{from: 2026-06-01, until: 2026-06-30, title: Phó Giám đốc, email: pgd.a@tinh.example}]",
    find=_gaps,
)
LEAVING = Check(
    "D304",
    "post-ends-soon",
    "warning",
    Wording("chức sắp không còn ai giữ", "a post that nobody will hold soon"),
    Wording(
        "Nên có người tiếp trước khi người cũ thôi, kẻo thư đi lên cấp trên.",
        "Name the successor before the holder leaves, or mail goes to the post above.",
    ),
    Wording(
        "thêm acting: từ ngày hôm sau, hoặc đổi sang người mới",
        "add acting: from the day after, or put the new holder in",
    ),
    bad="head: {title: Giám đốc Sở A, email: gd.a@tinh.example, until: 2026-02-28}",
    good="head: {title: Giám đốc Sở A, email: gd.a@tinh.example}",
    find=_leaving,
    depends_on_today=True,
)
CHECKS = (VACANT, GONE, GAP, LEAVING)
