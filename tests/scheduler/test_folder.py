"""The folder of rule files: what counts as one, under which name, and what cannot be read."""

import os
from pathlib import Path

import pytest

from scheduler.folder import load_rules, read_rules
from tests.both_languages import both_languages as both_languages

LADDER = b"ladder: x\nrungs: [{id: due, at: due, to: [head]}]\n"


def write(root: Path, *names: str) -> None:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(LADDER)


def test_files_are_named_as_the_setting_names_their_folder(tmp_path: Path) -> None:
    write(tmp_path, "rules/b.yaml", "rules/a/x.yml", "rules/c.YAML", "rules/readme.md", "other.yaml")
    read = read_rules(["rules", "other.yaml"], tmp_path)
    assert list(read.files) == ["other.yaml", "rules/a/x.yml", "rules/b.yaml", "rules/c.YAML"]
    assert read.problems == ()


def test_a_folder_from_the_root_keeps_its_full_name(tmp_path: Path) -> None:
    write(tmp_path, "rules/a.yaml")
    assert list(read_rules([str(tmp_path / "rules")], Path("/")).files) == [f"{tmp_path}/rules/a.yaml"]


def test_hidden_files_and_folders_are_passed_over(tmp_path: Path) -> None:
    write(tmp_path, "a.yaml", ".b.yaml", ".git/c.yaml")
    (tmp_path / ".#a.yaml").symlink_to("nobody@nowhere")  # the lock of an editor
    assert list(read_rules(["."], tmp_path).files) == ["a.yaml"]


def test_a_link_to_a_folder_is_followed_and_a_loop_ends(tmp_path: Path) -> None:
    write(tmp_path, "shared/s.yaml", "rules/a.yaml")
    (tmp_path / "rules/more").symlink_to(tmp_path / "shared")
    (tmp_path / "rules/loop").symlink_to(tmp_path / "rules")
    assert list(read_rules(["rules"], tmp_path).files) == ["rules/a.yaml", "rules/more/s.yaml"]


def test_a_link_that_leads_nowhere_is_a_problem(tmp_path: Path) -> None:
    write(tmp_path, "a.yaml")
    (tmp_path / "b.yaml").symlink_to("gone.yaml")
    assert [str(p) for p in read_rules(["."], tmp_path).problems] == [
        "b.yaml:1:1: cannot be read: No such file or directory"
    ]


def test_a_pipe_is_no_rule_file(tmp_path: Path) -> None:
    write(tmp_path, "a.yaml")
    os.mkfifo(tmp_path / "b.yaml")
    assert list(read_rules(["."], tmp_path).files) == ["a.yaml"]


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ("gone", "gone:1:1: there is no such folder or file"),
        ("empty", "empty:1:1: no rule files (*.yaml, *.yml) in this folder"),
    ],
)
def test_a_folder_without_rule_files_is_a_problem(entry: str, message: str, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert [str(p) for p in load_rules(read_rules([entry], tmp_path)).problems] == [message]


def test_of_a_file_that_is_too_large_only_so_much_is_read_as_shows_it(tmp_path: Path) -> None:
    with (tmp_path / "big.yaml").open("wb") as file:
        file.truncate(3_000_000_000)
    read = read_rules(["."], tmp_path)
    assert len(read.files["big.yaml"]) == 5_000_001
    assert "at most 5 MB are accepted" in str(load_rules(read).problems[0])


def test_a_good_folder_loads(tmp_path: Path) -> None:
    write(tmp_path, "a.yaml")
    loaded = load_rules(read_rules(["."], tmp_path))
    assert loaded.problems == ()
    assert loaded.rulebook is not None
    assert list(loaded.rulebook.ladders) == ["x"]
