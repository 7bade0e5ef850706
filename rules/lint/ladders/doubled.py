"""One person behind two posts: a ladder that climbs from the head to the overseer stays with the same reader."""

from collections.abc import Iterator

from rules.directory import Directory, Post
from rules.ladder import Role
from rules.lint.finding import Check, Found
from rules.lint.subject import Subject
from rules.wording import Wording

_TITLES: dict[Role, Wording] = {
    "head": Wording("người đứng đầu (head)", "head"),
    "focal": Wording("đầu mối (focal)", "focal"),
    "overseer": Wording("lãnh đạo phụ trách (overseer)", "overseer"),
    "chair": Wording("chủ tịch, trưởng ban (chair)", "chair"),
}
_Pair = tuple[Role, Role]
_SUPERIOR_PAIRS: tuple[_Pair, ...] = (
    ("head", "overseer"), ("head", "chair"), ("focal", "overseer"), ("focal", "chair"), ("overseer", "chair"),
)  # fmt: skip


def _superiors(subject: Subject) -> Iterator[Found]:
    return _found(subject, _SUPERIOR_PAIRS)


def _focal(subject: Subject) -> Iterator[Found]:
    return _found(subject, (("focal", "head"),))


def _found(subject: Subject, pairs: tuple[_Pair, ...]) -> Iterator[Found]:
    for directory in subject.rulebook.directories.values():
        place = subject.papers.of("directory", directory.id)
        for unit, role, other, email in _doubled(directory, pairs):
            if unit is None:
                here, whose = place / role, Wording(f"danh bạ {directory.id}", f"directory {directory.id}")
            else:
                # The lower post is pointed at, or the higher one where only that is the unit's own.
                here, whose = place / "units" / unit / role, Wording(unit, unit)
            said = Wording(
                f"cùng địa chỉ {email} đứng ở hai chức của {whose.vi}: {_TITLES[role].vi} và {_TITLES[other].vi}",
                (
                    f"one address, {email}, stands behind two posts of {whose.en}: {_TITLES[role].en} and "
                    f"{_TITLES[other].en}"
                ),
            )
            yield Found(here, said)


def _doubled(directory: Directory, pairs: tuple[_Pair, ...]) -> Iterator[tuple[str | None, Role, Role, str]]:
    for unit in directory.units.values():
        for role, other in pairs:
            # The overseer and the chair whom all units share are told once, below.
            if role == "overseer" and unit.overseer is None:
                continue
            shared = _addresses(directory.post(unit.id, role)) & _addresses(directory.post(unit.id, other))
            yield from ((unit.id, role, other, email) for email in sorted(shared))
    if ("overseer", "chair") in pairs:
        shared = _addresses(directory.overseer) & _addresses(directory.chair)
        yield from ((None, "overseer", "chair", email) for email in sorted(shared))


def _addresses(post: Post | None) -> set[str]:
    if post is None:
        return set()
    return {email.lower() for email in (post.email, *(each.email for each in post.acting)) if email}


SUPERIORS = Check(
    "D205",
    "one-person-two-posts",
    "warning",
    Wording("một người ở hai bậc", "one person on two rungs"),
    Wording(
        "Thang đi lên mà vẫn đến cùng một người thì không ai khác biết việc trễ.",
        "A ladder that climbs and stays with one person tells nobody else of the delay.",
    ),
    Wording(
        "ghi địa chỉ của đúng người ở chức trên; nếu một người kiêm hai chức, ghi người trên nữa làm overseer:",
        "give the upper post its own address; where one person holds both, name the next one up as overseer:",
    ),
    bad="overseer: {title: Phó Chủ tịch, email: gd.a@tinh.example}",
    good="overseer: {title: Phó Chủ tịch, email: pct@tinh.example}",
    find=_superiors,
)
FOCAL = Check(
    "D206",
    "head-is-focal",
    "note",
    Wording("người đứng đầu cũng là đầu mối", "the head is the focal post too"),
    Wording(
        "Ở đơn vị nhỏ điều này bình thường; nhưng thư cho đầu mối và cho người đứng đầu là cùng một hộp thư.",
        "In a small unit that is usual; but what goes to the focal post and to the head is one mailbox.",
    ),
    Wording(
        "bỏ focal: (thư đi thẳng đến head), hoặc ghi địa chỉ của đầu mối",
        "leave focal: out (mail goes to the head), or give its own address",
    ),
    bad="focal: {title: Văn phòng Sở A, email: gd.a@tinh.example}",
    good="focal: {title: Văn phòng Sở A, email: vp.a@tinh.example}",
    find=_focal,
)
