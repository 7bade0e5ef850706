"""Where applied rule files come from: the commit of their folder, looked up without running anything of the repository."""

import subprocess
from pathlib import Path

from tests.e2e.console import at, edit, good, latest


def git(folder: Path, *arguments: str) -> str:
    who = ("-c", "user.name=an", "-c", "user.email=an@tinh.example", "-c", "commit.gpgsign=false")
    ran = subprocess.run(["git", *who, *arguments], cwd=folder, capture_output=True, text=True, check=True)
    return ran.stdout.strip()


def test_the_commit_of_the_folder_is_recorded(office: Path) -> None:
    assert latest(office).git_commit is None
    git(office, "init", "-q")
    git(office, "add", "rules")
    git(office, "commit", "-qm", "quy tắc")
    head = git(office, "rev-parse", "HEAD")
    edit("deadline: 2026-03\n", "deadline: 2026-04-15\n")
    with at("2026-03-20T11:00"):
        good("apply", "--yes")
    assert latest(office).git_commit == f"{head} with changes"
    git(office, "commit", "-qam", "lùi hạn")
    edit("title: Báo cáo tuần", "title: Báo cáo hằng tuần")
    git(office, "commit", "-qam", "tên")
    with at("2026-03-20T12:00"):
        good("apply", "--yes")
    assert latest(office).git_commit == git(office, "rev-parse", "HEAD")


def test_no_hook_or_filter_of_the_repository_is_run(office: Path) -> None:
    git(office, "init", "-q")
    git(office, "add", "rules")
    git(office, "commit", "-qm", "quy tắc")
    trap = office / "trap.sh"
    trap.write_text("#!/bin/sh\ntouch ran\ncat\n")
    trap.chmod(0o755)
    for name in ("core.fsmonitor", "filter.trap.clean", "core.sshCommand", "core.pager"):
        git(office, "config", name, str(trap))
    git(office, "config", "core.hooksPath", str(office))
    (office / ".git/info/attributes").write_text("* filter=trap\n")
    edit("deadline: 2026-03\n", "deadline: 2026-04-15\n")
    with at("2026-03-20T11:00"):
        good("apply", "--yes")
    assert latest(office).git_commit is not None
    assert not (office / "ran").exists()
