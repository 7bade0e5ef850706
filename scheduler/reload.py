"""Reload: changed rule files take effect while the daemon runs, or wait to be applied, as the settings say; broken ones
leave the last good revision in force, and admins are told once."""

import logging
import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from db.passes import beat, pulses
from db.revisions import latest_revision
from db.troubles import note_trouble, open_troubles, resolve_troubles
from rules.load import Loaded
from rules.problem import Problem
from rules.programme import Rulebook
from rules.wording import Language, Wording
from scheduler.applying import apply_rules
from scheduler.checkout import git_at_work
from scheduler.config import Config
from scheduler.folder import RuleFiles, load_rules, read_rules
from scheduler.office import Office
from scheduler.origin import Origin, origin_of
from scheduler.prompting import RULES
from scheduler.reloading import WAITING, Waits, tell_admins, tell_whole_again, waiting_text

MOST_PROBLEMS = 20
MOST_READINGS = 5
NOT_APPLIED = "rules: not applied"
"""The subject of the trouble that whole files make which cannot be put in force."""
LONGEST_GIT = timedelta(minutes=15)
"""How long git may be at work before admins are told that the rule files wait for it."""
AGREED = "folder_agreed"
"""The pulse that names the revision with which the folder agreed last."""

log = logging.getLogger("dondoc.rules")


@dataclass
class Watcher:
    """Looks whether the folder of rule files differs from what it was at the last look. A changed one is read until it
    has stayed the same for `settle` seconds, and while git does not work in it: an editor may be in the middle of
    writing, and half a file may well be a rule file."""

    origin: Origin
    settle: float = 1.0
    is_unsettled: bool = False
    """Whether the files were being written at the last look, and should be looked at again soon."""
    _seen: RuleFiles | None = None
    _seen_under: int | None = None
    _git_since: datetime | None = None

    def look_again(self) -> None:
        """Take the files for changed at the next look."""
        self._seen = None

    def look(self, office: Office, now: datetime) -> None:
        """Put changed files in force if they are whole, or note that they wait; report what is wrong with broken
        ones."""
        self.is_unsettled = False
        if office.config.reload != "off":
            read = read_rules(office.config.rules, office.config.folder)
            # Another revision may have been put in force meanwhile, with which the same files agree, or no longer.
            if read != self._seen or office.revision != self._seen_under:
                self._take_up(office, read, now, is_changed=read != self._seen)
        tell_admins(office, now=now)

    def _take_up(self, office: Office, read: RuleFiles, now: datetime, *, is_changed: bool) -> None:
        loaded = load_rules(read)
        if not _is_in_force(loaded, office):
            settled = self._settled(office.config, read)
            if settled is None:
                self._wait_for_writer(office, now)
                return
            self._git_since = None
            if settled != read:
                read, loaded = settled, load_rules(settled)
        if loaded.rulebook is None:
            report_broken(office, loaded.problems, now=now)
        elif _is_in_force(loaded, office):
            _agree(office, now)
        elif waits := _must_wait(office, loaded.rulebook):
            _wait(office, read, loaded, waits, now)
        elif not is_changed:
            log.warning("revision %s came from elsewhere; the rule files here differ from it", office.revision)
        elif not _put_in_force(office, read, loaded, self.origin, now):
            return
        self._seen, self._seen_under = read, office.revision

    def _wait_for_writer(self, office: Office, now: datetime) -> None:
        """Note that the files are to be looked at again soon; and that a lock of git has lain there for too long."""
        self.is_unsettled = True
        log.info("the rule files are being written; they are read again at the next look")
        lock = git_at_work(office.config.rules, office.config.folder)
        if lock is None:
            self._git_since = None
            return
        self._git_since = self._git_since or now
        if now - self._git_since >= LONGEST_GIT:
            since = self._git_since.isoformat()
            text = Wording(
                f"git đã làm việc từ {since}; nếu không phải vậy, hãy xóa tệp này",
                f"git has been at work since {since}; if it is not, remove the file",
            ).say(office.config.language)
            with office.engine.begin() as connection:
                note_trouble(connection, RULES, str(lock), text, at=now)

    def _settled(self, config: Config, read: RuleFiles) -> RuleFiles | None:
        """Return what the files hold once they have stopped changing; None while they go on, or git is at work."""
        for _ in range(MOST_READINGS):
            time.sleep(self.settle)
            again = read_rules(config.rules, config.folder)
            if again == read:
                return None if git_at_work(config.rules, config.folder) else read
            read = again
        return None


def report_broken(office: Office, problems: tuple[Problem, ...], *, now: datetime) -> None:
    """Note the problems of rule files, one trouble for each place; what is in force stays in force.

    Who was told that the files are broken is not told again of each further mistake while they are.
    """
    shown = problems[:MOST_PROBLEMS]
    for problem in shown:
        log.error("%s", problem)
    log.error("%s problem(s) in the rule files: revision %s stays in force", len(problems), office.revision)
    with office.engine.begin() as connection:
        is_known = any(trouble.kind == RULES and trouble.told_at for trouble in open_troubles(connection))
        by_place = _by_place(shown, office.config.language)
        for place, text in by_place.items():
            note_trouble(connection, RULES, place, text, at=now, told=is_known)
        resolve_troubles(connection, RULES, at=now, still=by_place.keys())


def _agree(office: Office, now: datetime) -> None:
    """Note that the folder holds what is in force: nothing is wrong with it, and nothing waits."""
    with office.engine.begin() as connection:
        tell_whole_again(office, connection, now=now)
        resolve_troubles(connection, WAITING, at=now)
        known = pulses(connection).get(AGREED)
        if known is None or known.text != str(office.revision):
            beat(connection, AGREED, at=now, text=str(office.revision))


def _must_wait(office: Office, rulebook: Rulebook) -> Waits | None:
    """Return why whole files that differ from what is in force are not put in force by themselves, None when they are.

    After a revert the folder still holds what was reverted: until it has agreed with what is in force, or somebody
    applies it, it waits. That a whole programme ends is never taken from a file that is not there.
    """
    if office.config.reload == "ask":
        return "ask"
    if office.rulebook.programmes.keys() - rulebook.programmes.keys():
        return "removed"
    with office.engine.connect() as connection:
        latest = latest_revision(connection)
        if latest is None or latest.reverts is None:
            return None
        agreed = pulses(connection).get(AGREED)
    return "reverted" if agreed is None or agreed.text != str(latest.id) else None


def _wait(office: Office, read: RuleFiles, loaded: Loaded, waits: Waits, now: datetime) -> None:
    """Note that a changed folder waits to be applied, with what that would do; admins are told once."""
    assert loaded.rulebook is not None
    text = waiting_text(office, read, loaded.rulebook, waits, now=now)
    log.info("%s", text)
    with office.engine.begin() as connection:
        is_told = tell_whole_again(office, connection, now=now)
        is_known = is_told or any(trouble.kind == WAITING and trouble.told_at for trouble in open_troubles(connection))
        note_trouble(connection, WAITING, ", ".join(office.config.rules), text, at=now, told=is_known)


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
    office.take_over(applied.revision, applied.rulebook)
    log.info("revision %s of the rule files is in force: %s", applied.revision, applied.counts)
    _agree(office, now)
    return True


def _by_place(problems: Iterable[Problem], language: Language) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    for problem in problems:
        found.setdefault(str(problem.source), []).append(problem.told(language))
    return {place: "; ".join(texts) for place, texts in found.items()}
