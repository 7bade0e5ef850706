"""Commands as an office runs them, each a process of its own, against Python starting up and doing nothing."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks.measuring import Row, timed

DONDOC = str(Path(sys.executable).parent / "dondoc")
ROOT = Path(__file__).parent.parent
YEAR = ("--from", "2026-01-01", "--to", "2026-12-31")
COMMANDS = (
    (("--help",), 0.150, 7),
    (("check",), 1.5, 5),
    (("simulate", *YEAR), 2.0, 3),
    (("simulate", *YEAR, "--format", "json"), 2.0, 3),
)


def rows(_folder: Path) -> Iterator[Row]:
    bare = min(_seconds((sys.executable, "-c", "pass")) for _ in range(7))
    for arguments, most, rounds in COMMANDS:
        seconds = min(_seconds((DONDOC, *arguments)) for _ in range(rounds))
        yield Row(
            f"dondoc {' '.join(arguments)}",
            f"{seconds:.2f} s",
            f"{bare:.2f} s bare python",
            target=f"< {most:.2f} s",
            met=seconds < most,
        )


def _seconds(command: tuple[str, ...]) -> float:
    return timed(lambda: subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, check=True))
