"""The rule files beside these tests, and the shortest programme there is."""

from pathlib import Path

from rules.load import load
from rules.programme import Rulebook

HERE = Path(__file__).parent
COMMON = (HERE / "common.yaml").read_bytes()
GOOD = sorted((HERE / "good").glob("*.yaml"))
BAD = sorted((HERE / "bad").glob("*.yaml"))
HEAD = """\
programme: ke-hoach
title: Kế hoạch năm 2026
document: {number: 15/KH-UBND, date: 2026-01-05}
period: 2026
directory: tinh
calendar: lich
ladder: chuan
standing: so-a
"""


def programme(rest: str = "") -> bytes:
    """Return a programme that refers to the documents of common.yaml."""
    return (HEAD + rest).encode()


def said(text: str | bytes) -> list[str]:
    """Return the problems of a file `f`, read beside common.yaml, without the name."""
    data = text if isinstance(text, bytes) else text.encode()
    return [str(problem).removeprefix("f:") for problem in load({"common.yaml": COMMON, "f": data}).problems]


def read(*texts: bytes) -> Rulebook:
    """Return the rulebook of these files, which have no problems."""
    loaded = load({f"{number}.yaml": text for number, text in enumerate(texts)})
    assert loaded.problems == ()
    assert loaded.rulebook is not None
    return loaded.rulebook
