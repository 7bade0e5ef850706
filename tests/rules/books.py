"""Small rulebooks in the words of rule files, and what came of running them, as short texts.

Units: `a`, `b`, `c` with a head (gd.a) and a focal post (vp.a); `tt` is the standing office (vp.tt); above all of
them stand the overseer (pct) and the chair (ct). The ladder `chuan` is the standard one of the design.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

from rules.cohort import NotSent
from rules.load import load
from rules.obligation import ObligationKey
from rules.programme import Rulebook
from rules.simulate import Run, SimulatedMessage, Simulation
from rules.window import Policy
from rules.world import World
from tests.rules.calendars import HCM

OFFICIAL = Path(__file__).parents[2] / "programmes" / "calendar-viet-nam.yaml"
POLICY = Policy(HCM)

STANDARD = """
ladder: chuan
rungs:
  - {id: heads-up,  at: 14 days before,        to: [focal]}
  - {id: due-soon,  at: 3 working days before, to: [head], cc: [focal]}
  - {id: due-today, at: due,                   to: [head], cc: [focal]}
  - {id: late,      at: 1 working day late,    to: [head], cc: [focal, standing], repeat: 7 days}
  - {id: overseer,  at: 7 days late,           to: [overseer], cc: [head, standing]}
  - {id: chair,     at: 15 days late,          to: [chair],    cc: [overseer, head, standing]}
"""

DIRECTORY = """
directory: tinh
chair: {title: Chủ tịch, email: ct@x.example}
overseer: {title: Phó Chủ tịch, email: pct@x.example}
units:
  a: {name: Sở A, head: {title: Giám đốc Sở A, email: gd.a@x.example}, focal: {title: Văn phòng Sở A, email: vp.a@x.example}}
  b: {name: Sở B, head: {title: Giám đốc Sở B, email: gd.b@x.example}, focal: {title: Văn phòng Sở B, email: vp.b@x.example}}
  c: {name: Sở C, head: {title: Giám đốc Sở C, email: gd.c@x.example}, focal: {title: Văn phòng Sở C, email: vp.c@x.example}}
  tt: {name: Thường trực, head: {title: Chánh Văn phòng, email: gd.tt@x.example}, focal: {title: Phòng Tổng hợp, email: vp.tt@x.example}}
groups:
  cac-so: {name: Các sở, members: [a, b, c]}
"""

PROGRAMME = """
programme: ct
title: Chương trình công tác
document: {number: 01/CTr, date: 2025-12-01, issuer: Tỉnh}
directory: tinh
calendar: viet-nam
ladder: chuan
standing: tt
"""


def book(tasks: str, *, ladder: str = STANDARD, directory: str = DIRECTORY, head: str = PROGRAMME) -> Rulebook:
    """Return the rulebook of one programme with these `tasks:` (and `events:`), in YAML."""
    files = {"ct.yaml": head + tasks, "ladder.yaml": ladder, "directory.yaml": directory}
    loaded = load(
        {name: text.encode() for name, text in files.items()} | {"calendar.yaml": OFFICIAL.read_bytes()},
    )
    assert loaded.rulebook, "\n".join(map(str, loaded.problems))
    return loaded.rulebook


def task(deadline: str, *, id: str = "T.1", lead: str = "a", more: str = "") -> str:
    """Return `tasks:` with one task."""
    return f"tasks:\n{one(deadline, id=id, lead=lead, more=more)}"


def one(deadline: str, *, id: str, lead: str = "a", more: str = "") -> str:
    """Return one entry of `tasks:`; `more` are further fields."""
    fields = f"id: {id}, title: Việc {id}, lead: {lead}, deadline: {deadline}"
    return f"  - {{{fields}{', ' + more if more else ''}}}\n"


def at(text: str) -> datetime:
    """Return the instant of a local time, `2026-03-02 07:00`; without an hour, the daily hour of that day."""
    local = datetime.fromisoformat(text if " " in text else f"{text} 07:00")
    return local.replace(tzinfo=HCM).astimezone(UTC)


def day(text: str) -> date:
    """Return the day written `2026-03-02`."""
    return date.fromisoformat(text)


def key(id: str = "T.1", unit: str = "a", occurrence: str = "", part: str = "") -> ObligationKey:
    """Return the name of an obligation of the programme."""
    return ObligationKey("ct", id, part, unit, occurrence)


def started(rulebook: Rulebook, start: str, policy: Policy = POLICY) -> Run:
    """Return a run that starts at that local time, nothing done yet."""
    return Run(World(rulebook, policy, at(start)))


def run(rulebook: Rulebook, start: str, end: str, policy: Policy = POLICY) -> Run:
    """Return a run from one local time up to another."""
    found = started(rulebook, start, policy)
    found.until(at(end))
    return found


def mails(run: Run | Simulation, *persons: str, statements: bool = False) -> list[str]:
    """Return what was sent, a text a line: `03-02 07:00 gd.a late`; to these persons or to all.

    A notice for information ends in `(cc)`, a repetition in its turn `late#1`; the task is named unless it is T.1, the
    unit unless it is `a`.
    """
    return [text for message in run.messages for text in _told(message, persons, statements=statements)]


def not_sent(found: Iterable[NotSent]) -> list[str]:
    """Return what was not sent, a text a notice: `03-02 07:00 gd.a heads-up: baseline`."""
    return [
        f"{each.at.astimezone(HCM):%m-%d %H:%M} {_name(each.notice.person)} {each.notice.slot.rung}: {each.notice.reason}"
        for each in found
    ]


def _told(message: SimulatedMessage, persons: tuple[str, ...], *, statements: bool) -> Iterator[str]:
    name = _name(message.to)
    if persons and name not in persons:
        return
    when = f"{message.at.astimezone(HCM):%m-%d %H:%M} {name}"
    for told, unit in message.lines:
        what = "" if told.task == "T.1" else f" {told.task}"
        whose = "" if unit == "a" else f" {unit}"
        yield f"{when} {told.rung}{what}{whose}{' (cc)' if told.as_ == 'cc' else ''}"
    if statements:
        for said in message.said:
            yield from (f"{when} {matter.kind}: {matter.subject}" for matter in said.matters)
            yield from (f"{when} asked: {question.event}" for question in said.questions)


def _name(person: str | None) -> str:
    return (person or "nobody").partition("@")[0]
