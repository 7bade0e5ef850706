"""What must hold of the project as a whole: its locked lists, its packages and what their files may say."""

import ast
import re
import subprocess
import sys
import tomllib
import zipfile
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
PACKAGES: list[str] = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
RUNTIME: list[str] = PROJECT["project"]["dependencies"]
EXTRAS: dict[str, list[str]] = PROJECT["project"]["optional-dependencies"]
LOCKS = ["requirements.lock", "requirements-test.lock"]

# Written so that the patterns do not match themselves.
OF_THIS_MACHINE = re.compile(r"(?<![\w.-])/(?:work|root|home)/\w")
OF_A_REGISTRY = re.compile(r"(?:pypi|npmjs|files\.pythonhosted|deb\.debian|proxy\.golang)[.](?:org|com)\b")


def tracked(*folders: str) -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z", *folders], cwd=ROOT, check=True, capture_output=True)
    paths = [ROOT / name for name in listed.stdout.decode().split("\0") if name]
    return [path for path in paths if path.is_file()]


def names(requirements: list[str]) -> set[str]:
    return {canonicalize_name(Requirement(line).name) for line in requirements}


@pytest.mark.parametrize("lock", LOCKS)
def test_a_locked_list_names_no_address(lock: str) -> None:
    assert "://" not in (ROOT / lock).read_text()


@pytest.mark.parametrize("lock", LOCKS)
def test_a_locked_list_has_a_hash_for_every_pin(lock: str) -> None:
    entries = re.split(r"\n(?=\w)", (ROOT / lock).read_text())
    assert [entry for entry in entries[1:] if "--hash=sha256:" not in entry] == []


@pytest.mark.parametrize(
    ("lock", "wanted"),
    [
        ("requirements.lock", RUNTIME + EXTRAS["build"]),
        ("requirements-test.lock", RUNTIME + EXTRAS["build"] + EXTRAS["test"]),
    ],
)
def test_a_locked_list_pins_what_the_project_asks_for(lock: str, wanted: list[str]) -> None:
    pins = dict(re.findall(r"^([\w.-]+)==([^\s;]+)", (ROOT / lock).read_text(), re.MULTILINE))
    asked = [Requirement(line) for line in wanted]
    amiss = [str(each) for each in asked if pins.get(canonicalize_name(each.name), "none") not in each.specifier]
    assert amiss == [], "run make lock"


def test_no_file_names_a_path_of_this_machine_or_a_registry() -> None:
    found = []
    for path in tracked():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:  # a document or a picture
            continue
        for number, line in enumerate(text.splitlines(), start=1):
            if OF_THIS_MACHINE.search(line) or OF_A_REGISTRY.search(line):
                found.append(f"{path.relative_to(ROOT)}:{number}: {line.strip()[:80]}")
    assert found == []


def test_days_are_written_by_the_one_file_that_knows_how() -> None:
    """What reads or copies a cell of a sheet has a form of its own; nothing else writes `30/03/2026`."""
    cells = {ROOT / "rules" / "plans" / "sources" / "values.py", ROOT / "rules" / "value_sheet.py"}
    files = [path for path in tracked(*PACKAGES) if path.suffix in (".py", ".j2") and path not in cells]
    assert [path.name for path in files if "%d/%m" in path.read_text(encoding="utf-8")] == []


def test_the_wheel_holds_every_file_of_the_packages_and_no_test(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    with zipfile.ZipFile(next(tmp_path.glob("*.whl"))) as wheel:
        shipped = set(wheel.namelist())
    assert {path.relative_to(ROOT).as_posix() for path in tracked(*PACKAGES)} <= shipped
    assert {name.split("/")[0] for name in shipped if ".dist-info/" not in name} == set(PACKAGES)


def test_what_the_packages_import_is_a_dependency_of_theirs() -> None:
    declared = names(RUNTIME).union(*(names(EXTRAS[extra]) for extra in EXTRAS.keys() - {"build", "test"}))
    owners = packages_distributions()
    undeclared = [
        f"{path.relative_to(ROOT)}: {module}"
        for path in tracked(*PACKAGES)
        if path.suffix == ".py"
        for module in imported(path)
        if module not in sys.stdlib_module_names and module not in PACKAGES
        if not declared.intersection(canonicalize_name(owner) for owner in owners.get(module, []))
    ]
    assert undeclared == []


def imported(path: Path) -> set[str]:
    """The top-level names of all that a file imports."""
    modules: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            modules.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            modules.add(node.module)
    return {module.partition(".")[0] for module in modules}
