"""`check --watch` on the five programmes: from the save of a file to the line that tells of it."""

import os
import shutil
import statistics
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter, sleep

from benchmarks.measuring import Row

ROOT = Path(__file__).parent.parent
SAVES, MOST = 15, 0.3
PROGRAM = "import sys; from scheduler.commands import main; sys.exit(main())"


def rows(folder: Path) -> Iterator[Row]:
    for name, more in (("check --watch", ()), ("check --strict --watch", ("--strict",))):
        rules = folder / name.replace(" ", "")
        shutil.copytree(ROOT / "programmes", rules)
        seconds = _seconds(rules, more)
        middle, worst = statistics.median(seconds), max(seconds)
        measured = f"{middle * 1000:.0f} ms, {worst * 1000:.0f} ms at most"
        yield Row(f"{name}, a save to its line", measured, target=f"< {MOST * 1000:.0f} ms", met=middle < MOST)


def _seconds(rules: Path, more: tuple[str, ...]) -> list[float]:
    """Return how long each of some saves took to be told of."""
    command = [sys.executable, "-c", PROGRAM, "check", str(rules), "--watch", *more]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    path = rules / "dong-thap-2026.yaml"
    text = path.read_text(encoding="utf-8")
    broken = text.replace("    deadline: 2026-04\n", "    deadline: 2026-14\n", 1)
    found: list[float] = []
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        _told(process)
        # The watch begins after the first look.
        sleep(2)
        for number in range(SAVES):
            path.write_text(broken if number % 2 == 0 else text, encoding="utf-8")
            started = perf_counter()
            _told(process)
            found.append(perf_counter() - started)
            sleep(0.2)
        process.terminate()
    return found


def _told(process: "subprocess.Popen[str]") -> None:
    assert process.stdout is not None
    for line in process.stdout:
        if line.rstrip().endswith(" ms)"):
            return
    raise AssertionError("check --watch ended")
