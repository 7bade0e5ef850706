"""The house layout: what it makes of a text, and that meaning and comments always stay."""

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.layout import laid_out
from rules.load.tree import trees
from rules.problem import Problem
from tests.both_languages import both_languages as both_languages

ROOT = Path(__file__).parents[3]
FOLDERS = ("programmes", "programmes/scenarios", "tests/rules/load/good", "tests/rules/load/good_scenarios")
FILES = [path for folder in FOLDERS for path in sorted((ROOT / folder).glob("*.yaml"))]


def made(text: str) -> str:
    found = laid_out("f", text.encode())
    assert isinstance(found, str), found
    return found


def values(text: str) -> list[object]:
    problems: list[Problem] = []
    read = [tree.root.value for tree in trees("f", text, problems)]
    assert problems == []
    return read


LADDER = """\
ladder: x
rungs:
  - id: a
    at: due
    to: [head]
"""

# What is written, and what comes of it.
LAID_OUT = [
    pytest.param("\n\nladder: x   \nrungs:\n- id: a\n  at: due\n  to: [head]\n\n\n", LADDER, id="blanks-and-dashes"),
    pytest.param(LADDER.replace("\n", "\r\n"), LADDER, id="line-ends"),
    pytest.param("\ufeff" + LADDER, LADDER, id="byte-order-mark"),
    pytest.param("---\n" + LADDER + "...\n", LADDER, id="marks-of-one-document"),
    pytest.param("ladder: x\nrungs:\n    - to: [head]\n      at: due\n      id: a\n", LADDER, id="order-of-keys"),
    pytest.param("ladder:\n  x\nrungs:\n  -\n     id: a\n     at:   due\n     to: [head]\n", LADDER, id="value-below-its-key"),
    pytest.param(LADDER + "\n\n\n# end\n", LADDER + "\n# end\n", id="blank-lines-in-a-row"),
    pytest.param(
        "ladder: x\nrungs:\n# one\n- at: due # when\n  # whom\n  to:\n  - head   # him\n  id: a\n  # foot\n# end\n",
        "ladder: x\nrungs:\n  # one\n  - id: a\n    at: due  # when\n    # whom\n    to:\n      - head   # him\n  # foot\n# end\n",
        id="comments-go-with-their-key",
    ),
    pytest.param(
        "ladder: x\nrungs:\n    - {id: a,   at: due, to: [head]}   # lined up\n    - {id: b,   at: 1 day late,\n       to: [head]}\n",
        "ladder: x\nrungs:\n  - {id: a,   at: due, to: [head]}   # lined up\n  - {id: b,   at: 1 day late,\n     to: [head]}\n",
        id="braces-stay-as-they-are",
    ),
    pytest.param(
        "calendar: c\nholidays:\n- name: |\n    Tết # not a comment\n  date: 2026-01-01\n  source: 'a # b'\n",
        "calendar: c\nholidays:\n  - date: 2026-01-01\n    name: |\n      Tết # not a comment\n    source: 'a # b'\n",
        id="text-of-several-lines-moves-with-its-key",
    ),
    pytest.param(
        "calendar: c\nholidays:\n- {date: 2026-01-01, name: 'a # b', source: x 1}\nweekend: [saturday]\n",
        "calendar: c\nweekend: [saturday]\nholidays:\n  - {date: 2026-01-01, name: 'a # b', source: x 1}\n",
        id="a-sign-within-quotes-is-no-comment",
    ),
    pytest.param(
        "# thử\nscenario: S\nexpect:\n- mail:\n    rung: due  # hạn\n    to: head\n  on: 2026-03-26\ngiven:\n"
        "- down: 2026-03-01\n  until: 2026-03-02\nprogramme: p\n",
        "# thử\nscenario: S\nprogramme: p\ngiven:\n  - down: 2026-03-01\n    until: 2026-03-02\nexpect:\n"
        "  - on: 2026-03-26\n    mail:\n      to: head\n      rung: due  # hạn\n",
        id="a-scenario-names-its-programme-and-is-none",
    ),
    pytest.param(
        LADDER + "---\nscenario: S\nprogramme: p\nexpect:\n- nobody: true\n  on: 2026-03-26\n",
        LADDER + "---\nscenario: S\nprogramme: p\nexpect:\n  - on: 2026-03-26\n    nobody: true\n",
        id="a-scenario-beside-rules",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), LAID_OUT)
def test_a_text_is_laid_out(text: str, expected: str) -> None:
    assert made(text) == expected


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_files_keep_meaning_and_comments_and_a_second_time_changes_nothing(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    found = laid_out(path.name, path.read_bytes())
    assert isinstance(found, str)
    assert values(found) == values(text)
    assert laid_out(path.name, found.encode()) == found


def test_the_example_programmes_are_in_the_house_layout() -> None:
    for path in sorted((ROOT / "programmes").rglob("*.yaml")):
        assert laid_out(path.name, path.read_bytes()) == path.read_text(encoding="utf-8"), path.name


@pytest.mark.parametrize("text", ["ladder: [", "ladder: x\nrungz: []\n", "x: 1\n", "", "ladder: x\nrungs:\n\t- a\n"])
def test_a_file_with_problems_is_not_laid_out(text: str) -> None:
    assert isinstance(laid_out("f", text.encode()), list)


def test_anchors_stay_where_they_are() -> None:
    text = "ladder: x\nrungs:\n - {id: a, at: due, to: &all [head]}\n - {id: b, at: 1 day late, to: *all}\n"
    assert made(text) == text


# --- any layout ------------------------------------------------------------------------------------------------------

COMMENT = st.sampled_from(["# một", "# two: 'x'", "#ba", "# - dash", "# a: b", '# "', "# lint: D401 vì thế"])
SCALARS = st.sampled_from(["due", "1 day late", "'7 days late'", '"3 days late"', "2 weeks before"])


def behind(draw: st.DrawFn) -> str:
    """Return a comment for the end of a line, or none."""
    return " " * draw(st.integers(1, 4)) + draw(COMMENT) if draw(st.integers(0, 3)) == 0 else ""


def above(draw: st.DrawFn, indent: int) -> list[str]:
    """Return comments and blank lines."""
    lines = range(draw(st.integers(0, 2)))
    return [" " * draw(st.integers(0, indent + 3)) + draw(COMMENT) if draw(st.booleans()) else "" for _ in lines]


def rung(draw: st.DrawFn, number: int, dashes: int, width: int) -> list[str]:
    """Return a rung in braces, or as a block with its keys in any order."""
    lead = " " * dashes + "-" + " " * width
    if draw(st.booleans()):
        return [lead + "{" + f"id: r{number}, at: due, to: [head]" + "}" + behind(draw)]
    lines, indent = list[str](), len(lead)
    for text in draw(st.permutations([f"id: r{number}", f"at: {draw(SCALARS)}", "to: [head]", "cc:"])):
        if lines:
            lines += above(draw, indent)
        lines.append((" " * indent if lines else lead) + text + behind(draw))
        if text == "cc:":
            inner = indent + draw(st.integers(0, 3))
            for post in ("focal", "standing"):
                lines += [*above(draw, inner), " " * inner + "- " + post + behind(draw)]
    return lines


@st.composite
def laid_somehow(draw: st.DrawFn) -> str:
    """Return a ladder as somebody might have typed it: any indentation, order, blank lines and comments."""
    lines = above(draw, 0)
    if draw(st.booleans()):
        lines.append("---" + behind(draw))
    lines += [*above(draw, 0), f"ladder: x{behind(draw)}", *above(draw, 0), f"rungs:{behind(draw)}"]
    dashes, width = draw(st.integers(0, 4)), draw(st.integers(1, 5))
    for number in range(draw(st.integers(1, 3))):
        lines += [*above(draw, dashes), *rung(draw, number, dashes, width)]
    return "\n".join([*lines, *above(draw, 0)]) + draw(st.sampled_from(["", "\n", "\n\n"]))


def comments(text: str) -> Counter[str]:
    return Counter(line[line.index("#") :].rstrip() for line in text.split("\n") if "#" in line)


@given(laid_somehow())
def test_whatever_the_layout_it_becomes_the_same_with_the_same_meaning_and_comments(text: str) -> None:
    found = made(text)
    assert values(found) == values(text)
    assert comments(found) == comments(text)
    assert made(found) == found


@given(laid_somehow(), laid_somehow())
def test_files_of_several_documents_too(first: str, second: str) -> None:
    text = f"{first}\n---\n{second.partition('---')[2] or second}"
    found = made(text.replace("ladder: x", "ladder: y", 1))
    assert made(found) == found
    assert comments(found) == comments(text)
