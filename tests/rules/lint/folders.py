"""Folders for the lint: a rule file beside the common documents of the kinds that it does not have itself."""

from datetime import date
from pathlib import Path

from rules.lint import Finding, Limits, Subject, lint, papers
from rules.lint.marked import marked
from rules.lint.subject import Recorded
from rules.load import load
from rules.load.documents import KINDS
from rules.window import Policy
from tests.rules.calendars import HCM

HERE = Path(__file__).parent
TODAY = date(2026, 1, 12)
DEFAULT = Limits()
BAD = sorted((HERE / "bad").glob("*.yaml"))
GOOD = sorted((HERE / "good").glob("*.yaml"))
COMMON = {path.stem: path.read_bytes() for path in sorted((HERE / "common").glob("*.yaml"))}
FAULTLESS = b"\n---\n".join(COMMON[kind] for kind in ("programme", "directory", "ladder", "calendar"))


def folder(text: str | bytes) -> dict[str, bytes]:
    """Return the files of a folder: `f`, and what it lacks."""
    data = text.encode() if isinstance(text, str) else text
    lines = data.decode().splitlines()
    has = {kind for kind in KINDS if any(line.startswith(f"{kind}:") for line in lines)}
    if "programme" in has:
        # A programme names a directory, a calendar and a ladder; documents of these kinds begin with the word.
        begins = {line.partition(":")[0] for before, line in zip(["---", *lines], lines, strict=False)
                  if before.startswith(("---", "#"))}  # fmt: skip
        has = {"programme"} | (begins & KINDS.keys())
    return {"f": data} | {f"{kind}.yaml": text for kind, text in COMMON.items() if kind not in has}


def found(
    text: str | bytes, *, today: date = TODAY, limits: Limits = DEFAULT, recorded: Recorded | None = None,
    done: frozenset[tuple[str, str]] = frozenset(),
) -> list[Finding]:  # fmt: skip
    """Return all findings in such a folder."""
    files = folder(text)
    loaded = load(files)
    if loaded.rulebook is None:
        assert all(problem.message.startswith("D701: ") for problem in loaded.problems), loaded.problems
        return marked(files)
    return lint(Subject(loaded.rulebook, papers(files), Policy(HCM), today, recorded or {}, done, limits))


def told(finding: Finding) -> str:
    """Return a finding as the first line of a bad file has it: `7:12: D101 …`, in Vietnamese."""
    return f"{str(finding.source).removeprefix('f:')}: {finding.code} {finding.said.vi}"
