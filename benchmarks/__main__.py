"""`python -m benchmarks [names]`: how fast dondoc is, beside what this machine allows, measured in the same run."""

import os
import platform
import sqlite3
import sys
import tempfile
from importlib import import_module
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.measuring import Row

NAMES = (
    "apply_million",
    "pass_million",
    "pages_million",
    "db_floor",
    "spawn_daily",
    "delivery",
    "commands",
    "reading",
    "scenarios",
    "plan_edit",
    "watching",
)
COLUMNS = ("what", "measured", "limit in the same run", "ratio", "target")


def main() -> None:
    names = sys.argv[1:] or NAMES
    unknown = [name for name in names if name not in NAMES]
    if unknown:
        sys.exit(f"no benchmark is called {unknown[0]!r}; there are {', '.join(NAMES)}")
    console = Console()
    table = Table(*COLUMNS, title=machine(), title_style="")
    with tempfile.TemporaryDirectory(prefix="dondoc-bench-") as folder, console.status("") as status:
        for name in names:
            status.update(f"{name} …")
            for row in import_module(f"benchmarks.{name}").rows(Path(folder)):
                console.print(f"{name}: {row.what}: {row.measured}", style="dim", highlight=False)
                add(table, row)
    console.print(table)


def add(table: Table, row: Row) -> None:
    style = {True: "green", False: "red", None: ""}[row.met]
    target = row.target if row.met is None else f"{row.target} {'✓' if row.met else '✗'}"
    table.add_row(row.what, row.measured, row.limit, row.ratio, target, style=style)


def machine() -> str:
    """Return what it was measured on, and how busy that was."""
    cpu = next((line.split(": ")[1] for line in _lines("/proc/cpuinfo") if line.startswith("model name")), "")
    versions = f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    return f"{os.cpu_count()} × {cpu or platform.machine()}, {versions}, load {os.getloadavg()[0]:.1f} at the start"


def _lines(file: str) -> list[str]:
    path = Path(file)
    return path.read_text().splitlines() if path.is_file() else []


if __name__ == "__main__":
    main()
