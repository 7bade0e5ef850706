"""One bad file per mistake: its first lines are comments with the messages it must lead to, without the name of the file."""

from itertools import takewhile
from pathlib import Path

import pytest

from rules.load import load
from tests.rules.load.files import BAD, COMMON


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_a_bad_file_gets_the_message_in_its_first_line(path: Path) -> None:
    data = path.read_bytes()
    expected = [
        line.removeprefix("# ") for line in takewhile(lambda line: line.startswith("# "), data.decode().splitlines())
    ]

    loaded = load({"common.yaml": COMMON, "f": data})

    assert [str(problem).removeprefix("f:") for problem in loaded.problems] == expected
    assert loaded.rulebook is None


def test_every_message_is_one_line_without_jargon() -> None:
    for path in BAD:
        first = path.read_text().splitlines()[0]
        assert first.startswith("# ")
        for word in ("Input should", "pydantic", "Value error", "<", "dict", "tuple", "str type"):
            assert word not in first.replace("<tp@", "").replace("(<<)", "")
