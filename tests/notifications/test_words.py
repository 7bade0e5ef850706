"""Words: how people and offices are addressed, and what a subject says."""

from dataclasses import replace
from datetime import timedelta

import pytest

from notifications.letters import letters
from notifications.phrases import status
from notifications.samples import TODAY, line, samples
from notifications.words import clip, days, figures, is_contact, listed, person, salutation
from rules.digest import Line, Recipient

SAMPLES = dict(samples())
TOMORROW_BUT_ONE = TODAY + timedelta(days=2)


@pytest.mark.parametrize(
    ("title", "addressed"),
    [
        ("Giám đốc Sở Khoa học và Công nghệ", "Đồng chí Giám đốc Sở Khoa học và Công nghệ"),
        ("Phó Chủ tịch phụ trách", "Đồng chí Phó Chủ tịch phụ trách"),
        ("Trưởng Ban Chỉ đạo", "Đồng chí Trưởng Ban Chỉ đạo"),
        ("Chánh Văn phòng UBND tỉnh", "Đồng chí Chánh Văn phòng UBND tỉnh"),
        ("Tổ trưởng Tổ giúp việc", "Đồng chí Tổ trưởng Tổ giúp việc"),
        ("Chi cục trưởng Chi cục Thuế", "Đồng chí Chi cục trưởng Chi cục Thuế"),
        ("Bí thư Tỉnh ủy", "Đồng chí Bí thư Tỉnh ủy"),
        ("Giám đốc Innovation Center", "Đồng chí Giám đốc Innovation Center"),
        ("Head of Office", "Đồng chí Head of Office"),
        ("Director, Innovation Center", "Đồng chí Director, Innovation Center"),
        ("Office Manager", "Đồng chí Office Manager"),
        # An office is not a comrade.
        ("Innovation Desk", "Innovation Desk"),
        ("Office of Digital Affairs", "Office of Digital Affairs"),
        (
            "Provincial Center for Innovation & Technology Office",
            "Provincial Center for Innovation & Technology Office",
        ),
        ("Phòng Chuyển đổi số", "Phòng Chuyển đổi số"),
        ("Văn phòng Tỉnh ủy", "Văn phòng Tỉnh ủy"),
        ("Ủy ban nhân dân xã Mỹ An", "Ủy ban nhân dân xã Mỹ An"),
        ("Công an tỉnh", "Công an tỉnh"),
        ("Tổ giúp việc", "Tổ giúp việc"),
        # Nobody is addressed twice.
        ("Ông Nguyễn Văn A", "Ông Nguyễn Văn A"),
        ("đồng chí Trưởng Ban", "Đồng chí Trưởng Ban"),
    ],
)
def test_people_are_comrades_and_offices_are_offices(title: str, addressed: str) -> None:
    assert salutation(Recipient(title, "a@x.example"), "vi") == addressed
    assert salutation(Recipient(title, "a@x.example"), "en") == title[0].upper() + title[1:]


def test_within_a_sentence() -> None:
    assert person("Phó Chủ tịch phụ trách", "vi") == "đồng chí Phó Chủ tịch phụ trách"


@pytest.mark.parametrize(
    ("changed", "vi", "en"),
    [
        (line("overdue"), "Quá hạn 3 ngày", "3 days late"),
        (replace(line("overdue"), days_late=1), "Quá hạn 1 ngày", "1 day late"),
        (replace(line("overdue"), days_late=0), "Quá hạn trong ngày hôm nay", "Late since today"),
        (line("due_today"), "Đến hạn hôm nay", "Due today"),
        (
            replace(line("due_today"), days_left=2),
            "Hôm nay là ngày làm việc cuối cùng trước hạn",
            "Today is the last working day before the deadline",
        ),
        (line("due_soon"), "Còn 3 ngày", "3 days left"),
        (replace(line("due_soon"), strict=TOMORROW_BUT_ONE), "Còn 2 ngày", "2 days left"),
        (line("ahead"), "Còn 14 ngày", "14 days left"),
        (line("new"), "Mới giao · còn 58 ngày", "New · 58 days left"),
        (replace(line("new"), change="moved"), "Điều chỉnh thời hạn · còn 58 ngày", "Deadline moved · 58 days left"),
        (replace(line("new"), due=None), "Mới giao · chưa có thời hạn", "New · no deadline yet"),
        (replace(line("information"), change="done"), "Đã báo cáo hoàn thành", "Reported done"),
        (replace(line("information"), days_late=5), "Quá hạn 5 ngày", "5 days late"),
        (replace(line("overdue"), change="baseline"), "Quá hạn 3 ngày", "3 days late"),
        # Told by a rung in place of the announcement.
        (replace(line("ahead"), change="new"), "Mới giao · còn 14 ngày", "New · 14 days left"),
        (replace(line("overdue"), change="new"), "Mới giao · quá hạn 3 ngày", "New · 3 days late"),
    ],
)
def test_where_a_task_stands_is_said_in_a_few_words(changed: Line, vi: str, en: str) -> None:
    assert status(changed, "vi") == vi
    assert status(changed, "en") == en


@pytest.mark.parametrize(
    ("name", "subject"),
    [
        (
            "reminder",
            "[Đôn đốc] 1 quá hạn (3 ngày), 1 cần xong hôm nay, 1 sắp đến hạn, 1 cần thực hiện… – 03/4/2026",
        ),
        ("reminder, one line", "[Đôn đốc] Còn 14 ngày: Chuẩn bị họp Quý I của Ban Chỉ đạo – 03/4/2026"),
        ("reminder, first letter", "[Đôn đốc] Thư đầu tiên: 1 quá hạn từ trước (3 ngày), 1 sắp đến hạn – 03/4/2026"),
        (
            "escalation",
            "[Đôn đốc – báo cáo lãnh đạo] Sở Khoa học và Công nghệ: 1 quá hạn (3 ngày), 1 để biết – 03/4/2026",
        ),
        ("standing, matters only", "[Đôn đốc – thường trực] 11 việc cần xử lý – 03/4/2026"),
        ("standing, to an admin", "[Đôn đốc – sự cố] 2 việc cần xử lý – 03/4/2026"),
    ],
)
def test_a_subject_says_how_much_and_how_late(name: str, subject: str) -> None:
    assert letters("vi", None).subject(SAMPLES[name]) == subject


def test_the_longest_delay_stands_in_the_subject() -> None:
    late = [replace(line("overdue"), days_late=n) for n in (12, 3)]
    digest = replace(SAMPLES["reminder"], lines=(*late, line("due_today")), questions=())
    assert "2 quá hạn (lâu nhất 12 ngày), 1 cần xong hôm nay" in letters("vi", None).subject(digest)


def test_small_things() -> None:
    assert listed(("A", "B", "C"), "vi") == "A, B và C"
    assert listed((), "en") == ""
    assert days(1, "en") == "1 day"
    assert clip("một hai ba bốn", 11) == "một hai ba…"
    assert clip("một", 3) == "một"
    assert len(clip("x" * 50, 10)) == 10
    assert figures(["1 quá hạn", "2 để biết"], 12) == "1 quá hạn…"


@pytest.mark.parametrize(
    ("contact", "is_theirs"),
    [
        ("Phòng Tổng hợp, Văn phòng UBND tỉnh, điện thoại 0200 111 222", True),
        ("phòng tổng hợp (0200 111 222)", True),
        ("tonghop@tinh.example", True),
        ("Phòng Tổng hợp Sở Nội vụ, điện thoại 0200 111 222", False),
        ("Văn phòng UBND tỉnh", False),
    ],
)
def test_nobody_is_told_to_tell_themselves(contact: str, is_theirs: bool) -> None:
    office = Recipient("Phòng Tổng hợp", "tonghop@tinh.example", "Văn phòng")
    assert is_contact(office, contact) is is_theirs
    digest = replace(SAMPLES["standing"], recipient=office)
    mail = letters("vi", None).write(digest, contact=contact, as_of=digest.made_at)
    for text in (" ".join(mail.text.split()), " ".join(mail.html.split())):
        assert ("đề nghị sửa trong hệ thống để dừng nhắc" in text) is is_theirs
        assert (f"đề nghị báo {contact} để sửa" in text) is not is_theirs
