"""Both languages: whatever problem arises in a test is told in Vietnamese and in English, with the same words quoted.

A test file, or the conftest of a folder, that imports `both_languages` has it looked at in every test of it.
"""

import re
from collections.abc import Iterator

import pytest

from rules.problem import Problem
from rules.wording import Wording

_QUOTED = re.compile(r"(?<!\w)'[^']*'|\"[^\"]*\"")
_THEIRS = re.compile(r"«([^»]*)»")
"""What another program says, a parser or the system, which nobody translates."""
_VIETNAMESE = re.compile(r"[à-ỹđ]")
_ENGLISH = re.compile(r"\b(?:is|are|has|have|the|not|no|accepted|found|unknown|missing|did you mean|write|keep)\b")


def check(said: Wording) -> None:
    """Fail unless a message says the same in two languages, and each in its own."""
    assert said.vi != said.en
    assert "Wording(" not in said.vi + said.en
    assert len(said.vi.splitlines()) == len(said.en.splitlines()) == 1
    vi, en = said.vi, said.en
    for theirs in _THEIRS.findall(vi):
        vi, en = vi.replace(f"«{theirs}»", ""), en.replace(theirs, "")
    assert sorted(_QUOTED.findall(vi)) == sorted(_QUOTED.findall(en)), said
    unquoted = re.sub(r"`[^`]*`", "", _QUOTED.sub("", vi))
    assert _VIETNAMESE.search(unquoted), said
    assert not _ENGLISH.search(unquoted), said


@pytest.fixture(autouse=True)
def both_languages(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Look at all problems that arise while a test runs."""
    arisen: set[Wording] = set()
    plain = Problem.__init__

    def noted(self: Problem, *args: object, **named: object) -> None:
        plain(self, *args, **named)  # type: ignore[arg-type]
        arisen.add(self.said)

    monkeypatch.setattr(Problem, "__init__", noted)
    yield
    for said in sorted(arisen):
        check(said)
