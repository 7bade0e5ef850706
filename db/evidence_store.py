"""Evidence store: the bytes of proofs, each file under the hash of its content, outside any folder that is served."""

import os
import re
import tempfile
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from datetime import datetime
from hashlib import sha256
from pathlib import Path

_HASH = re.compile(r"[0-9a-f]{64}")


class EvidenceStore:
    """A folder of files named by their hash. The same bytes are kept once; nothing is ever written over."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, data: bytes) -> str:
        """Keep some bytes and return their hash; after that they are on the disk. OSError when they cannot be kept."""
        hashed = sha256(data).hexdigest()
        place = self._place(hashed)
        if self.hold(hashed) and place.stat().st_size == len(data):
            return hashed
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=place.parent, prefix=".new-")
        new = Path(name)
        try:
            with os.fdopen(descriptor, "wb") as opened:
                opened.write(data)
                opened.flush()
                os.fsync(opened.fileno())
            new.chmod(0o400)
            new.replace(place)
        except BaseException:
            new.unlink(missing_ok=True)
            raise
        _sync_folder(place.parent)
        return hashed

    def hold(self, hashed: str) -> bool:
        """Say whether a file is there; it counts as put just now."""
        try:
            os.utime(self._place(hashed))
        except FileNotFoundError:
            return False
        return True

    def sweep(self, needed: Callable[[], Collection[str]], *, before: datetime) -> int:
        """Delete the files that are not needed and were last put or held before that instant; return how many. OSError
        when they cannot be deleted. `needed` is asked after the files were looked at: what was recorded meanwhile
        stays."""
        idle = [place for place in self._folder.glob("??/*") if _put_at(place) < before.timestamp()]
        kept = needed() if idle else ()
        swept = [place for place in idle if place.name not in kept]
        for place in swept:
            place.unlink(missing_ok=True)
        return len(swept)

    def read(self, hashed: str) -> bytes | None:
        """Return the bytes with that hash; None when they are not there, or are no longer those that were put."""
        try:
            data = self._place(hashed).read_bytes()
        except OSError:
            return None
        return data if sha256(data).hexdigest() == hashed else None

    def missing(self, kept: Mapping[str, int]) -> list[str]:
        """Return the hashes of those files that are not there, or not of the size that was recorded."""
        return [hashed for hashed, size in kept.items() if not self._is_there(hashed, size)]

    def _is_there(self, hashed: str, size: int) -> bool:
        place = self._place(hashed)
        return place.is_file() and place.stat().st_size == size

    def _place(self, hashed: str) -> Path:
        if not _HASH.fullmatch(hashed):
            raise ValueError(f"{hashed!r} is no hash")
        return self._folder / hashed[:2] / hashed


def _put_at(place: Path) -> float:
    with suppress(FileNotFoundError):
        return place.stat().st_mtime
    return float("inf")


def _sync_folder(folder: Path) -> None:
    """Have the new name on the disk too."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
