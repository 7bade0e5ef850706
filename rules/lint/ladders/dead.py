"""Dead rungs: nobody holds their post, they are too old when they may be sent, or another takes their place."""

from collections.abc import Iterator

from rules.ladder import SUPERIORS, Ladder, Role, Rung
from rules.lint.finding import Check, Found
from rules.lint.ladders.trial import trials
from rules.lint.subject import Subject
from rules.timetable import Timetable, is_too_old
from rules.window import next_day_opening
from rules.wording import Wording

_TOLD_OF_UNITS: tuple[Role, ...] = ("focal", "chair")
"""Of heads speaks D101, of overseers D108: for each unit that lacks one."""


def _nobody(subject: Subject) -> Iterator[Found]:
    for ladder in subject.rulebook.ladders.values():
        if not subject.users(ladder):
            continue
        for index, rung in enumerate(ladder.rungs):
            for number, role in enumerate(rung.to):
                if role in _TOLD_OF_UNITS and not _is_held(subject, ladder, role):
                    said = Wording(
                        f"bậc {rung.id} gửi cho {role}, mà không đơn vị nào dùng thang {ladder.id} có chức này",
                        f"rung {rung.id} goes to {role}, a post that no unit which climbs ladder {ladder.id} has",
                    )
                    place = subject.papers.of("ladder", ladder.id) / "rungs" / index / "to"
                    yield Found(place / number, said)


def _is_held(subject: Subject, ladder: Ladder, role: Role) -> bool:
    for programme, task in subject.tasks():
        posts = (subject.directory(programme).post(unit, role) for unit in task.lead.units)
        if task.ladder == ladder.id and any(post and (post.email or post.acting) for post in posts):
            return True
    return False


def _shadowed(subject: Subject) -> Iterator[Found]:
    for ladder in subject.rulebook.ladders.values():
        for programme in subject.users(ladder)[:1]:
            always = None
            for _, table in trials(subject, programme, ladder):
                now = set(_taken_over(table))
                always = now if always is None else always & now
            for rung, by in sorted(always or ()):
                place = subject.papers.of("ladder", ladder.id) / "rungs" / _index(ladder, rung)
                said = Wording(
                    (
                        f"bậc {rung} luôn đến hạn gửi cùng lúc với bậc {by}, gửi cho cùng những người ấy: "
                        "không bao giờ được gửi"
                    ),
                    (
                        f"rung {rung} is always owed at the instant of rung {by}, which reaches the same "
                        "posts: it is never sent"
                    ),
                )
                yield Found(place, said)


def _index(ladder: Ladder, id: str) -> int:
    return next(index for index, rung in enumerate(ladder.rungs) if rung.id == id)


def _taken_over(table: Timetable) -> Iterator[tuple[str, str]]:
    """Yield the rungs that give way to another of the same instant in all their posts, with that one."""
    for index, this in enumerate(table.steps):
        if this.rung.if_missed == "late" or this.rung.repeat is not None:
            continue
        for other in table.steps[index + 1 :]:
            if other.opens == this.opens and _posts(this.rung) <= _posts(other.rung):
                yield this.rung.id, other.rung.id


def _posts(rung: Rung) -> set[Role]:
    return {*rung.to, *rung.cc}


def _too_old(subject: Subject) -> Iterator[Found]:
    for ladder in subject.rulebook.ladders.values():
        for programme in subject.users(ladder)[:1]:
            tables = [table for _, table in trials(subject, programme, ladder)]
            for index, rung in enumerate(ladder.rungs):
                climbs = rung.at.stage == "late" and SUPERIORS.intersection((*rung.to, *rung.cc))
                if rung.expires and climbs and tables and all(_never_opens(table, rung) for table in tables):
                    said = Wording(
                        f"bậc {rung.id} hết hiệu lực sau {rung.expires}, trước khi được phép gửi: "
                        "người đứng đầu phải được báo trước một ngày làm việc",
                        f"rung {rung.id} expires after {rung.expires}, before it may be sent: the head has to be "
                        "told a working day before",
                    )
                    yield Found(subject.papers.of("ladder", ladder.id) / "rungs" / index / "expires", said)


def _never_opens(table: Timetable, rung: Rung) -> bool:
    this = next(step for step in table.steps if step.rung.id == rung.id)
    told = [step.opens for step in table.steps if step.is_late and "head" in _posts(step.rung) and step is not this]
    if not told:
        return False
    may_leave = next_day_opening(min(told), table.policy, table.calendar)
    return this.opens < may_leave and is_too_old(this, may_leave, table)


NOBODY = Check(
    "D201",
    "rung-without-post",
    "warning",
    Wording("bậc thang gửi cho chức không ai giữ", "a rung for a post that nobody holds"),
    Wording(
        "Bậc này không bao giờ đến đúng người nó nêu; thư nhảy lên chức cao hơn hoặc mất.",
        "The rung never reaches whom it names: its letter goes to the post above, or nowhere.",
    ),
    Wording(
        "bỏ chức ấy khỏi to:, hoặc ghi chức ấy trong danh bạ",
        "take the post out of to:, or give the directory that post",
    ),
    bad="- {id: heads-up, at: 7 days before, to: [focal]}",
    good="- {id: heads-up, at: 7 days before, to: [head]}",
    find=_nobody,
)
TOO_OLD = Check(
    "D202",
    "rung-too-old",
    "warning",
    Wording("bậc thang hết hiệu lực trước khi được gửi", "a rung that expires before it opens"),
    Wording(
        (
            "Cấp trên chỉ được báo sau khi người đứng đầu đã có một ngày làm việc; bậc hết hiệu lực sớm "
            "hơn thì không bao giờ đi."
        ),
        "A superior hears only when the head has had a working day; a rung that expires earlier never leaves.",
    ),
    Wording(
        "bỏ expires: hoặc cho dài hơn, như expires: 7 days",
        "leave expires: out or make it longer, as in expires: 7 days",
    ),
    bad="- {id: len-tren, at: 12 hours late, to: [overseer], expires: 1 hour}",
    good="- {id: len-tren, at: 7 days late, to: [overseer], expires: 7 days}",
    find=_too_old,
)
SHADOWED = Check(
    "D203",
    "rung-shadowed",
    "warning",
    Wording("bậc thang luôn bị bậc khác thay", "a rung that another always takes the place of"),
    Wording(
        "Hai bậc đến hạn cùng lúc cho cùng người thì chỉ bậc sau được gửi.",
        "Of two rungs owed to one person at one instant only the latter is sent.",
    ),
    Wording("bỏ bậc này, đổi giờ của nó, hoặc gửi cho người khác", "remove the rung, move it, or send it to others"),
    bad="- {id: mot-tuan, at: 1 week before, to: [head]}",
    good="- {id: mot-tuan, at: 2 weeks before, to: [head]}",
    find=_shadowed,
)
