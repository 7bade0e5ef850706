"""What somebody says in the evening, and what happens before the letter leaves: in the database as in the model each is
told, or the ledger says why not."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

import pytest

from db.facts import RemarkKind, Said, granted_extensions, record_silence, requests_of
from notifications.envelope import Envelope
from rules.obligation import ObligationKey, Silence
from rules.register import Prolonged
from rules.simulate import Run
from rules.world import World
from scheduler import recording
from scheduler.extending import decided_extension
from scheduler.office import rulebook_of
from tests.e2e.test_world_db import agree, of_model, stored
from tests.extending import FOCAL, HEAD, STANDING, asked, granted
from tests.extending import stored as found
from tests.offices import DAY, HOUR, ONE_TASK, Desk, text_of

KEY = ObligationKey("p", "A.1", "", "u2", "")
MONTHLY = "  - {id: A.1, title: Nộp báo cáo, lead: u2, deadline: {every: month, on: 8, if_unreported: close}}\n"
LATER = ONE_TASK.replace("2026-04-03", "2026-04-20")
OTHER = "  - {id: A.2, title: Việc khác, lead: u3, deadline: 2026-05-01}\n"


@dataclass
class Evening:
    """One office in a database and in memory, from Monday morning on; at 20:00 somebody says something."""

    desk: Desk
    run: Run
    key: ObligationKey = KEY

    def said(self, by: str = HEAD, note: str | None = "chờ vốn") -> Said:
        return Said(by, self.desk.now, note, "web")

    def remark(self, kind: RemarkKind) -> None:
        recording.remarked(self.desk.office, found(self.desk, self.key), kind, self.said())
        if kind == "resolved":
            self.run.world.see_to(self.key, {"difficulty", "not_ours", "focal"}, now=self.desk.now)
        else:
            self.run.world.say_back(self.key, kind, "chờ vốn", now=self.desk.now)  # type: ignore[arg-type]

    def ask(self) -> None:
        request = asked(self.desk, self.key, date(2026, 4, 13))
        self.run.world.say_back(self.key, "extension", request.in_words, now=self.desk.now)

    def refuse(self) -> None:
        self.ask()
        self.desk.now += HOUR / 60
        decided_extension(self.desk.office, 1, "refused", self.said(STANDING, "không có lý do khách quan"))
        self.run.world.say_back(self.key, "extension_refused", "không có lý do khách quan", now=self.desk.now)

    def return_(self) -> None:
        self.report()
        self.desk.now += HOUR / 60
        recording.verified(
            self.desk.office, found(self.desk, self.key), "returned", self.said(STANDING, "thiếu phụ lục")
        )
        self.run.world.say_back(self.key, "returned", "thiếu phụ lục", now=self.desk.now)

    def report(self, document: str | None = None) -> None:
        said, on = self.said(), date(2026, 3, 30)
        recording.reported(self.desk.office, [found(self.desk, self.key)], "done", said, on=on, document=document)
        self.run.world.report_done(self.key, now=self.desk.now, by=said.by)

    def grant(self) -> None:
        with self.desk.engine.connect() as connection:
            of = found(self.desk, self.key).id
            [request] = requests_of(connection, [of])[of]
        granted(self.desk, request)
        with self.desk.engine.connect() as connection:
            extension = granted_extensions(connection)[self.key][-1]
        self.run.world.hear(Prolonged(self.desk.now, self.key, extension), now=self.desk.now)

    def take_back(self) -> None:
        decided_extension(self.desk.office, 1, "withdrawn", self.said(FOCAL))
        self.run.world.see_to(self.key, {"extension", "extension_above"}, now=self.desk.now)

    def suspend(self) -> None:
        until = self.desk.now + 9 * DAY
        with self.desk.engine.begin() as connection:
            record_silence(
                connection, from_=self.desk.now, until=until, reason="bão", recorded_by="an",
                recorded_at=self.desk.now, programme="p", task="A.1", unit="u2", suspends=True,
            )  # fmt: skip
        self.run.world.silence(self.key, Silence(self.desk.now, until, suspends=True), now=self.desk.now)

    def edit(self, tasks: str) -> None:
        applied = self.desk.apply(tasks)
        with self.desk.engine.connect() as connection:
            self.run.world.edit(rulebook_of(connection, applied.revision), now=self.desk.now)

    def move_twice(self) -> None:
        self.edit(LATER)
        self.desk.now += HOUR
        self.edit(ONE_TASK)

    def pass_(self) -> list[Envelope]:
        sent = self.desk.tick()
        self.run.step(self.desk.now)
        known, model = stored(self.desk), of_model(self.run)
        apart = {place for place in known.keys() | model.keys() if not agree(known.get(place), model.get(place))}
        assert not apart, [(place, known.get(place), model.get(place)) for place in sorted(apart)]
        return sent


def evening(desk: Desk, tasks: str = ONE_TASK, key: ObligationKey = KEY) -> Evening:
    applied = desk.apply(tasks)
    with desk.engine.connect() as connection:
        run = Run(World(rulebook_of(connection, applied.revision), desk.config.policy, desk.now))
    found = Evening(desk, run, key)
    found.pass_()
    desk.now = datetime.fromisoformat("2026-03-30T20:00+07:00")
    found.pass_()
    return found


SAYING: dict[str, Callable[[Evening], None]] = {
    "difficulty": lambda evening: evening.remark("difficulty"),
    "not_ours": lambda evening: evening.remark("not_ours"),
    "focal": lambda evening: evening.remark("focal"),
    "extension": Evening.ask,
    "extension_refused": Evening.refuse,
    "returned": Evening.return_,
}
HAPPENING: dict[str, Callable[[Evening], None]] = {
    "nothing": lambda evening: None,
    "moved": lambda evening: evening.edit(LATER),
    "moved twice": Evening.move_twice,
    "suspended": Evening.suspend,
    "gone": lambda evening: evening.edit(OTHER),
    "led by another": lambda evening: evening.edit(ONE_TASK.replace("u2", "u3")),
    "done": Evening.report,
    "resolved": lambda evening: evening.remark("resolved"),
    "granted": Evening.grant,
    "taken back": Evening.take_back,
}
SENT = ("sent", None)


def outcome(happened: str) -> tuple[str, str | None]:
    match happened:
        case "gone" | "led by another":
            return "not_sent", "withdrawn"
        case "done":
            return "not_sent", "reported"
        case "resolved" | "granted" | "taken back":
            return "not_sent", "superseded"
    return SENT


def cases() -> list[tuple[str, str]]:
    remarks, requests = ("difficulty", "not_ours", "focal"), ("extension",)
    only = {"resolved": remarks, "granted": requests, "taken back": requests, "moved twice": ("difficulty",)}
    pairs = [(said, happened) for said in SAYING for happened in HAPPENING if said in only.get(happened, (said,))]
    # What is told alike needs living through once.
    return [(said, happened) for said, happened in pairs if said not in remarks[1:] or happened == "moved"]


@pytest.mark.parametrize(("said", "happened"), cases())
def test_what_was_said_is_told_or_the_ledger_says_why_not(small: Desk, said: str, happened: str) -> None:
    it = evening(small)
    SAYING[said](it)
    it.desk.now += HOUR
    HAPPENING[happened](it)
    it.desk.now += HOUR / 60
    it.pass_()
    it.desk.now = datetime.fromisoformat("2026-03-31T07:30+07:00")
    it.pass_()
    readers = {"extension_refused": 2, "returned": 2}.get(said, 1)
    assert [row[4:] for row in it.desk.notices(said)] == [outcome(happened)] * readers
    assert it.desk.findings() == []


@pytest.mark.parametrize("said", SAYING)
def test_what_was_told_is_not_told_again_under_another_deadline(small: Desk, said: str) -> None:
    it = evening(small)
    SAYING[said](it)
    for tasks in (ONE_TASK, LATER):
        it.desk.now += 12 * HOUR
        it.edit(tasks)
        it.desk.now += HOUR / 60
        it.pass_()
    assert {row[4] for row in it.desk.notices(said)} == {"sent"}
    assert len(it.desk.notices(said)) == {"extension_refused": 2, "returned": 2}.get(said, 1)


def test_words_reach_the_standing_office_though_the_next_period_takes_over(small: Desk) -> None:
    it = evening(small, MONTHLY, KEY._replace(occurrence="2026-04-08"))
    for hour in ("2026-04-09T07:30", "2026-05-08T20:00"):
        it.desk.now = datetime.fromisoformat(f"{hour}+07:00")
        it.pass_()
    it.remark("difficulty")
    for hour in ("2026-05-08T20:05", "2026-05-09T00:05", "2026-05-11T07:30"):
        it.desk.now = datetime.fromisoformat(f"{hour}+07:00")
        it.pass_()
    assert found(it.desk, it.key).state == "closed"
    assert [row[4:] for row in it.desk.notices("difficulty")] == [SENT]


def test_the_other_units_of_a_joint_task_are_told_who_reported_it_done_with_which_document(small: Desk) -> None:
    it = evening(small, ONE_TASK.replace("u2", "[u2, u3]"), KEY._replace(unit="u2+u3"))
    it.report("12/BC-S2")
    sent = []
    for morning in ("2026-03-31T07:30+07:00", "2026-04-01T07:30+07:00", "2026-04-03T07:30+07:00"):
        it.desk.now = datetime.fromisoformat(morning)
        sent += it.pass_()
    told = {one.recipient: " ".join(text_of(one).split()) for one in sent}
    assert [one.recipient for one in sent] == sorted((STANDING, "focal3@tinh.example", "head3@tinh.example"))
    for text in told.values():
        assert "Báo hoàn thành ngày 30/3/2026; 12/BC-S2; không có minh chứng" in text
        assert "Người báo cáo: Giám đốc 2, Sở 2" in text
    assert it.desk.findings() == []
