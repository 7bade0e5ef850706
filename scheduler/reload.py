"""Reload: changed rule files take effect while the daemon runs; broken ones leave the last good revision in force, and
admins are told."""

import logging
import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from db.leader import leads
from db.outbox import NewMessage, enqueue
from db.troubles import mark_told, note_trouble, open_troubles, resolve_troubles
from rules.load import Loaded
from rules.problem import Problem
from scheduler.applying import apply_rules
from scheduler.config import Config
from scheduler.folder import RuleFiles, load_rules, read_rules
from scheduler.letters import ADMIN
from scheduler.office import Office
from scheduler.origin import Origin, origin_of
from scheduler.prompting import RULES

MOST_PROBLEMS = 20
MOST_READINGS = 5
NOT_APPLIED = "rules: not applied"
"""The subject of the trouble that whole files make which cannot be put in force."""

log = logging.getLogger("dondoc.rules")


@dataclass
class Watcher:
    """Looks whether the folder of rule files differs from what it was at the last look. A changed one is read until it
    has stayed the same for `settle` seconds: an editor may be in the middle of writing, and half a file may well be a
    rule file."""

    origin: Origin
    settle: float = 1.0
    _seen: RuleFiles | None = None

    def look_again(self) -> None:
        """Take the files for changed at the next look."""
        self._seen = None

    def look(self, office: Office, now: datetime) -> None:
        """Put changed files in force if they are whole; otherwise report what is wrong with them."""
        read = read_rules(office.config.rules, office.config.folder)
        if read != self._seen:
            self._take_up(office, read, now)
        tell_admins(office, now=now)

    def _take_up(self, office: Office, read: RuleFiles, now: datetime) -> None:
        loaded = load_rules(read)
        if not _is_in_force(loaded, office):
            settled = self._settled(office.config, read)
            if settled is None:
                log.info("the rule files are being written; they are read again at the next look")
                return
            if settled != read:
                read, loaded = settled, load_rules(settled)
        if loaded.rulebook is None:
            report_broken(office, loaded.problems, now=now)
        elif _is_in_force(loaded, office) or _put_in_force(office, read, loaded, self.origin, now):
            with office.engine.begin() as connection:
                resolve_troubles(connection, RULES, at=now)
        else:
            return
        self._seen = read

    def _settled(self, config: Config, read: RuleFiles) -> RuleFiles | None:
        """Return what the files hold once they have stopped changing; None while they go on."""
        for _ in range(MOST_READINGS):
            time.sleep(self.settle)
            again = read_rules(config.rules, config.folder)
            if again == read:
                return read
            read = again
        return None


def report_broken(office: Office, problems: tuple[Problem, ...], *, now: datetime) -> None:
    """Note the problems of rule files, one trouble for each place; what is in force stays in force."""
    shown = problems[:MOST_PROBLEMS]
    for problem in shown:
        log.error("%s", problem)
    log.error("%s problem(s) in the rule files: revision %s stays in force", len(problems), office.revision)
    with office.engine.begin() as connection:
        by_place = _by_place(shown)
        for place, text in by_place.items():
            note_trouble(connection, RULES, place, text, at=now)
        resolve_troubles(connection, RULES, at=now, still=by_place.keys())


def tell_admins(office: Office, *, now: datetime) -> None:
    """Put a letter to each admin into the outbox when there are troubles nobody was told of."""
    if not office.config.mail.admins:
        return
    with office.engine.begin() as connection:
        if not leads(connection):
            return
        untold = open_troubles(connection, only_untold=True)
        if untold:
            mark_told(connection, [trouble.id for trouble in untold], at=now)
            enqueue(
                connection,
                [
                    NewMessage(f"{ADMIN}|{address}|{now.isoformat()}|{untold[-1].id}", address, ADMIN, now, now)
                    for address in office.config.mail.admins
                ],
            )


def _is_in_force(loaded: Loaded, office: Office) -> bool:
    return loaded.rulebook is not None and loaded.rulebook.digest == office.rulebook.digest


def _put_in_force(office: Office, read: RuleFiles, loaded: Loaded, origin: Origin, now: datetime) -> bool:
    """Apply the files; when that fails, which is a fault of ours, note it and leave the last revision in force."""
    assert loaded.rulebook is not None
    try:
        origin = origin_of(office.config, read.files, by=origin.by)
        applied = apply_rules(office.config, office.engine, loaded.rulebook, read.files, origin=origin, now=now)
    except Exception as fault:
        log.exception("the rule files could not be applied: revision %s stays in force", office.revision)
        with office.engine.begin() as connection:
            note_trouble(connection, RULES, NOT_APPLIED, f"{type(fault).__name__}: {fault}", at=now)
        return False
    office.take_over(applied.revision, loaded.rulebook)
    log.info("revision %s of the rule files is in force: %s", applied.revision, applied.counts)
    return True


def _by_place(problems: Iterable[Problem]) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    for problem in problems:
        found.setdefault(str(problem.source), []).append(f"{problem.path}: {problem.message}")
    return {place: "; ".join(texts) for place, texts in found.items()}
