"""Letters with a summary: what they say, what goes along, and that nothing in them runs or breaks out."""

from datetime import UTC, date, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifications.compose import MailSettings, MessageIdentity
from notifications.envelope import Envelope
from notifications.mime import Attachment
from notifications.summary import SummaryLetter, compose_summary
from notifications.verify import verify
from rules.digest import Recipient
from rules.periodic.drawing import Said, draw
from rules.periodic.snapshot import Contribution
from rules.periodic.telling import tell
from rules.wording import Language
from tests.rules.periodic.offices import ZONE, entry, frame

AT = datetime(2026, 4, 3, 10, tzinfo=UTC)
IDENTITY = MessageIdentity("summary|tinh/u1|2026-W14|sent|pct@tinh.example", AT)
FILE = Attachment(
    "bao-cao-2026-W14.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", b"\x00.\r\n.x"
)
SNAPSHOT = draw(
    [entry(1, timeliness="late", days_late=9, title="<b>Rà soát</b> & sửa"), entry(2, "u3", timeliness="undated")],
    frame(),
    Said(difficulties={}),
    None,
)


def settings(**more: Any) -> MailSettings:
    return MailSettings(from_address="Đôn đốc <don-doc@tinh.example>", **more)


def letter(step: str = "sent", language: Language = "vi", **more: Any) -> SummaryLetter:
    told = None if step == "missing" else tell(SNAPSHOT, language, zone=ZONE, most=25)
    values: dict[str, Any] = {
        "step": step,
        "recipient": Recipient("Phó Chủ tịch phụ trách", "pct@tinh.example"),
        "name": SNAPSHOT.period.name.say(language),
        "office": "Sở 1",
        "made_at": AT,
        "today": date(2026, 4, 3),
        "write_by": AT,
        "send_at": AT,
        "needs_confirmation": True,
        "told": told,
        "missing": ("Sở 2", "Sở 3") if step == "missing" else (),
    }
    return SummaryLetter(**(values | more))


def composed(of: SummaryLetter, *files: Attachment, **more: Any) -> Envelope:
    return compose_summary(of, attached=files, identity=IDENTITY, settings=settings(**more))


def parsed(envelope: Envelope) -> EmailMessage:
    found = message_from_bytes(envelope.content, policy=policy.default)
    assert isinstance(found, EmailMessage)
    assert found.defects == []
    return found


def body(envelope: Envelope, kind: str) -> str:
    found = parsed(envelope).get_body((kind,))
    assert found is not None
    return str(found.get_content())


def test_text_and_html_stand_beside_the_files() -> None:
    message = parsed(composed(letter(), FILE, FILE._replace(name="x.xlsx")))
    assert message.get_content_type() == "multipart/mixed"
    inner, *files = message.iter_parts()
    assert inner.get_content_type() == "multipart/alternative"
    assert [(part.get_filename(), part.get_content()) for part in files] == [
        ("bao-cao-2026-W14.docx", FILE.content),
        ("x.xlsx", FILE.content),
    ]
    assert {part.get_content_disposition() for part in files} == {"attachment"}


@given(st.lists(st.binary(max_size=400), min_size=1, max_size=3))
def test_any_file_comes_back_as_it_went_and_keeps_to_the_lines_of_mail(contents: list[bytes]) -> None:
    files = [FILE._replace(name=f"{number}.docx", content=data) for number, data in enumerate(contents)]
    envelope = composed(letter(), *files)
    assert [part.get_content() for part in parsed(envelope).iter_attachments()] == contents
    lines = envelope.content.split(b"\r\n")
    assert lines[-1] == b""
    assert not any(line.startswith(b".") or b"\n" in line or len(line) > 998 for line in lines)
    assert envelope.content == composed(letter(), *files).content


@pytest.mark.parametrize("name", ['a"; x=y.docx', "../a.docx", "báo cáo.docx", "a\r\nX: y.docx", ""])
def test_a_name_that_could_be_more_than_a_name_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="cannot be attached"):
        composed(letter(), FILE._replace(name=name))


@pytest.mark.parametrize(
    ("step", "language", "subject", "said"),
    [
        (
            "sent",
            "vi",
            "[Đôn đốc – báo cáo] Báo cáo tuần 14 năm 2026: 1 quá hạn, 2 lượt của 2 nhiệm vụ",
            "kèm theo bản Word",
        ),
        (
            "draft",
            "vi",
            "[Đôn đốc – dự thảo] Báo cáo tuần 14 năm 2026: 1 quá hạn, 2 lượt của 2 nhiệm vụ",
            "sau khi được xác nhận",
        ),
        ("missing", "vi", "[Đôn đốc – thường trực] 2 đơn vị chưa gửi nội dung báo cáo tuần 14 năm 2026", "- Sở 3"),
        (
            "sent",
            "en",
            "[Reminder – report] Report of week 14 of 2026: 1 late, 2 obligations of 2 tasks",
            "with a Word and an Excel file",
        ),
        (
            "draft",
            "en",
            "[Reminder – draft] Report of week 14 of 2026: 1 late, 2 obligations of 2 tasks",
            "only once it is confirmed",
        ),
        (
            "missing",
            "en",
            "[Reminder – standing office] 2 units have not written for the report of week 14 of 2026",
            "- Sở 3",
        ),
    ],
)
def test_each_letter_says_what_it_is(step: str, language: Language, subject: str, said: str) -> None:
    envelope = composed(letter(step, language), language=language)
    assert envelope.subject == subject
    assert said in body(envelope, "plain")
    assert f'<html lang="{language}">' in body(envelope, "html")
    assert envelope.fault == ""


def test_a_draft_that_leaves_anyhow_says_when() -> None:
    assert "được gửi đi lúc 17h00 ngày 03/4/2026" in body(composed(letter("draft", needs_confirmation=False)), "plain")


def test_what_people_wrote_is_text_in_html() -> None:
    html = body(composed(letter()), "html")
    assert "&lt;b&gt;Rà soát&lt;/b&gt; &amp; sửa" in html
    assert "<b>Rà soát" not in html


def test_a_broken_template_of_the_office_gives_ours_and_says_where(tmp_path: Path) -> None:
    (tmp_path / "summary.html.j2").write_text("{{ letter.nothing.here }}")
    envelope = composed(letter(), FILE, templates=tmp_path)
    assert envelope.fault.startswith(f"{tmp_path}/summary.html.j2:1:1: ")
    assert "Kết quả nổi bật trong tuần" in body(envelope, "html")
    assert len(list(parsed(envelope).iter_attachments())) == 1


def test_templates_of_an_office_are_tried_before_a_summary_needs_them(tmp_path: Path) -> None:
    assert verify(None) == ()
    (tmp_path / "summary.txt.j2").write_text("{{ letter.name }}\n{{ letter.told.facts|length }}\n")
    found = {str(problem) for problem in verify(tmp_path)}
    place = f"{tmp_path}/summary.txt.j2"
    assert any(one.startswith(f"{place}:2:1: UndefinedError: ") for one in found)
    assert f"{place}:1:1: the letter for the sample 'draft' leaves out 'A.14. Chuẩn bị họp Quý I (Sở Tư pháp)'" in found


@pytest.mark.parametrize("kind", ["plain", "html"])
def test_a_request_names_the_units_that_have_not_written_and_then_where_to_write(kind: str) -> None:
    links = ("https://dondoc.example/dg/x2", "", "https://dondoc.example/dg/x4")
    said = body(composed(letter("request", told=None, missing=("Sở 2", "Sở 3", "Sở 4"), links=links)), kind)
    at = [said.index(part) for part in ("Đơn vị chưa gửi:", "Sở 2", links[0], "Sở 3", "Sở 4", links[2])]
    assert at == sorted(at)


@pytest.mark.parametrize(
    ("language", "lines", "head"),
    [
        (
            "vi",
            (
                "- Sở u2: tổng số lượt 1; đã hoàn thành 0; chưa hoàn thành 1; trong đó quá hạn 1",
                "- Sở u3: tổng số lượt 2; đã hoàn thành 0; chưa hoàn thành 1; trong đó quá hạn 0; hết kỳ, không báo cáo 1",
            ),
            ">Hết kỳ, không báo cáo</th>",
        ),
        (
            "en",
            (
                "- Sở u2: total 1; done 0; not done 1; of these late 1",
                "- Sở u3: total 2; done 0; not done 1; of these late 0; closed unreported 1",
            ),
            ">Closed unreported</th>",
        ),
    ],
)
def test_the_line_of_a_unit_names_what_closed_unreported_and_adds_up(
    language: Language, lines: tuple[str, ...], head: str
) -> None:
    late = entry(1, timeliness="late", days_late=9)
    those = [late, entry(2, "u3"), entry(3, "u3", progress="closed", timeliness="late")]
    found = draw(those, frame(), Said(), None)
    envelope = composed(letter(told=tell(found, language, zone=ZONE, brief=True)), language=language)
    assert all(line in body(envelope, "plain").splitlines() for line in lines)
    assert head in body(envelope, "html")
    without = tell(draw([late, entry(2, "u3")], frame(), Said(), None), language, zone=ZONE, brief=True)
    assert head not in body(composed(letter(told=without), language=language), "html")


def test_the_lines_of_a_unit_stand_further_in_than_its_name() -> None:
    wrote = (Contribution("u2", "Sở u2", "results", "- Đã trình;\n- Lấy ý kiến 8/12.", AT),)
    told = tell(draw([entry(1)], frame(), Said(contributions=wrote), None), "vi", zone=ZONE, brief=True)
    lines = body(composed(letter(told=told)), "plain").splitlines()
    assert lines[lines.index("- Sở u2:") :][:3] == ["- Sở u2:", "  + Đã trình;", "  + Lấy ý kiến 8/12."]
    assert "Sở u2:<br>&nbsp;&nbsp;+ Đã trình;<br>&nbsp;&nbsp;+ Lấy" in body(composed(letter(told=told)), "html")
