"""Files that prove nothing do not stay: what was sent with an answer that was not recorded is deleted after some
days."""

import os
from datetime import date, datetime
from pathlib import Path

import pytest

from db.evidence_store import EvidenceStore
from db.facts import Said
from db.obligations import Filter, listing
from scheduler import recording
from scheduler.proofs import kept
from scheduler.sweeping import KEPT, sweep_proofs
from tests.offices import DAY, HOUR, Desk


@pytest.fixture
def store(small: Desk) -> EvidenceStore:
    small.apply()
    return EvidenceStore(small.config.web.evidence)


def files(desk: Desk) -> list[Path]:
    return [path for path in desk.config.web.evidence.rglob("*") if path.is_file()]


def put_at(desk: Desk, moment: datetime) -> None:
    for path in files(desk):
        os.utime(path, (moment.timestamp(), moment.timestamp()))


def test_a_file_of_an_answer_that_was_refused_is_swept_and_one_that_proves_something_stays(
    small: Desk, store: EvidenceStore
) -> None:
    proof, _ = kept(store, b"%PDF-1.7 mot", "a.pdf"), kept(store, b"%PDF-1.7 hai", "b.pdf")
    with small.engine.connect() as connection:
        [owed] = listing(connection, Filter(task="A.1"))
    said = Said("an@tinh.example", small.now)
    recording.reported(small.office, [owed], "done", said, on=date(2026, 3, 30), proofs=[proof])
    put_at(small, small.now)
    small.now += KEPT - HOUR
    assert sweep_proofs(small.office, now=small.now) == 0
    small.now += DAY
    small.evaluate()
    assert [path.name for path in files(small)] == [proof.sha256]
    assert small.findings() == []


def test_what_a_crash_left_half_written_is_swept(small: Desk, store: EvidenceStore) -> None:
    kept(store, b"%PDF-1.7 mot", "a.pdf")
    (files(small)[0].parent / ".new-x").write_bytes(b"%PDF")
    put_at(small, small.now)
    assert sweep_proofs(small.office, now=small.now + KEPT + HOUR) == 2
    assert files(small) == []


def test_a_file_that_is_sent_again_counts_from_then(small: Desk, store: EvidenceStore) -> None:
    for again in (lambda: kept(store, b"%PDF-1.7 mot", "a.pdf"), lambda: store.hold(files(small)[0].name)):
        kept(store, b"%PDF-1.7 mot", "a.pdf")
        put_at(small, small.now)
        again()
        assert sweep_proofs(small.office, now=small.now + KEPT + HOUR) == 0
