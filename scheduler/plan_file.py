"""Plan files: a plan saved, to be read by others and carried out later as it is, or not at all."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from sqlalchemy.engine import Connection

from db.counters import Counters
from db.revisions import Revision, latest_revision, revisions
from rules.changes.plain import plain
from rules.load import load
from rules.programme import Rulebook
from scheduler.moved_on import Seen, moved_on
from scheduler.planning import Planned

FORM = 1
LARGEST = 200_000_000
MANY = 1_000
"""How many revisions are looked through for one that a plan became."""

Text = Annotated[str, Field(strict=True)]


class Unusable(Exception):
    """A file that is no plan of ours, or was changed by hand; the message says what is wrong with it."""


class MovedOn(Exception):
    """The world is not the one the plan was made for; the message names what moved."""


class DoneAlready(Exception):
    """The plan was carried out before, as `revision`."""

    def __init__(self, revision: Revision) -> None:
        super().__init__(f"the plan was carried out already, as revision {revision.id}")
        self.revision = revision


class SeenShape(BaseModel):
    """What the plan has seen of the world."""

    model_config = ConfigDict(extra="forbid")

    counters: dict[str, int | str]
    day: Text
    policy: Text
    # `schema` is a name of pydantic's own.
    schema_: Text = Field(alias="schema")
    undeliverable: tuple[Text, ...] = ()


class Saved(BaseModel):
    """A plan as a file holds it. `before` and `after` are the digests of the two rulebooks."""

    model_config = ConfigDict(extra="ignore")

    dondoc_plan: int
    made_at: datetime
    made_by: Text
    summary: dict[str, str]
    revision: int | None
    before: str | None
    after: Text
    seen: SeenShape
    files: dict[str, str]

    def world(self) -> Seen:
        """Return what it has seen of the world."""
        read = self.seen
        known = Counters(**read.counters)  # type: ignore[arg-type]
        return Seen(known, read.day, read.policy, read.schema_, read.undeliverable)


def values_of(planned: Planned) -> dict[str, object]:
    """Return all that a plan says, as plain values; the names are a contract."""
    unreached = [
        {
            **{name.rstrip("_"): value for name, value in asdict(one).items()},
            "from": one.from_.isoformat(),
            "until": one.until.isoformat() if one.until else None,
        }
        for one in planned.unreached
    ]
    return {**plain(planned.changes), "unreached": unreached}


def as_saved(planned: Planned, *, by: str) -> str:
    """Return the text of a plan's file."""
    in_force = planned.in_force
    return json.dumps(
        {
            "dondoc_plan": FORM,
            "made_at": planned.made_at.isoformat(),
            "made_by": by,
            "summary": planned.summary._asdict(),
            "revision": in_force.id if in_force else None,
            "before": in_force.digest if in_force else None,
            "after": planned.rulebook.digest,
            "seen": asdict(planned.seen),
            "changes": values_of(planned),
            "files": {name: data.decode() for name, data in planned.files.items()},
        },
        ensure_ascii=False,
        indent=1,
    )


def saved_plan(path: Path) -> tuple[Saved, Rulebook, dict[str, bytes]]:
    """Return a saved plan with the rule files in it; Unusable where it is none, or was changed by hand."""
    try:
        with path.open("rb") as file:
            text = file.read(LARGEST + 1)
    except OSError as fault:
        raise Unusable(f"{path}: {fault.strerror}") from None
    try:
        found = Saved.model_validate_json(text)
    except ValidationError as fault:
        first = fault.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise Unusable(f"{path}: no plan of dondoc: {where + ': ' if where else ''}{first['msg']}") from None
    if found.dondoc_plan != FORM:
        raise Unusable(f"{path}: a plan of form {found.dondoc_plan}, made by another version; this one reads {FORM}")
    files = {name: text.encode() for name, text in found.files.items()}
    loaded = load(files)
    if loaded.rulebook is None or loaded.rulebook.digest != found.after:
        raise Unusable(f"{path}: the rule files in it are not those it was made of; plan anew")
    return found, loaded.rulebook, files


def files_changed(planned: Mapping[str, bytes], read: Mapping[str, bytes]) -> Iterator[str]:
    """Yield which rule files of the folder are not those of the plan any more."""
    for name in sorted(planned.keys() | read.keys()):
        if name not in read:
            yield f"{name} is gone"
        elif name not in planned:
            yield f"{name} is new"
        elif planned[name] != read[name]:
            yield f"{name} was edited"


def check_world(connection: Connection, found: Saved, now_seen: Seen) -> None:
    """Raise DoneAlready where the plan is in force, MovedOn where it was made for another revision or other facts."""
    check_revision(connection, planned_from=found.revision, after=found.after)
    since = list(moved_on(found.world(), now_seen))
    if since:
        raise MovedOn("; ".join(since))


def check_revision(connection: Connection, *, planned_from: int | None, after: str) -> None:
    """Raise DoneAlready where the files of the digest `after` are in force since, MovedOn where any other are."""
    latest = latest_revision(connection)
    if latest is None or latest.id == planned_from:
        return
    if latest.digest == after:
        raise DoneAlready(latest)
    was = f"revision {planned_from}" if planned_from else "the time before the first revision"
    since = [one for one in revisions(connection, limit=MANY) if one.id > (planned_from or 0)]
    became = next((one for one in since if one.digest == after), None)
    done = f"it was carried out as revision {became.id}; " if became else ""
    told = f"{latest.applied_by}, {latest.applied_at:%Y-%m-%d %H:%M} UTC"
    raise MovedOn(f"{done}planned from {was}, in force is revision {latest.id} ({told})")
