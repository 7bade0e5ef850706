"""The evidence store: bytes under their hash, whole or not at all."""

from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.evidence_store import EvidenceStore


@given(data=st.binary(max_size=2_000))
def test_what_was_put_is_read_and_kept_once(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    folder = tmp_path_factory.mktemp("evidence")
    store = EvidenceStore(folder / "kept")
    hashed = store.put(data)
    assert (hashed, store.put(data)) == (sha256(data).hexdigest(), hashed)
    assert store.read(hashed) == data
    assert [path.name for path in folder.rglob("*") if path.is_file()] == [hashed]


def test_a_file_is_readable_by_its_owner_alone(tmp_path: Path) -> None:
    EvidenceStore(tmp_path / "kept").put(b"x")
    [kept] = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert kept.stat().st_mode & 0o777 == 0o400
    assert kept.parent.stat().st_mode & 0o077 == 0


def test_what_was_changed_or_lost_is_not_given_back(tmp_path: Path) -> None:
    store = EvidenceStore(tmp_path)
    hashed, other = store.put(b"as it was"), store.put(b"lost")
    kept = tmp_path / hashed[:2] / hashed
    kept.chmod(0o600)
    kept.write_bytes(b"as it is!")
    (tmp_path / other[:2] / other).unlink()
    assert store.read(hashed) is None
    assert store.missing({hashed: 9, other: 4}) == [other]
    assert store.missing({hashed: 8}) == [hashed]


def test_a_half_written_file_of_an_earlier_crash_is_written_anew(tmp_path: Path) -> None:
    store = EvidenceStore(tmp_path)
    hashed = sha256(b"whole").hexdigest()
    (tmp_path / hashed[:2]).mkdir()
    (tmp_path / hashed[:2] / hashed).write_bytes(b"wh")
    assert store.put(b"whole") == hashed
    assert store.read(hashed) == b"whole"


@pytest.mark.parametrize("name", ["", "../x", "a" * 63, "A" * 64, "a" * 63 + "/"])
def test_no_name_but_a_hash_leads_anywhere(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="is no hash"):
        EvidenceStore(tmp_path).read(name)
