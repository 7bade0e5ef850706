"""Scenarios: all of the five programmes, read and played as `check` plays them."""

from collections.abc import Iterator
from pathlib import Path
from time import process_time

from benchmarks.measuring import Row, apart
from rules.load import load
from scheduler.config import load_config
from scheduler.scenarios import differences, played

FOLDER = Path(__file__).parents[1] / "programmes"
SECONDS = 1.0


def rows(_folder: Path) -> Iterator[Row]:
    (seconds, count, failed), peak = apart(_played)
    assert failed == 0, f"{failed} differences"
    what = f"the {count} scenarios of the five programmes, played"
    yield Row(what, f"{seconds:.2f} s, {peak:.0f} MiB", target=f"< {SECONDS:.0f} s", met=seconds < SECONDS)


def _played() -> tuple[float, int, int]:
    """Return how long it took in a process that has played nothing before, how many there are, and what differs."""
    files = {str(path): path.read_bytes() for path in sorted(FOLDER.rglob("*.yaml"))}
    loaded = load(files)
    settings = load_config(None, {}).config
    assert settings is not None
    begun = process_time()
    failed = sum(len(differences(outcome, "en")) for outcome in played(loaded.scenarios, loaded, settings, "en"))
    return process_time() - begun, len(loaded.scenarios), failed
