"""Maildir: durable once sent, one file for one Message-ID, whatever breaks in between."""

import asyncio
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

from notifications.envelope import Envelope, Verdict
from notifications.maildir import MaildirSettings, file_name
from notifications.transport import open_transport

ENVELOPE = Envelope("don-doc@x.example", "gd@x.example", "<1@x.example>", "Thư", b"Subject: x\r\n\r\nbody\r\n")


def send(folder: Path, *envelopes: Envelope) -> list[Verdict]:
    async def run() -> list[Verdict]:
        async with open_transport(MaildirSettings(folder)) as deliver:
            return list(await asyncio.gather(*map(deliver, envelopes)))

    return asyncio.run(run())


def names(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_a_mail_is_one_file_with_the_line_ends_of_the_place(tmp_path: Path) -> None:
    box = tmp_path / "var" / "mail"
    assert send(box, ENVELOPE)[0].outcome == "sent"
    assert names(box) == [f"new/{file_name('<1@x.example>')}"]
    [file] = (box / "new").iterdir()
    assert file.read_bytes() == b"Subject: x\n\nbody\n"
    assert file.stat().st_mode & 0o077 == 0


def test_a_repeat_makes_no_second_file(tmp_path: Path) -> None:
    send(tmp_path, ENVELOPE)
    assert send(tmp_path, ENVELOPE)[0].outcome == "sent"
    assert len(names(tmp_path)) == 1


def test_a_repeat_of_what_has_been_read_makes_no_second_file(tmp_path: Path) -> None:
    send(tmp_path, ENVELOPE)
    [file] = (tmp_path / "new").iterdir()
    file.rename(tmp_path / "cur" / f"{file.name}:2,S")
    assert send(tmp_path, ENVELOPE)[0].outcome == "sent"
    assert names(tmp_path) == [f"cur/{file.name}:2,S"]


def test_many_at_once(tmp_path: Path) -> None:
    mails = [replace(ENVELOPE, message_id=f"<{n % 50}@x.example>") for n in range(100)]
    assert {found.outcome for found in send(tmp_path, *mails)} == {"sent"}
    assert len(names(tmp_path)) == 50


def test_an_id_that_looks_like_a_path_stays_in_the_folder(tmp_path: Path) -> None:
    send(tmp_path / "box", replace(ENVELOPE, message_id="<../../evil\x00:2,S@x>"))
    assert len(names(tmp_path / "box" / "new")) == len(names(tmp_path)) == 1


def test_a_folder_that_cannot_be_made_is_a_matter_of_configuration(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    found = send(tmp_path / "file" / "mail", ENVELOPE)[0]
    assert (found.outcome, found.stage) == ("configuration", "maildir")


def test_a_full_disk_passes(tmp_path: Path) -> None:
    script = (
        "import resource, sys, pathlib; sys.path.insert(0, '.');"
        "import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        "import tests.notifications.test_maildir as t; from dataclasses import replace;"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000));"
        "print(t.send(pathlib.Path(sys.argv[1]), replace(t.ENVELOPE, content=b'x' * 5000))[0].outcome)"
    )
    done = subprocess.run([sys.executable, "-c", script, str(tmp_path)], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "transient"
    assert names(tmp_path) == []


def test_killed_at_any_moment_it_leaves_no_half_mail_and_loses_none_it_called_sent(tmp_path: Path) -> None:
    script = (
        "import sys, pathlib, asyncio; sys.path.insert(0, '.');"
        "import tests.notifications.test_maildir as t; from dataclasses import replace\n"
        "async def run():\n"
        "    async with t.open_transport(t.MaildirSettings(pathlib.Path(sys.argv[1]))) as deliver:\n"
        "        for n in range(10**6):\n"
        "            await deliver(replace(t.ENVELOPE, message_id=f'<{n}@x>', content=b'x' * 100_000 + b'\\r\\n'))\n"
        "            print(n, flush=True)\n"
        "asyncio.run(run())"
    )
    with subprocess.Popen([sys.executable, "-c", script, str(tmp_path)], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(0.3)
        process.kill()
        said = [0, *(int(line) for line in process.stdout.read().split("\n")[:-1] if line)]
    kept = {path.name for path in (tmp_path / "new").iterdir()}
    assert {file_name(f"<{n}@x>") for n in said} <= kept
    assert all(path.stat().st_size == 100_001 for path in (tmp_path / "new").iterdir())
    assert send(tmp_path, replace(ENVELOPE, message_id="<0@x>"))[0].outcome == "sent"
