"""Watching: hears from the operating system that rule files were saved. It only hastens the next look, which decides:
where nothing is heard, as on network shares, the regular looks find the same."""

import asyncio
import logging
from collections.abc import AsyncIterator, Iterable
from pathlib import Path

from watchfiles import Change, awatch

from scheduler.folder import SUFFIXES

QUIET = 1_000
"""Milliseconds for which what is saved is gathered: an editor, or git, writes more than once."""
AFRESH = 60.0
"""Seconds after which folders that could not be watched, or are others by now, are watched anew."""

log = logging.getLogger("dondoc.rules")


async def saved(entries: Iterable[str], folder: Path, stop: asyncio.Event) -> AsyncIterator[None]:
    """Yield whenever rule files under `entries` were saved, moved or removed, until told to stop."""
    places = [(folder / entry).absolute() for entry in entries]
    while not stop.is_set():
        try:
            async for _ in _heard(places, stop):
                yield
        except (OSError, RuntimeError) as fault:
            # No such folder at present, no more watches to be had, a file system that tells nothing.
            log.info("the rule files cannot be watched, only looked at every minute: %s", fault)
            await _pause(stop)


async def _heard(places: list[Path], stop: asyncio.Event) -> AsyncIterator[None]:
    """Yield as `saved` does, until the folders are no longer those that were opened."""
    watched = list(_watched(places))
    begun = _identities(watched)
    heard = awatch(
        *watched,
        watch_filter=_is_rule_file,
        debounce=QUIET,
        stop_event=stop,
        rust_timeout=int(AFRESH * 1_000),
        yield_on_timeout=True,
        # Beside a single file there may lie anything, the database too.
        recursive=any(place.is_dir() for place in places),
    )
    async for changes in heard:
        if changes:
            yield
        if _identities(watched) != begun:
            yield
            return


def _watched(places: Iterable[Path]) -> Iterable[Path]:
    """Yield what to watch: of a single file its folder, since editors put another file in its place."""
    return dict.fromkeys(place if place.is_dir() else place.parent for place in places)


def _identities(places: Iterable[Path]) -> list[tuple[int, int] | None]:
    return [_identity(place) for place in places]


def _identity(place: Path) -> tuple[int, int] | None:
    try:
        found = place.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _is_rule_file(_: Change, path: str) -> bool:
    """Say whether a path is that of a rule file, or a folder's, with which rule files may come or go."""
    name = Path(path).name
    return not name.startswith(".") and (name.lower().endswith(SUFFIXES) or "." not in name)


async def _pause(stop: asyncio.Event) -> None:
    try:
        await asyncio.wait_for(stop.wait(), AFRESH)
    except TimeoutError:
        return
