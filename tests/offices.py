"""Offices for tests: a few rule files, a configuration, a database, and mail that is collected instead of sent."""

import asyncio
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from db.engine import open_engine
from db.migrate import migrate
from notifications.envelope import Envelope, Verdict
from scheduler.applying import Applied, Origin, apply_rules
from scheduler.audit import audit
from scheduler.config import Config, load_config
from scheduler.deliver import Delivered, deliver_due
from scheduler.folder import load_rules, read_rules
from scheduler.office import Office, open_office
from scheduler.passes import PassCounts, evaluate

MONDAY = datetime(2026, 3, 30, 0, 0, tzinfo=UTC)
"""07:00 of Monday, 30 March 2026, in Việt Nam."""
HOUR, DAY = timedelta(hours=1), timedelta(days=1)

COMMON = """\
ladder: standard
rungs:
  - {id: due-soon, at: 3 working days before, to: [head], cc: [focal]}
  - {id: due-today, at: due, to: [head], cc: [focal]}
  - {id: late, at: 1 working day late, to: [head], cc: [focal, standing], repeat: 7 days}
  - {id: overseer, at: 7 days late, to: [overseer], cc: [head, standing]}
---
calendar: plain
holidays: [{date: 2026-04-27, name: Giỗ Tổ Hùng Vương, source: Điều 112 BLLĐ 2019}]
announced_until: 2026-12-31
"""


def directory(units: int = 3, **heads: str) -> str:
    """A directory of so many units, u1 and so on; `heads` replaces the line of a unit's head."""
    lines = ["directory: tinh", "chair: {title: Trưởng Ban, email: chair@tinh.example}", "units:"]
    for number in range(1, units + 1):
        head = heads.get(f"u{number}", f"{{title: Giám đốc {number}, email: head{number}@tinh.example}}")
        lines += [
            f"  u{number}:",
            f"    name: Sở {number}",
            f"    overseer: {{title: Phó Chủ tịch {number}, email: over{number}@tinh.example}}",
            f"    head: {head}",
            f"    focal: {{title: Văn phòng {number}, email: focal{number}@tinh.example}}",
        ]
    members = ", ".join(f"u{number}" for number in range(1, units + 1))
    return "\n".join([*lines, f"groups: {{all: {{name: Tất cả, members: [{members}]}}}}", ""])


def programme(tasks: str, *, events: str = "", id: str = "p") -> str:
    """A programme with these tasks, as lines of YAML."""
    head = (
        f"programme: {id}\ntitle: Chương trình\n"
        "document: {number: 07-QĐ/BCĐ, date: 2026-01-05, issuer: Ban Chỉ đạo}\n"
        "period: 2026\ndirectory: tinh\ncalendar: plain\nladder: standard\nstanding: u1\n"
    )
    return head + (f"events:\n{events}" if events else "") + f"tasks:\n{tasks}"


ONE_TASK = "  - {id: A.1, title: Nộp báo cáo, lead: u2, deadline: 2026-04-03}\n"


def write_rules(folder: Path, files: Mapping[str, str]) -> None:
    """Write rule files; what was there under other names is gone."""
    rules = folder / "rules"
    rules.mkdir(exist_ok=True)
    for old in rules.iterdir():
        if old.name not in files:
            old.unlink()
    for name, text in files.items():
        (rules / name).write_text(text, encoding="utf-8")


TAKEN = Verdict("sent", "OK", 250, "content")


@dataclass
class Desk:
    """An office at work in a folder of its own. `sent` holds what left; `verdict` is what the mail answers from now
    on."""

    folder: Path
    config: Config
    engine: Engine
    now: datetime = MONDAY
    sent: list[Envelope] = field(default_factory=list)
    verdict: Verdict = TAKEN
    refused: set[str] = field(default_factory=set)
    """The addresses of which the mail says that there is nobody."""
    _office: Office | None = None

    @property
    def office(self) -> Office:
        if self._office is None:
            self._office = open_office(self.config, self.engine)
        return self._office

    def apply(self, tasks: str = ONE_TASK, *, events: str = "", units: int = 3, **more: str) -> Applied:
        """Write the rule files and put them in force at `now`."""
        self.write_all(tasks, events=events, units=units, **more)
        return self.put_in_force()

    def write_all(self, tasks: str = ONE_TASK, *, events: str = "", units: int = 3, **more: str) -> None:
        """Write the rule files."""
        files = {"p.yaml": programme(tasks, events=events), "common.yaml": COMMON, "tinh.yaml": directory(units)}
        write_rules(self.folder, files | {f"{name}.yaml": text for name, text in more.items()})

    def write(self, text: str, name: str = "p.yaml") -> None:
        """Save a rule file."""
        (self.folder / "rules" / name).write_text(text, encoding="utf-8")

    def put_in_force(self) -> Applied:
        """Put the rule files in force at `now`."""
        read = read_rules(self.config.rules, self.config.folder)
        loaded = load_rules(read)
        assert loaded.rulebook is not None, "\n".join(map(str, loaded.problems))
        return apply_rules(
            self.config, self.engine, loaded.rulebook, read.files, origin=Origin("an", "rules"), now=self.now
        )

    def due(self) -> list[str]:
        """Return the due days of the tasks."""
        return [str(day) for (day,) in self.run("SELECT due_on FROM obligation WHERE kind = 'task' ORDER BY id")]

    def evaluate(self) -> PassCounts:
        counts = evaluate(self.office, now=self.now)
        assert counts is not None
        return counts

    def deliver(self) -> Delivered:
        # In a thread of its own: where a browser is driven, a loop runs in this one.
        with ThreadPoolExecutor(1) as thread:
            return thread.submit(lambda: asyncio.run(deliver_due(self.office, self.send, lambda: self.now))).result()

    def tick(self) -> list[Envelope]:
        """Make a pass and a delivery, and return what left."""
        before = len(self.sent)
        self.evaluate()
        self.deliver()
        return self.sent[before:]

    async def send(self, envelope: Envelope) -> Verdict:
        if envelope.recipient in self.refused:
            return Verdict("permanent", "no such user", 550, "recipient")
        if self.verdict.outcome == "sent":
            self.sent.append(envelope)
        return self.verdict

    def spoil(self, unit: str) -> None:
        """Make the obligations of a unit raise whenever anything looks at their rules, as only a fault of ours can."""
        self._put_up("gone")
        self.run("UPDATE obligation SET task = 'A.9' WHERE task = 'A.1' AND unit = :unit RETURNING 1", unit=unit)

    def mend(self) -> None:
        """Have the obligations that were spoilt looked at with sound rules again."""
        self._put_up("standard")

    def _put_up(self, ladder: str) -> None:
        found = self.office.rulebook.programmes["p"]
        task = replace(found.tasks["A.1"], id="A.9", ladder=ladder)
        programme = replace(found, tasks={**found.tasks, "A.9": task})
        office, self._office = self.office, None
        rulebook = replace(office.rulebook, programmes={"p": programme})
        self._office = Office(office.config, office.engine, office.revision, rulebook)

    def restart(self) -> None:
        """Forget what a process keeps in mind."""
        self._office = None

    def run(self, sql: str, **values: object) -> list[tuple[object, ...]]:
        """Return the rows of a query."""
        with self.engine.begin() as connection:
            found = connection.execute(sa.text(sql), values)
            return [tuple(row) for row in found] if found.returns_rows else []

    def findings(self) -> list[str]:
        """Return what an audit finds."""
        with self.engine.connect() as connection:
            return [str(found) for found in audit(connection, self.office, now=self.now)]

    def notices(self, rung: str | None = None) -> list[tuple[object, ...]]:
        """Return (task, occurrence, rung, person, state, reason) of all notices, in order."""
        rows = self.run(
            "SELECT o.task, o.occurrence, n.rung, n.person, n.state, n.reason FROM notice n"
            " JOIN obligation o ON o.id = n.obligation_id ORDER BY n.owed_at, n.id"
        )
        return [row for row in rows if rung in (None, row[2])]


def open_desk(folder: Path, database_url: str, **environ: str) -> Desk:
    """Return an office in `folder` over an empty or prepared database."""
    folder.mkdir(exist_ok=True)
    file = folder / "config.toml"
    file.write_text('rules = ["rules"]\n[web]\nserve = false\n')
    # A setting names the database, not the driver.
    database = database_url.replace("+psycopg", "")
    configured = load_config(file, {**environ, "DONDOC_DATABASE": database})
    assert configured.config is not None, configured.problems
    engine = open_engine(configured.config.database)
    migrate(engine)
    return Desk(folder, configured.config, engine)


def lived_in(database_url: str, live: Callable[[Desk], object], **environ: str) -> None:
    """Bring a new database to what it holds when an office has lived so; tests copy it instead of living it again."""
    with TemporaryDirectory() as folder:
        desk = open_desk(Path(folder) / "office", database_url, **environ)
        live(desk)
        desk.engine.dispose()


def text_of(envelope: Envelope) -> str:
    """Return the plain text of a letter."""
    from email import message_from_bytes, policy

    message = message_from_bytes(envelope.content, policy=policy.default)
    body = message.get_body(("plain",))
    assert body is not None
    return str(body.get_content())
