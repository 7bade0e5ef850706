"""The file of keys: made once, readable by its owner, changed without a stop."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from scheduler.unreadable import Unreadable
from scheduler.web_secret import add_key, web_keys


def test_it_is_made_at_the_first_look_and_stays(tmp_path: Path) -> None:
    file = tmp_path / "var" / "web-secret"
    keys = web_keys(file)
    assert web_keys(file) == keys
    assert len(keys) == 1
    assert len(keys[0]) >= 32
    assert file.stat().st_mode & 0o777 == 0o600
    assert list(file.parent.iterdir()) == [file]


def test_of_several_processes_one_makes_it(tmp_path: Path) -> None:
    file = tmp_path / "web-secret"
    with ThreadPoolExecutor(8) as several:
        found = list(several.map(lambda _: web_keys(file), range(16)))
    assert len(set(found)) == 1


def test_a_new_key_comes_first_and_is_taken_up_at_once(tmp_path: Path) -> None:
    file = tmp_path / "web-secret"
    [first] = web_keys(file)
    assert add_key(file, keep=1) == 2
    second, kept = web_keys(file)
    assert (kept, second != first) == (first, True)
    assert add_key(file, keep=0) == 1
    assert first not in web_keys(file)
    assert file.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("content", "mode", "message"),
    [
        (b"", 0o600, "keys are lines of at least 16 characters without spaces"),
        (b"# nothing\n", 0o600, "keys are lines of at least 16 characters without spaces"),
        (b"short\n", 0o600, "keys are lines of at least 16 characters without spaces"),
        (b"long enough but with spaces\n", 0o600, "keys are lines of at least 16 characters without spaces"),
        ("khóa-dài-đủ-mười-sáu".encode(), 0o600, "not ASCII"),
        (b"a-key-long-enough-for-this\n", 0o640, "others may read it; say `chmod 600"),
        (b"a-key-long-enough-for-this\n", 0o604, "others may read it; say `chmod 600"),
    ],
)
def test_a_file_that_is_no_good_is_said_to_be_none(tmp_path: Path, content: bytes, mode: int, message: str) -> None:
    file = tmp_path / "web-secret"
    file.write_bytes(content)
    file.chmod(mode)
    with pytest.raises(Unreadable, match=r"web\.secret_file") as raised:
        web_keys(file)
    assert message in str(raised.value)
