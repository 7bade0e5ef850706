"""A comment with a reason lets a finding stand, where it stands, and nowhere else."""

import pytest

from rules.waivers import waivers
from tests.rules.lint.folders import BAD, COMMON, found, told


def d401(comment: str, *, at: str = "above") -> str:
    """Return a programme with a deadline on a Sunday, and a comment above it, behind it, above its task or the whole."""
    path = next(path for path in BAD if path.stem.startswith("D401"))
    lines = path.read_text().splitlines()[1:]
    place = {"above": -1, "behind": -1, "task": 9, "tasks": 8, "document": 0, "elsewhere": 10}[at]
    if at == "behind":
        lines[-1] += f"  {comment}"
    else:
        lines.insert(len(lines) + place if place < 0 else place, comment)
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("at", ["above", "behind", "task", "tasks", "document"])
def test_a_waiver_covers_its_line_and_all_that_begins_there(at: str) -> None:
    assert found(d401("# lint: D401 vì văn bản ghi đúng ngày ấy", at=at)) == []


def test_a_waiver_elsewhere_covers_nothing_and_is_found_itself() -> None:
    assert [each.code for each in found(d401("# lint: D401 vì thế", at="elsewhere"))] == ["D802", "D401"]


def test_a_blank_line_parts_a_waiver_from_what_is_below() -> None:
    assert [each.code for each in found(d401("# lint: D401 vì thế\n", at="above"))] == ["D802", "D401"]


def test_waivers_and_remarks_may_stand_together_above_a_line() -> None:
    assert found(d401("# lint: D401 vì thế\n    # ngày ghi trong phụ lục")) == []


def test_a_waiver_of_another_code_covers_nothing() -> None:
    assert [each.code for each in found(d401("# lint: D405 vì thế"))] == ["D802", "D401"]


def test_a_waiver_without_a_reason_covers_and_is_found() -> None:
    assert [each.code for each in found(d401("# lint: D401"))] == ["D801"]
    assert [each.code for each in found(d401("# lint: D401 vì …"))] == ["D801"]


def test_a_misspelt_code_is_found_with_the_one_meant() -> None:
    [unknown, _] = found(d401("# lint: D4O1 vì thế"))
    assert told(unknown).endswith("D803 không có mã D4O1; có phải 'D401'?")
    assert unknown.said.en == "there is no code D4O1; did you mean 'D401'?"


@pytest.mark.parametrize(
    ("comment", "codes", "reason"),
    [
        ("# lint: D401 vì văn bản ghi vậy", ("D401",), "văn bản ghi vậy"),
        ("# lint: D401, D105 because it says so", ("D401", "D105"), "it says so"),
        ("#lint:d401 – it says so", ("D401",), "it says so"),
        ("x: 1  # lint: D401 và D105: lý do", ("D401", "D105"), "lý do"),
        ("# lint: D401", ("D401",), ""),
        ("# lint: vì thế", (), "thế"),
    ],
)
def test_a_waiver_is_read_as_it_is_written(comment: str, codes: tuple[str, ...], reason: str) -> None:
    [waiver] = waivers("f", comment)
    assert (waiver.codes, waiver.reason) == (codes, reason)


@pytest.mark.parametrize("line", ["title: Sửa lint: D401", "# linter: D401", "x: a#lint: D401"])
def test_other_text_is_no_waiver(line: str) -> None:
    assert waivers("f", line) == ()


@pytest.mark.parametrize(
    "text",
    [
        'title: "Xây dựng đề án # lint: D106 vì y"',
        "title: 'Xây dựng đề án # lint: D106 vì y'",
        'title: "Xây dựng\n  # lint: D106 vì y"',
        "note: |\n  Xây dựng\n  # lint: D106 vì y\n",
        "note: >-\n  Xây dựng # lint: D106 vì y\n",
        'tasks: [{id: A.1, title: "𝒳 # lint: D106 vì y"}]',
    ],
)
def test_inside_a_string_nothing_is_a_waiver(text: str) -> None:
    assert waivers("f", text) == ()
    assert waivers("f", f"{text}\r\n" if "\n" not in text else text) == ()


@pytest.mark.parametrize(
    "text",
    [
        'x: "a # lint: D106 vì y" # lint: D401 vì "z"',
        "x: | # lint: D401 vì z\n  # lint: D106 vì y\n",
        'x: ["a"] # lint: D401 vì z',
        'x: "a"\n# lint: D401 vì z\n---\ny: "b # lint: D106 vì y"\n',
        "x: |\n  a # lint: D106 vì y\n\n# lint: D401 vì z\ny: 1\n",
        "x: it's  # lint: D401 vì z",
        'x: "a"  # lint: D401 vì z\ny: @',
    ],
)
def test_beside_a_string_a_comment_is_one(text: str) -> None:
    assert [waiver.codes for waiver in waivers("f", text)] == [("D401",)]


def test_a_string_that_reads_like_a_waiver_silences_neither_a_check_nor_a_marking() -> None:
    programme = COMMON["programme"].decode().replace(" product: Báo cáo,", "")
    programme = programme.replace("title: Rà soát cơ sở dữ liệu", 'title: "Rà soát đề án # lint: D106 vì y"')
    assert [each.code for each in found(programme)] == ["D106"]
    marked = programme.replace("Rà soát đề án # lint: D106", "Rà soát (Tối mật) # lint: D701")
    assert [each.code for each in found(marked)] == ["D701"]
