"""`dondoc new` and `dondoc fmt` in a folder of rule files: what they write, what they refuse, and that nothing is lost."""

import io
from pathlib import Path

import pytest

from rules.begun.task import next_id, sections
from rules.load import load
from tests.e2e.console import at, good, refused, run
from tests.rules.lint.folders import COMMON


@pytest.fixture
def folder(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same with a plan, in the folder that is worked in."""
    monkeypatch.chdir(folder.parent)
    (folder / "ke-hoach.yaml").write_text(PLAN, encoding="utf-8")
    return folder


PLAN = """\
# a plan
programme: ke-hoach
title: Kế hoạch
document: {number: 20/KH-UBND, date: 2026-01-06}
period: 2026
directory: tinh
calendar: lich
ladder: chuan
standing: so-a
events:
  de-an: {title: Trung ương ban hành Đề án, watch: {ask: so-a, every: month}}   # asked monthly
tasks:
  # I
  - id: A.1
    section: A.I
    title: Việc một
    lead: so-a
    deadline: 2026-03   # March

  # II
  - id: A.2
    section: A.II
    title: Việc hai
    lead: so-b
    deadline: 2026-06
indicators:
  - {id: I.1, title: Chỉ tiêu, targets: {2026: "1"}, owner: so-a}
"""
TASK = (
    "new",
    "task",
    "--rules",
    "programmes",
    "--programme",
    "ke-hoach",
    "--title",
    "Ban hành Đề án",
    "--lead",
    "so-a",
)
ADDED = """\
  - id: A.3
    section: A.I
    title: Ban hành Đề án
    lead: so-a
    stated: Trước ngày 15/5/2026
    deadline: {before: 2026-05-15}
"""


def answers(monkeypatch: pytest.MonkeyPatch, *lines: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in lines)))


@at("2026-01-12 08:00")
def test_a_task_goes_to_the_end_of_its_section_and_every_other_line_stays(folder: Path) -> None:
    ran = good(*TASK, "--section", "A.I", "--stated", "Trước ngày 15/5/2026", "--yes")
    assert (folder / "ke-hoach.yaml").read_text(encoding="utf-8") == PLAN.replace("# March\n", f"# March\n{ADDED}")
    assert "trước ngày 15/5/2026: chậm nhất là hết ngày 14/5/2026" in ran.out
    assert "nhắc đến 14/5/2026, trễ sau 15/5/2026" in ran.out
    assert ran.out.endswith("programmes/ke-hoach.yaml: task A.3 added\n")


@at("2026-01-12 08:00")
def test_without_a_section_it_goes_to_the_last_one_and_a_new_one_to_the_end(folder: Path) -> None:
    good(*TASK, "--stated", "Quý III/2026", "--yes")
    good(*TASK, "--section", "B", "--stated", "Quý IV/2026", "--yes")
    text = (folder / "ke-hoach.yaml").read_text(encoding="utf-8")
    assert sections(text) == ["A.I", "A.II", "B"]
    assert text.index("id: A.2") < text.index("id: A.3") < text.index("id: B.1") < text.index("indicators:")
    assert next_id(text, "A.I") == "A.4"


@at("2026-01-12 08:00")
def test_answers_on_a_terminal_are_asked_for_and_a_phrase_again_until_it_is_read(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers(
        monkeypatch,
        "A.I",
        "",
        "Ban hành Đề án",
        "so-a, so-b",
        "",
        "Đề án",
        "",
        "xyz",
        "Tháng 5",
        "n",
        "Tháng 6",
        "y",
        "each",
        "y",
    )
    ran = good("new", "task", "--rules", "programmes", "--programme", "ke-hoach")
    text = (folder / "ke-hoach.yaml").read_text(encoding="utf-8")
    assert "không đọc được 'xyz' thành thời hạn" in ran.out
    assert (
        "    lead: [so-a, so-b]\n    product: Đề án\n    stated: Tháng 6\n    completion: each\n    deadline: 2026-06\n"
        in text
    )


@at("2026-01-12 08:00")
def test_a_no_at_the_end_writes_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answers(monkeypatch, "A.I", "", "", "", "", "y", "n")
    ran = run(*TASK, "--stated", "Tháng 6")
    assert ran.code == 130
    assert (folder / "ke-hoach.yaml").read_text(encoding="utf-8") == PLAN


@at("2026-01-12 08:00")
def test_a_deadline_that_waits_is_tied_to_an_event_of_the_programme(folder: Path) -> None:
    stated = "Trong 30 ngày kể từ khi Trung ương ban hành Đề án"
    good(*TASK, "--stated", stated, "--event", "de-an", "--yes")
    assert "deadline: {after: de-an, within: 30 days}" in (folder / "ke-hoach.yaml").read_text(encoding="utf-8")


@at("2026-01-12 08:00")
def test_what_is_doubtful_about_a_deadline_stands_above_it(folder: Path) -> None:
    good(*TASK, "--stated", "Trước tháng 7", "--yes")
    text = (folder / "ke-hoach.yaml").read_text(encoding="utf-8")
    assert "    # CHECK: " in text[: text.index("deadline: {before: 2026-07}")]


REFUSED = [
    (("--stated", "xyz"), "--stated: không đọc được 'xyz' thành thời hạn"),
    (("--stated", "Tháng 6", "--id", "A.1"), "--id: 'A.1' is there already; the next free one: A.3"),
    (("--stated", "Tháng 6", "--id", "A 1"), "--id: 'A 1' is no id"),
    (("--stated", "Tháng 6", "--lead", "so-x"), "there is no unit or group 'so-x' in tinh; known: so-a, so-b; did you mean"),
    (("--stated", "Sau khi có Luật mới", "--event", "luat"), "there is no 'luat'"),
    ((), "--stated: with --yes it has to be given"),
]  # fmt: skip


@at("2026-01-12 08:00")
@pytest.mark.parametrize(("more", "said"), REFUSED)
def test_a_wrong_answer_is_refused_with_what_is_accepted(folder: Path, more: tuple[str, ...], said: str) -> None:
    assert said in refused(*TASK, *more, "--yes")
    assert (folder / "ke-hoach.yaml").read_text(encoding="utf-8") == PLAN


@at("2026-01-12 08:00")
def test_a_programme_a_ladder_and_a_directory_begin_files_of_their_own_that_load(folder: Path) -> None:
    new = ("--rules", "programmes", "--yes")
    good("new", "ladder", "--id", "nhe", "--overseer", "15", "--chair", "0", *new)
    units = (
        "--unit",
        "so-c|Sở C|Giám đốc Sở C|gd.c@tinh.example",
        "--unit",
        "so-d|Sở D|Giám đốc Sở D|gd.d@tinh.example",
    )
    good(
        "new",
        "directory",
        "--id",
        "huyen",
        "--chair",
        "Chủ tịch|ct@h.example",
        "--overseer",
        "PCT|p@h.example",
        *units,
        *new,
    )
    about = ("--title", "Kế hoạch 2027", "--number", "9/KH-UBND", "--date", "2027-01-05", "--period", "2027")
    good(
        "new",
        "programme",
        "--id",
        "nam-2027",
        *about,
        "--directory",
        "huyen",
        "--ladder",
        "nhe",
        "--standing",
        "so-c",
        *new,
    )
    task = ("--programme", "nam-2027", "--section", "A", "--title", "Rà soát", "--lead", "so-c", "--lead", "so-d")
    good("new", "task", *task, "--stated", "Hằng tháng, ngày 25", *new)

    files = {path.name: path.read_bytes() for path in folder.glob("*.yaml")}
    loaded = load(files)
    assert loaded.problems == ()
    assert loaded.rulebook is not None
    assert [rung.id for rung in loaded.rulebook.ladders["nhe"].rungs] == [
        "heads-up",
        "due-soon",
        "due-today",
        "late",
        "overseer",
    ]
    assert list(loaded.rulebook.programmes["nam-2027"].tasks) == ["A.1"]
    good("fmt", "programmes/nhe.yaml", "programmes/huyen.yaml", "programmes/nam-2027.yaml", "--check")


@at("2026-01-12 08:00")
def test_no_file_is_written_over_and_no_id_given_twice(folder: Path) -> None:
    (folder / "moi.yaml").write_text("# mine\n" + COMMON["calendar"].decode().replace("lich", "khac"), encoding="utf-8")
    assert "is there already, and is left as it is" in refused(
        "new", "ladder", "--id", "moi", "--rules", "programmes", "--yes"
    )
    assert "'chuan' is there already" in refused("new", "ladder", "--id", "chuan", "--rules", "programmes", "--yes")
    assert (folder / "moi.yaml").read_text(encoding="utf-8").startswith("# mine\n")


def test_fmt_shows_checks_and_writes_and_leaves_a_broken_file_alone(folder: Path) -> None:
    messy = PLAN.replace("  - id: A.2\n    section: A.II\n", "  - section: A.II\n    id: A.2   # two\n")
    (folder / "ke-hoach.yaml").write_text(messy, encoding="utf-8")
    (folder / "broken.yaml").write_text("ladder: [\n", encoding="utf-8")
    diff, check = run("fmt", "programmes", "--diff"), run("fmt", "programmes", "--check")
    assert (diff.code, check.code) == (1, 1)
    assert "+  - id: A.2   # two\n+    section: A.II\n" in diff.out
    assert "programmes/ke-hoach.yaml: would be laid out anew\n" in check.out
    assert (folder / "ke-hoach.yaml").read_text(encoding="utf-8") == messy

    wrote = run("fmt", "programmes")
    assert wrote.code == 1
    assert "programmes/ke-hoach.yaml: laid out anew\n" in wrote.out
    assert "programmes/broken.yaml:2:1: sai cú pháp YAML: " in wrote.out
    assert wrote.out.endswith("6 files: 1 changed, 5 as they are; 1 problem, such files are left alone\n")
    assert (folder / "ke-hoach.yaml").read_text(encoding="utf-8") == PLAN.replace("id: A.2\n", "id: A.2   # two\n")
    assert (folder / "broken.yaml").read_text(encoding="utf-8") == "ladder: [\n"
    (folder / "broken.yaml").unlink()
    assert good("fmt", "programmes").out == "5 files: 0 changed, 5 as they are\n"
