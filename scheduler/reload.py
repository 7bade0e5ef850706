"""Reload: changed rule files take effect while the daemon runs; broken ones leave the last good revision in force, and admins are told."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from db.outbox import NewMessage, enqueue
from db.troubles import mark_told, note_trouble, open_troubles, resolve_troubles
from rules.problem import Problem
from scheduler.applying import Origin, apply_rules
from scheduler.folder import load_rules, read_rules
from scheduler.letters import ADMIN
from scheduler.office import Office

RULES = "rules"
MOST_PROBLEMS = 20

log = logging.getLogger("dondoc.rules")


@dataclass
class Watcher:
    """Looks whether the folder of rule files differs from what it was at the last look."""

    origin: Origin
    _seen: Mapping[str, bytes] | None = None

    def look_again(self) -> None:
        """Take the files for changed at the next look."""
        self._seen = None

    def look(self, office: Office, now: datetime) -> None:
        """Put changed files in force if they are whole; otherwise report what is wrong with them."""
        config = office.config
        read = read_rules(config.rules, config.folder)
        if read.files != self._seen or read.problems:
            self._seen = read.files
            loaded = load_rules(read)
            if loaded.rulebook is None:
                report_broken(office, loaded.problems, now=now)
                return
            if loaded.rulebook.digest != office.rulebook.digest:
                applied = apply_rules(config, office.engine, loaded.rulebook, read.files, origin=self.origin, now=now)
                office.rulebook, office.revision = loaded.rulebook, applied.revision
                log.info("revision %s of the rule files is in force: %s", applied.revision, applied.counts)
            with office.engine.begin() as connection:
                resolve_troubles(connection, RULES, at=now)
        tell_admins(office, now=now)


def report_broken(office: Office, problems: tuple[Problem, ...], *, now: datetime) -> None:
    """Note the problems of rule files, once each, and tell the admins; what is in force stays in force."""
    shown = problems[:MOST_PROBLEMS]
    for problem in shown:
        log.error("%s", problem)
    log.error("%s problem(s) in the rule files: revision %s stays in force", len(problems), office.revision)
    with office.engine.begin() as connection:
        for problem in shown:
            note_trouble(connection, RULES, str(problem.source), f"{problem.path}: {problem.message}", at=now)
        resolve_troubles(connection, RULES, at=now, still={str(problem.source) for problem in shown})
    tell_admins(office, now=now)


def tell_admins(office: Office, *, now: datetime) -> None:
    """Put a letter to each admin into the outbox when there are troubles nobody was told of."""
    if not office.config.mail.admins:
        return
    with office.engine.begin() as connection:
        untold = open_troubles(connection, only_untold=True)
        if untold:
            mark_told(connection, [trouble.id for trouble in untold], at=now)
            enqueue(
                connection,
                [
                    NewMessage(f"{ADMIN}|{address}|{now.isoformat()}", address, ADMIN, now, now)
                    for address in office.config.mail.admins
                ],
            )
