"""Edited templates: what is wrong with them is said before the day, with file and line; on the day the letter leaves all the same."""

from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from notifications.compose import MailSettings, MessageIdentity, compose
from notifications.envelope import Envelope
from notifications.letters import OURS
from notifications.samples import samples
from notifications.verify import verify
from rules.wording import Language
from tests.both_languages import both_languages as both_languages

SAMPLES = dict(samples())
SETTINGS = MailSettings("Đôn đốc <don-doc@dongthap.example>")


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def composed(folder: Path, sample: str = "reminder") -> Envelope:
    identity = MessageIdentity("key", datetime(2026, 4, 3, tzinfo=UTC))
    return compose(SAMPLES[sample], identity=identity, settings=replace(SETTINGS, templates=folder))


@pytest.mark.parametrize("language", ["vi", "en"])
def test_ours_are_sound(language: Language, tmp_path: Path) -> None:
    assert verify(None, language) == ()
    assert verify(tmp_path, language) == ()


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_copy_of_ours_is_sound(language: Language, tmp_path: Path) -> None:
    for path in (OURS / language).iterdir():
        write(tmp_path, path.name, path.read_text(encoding="utf-8"))
    assert verify(tmp_path, language) == ()


@pytest.mark.parametrize(
    ("name", "text", "line", "message"),
    [
        ("reminder.txt.j2", "{% extends '_letter.txt.j2' %}\n{% block kind %}", 2, "Unexpected end of template"),
        ("reminder.subject.j2", "a\n{{ veiw.salutation }}", 2, "'veiw' is set nowhere; did you mean view?"),
        ("standing.txt.j2", "{{ view.digest.number }}", 1, "has no attribute 'number'"),
        ("standing.reason.j2", "\n\n{{ view.digest.today.strftime(7) }}", 3, "TypeError"),
        ("reminder.html.j2", "{% extends '_leter.html.j2' %}", 1, "_leter.html.j2"),
        ("reminder.html.j2", "{{ 1 // 0 }}", 1, "ZeroDivisionError"),
        ("reminder.subject.j2", "{{ ''.__class__.__mro__ }}", 1, "SecurityError"),
        ("reminder.subject.j2", " \n", 1, "nothing comes of it for the sample 'reminder'"),
        ("reminder.txt.j2", "Kính gửi: {{ view.salutation }}", 1, "leaves out the task 'Chuẩn bị họp Quý I"),
        (
            "_line.txt.j2",
            "{% macro full_line(line) %}\n{{ line.title }}\n{{ line.titel }}\n{% endmacro %}\n"
            "{% macro question_row(question, contact) %}{% endmacro %}{% macro matter_row(matter) %}{% endmacro %}",
            3,
            "'titel'",
        ),
        ("escalation.html.j2", "{% for line in view.lines %}{% endfor %}", 1, "has no attribute 'lines'"),
    ],
)
def test_a_mistake_is_told_with_its_line(name: str, text: str, line: int, message: str, tmp_path: Path) -> None:
    path = write(tmp_path, name, text)
    found = [problem for problem in verify(tmp_path) if problem.source.file == str(path)]
    assert any(problem.source.line == line and message in problem.message for problem in found), found


def test_a_file_that_no_letter_uses_is_a_slip(tmp_path: Path) -> None:
    path = write(tmp_path, "reminer.html.j2", "x")
    write(tmp_path, "_office.j2", "part of another")
    write(tmp_path, ".swp", "an editor's")
    [problem] = verify(tmp_path)
    assert str(problem) == f"{path}:1:1: no letter uses a template of this name; did you mean reminder.html.j2?"


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    [problem] = verify(tmp_path / "none")
    assert "no such folder" in problem.message


def test_a_template_that_is_no_text(tmp_path: Path) -> None:
    (tmp_path / "reminder.txt.j2").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "inlined.css").write_bytes(b"\xff\xfe\x00")
    assert verify(tmp_path)
    assert composed(tmp_path).fault


def test_an_office_words_one_part_and_leaves_the_others_to_us(tmp_path: Path) -> None:
    write(tmp_path, "reminder.subject.j2", "[Sở KH&CN] {{ view.figures|figures(60) }}")
    assert verify(tmp_path) == ()
    envelope = composed(tmp_path)
    assert envelope.fault == ""
    assert envelope.subject.startswith("[Sở KH&CN] 1 quá hạn (3 ngày)")


def test_a_style_of_the_office_is_written_into_the_tags(tmp_path: Path) -> None:
    css = (OURS / "inlined.css").read_text(encoding="utf-8").replace("#24446b", "#102030")
    write(tmp_path, "inlined.css", css)
    assert verify(tmp_path) == ()
    html = message_from_bytes(composed(tmp_path).content, policy=policy.default).get_body(("html",))
    assert html is not None
    assert "border-top:4px solid #102030" in html.get_content()


@pytest.mark.parametrize("part", ["subject", "reason", "txt", "html"])
@pytest.mark.parametrize("text", ["{{ nobody }}", "{% if %}", "{{ 1 // 0 }}"])
def test_a_broken_template_does_not_stop_a_letter(part: str, text: str, tmp_path: Path) -> None:
    path = write(tmp_path, f"reminder.{part}.j2", "\n" + text)
    envelope = composed(tmp_path)
    assert envelope.fault.startswith(f"{path}:2:1: ")
    message = message_from_bytes(envelope.content, policy=policy.default)
    assert message.get_content_type() == "text/plain"
    content = message.get_content()
    assert "Chuẩn bị họp Quý I của Ban Chỉ đạo" in content
    assert "thứ Ba 31/3/2026" in content
    assert envelope.subject.startswith("[Đôn đốc] 1 quá hạn (3 ngày), 1 cần xong hôm nay")
    assert envelope.subject.endswith("– 03/4/2026")
    assert composed(tmp_path, "escalation").fault == ""


def test_a_template_cannot_change_or_call_what_it_is_not_given(tmp_path: Path) -> None:
    for text in (
        "{{ view._language }}",
        "{{ view.digest.__class__ }}",
        "{{ titles.clear() }}",
        "{{ ink.update(a=1) }}",
    ):
        write(tmp_path, "standing.reason.j2", "{% set titles = {} %}" + text)
        [problem, *_] = verify(tmp_path)
        assert "SecurityError" in problem.message, text
