"""db.revisions: what was applied can be loaded again when the files are broken."""

from datetime import datetime

from sqlalchemy.engine import Connection

from db.revisions import (
    ProgrammeText,
    files_of,
    latest_revision,
    programmes_of,
    record_revision,
    revisions,
)
from tests.db.samples import DAY, NOW

FILES = {
    "dong-thap.yaml": "title: Chương trình công tác năm 2026\n",
    "lich/viet-nam.yaml": "calendar: viet-nam\n" * 500,
}


def record(connection: Connection, at: datetime, git_commit: str | None = None) -> int:
    programme = ProgrammeText("dong-thap-2026", "abc", "Chương trình công tác năm 2026", "07-QĐ/BCĐ")
    return record_revision(
        connection,
        digest=f"digest of {at:%d}",
        files=FILES,
        programmes=[programme],
        origin="/srv/programmes",
        applied_by="an",
        applied_at=at,
        git_commit=git_commit,
    )


def test_the_texts_come_back_as_they_were(connection: Connection) -> None:
    id_ = record(connection, NOW)
    assert files_of(connection, id_) == FILES
    assert programmes_of(connection, id_)["dong-thap-2026"].document == "07-QĐ/BCĐ"


def test_the_latest_revision_is_in_force_and_an_earlier_one_was_then(connection: Connection) -> None:
    assert latest_revision(connection) is None
    first, second = record(connection, NOW), record(connection, NOW + DAY, git_commit="0631088")
    latest = latest_revision(connection)
    assert latest is not None
    assert (latest.id, latest.git_commit, latest.applied_by) == (second, "0631088", "an")
    then = latest_revision(connection, until=NOW)
    assert then is not None
    assert (then.id, then.digest, then.applied_at) == (first, "digest of 04", NOW)
    assert latest_revision(connection, until=NOW - DAY) is None
    assert [r.id for r in revisions(connection)] == [second, first]
