"""What tests of commands share: running one as a user would, in a folder of its own."""

import json
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from datetime import datetime
from io import StringIO
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import time_machine

from db.engine import open_engine
from db.revisions import Revision, latest_revision
from scheduler.commands import main

OFFICE = Path(__file__).parent / "office"
DONDOC = [sys.executable, "-c", "import sys; from scheduler.commands import main; sys.exit(main())"]
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


@dataclass(frozen=True)
class Ran:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """What it printed, as JSON."""
        return json.loads(self.out)

    @property
    def lines(self) -> list[dict[str, Any]]:
        """What it printed, as one JSON object a line."""
        return [json.loads(line) for line in self.out.splitlines()]


def run(*arguments: str) -> Ran:
    """Run a command in this process, its output being no terminal."""
    out, err = StringIO(), StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = main(arguments)
    return Ran(code, out.getvalue(), err.getvalue())


def good(*arguments: str) -> Ran:
    """Run a command that must succeed."""
    ran = run(*arguments)
    assert (ran.code, ran.err) == (0, ""), ran
    return ran


def refused(*arguments: str) -> str:
    """Run a command that must fail with one line, and return the line."""
    ran = run(*arguments)
    assert ran.code in (1, 2), ran
    assert ran.err.count("\n") == 1, ran
    assert ran.err.startswith("dondoc: ")
    return ran.err.removeprefix("dondoc: ").rstrip()


def copy_office(folder: Path) -> Path:
    """Copy the small office into a folder of the test's own."""
    return Path(shutil.copytree(OFFICE, folder / "office"))


def edit(old: str, new: str) -> None:
    """Replace a text that stands in the rules of the small office, which is the working directory."""
    file = Path("rules/office.yaml")
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def latest(office: Path) -> Revision:
    """Return the revision in force of an office on SQLite."""
    engine = open_engine(f"sqlite:///{office}/var/dondoc.db")
    try:
        with engine.connect() as connection:
            found = latest_revision(connection)
    finally:
        engine.dispose()
    assert found is not None
    return found


@contextmanager
def at(moment: str) -> Iterator[None]:
    """Have the machine's clock stand at that local time."""
    with time_machine.travel(datetime.fromisoformat(moment).replace(tzinfo=ZONE), tick=False):
        yield
