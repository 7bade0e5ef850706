"""Garbage: the search for cycles is put off while thousands of values are made that hold none."""

import atexit
import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collected_later() -> Iterator[None]:
    """Put the search off until the end of the block, or of the function it decorates: it takes a fifth of a pass."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@contextmanager
def left_uncollected() -> Iterator[None]:
    """Put the search off until the end of the block, after which a command ends: what it made is not searched."""
    with collected_later():
        try:
            yield
        finally:
            # Frozen and let go again, all there is counts as old: a process that goes on after all comes to it in time.
            gc.freeze()
            gc.unfreeze()
            atexit.register(gc.freeze)
