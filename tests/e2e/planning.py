"""What tests of plans share: an office that is copied, an edit of its files, and what the daemon then really does."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from db.copying import copy_database
from rules.calendar import instant, local_day
from rules.changes.mails import Said
from rules.changes.values import Changes
from rules.obligation import ObligationKey
from scheduler.applying import Applied
from scheduler.folder import RuleFiles, load_rules, read_rules
from scheduler.planning import WHOLE, Planned, plan_edit
from tests.e2e.test_promises_db import EDITIONS, EVENTS
from tests.offices import COMMON, DAY, Desk, directory, open_desk, programme, write_rules

Files = dict[str, str]
Letters = dict[tuple[date, str], list[frozenset[Said]]]
"""What the letters of a day said to a person, letter by letter."""
FORESEEN = 14 * DAY
"""How far a plan foresees letters."""


def files(edition: int = 0, *, units: int = 3) -> Files:
    """The rule files of a small office: something of every kind of deadline."""
    return {
        "p.yaml": programme(EDITIONS[edition], events=EVENTS),
        "common.yaml": COMMON,
        "tinh.yaml": directory(units),
    }


@dataclass
class Editor:
    """An office whose rule files are edited."""

    desk: Desk

    def write(self, texts: Mapping[str, str]) -> None:
        write_rules(self.desk.folder, texts)

    def read(self) -> RuleFiles:
        return read_rules(self.desk.config.rules, self.desk.config.folder)

    def plan(self, *, whole_up_to: int = WHOLE) -> Planned:
        read = self.read()
        loaded = load_rules(read)
        assert loaded.rulebook is not None, "\n".join(map(str, loaded.problems))
        return plan_edit(
            self.desk.config,
            self.desk.engine,
            loaded.rulebook,
            read.files,
            now=self.desk.now,
            whole_up_to=whole_up_to,
        )

    def apply(self) -> Applied:
        self.desk.restart()
        return self.desk.put_in_force()

    def changes(self, texts: Mapping[str, str]) -> Changes:
        """Return what these files would change."""
        self.write(texts)
        return self.plan().changes

    def copy(self, name: str) -> "Editor":
        """Return the same office over a copy of its database."""
        desk = self.desk
        copied = copy_database(desk.engine, desk.folder / f"{name}.db")
        return Editor(Desk(desk.folder, desk.config, copied, desk.now, refused=desk.refused))

    def live(self, until: date) -> None:
        """Make a pass and a delivery now and at every instant up to the end of a day at which something may be due."""
        zone = self.desk.config.policy.zone
        end = instant(until, None, zone)
        while self.desk.now < end:
            self.desk.tick()
            self.desk.now = self._next(end)

    def _next(self, end: datetime) -> datetime:
        [(wakes,)] = self.desk.run("SELECT MIN(wake_at) FROM obligation")
        [(leaves,)] = self.desk.run("SELECT MIN(next_try_at) FROM message WHERE state = 'pending'")
        policy = self.desk.config.policy
        tomorrow = local_day(self.desk.now, policy.zone) + timedelta(days=1)
        coming = [instant(tomorrow, policy.daily, policy.zone), *(_as_instant(at) for at in (wakes, leaves) if at)]
        soonest = min(at for at in coming if at > self.desk.now)
        return min(soonest, end)

    def open_obligations(self) -> dict[ObligationKey, tuple[object, object]]:
        """Return the open obligations of tasks and indicators with their edition and their due day."""
        rows = self.desk.run(
            "SELECT programme, task, part, unit, occurrence, edition, due_on FROM obligation"
            " WHERE kind IN ('task', 'indicator') AND state = 'open'"
        )
        return {ObligationKey(*row[:5]): (row[5], str(row[6])) for row in rows}  # type: ignore[arg-type]

    def letters(self, since: datetime) -> Letters:
        """Return what letters said that left from `since` on."""
        rows = self.desk.run(
            "SELECT m.id, m.sent_at, m.person, o.programme, o.task, o.part, o.occurrence, o.unit, n.rung, n.as_, o.kind"
            " FROM message m LEFT JOIN notice n ON n.message_id = m.id AND n.state = 'sent'"
            " LEFT JOIN obligation o ON o.id = n.obligation_id WHERE m.state = 'sent' ORDER BY m.sent_at, m.id"
        )
        by_letter: dict[tuple[object, date, str], set[Said]] = {}
        for id_, sent_at, person, *said, kind in rows:
            at = _as_instant(sent_at)
            if at >= since:
                day = local_day(at, self.desk.config.policy.zone)
                lines = by_letter.setdefault((id_, day, str(person)), set())
                if kind in ("task", "indicator"):
                    lines.add(Said(*said))  # type: ignore[arg-type]
        found: Letters = {}
        for (_, day, person), lines in by_letter.items():
            found.setdefault((day, person), []).append(frozenset(lines))
        return found


class Left(NamedTuple):
    """What becomes of an office that is left as it is: the obligations open at its next pass, and its letters as far as
    a plan foresees them."""

    open_obligations: dict[ObligationKey, tuple[object, object]]
    letters: Letters


def left_alone(editor: Editor) -> Left:
    """Let a copy of an office live on as it is, and return what becomes of it."""
    left, since = editor.copy("left"), editor.desk.now
    try:
        left.desk.evaluate()
        open_obligations = left.open_obligations()
        left.live(local_day(since, left.desk.config.policy.zone) + FORESEEN)
        return Left(open_obligations, left.letters(since))
    finally:
        left.desk.engine.dispose()


@dataclass
class Lived:
    """An office that has lived for a while, and is copied for whoever wants to edit it; `left` is what becomes of it
    unedited."""

    editor: Editor
    left: Left

    def copied(self, folder: Path) -> Editor:
        """Return the same office in a folder of its own."""
        lived = self.editor.desk
        folder.mkdir()
        copy_database(lived.engine, folder / "copied.db").dispose()
        desk = open_desk(folder / "office", f"sqlite:///{folder / 'copied.db'}")
        desk.now, desk.refused = lived.now, set(lived.refused)
        editor = Editor(desk)
        editor.write(files())
        return editor


def _as_instant(value: object) -> datetime:
    if isinstance(value, datetime):
        return value.astimezone(UTC)
    return datetime.fromisoformat(str(value)).replace(tzinfo=UTC)
