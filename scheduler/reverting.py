"""Reverting: an earlier revision of the rule files is put in force again, as a new revision: forwards in history."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.engine import Connection, Engine

from db.facts import event_records, silences
from db.facts.reports import reports_since
from db.revisions import Revision, files_of, latest_revision, revision_numbered
from rules.edits import Edit
from rules.load.mistake import listed
from rules.obligation import ObligationKey
from rules.programme import Rulebook
from scheduler.applying import Applied, Origin, apply_rules
from scheduler.config import Config
from scheduler.office import rulebook_of
from scheduler.revised import FileEdit, edits_of, file_edits


class CannotRevert(Exception):
    """The revision cannot be put in force again; the message says why."""


@dataclass(frozen=True, slots=True)
class Reversion:
    """What a revert would do: from the revision in force to the files of an earlier one."""

    target: Revision
    in_force: Revision
    rulebook: Rulebook
    texts: Mapping[str, str]
    files: tuple[FileEdit, ...]
    edits: tuple[Edit, ...]
    given_since: Mapping[str, int]
    """How many reports, events and silences were recorded since the earlier revision was replaced: they stay."""
    unknown: tuple[ObligationKey, ...]
    """What was reported since and what the earlier rules do not know: it stays in the history only."""

    @property
    def data(self) -> dict[str, bytes]:
        """Return the files as they were read from a disk."""
        return {name: text.encode() for name, text in self.texts.items()}


def reversion(connection: Connection, number: int) -> Reversion:
    """Return what putting that revision in force again would do; CannotRevert where that cannot be."""
    in_force, target = latest_revision(connection), revision_numbered(connection, number)
    if in_force is None:
        raise CannotRevert("no rule files are in force yet: there is nothing to revert")
    if target is None:
        raise CannotRevert(f"there is no revision {number}: see `dondoc history`")
    texts, present = files_of(connection, number), files_of(connection, in_force.id)
    if texts == present:
        is_it = "is in force" if target.id == in_force.id else f"has the same files as revision {in_force.id}, in force"
        raise CannotRevert(f"revision {number} {is_it}: there is nothing to revert")
    try:
        rulebook = rulebook_of(connection, number)
    except ValueError as fault:
        raise CannotRevert(f"{fault}; mend its files by hand and apply them") from None
    since = _replaced_at(connection, target) or in_force.applied_at
    reported = reports_since(connection, since)
    return Reversion(
        target=target,
        in_force=in_force,
        rulebook=rulebook,
        texts=texts,
        files=tuple(file_edits(present, texts)),
        edits=tuple(edits_of(connection, target, in_force) or ()),
        given_since={
            "reports": len(reported),
            "events": sum(record.recorded_at > since for record in event_records(connection)),
            "silences": sum(silence.recorded_at > since for silence in silences(connection)),
        },
        unknown=tuple(key for key in dict.fromkeys(reported) if not _is_known(key, rulebook)),
    )


def put_back(
    config: Config, engine: Engine, number: int, *, origin: Origin, now: datetime, expected: int | None = None
) -> Applied:
    """Put an earlier revision in force again. CannotRevert where that cannot be, or where another revision than the
    `expected` one is in force by now; then nothing is done."""
    with engine.connect() as connection:
        found = reversion(connection, number)

    def unless(connection: Connection) -> None:
        latest = latest_revision(connection)
        if latest is None or latest.id != (expected or found.in_force.id):
            who = f"revision {latest.id} by {latest.applied_by}" if latest else "nothing"
            raise CannotRevert(f"somebody was quicker: {who} is in force by now; look again and revert anew")

    return apply_rules(
        config, engine, found.rulebook, found.data, origin=origin, now=now, unless=unless, reverts=found.target.id
    )


def told_since(found: Reversion) -> list[str]:
    """Return, line by line, what was given since the earlier revision was replaced, and what becomes of it."""
    given = ", ".join(
        f"{count} {name if count > 1 else name[:-1]}" for name, count in found.given_since.items() if count
    )
    lines = [f"given since revision {found.target.id} was replaced, and staying as it is: {given}"] if given else []
    if found.unknown:
        names = listed(map(str, found.unknown), 6)
        lines.append(f"reported, and unknown to revision {found.target.id}: {names}; it stays in the history only")
    return lines


def _replaced_at(connection: Connection, target: Revision) -> datetime | None:
    """Return when another revision took the place of this one."""
    later = revision_numbered(connection, target.id + 1)
    return later.applied_at if later else None


def _is_known(key: ObligationKey, rulebook: Rulebook) -> bool:
    programme = rulebook.programmes.get(key.programme)
    task = programme.task(key.task) if programme else None
    return task is not None and key.part in task.deadlines
