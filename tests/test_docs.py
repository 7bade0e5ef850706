"""What the documents show must be so: their rule files load, their commands exist, their sessions print what stands there.

In docs/vi/huong-dan.md a comment before a block says what it is: `<!-- complete: FILE -->` a rule file that is put into FILE,
`<!-- broken: FILE -->` one that must not load, `<!-- file: FILE -->` any other file, `<!-- edit: FILE -->` lines of FILE before (`-`)
and after (`+`) an edit, parted by `…` where others stand between them. `<!-- now: 2026-03-24 08:00 -->` is the local time of the console
blocks that follow; these run in order, in one folder. A line `…` stands for any lines. `python -m tests.test_docs` prints the output of
every block that differs.
"""

import contextlib
import io
import json
import os
import re
import shlex
import tempfile
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import pytest
import time_machine
import typer
import yaml

from rules.load import load
from scheduler import commands
from scheduler.config import load_config
from scheduler.scenarios import differences, played
from scheduler.settings import SETTINGS

ROOT = Path(__file__).parent.parent
GUIDE = ROOT / "docs/vi/huong-dan.md"
OPERATIONS = ROOT / "docs/operations.md"
WITH_RULES = [GUIDE, ROOT / "docs/rule-language.md", ROOT / "README.md"]
SCENARIOS = ROOT / "docs/scenarios.md"
EDITING = ROOT / "docs/vi/sua-quy-tac.md"
MORE = (
    "reading.md",
    "phrases.md",
    "explaining.md",
    "planning.md",
    "lint.md",
    "editing.md",
    "status.md",
    "answers.md",
    "feeds-and-replies.md",
)
OTHERS = [OPERATIONS, *(ROOT / "docs" / name for name in MORE), SCENARIOS, EDITING]

NOON = datetime(2026, 1, 12, 12, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
KINDS = ("programme", "directory", "ladder", "calendar")
MARKED = re.compile(
    r"^<!-- (?P<mark>\w+): (?P<what>[^\n]+?) -->$|^```(?P<language>\w+)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL
)


class Block(NamedTuple):
    """A fenced block of a document, with the comment that stands right before it, and its line."""

    language: str
    text: str
    mark: str
    what: str
    line: int


def blocks(path: Path) -> Iterator[Block]:
    text = path.read_text(encoding="utf-8")
    mark, what, end = "", "", 0
    for found in MARKED.finditer(text):
        if found["mark"]:
            mark, what, end = found["mark"], found["what"], found.end()
            continue
        stands_before = text[end : found.start()].isspace() and mark
        line = text.count("\n", 0, found.start()) + 2
        yield Block(found["language"], found["text"], *((mark, what) if stands_before else ("", "")), line)


# --- rule files ------------------------------------------------------------------------------------------------------


def is_whole(block: Block) -> bool:
    """Say whether a block is a rule file, not a part of one: it begins like one, and nothing is left out of it.

    A directory alone is always a part: its groups name units that it does not show.
    """
    code = [line.partition(" #")[0] for line in block.text.splitlines()]
    begins_like_one = code[0].partition(":")[0] in ("programme", "ladder", "calendar")
    return block.language == "yaml" and begins_like_one and not any("…" in line for line in code)


def rule_files() -> list[Any]:
    found = [(path, block) for path in WITH_RULES for block in blocks(path)]
    return [
        pytest.param(block, id=f"{path.name}:{block.line}")
        for path, block in found
        if block.mark == "complete" or (block.mark != "broken" and is_whole(block))
    ]


def names_in(text: str) -> set[tuple[str, str]]:
    """Return the documents that a rule file holds, each as its kind and id."""
    return {(kind, name) for kind, name in re.findall(r"^(\w+): *([\w-]+)", text, re.MULTILINE) if kind in KINDS}


def companions(text: str) -> dict[str, bytes]:
    """Return the directory, calendar and ladders of programmes/ that a programme in `text` does without."""
    programmes = [found for found in yaml.load_all(text, yaml.BaseLoader) if "programme" in found]
    wanted = {(kind, found[kind]) for found in programmes for kind in KINDS[1:]}
    wanted |= {("ladder", name) for name in ("standard", "gentle", "strict")} if programmes else set()
    parts = [
        part
        for path in sorted((ROOT / "programmes").glob("*.yaml"))
        for part in re.split(r"^---$", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
        if not re.search(r"^programme:", part, re.MULTILINE)
    ]
    own = {(kind, found[kind]) for found in yaml.load_all(text, yaml.BaseLoader) for kind in list(found)[:1]}
    return {f"{n}.yaml": part.encode() for n, part in enumerate(parts) if names_in(part) & (wanted - own)}


@pytest.mark.parametrize("block", rule_files())
def test_a_rule_file_of_the_documents_loads(block: Block) -> None:
    files = {"block.yaml": block.text.encode()}
    if not block.mark:
        files |= companions(block.text)
    assert [str(problem) for problem in load(files).problems] == []


def test_each_document_shows_a_rule_file() -> None:
    assert {path.name for path in WITH_RULES} == {found.id.partition(":")[0] for found in rule_files()}


@pytest.mark.parametrize(
    "block",
    [
        pytest.param(block, id=f"{path.name}:{block.line}")
        for path in (SCENARIOS, EDITING, GUIDE)
        for block in blocks(path)
        if block.language == "yaml" and block.text.startswith("scenario:")
    ],
)
def test_a_scenario_of_the_documents_is_met_by_the_examples(block: Block) -> None:
    files = {str(path): path.read_bytes() for path in sorted((ROOT / "programmes").glob("*.yaml"))}
    found = load({**files, "block.yaml": block.text.encode()})
    assert [str(problem) for problem in (*found.problems, *found.scenario_problems)] == []
    settings = load_config(None, {}).config
    assert settings is not None
    told = [
        difference
        for outcome in played(found.scenarios, found, settings, "en")
        for difference in differences(outcome, "en")
    ]
    assert [str(problem) for problem in told] == []


# --- sessions --------------------------------------------------------------------------------------------------------


def printed(command: str, now: datetime) -> str:
    """Return what a command of dondoc prints at that time, errors included."""
    out = io.StringIO()
    with time_machine.travel(now, tick=True), contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
        commands.main(shlex.split(command)[1:])
    return out.getvalue()


def sessions(path: Path, folder: Path) -> Iterator[tuple[int, str, list[str], list[str]]]:
    """Run the console blocks of a document; yield the line of each command, the command, what stands there and what came.

    The clock begins at the `now` before a block, and every command takes a minute.
    """
    now = NOON
    for block in blocks(path):
        if block.mark in ("complete", "broken", "file"):
            (folder / block.what).parent.mkdir(parents=True, exist_ok=True)
            (folder / block.what).write_text(block.text, encoding="utf-8")
        if block.mark == "edit":
            before = (folder / block.what).read_text(encoding="utf-8")
            (folder / block.what).write_text(edited(before, block.text), encoding="utf-8")
        if block.mark == "now":
            now = datetime.fromisoformat(block.what).replace(tzinfo=NOON.tzinfo)
        if block.language == "console":
            line = block.line
            for part in re.split(r"^\$ ", block.text, flags=re.MULTILINE)[1:]:
                command, *expected = part.rstrip("\n").split("\n")
                yield line, command, _bare(expected), _bare(printed(command, now).splitlines())
                line, now = line + 1 + len(expected), now + timedelta(minutes=1)


def edited(text: str, edits: str) -> str:
    """Return a text with the lines that begin with `-` as those with `+` say; lines of neither stay."""
    for hunk in edits.split("…\n"):
        lines = hunk.splitlines(keepends=True)
        before = "".join(line[1:] for line in lines if line[0] != "+")
        assert text.count(before) == 1, f"stands {text.count(before)} times:\n{before}"
        text = text.replace(before, "".join(line[1:] for line in lines if line[0] != "-"))
    return text


def _bare(lines: list[str]) -> list[str]:
    return [line.rstrip() for line in lines if line.strip()]


def agrees(expected: list[str], came: list[str]) -> bool:
    """Say whether the lines are the same, `…` standing for any lines."""
    pattern = "".join(".*" if line.strip() == "…" else re.escape(line + "\n") for line in expected)
    return re.fullmatch(pattern, "".join(line + "\n" for line in came), re.DOTALL) is not None


@contextlib.contextmanager
def office() -> Iterator[Path]:
    """Yield a new folder, the current one meanwhile, with an empty configuration, and nothing of this machine's in the environment."""
    kept, before = dict(os.environ), Path.cwd()
    for name in [name for name in os.environ if name.startswith("DONDOC_")]:
        del os.environ[name]
    os.environ["LOGNAME"] = "tran-lan"
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "config.toml").touch()
        os.chdir(folder)
        try:
            yield Path(folder)
        finally:
            os.chdir(before)
            os.environ.clear()
            os.environ.update(kept)


def test_the_sessions_of_the_guide_print_what_stands_there() -> None:
    with office() as folder:
        differ = [
            f"{GUIDE.name}:{line}: $ {command}\n" + "\n".join(came)
            for line, command, expected, came in sessions(GUIDE, folder)
            if not agrees(expected, came)
        ]
    assert differ == []


@pytest.mark.parametrize("block", [b for b in blocks(GUIDE) if b.mark == "broken"], ids=lambda block: block.what)
def test_a_broken_rule_file_of_the_guide_does_not_load(block: Block) -> None:
    assert load({block.what: block.text.encode()}).rulebook is None


# --- the table of deadlines ------------------------------------------------------------------------------------------

TABLE = "| Lời văn trong văn bản | Cách ghi | Kết quả |"
OFFICE = """
programme: bang
title: Bảng
document: {number: 12/KH-UBND, date: 2026-01-12, issuer: Ủy ban nhân dân tỉnh}
period: 2026
directory: tinh
calendar: viet-nam
ladder: standard
standing: van-phong
events:
  de-an: {title: Trung ương ban hành Đề án}
  su-co: {title: Xảy ra sự cố}
  hop-bcd: {title: Họp Ban Chỉ đạo, date: 2026-05-20}
tasks:
TASKS
---
directory: tinh
chair: {title: Chủ tịch, email: ct@tinh.example}
overseer: {title: Phó Chủ tịch, email: pct@tinh.example}
units:
  van-phong: {name: Văn phòng, head: {title: Chánh Văn phòng, email: cvp@tinh.example}}
"""


def rows() -> list[tuple[str, str]]:
    """Return the second and third cells of the table of deadlines, the second without its backticks."""
    table = GUIDE.read_text(encoding="utf-8").partition(TABLE)[2].strip().split("\n\n")[0]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()[1:]]
    return [(written.strip("`"), result) for _, written, result in cells]


def shown(day: str) -> str:
    """Return a day as official documents write it (Nghị định 30/2020/NĐ-CP): 05/02/2026, 05/3/2026."""
    found = date.fromisoformat(day)
    return f"{found.day:02}/{found.month:0{2 if found.month < 3 else 1}}/{found.year}"


@pytest.fixture(scope="module")
def terms() -> list[list[str | None]]:
    """For each row of the table, the due days that the CLI explains on 12 January 2026."""
    written = [row if row.startswith("deadlines:") else f"deadline: {row}" for row, _ in rows()]
    tasks = [f"  - {{id: R.{n}, title: Việc, lead: van-phong, {row}}}" for n, row in enumerate(written)]
    text = OFFICE.replace("TASKS", "\n".join(tasks))
    with office() as folder:
        (folder / "programmes").mkdir()
        (folder / "programmes/bang.yaml").write_text(text, encoding="utf-8")
        for name, data in companions(text).items():
            (folder / "programmes" / name).write_bytes(data)
        told = [
            printed(f"dondoc explain R.{n} --format json --assume de-an=2026-06-10", NOON) for n in range(len(tasks))
        ]
    return [[found["term"]["due"] for found in json.loads(text)["obligations"]] for text in told]


def test_the_table_has_the_usual_phrases() -> None:
    assert len(rows()) >= 25


@pytest.mark.parametrize("number", range(len(rows())), ids=[row for row, _ in rows()])
def test_a_row_of_the_table_comes_to_what_it_says(number: int, terms: list[list[str | None]]) -> None:
    written, result = rows()[number]
    dues = [shown(due) for due in terms[number] if due]
    assert all(due in result for due in dues), f"{written} comes to {dues}"
    assert bool(dues) == bool(re.search(r"\d/\d{4}", result)), f"{written} comes to {dues}"


# --- commands and settings -------------------------------------------------------------------------------------------


def invocations(path: Path) -> Iterator[str]:
    """Yield what follows `dondoc` wherever a document shows a command, in a block or in a span of code."""
    text = path.read_text(encoding="utf-8")
    shells = [block.text.replace("\\\n", " ") for block in blocks(path) if block.language in ("sh", "console")]
    spans = re.findall(r"`([^`\n]+)`", re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL))
    for code in [*shells, *spans]:
        yield from re.findall(r"(?:^|[\s$(]|bin/)dondoc ((?:--[a-z]|[a-z]+\b)[^#|;&\n]*)", code)


def unknown_in(words: list[str]) -> str:
    """Return the command or option that dondoc does not have, '' when it has all."""
    command: Any = typer.main.get_command(commands.app)
    context = typer.Context(command)
    while words and hasattr(command, "list_commands"):
        if words[0].startswith("-"):
            break
        found = command.get_command(context, words[0])
        if found is None:
            return words[0]
        command, words = found, words[1:]
    known = {option for parameter in command.params for option in parameter.opts} | {"--help"}
    used = (word.partition("=")[0] for word in words if re.fullmatch(r"--?[a-z].*", word))
    return next((option for option in used if option not in known), "")


@pytest.mark.parametrize("path", [*WITH_RULES, *OTHERS], ids=lambda path: path.name)
def test_every_command_and_option_of_the_documents_exists(path: Path) -> None:
    shown_in = [re.sub(r"['\"][^'\"]*['\"]", "TEXT", line).split() for line in invocations(path)]
    assert {" ".join(words): unknown_in(words) for words in shown_in if unknown_in(words)} == {}


def test_the_table_of_settings_has_every_key_with_its_default() -> None:
    table = re.findall(r"^\| `([\w.]+)` \| (.*?) \|", OPERATIONS.read_text(encoding="utf-8"), re.MULTILINE)
    defaults = {name: setting.default for name, setting in SETTINGS.items()}
    assert {name: json.loads(default.strip("`")) if default else None for name, default in table} == defaults


if __name__ == "__main__":
    with office() as place:
        for where, command, expected, came in sessions(GUIDE, place):
            if not agrees(expected, came):
                print(f"--- {GUIDE.name}:{where}: $ {command}", *came, sep="\n")
