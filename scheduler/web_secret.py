"""Web secret: the file of keys that sign links and forms: one a line, the first signs, all verify."""

import os
import re
import secrets
from functools import lru_cache
from pathlib import Path

from notifications.links import LEAST_KEY
from rules.wording import Wording
from scheduler.unreadable import Unreadable, unopened

_HEAD = """\
# Keys of dondoc's links and forms, one a line; the first signs, all verify. Whoever reads this file can act as anyone.
# To change the key: `dondoc web new-key`. The old ones go once the links they signed have run out.
"""

SETTING = "web.secret_file"


def web_keys(file: Path) -> tuple[bytes, ...]:
    """Return the keys of that file, made with a new one where there is none; Unreadable when it is no such file."""
    if not file.exists():
        _make(file, [secrets.token_urlsafe(32)])
    try:
        state = file.stat()
    except OSError as fault:
        raise Unreadable(SETTING, file, unopened(fault)) from None
    return _known(file, (state.st_mtime_ns, state.st_ino, state.st_mode))


@lru_cache(maxsize=16)
def _known(file: Path, _state: tuple[int, int, int]) -> tuple[bytes, ...]:
    """Return the keys of a file in that state: the daemon takes up a new key at once, and reads none twice."""
    return tuple(key.encode() for key in _read(file))


def add_key(file: Path, *, keep: int) -> int:
    """Put a new key before the others, of which `keep` stay, and return how many keys there are."""
    old = _read(file)[:keep] if file.exists() else []
    file.parent.mkdir(parents=True, exist_ok=True)
    keys = [secrets.token_urlsafe(32), *old]
    fresh = file.with_name(f"{file.name}.{secrets.token_hex(4)}")
    _write(fresh, keys)
    fresh.replace(file)
    return len(keys)


def _make(file: Path, keys: list[str]) -> None:
    """Make the file, unless another process makes it at the same time: then its keys stand."""
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_name(f"{file.name}.{secrets.token_hex(4)}")
    _write(fresh, keys)
    try:
        os.link(fresh, file)
    except FileExistsError:
        pass
    finally:
        fresh.unlink()


def _write(file: Path, keys: list[str]) -> None:
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as opened:
        opened.write(_HEAD + "".join(f"{key}\n" for key in keys))
        opened.flush()
        os.fsync(opened.fileno())


def _read(file: Path) -> list[str]:
    try:
        if file.stat().st_mode & 0o077:
            command = f"chmod 600 {file}"
            why = Wording(f"người khác đọc được; hãy chạy `{command}`", f"others may read it; say `{command}`")
            raise Unreadable(SETTING, file, why)
        lines = file.read_text(encoding="ascii").splitlines()
    except (OSError, UnicodeDecodeError) as fault:
        why = unopened(fault) if isinstance(fault, OSError) else Wording("không phải ASCII", "not ASCII")
        raise Unreadable(SETTING, file, why) from None
    keys = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
    short = any(len(key) < LEAST_KEY or not re.fullmatch(r"[!-~]+", key) for key in keys)
    if not keys or short:
        why = Wording(
            f"mỗi khóa là một dòng ít nhất {LEAST_KEY} ký tự, không có dấu cách",
            f"keys are lines of at least {LEAST_KEY} characters without spaces",
        )
        raise Unreadable(SETTING, file, why)
    return keys
