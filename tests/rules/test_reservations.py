"""Reservations: what people write beside XONG when the work is not, or not all, done: nothing is recorded of it."""

import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.quoted import written
from rules.replies import Known, read_reply
from rules.reply_parts import plain
from rules.reservations import reserved

TODAY = date(2026, 3, 24)
THREE = tuple(Known(number, (f"A.{number}", f"p/A.{number}")) for number in (2, 3, 6))
ONE = THREE[1:2]

RESERVED = [
    # In brackets, after a colon, after a comma, after a document.
    "XONG (thiếu phụ lục)",
    "XONG (chưa ký)",
    "XONG [còn chờ duyệt]",
    "XONG (dự kiến 30/3)",
    "XONG: dự kiến 30/3",
    "XONG A.3 (tuần sau gửi)",
    "XONG A.3: tháng sau có văn bản",
    "XONG, chờ ký",
    "XONG: còn thiếu chữ ký",
    "XONG – đang trình ký",
    "XONG; sẽ gửi bản ký số",
    "XONG 15/BC-SKHCN; bản đính kèm chưa ký",
    "XONG 15/BC-SKHCN trừ phụ lục 2",
    "XONG ngày 20/3: ngoại trừ phụ lục 2",
    # How much of it.
    "XONG: một phần",
    "XONG (phần lớn)",
    "XONG: về cơ bản",
    "XONG, cơ bản",
    "XONG: gần hết",
    "XONG: được khoảng 2 huyện",
    "XONG: một nửa",
    "XONG: 90%",
    "XONG (95,5 %)",
    "XONG: 9/10 hạng mục",
    "XONG (1/2)",
    "XONG: 2 trên 3 đơn vị đã nộp",
    "XONG: giai đoạn 1",
    "XONG: phần 1",
    "XONG: lần đầu",
    "XONG: hạng mục 1",
    "XONG: mới chỉ bản in",
    "XONG: dự thảo lần 1",
    "XONG: bước đầu",
    "XONG: một số đơn vị đã gửi",
    # When.
    "XONG: ngày mai nộp",
    "XONG: tuần tới",
    "XONG (cuối tháng này)",
    "XONG: thứ sáu nộp",
    "XONG (30/3)",
    "XONG: ký ngày 30/3/2026",
    "XONG: phụ lục gửi sau",
    "XONG: sau khi Bộ trả lời",
    "XONG: trước 30/4",
    "XONG: chiều nay gửi",
    "XONG: hẹn đầu tháng",
    "XONG: ký vào 30 tháng 3",
    "XONG: tháng 4 có văn bản",
    "XONG: tháng 12",
    "XONG: 4/2026",
    "XONG: quý II",
    "XONG: khi Bộ trả lời",
    # But.
    "XONG, nhưng thiếu phụ lục",
    "XONG, tuy nhiên phải làm lại",
    "XONG: nếu Bộ đồng ý",
    "XONG: có vướng mắc về kinh phí",
    "XONG: không kịp",
    "XONG: có lẽ",
    "XONG: đừng ghi nhận",
    "XONG: phải làm thêm",
    "DONE: maybe",
    "XONG: xin thêm thời gian cho phụ lục",
    "XONG: bổ sung phụ lục",
    "XONG: đã bổ sung một phần",
    "XONG ⏳",
    "XONG: ❌",
    # On the second line and below.
    "XONG\nCòn phụ lục 2",
    "XONG.\nXin lỗi, đính chính: việc này chưa xong.",
    "XONG 15/BC-SKHCN\n\nTuần sau gửi phụ lục",
    "XONG\nVăn bản đang trình lãnh đạo",
    "Kính gửi Văn phòng, báo cáo sẽ gửi tuần sau.\nXONG",
    "XONG\nTrân trọng báo cáo, phụ lục chưa có",
    # Without any of their marks, with some of them, and as other programs write them.
    "XONG (thieu phu luc)",
    "xong: chua ky",
    "xong (tuan sau gui)",
    "xong: con cho duyet",
    "xong: du kien 30/3",
    "xong, se gui ban ky so",
    "xong: thiêu phụ lục",
    "xong: tuân sau gửi",
    "XONG: CHƯA CÓ PHỤ LỤC",
    "XONG: th\u00adiếu phụ lục",
    # In English.
    "DONE: except the annex",
    "DONE, but the annex is missing",
    "DONE: not yet signed",
    "DONE: the annex will follow",
    "DONE (pending signature)",
    "DONE: partly",
    "DONE: almost",
    "DONE: by Friday",
    "DONE: it isn’t signed",
    "DONE: waiting for the ministry",
    # Without a mark, where any word may turn it round.
    "Xong ngày mai",
    "Xong 9/10 hạng mục",
    "Done by Friday",
    "Hoàn thành vào tuần sau",
]
MEANT = [
    ("XONG", ""),
    ("*XONG*", ""),
    ("**XONG** A.3", ""),
    ("✅ XONG", ""),
    ("✔️ XONG 👍", ""),
    ("- XONG A.3", ""),
    ("XONG: đã gửi đủ phụ lục", "đã gửi đủ phụ lục"),
    ("XONG (đủ phụ lục)", "(đủ phụ lục)"),
    ("XONG: đã gửi cho Sở Tài chính", "đã gửi cho Sở Tài chính"),
    ("XONG: những việc được giao", "những việc được giao"),
    ("XONG: đã báo cáo Đảng ủy", "đã báo cáo Đảng ủy"),
    ("XONG: sửa chữa trụ sở", "sửa chữa trụ sở"),
    ("XONG: giới thiệu chuyển đổi số cho dân tộc thiểu số", "giới thiệu chuyển đổi số cho dân tộc thiểu số"),
    ("XONG: kế hoạch sắp xếp, sáp nhập", "kế hoạch sắp xếp, sáp nhập"),
    ("XONG: an toàn không gian mạng", "an toàn không gian mạng"),
    ("XONG: 100%", "100%"),
    ("XONG: đã bổ sung phụ lục 2", "đã bổ sung phụ lục 2"),
    ("XONG: da bo sung phu luc 2", "da bo sung phu luc 2"),
    ("XONG: đã chỉnh sửa, đã gửi lại", "đã chỉnh sửa, đã gửi lại"),
    ("XONG: trước hạn", "trước hạn"),
    ("XONG: không có khó khăn, vướng mắc", "không có khó khăn, vướng mắc"),
    ("XONG: gửi ngày 20/3", "gửi ngày 20/3"),
    ("XONG: phát huy, hoan nghênh nội dung đã ký", "phát huy, hoan nghênh nội dung đã ký"),
    ("XONG: đường Hùng Vương", "đường Hùng Vương"),
    ("XONG: báo cáo tháng 3, quý I năm 2026", "báo cáo tháng 3, quý I năm 2026"),
    ("XONG: báo cáo tháng 12/2025", "báo cáo tháng 12/2025"),
    ("XONG: tại https://x.vn/?a=50%&b=chua", "tại https://x.vn/?a=50%&b=chua"),
    ("XONG: chi phí = 5 tỷ; a < b & c > d", "chi phí = 5 tỷ; a < b & c > d"),
    ("XONG\nĐã gửi đủ.\n\nHai  bản", "Đã gửi đủ.\n\nHai  bản"),
]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("text", RESERVED)
def test_a_report_with_a_reservation_is_none(text: str, form: str) -> None:
    given = unicodedata.normalize(form, text)  # type: ignore[arg-type]
    for said in (written(given), given):
        reading = read_reply(said, ONE, today=TODAY)
        assert (reading.commands, reading.doubt is None) == ((), False)


@pytest.mark.parametrize(("text", "note"), MEANT)
def test_a_report_without_one_is_taken_with_its_words_as_they_were_written(text: str, note: str) -> None:
    [command] = read_reply(written(text), ONE, today=TODAY).commands
    assert (command.kind, command.note, command.day) == ("done", note, None)


@pytest.mark.parametrize(
    ("text", "doubt", "word"),
    [
        ("XONG A.3\nA.2 đang làm", "contradiction", "đang"),
        ("XONG A.3\nA.2 cũng vậy", "unsaid_task", "A.2"),
        ("XONG A.3\n- a2 cũng vậy", "unsaid_task", "a2"),
        ("XONG A.3: gồm cả A.2", "unsaid_task", "A.2"),
        ("XONG A.2, XONG A.3", "unsaid_task", "A.3"),
        ("XONG A.3\nA.9 thuộc Sở khác", "unsaid_task", "A.9"),
        ("ĐANG LÀM A.3 50%\nCả A.2 nữa", "unsaid_task", "A.2"),
        ("KHÓ KHĂN A.3: thiếu người\nA.2 cũng vậy", "unsaid_task", "A.2"),
        ("XONG A.2 15/BC-S\nXONG A.2 16/BC-S", "contradiction", ""),
        ("GIA HẠN A.2 30/6 chờ\nGIA HẠN A.2 30/7 chờ", "contradiction", ""),
    ],
)
def test_a_task_that_is_spoken_of_without_a_command_makes_the_whole_unclear(text: str, doubt: str, word: str) -> None:
    reading = read_reply(text, THREE, today=TODAY)
    assert (reading.commands, reading.doubt, reading.word) == ((), doubt, word)


def test_a_reason_may_name_another_task_and_a_command_said_twice_is_one() -> None:
    [command] = read_reply("GIA HẠN A.3 30/6 lý do chờ A.2", THREE, today=TODAY).commands
    assert command.note == "chờ A.2"
    assert len(read_reply("XONG A.2\nXONG A.2", THREE, today=TODAY).commands) == 1


@pytest.mark.parametrize(
    ("today", "text", "meant"),
    [
        (date(2026, 3, 24), "XONG ngày 24/3", date(2026, 3, 24)),
        (date(2026, 3, 24), "XONG ngày 25/3", None),
        (date(2026, 3, 24), "XONG ngày 28/12", None),
        (date(2026, 3, 24), "XONG ngày 25/3/2026", None),
        (date(2026, 1, 5), "XONG ngày 28/12", date(2025, 12, 28)),
        (date(2026, 1, 5), "XONG ngày 3/1: báo cáo tháng 12, quý IV", date(2026, 1, 3)),
        (date(2026, 1, 5), "XONG ngày 6/1", None),
        (date(2026, 1, 5), "XONG ngày 1/6", None),
        (date(2026, 12, 30), "XONG ngày 31/12", None),
        (date(2026, 3, 24), "GIA HẠN 20/3 chờ", date(2026, 3, 20)),
        (date(2026, 3, 24), "GIA HẠN 15/1 chờ", date(2026, 1, 15)),
        (date(2026, 12, 20), "GIA HẠN 15/1 chờ", date(2027, 1, 15)),
        (date(2026, 3, 24), "GIA HẠN 30/6/26 chờ", date(2026, 6, 30)),
    ],
)
def test_a_day_without_its_year_is_never_moved_to_another_one_to_make_it_fit(
    today: date, text: str, meant: date | None
) -> None:
    reading = read_reply(text, ONE, today=today)
    assert [command.day for command in reading.commands] == ([meant] if meant else [])
    assert reading.doubt == (None if meant else "day_to_come")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ĐANG LÀM -5%", "contradiction"),
        ("ĐANG LÀM −5 %", "contradiction"),
        ("ĐANG LÀM 1500%", "contradiction"),
        ("ĐANG LÀM", "no_progress"),
        ("ĐANG LÀM.", "no_progress"),
        ("Tiến độ:", "no_progress"),
        ("ĐANG LÀM 0%", (0, "")),
        ("ĐANG LÀM - 60%", (60, "")),
        ("Tiến độ=60%", (60, "")),
        ("ĐANG LÀM 60%, a = b > c", (60, "a = b > c")),
        ("ĐANG LÀM: được 60 %, đúng kế hoạch", (60, "được, đúng kế hoạch")),
        ("ĐANG LÀM 12,5%", (None, "12,5%")),
    ],
)
def test_progress_is_a_share_of_the_whole_or_words(text: str, expected: object) -> None:
    reading = read_reply(text, ONE, today=TODAY)
    said: list[object] = [(one.percent, one.note) for one in reading.commands]
    assert (said or [reading.doubt]) == [expected]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("GIA HẠN 30/6", ""),
        ("GIA HẠN 30/6\nlý do chờ hướng dẫn", "chờ hướng dẫn"),
        ("GIA HẠN 30/6\n\nLý do: chờ hướng dẫn\ncủa Bộ", "chờ hướng dẫn\ncủa Bộ"),
        ("GIA HẠN 30/6\nVì chờ hướng dẫn", "chờ hướng dẫn"),
        ("GIA HẠN 30/6, do a = b & c > d", "a = b & c > d"),
    ],
)
def test_a_reason_may_stand_below(text: str, reason: str) -> None:
    [command] = read_reply(text, ONE, today=TODAY).commands
    assert command.note == reason


@given(
    st.sampled_from(RESERVED), st.text(alphabet="abc ,.:;()\n", max_size=20), st.sampled_from(["", "\nNguyễn Văn Á"])
)
def test_words_beside_a_reservation_never_make_it_one_less(text: str, more: str, name: str) -> None:
    assert read_reply(f"{text} {more}{name}", ONE, today=TODAY).commands == ()


@given(st.sampled_from([one for one in RESERVED if reserved(one, today=TODAY)]))
def test_a_reservation_counts_without_its_diacritics(text: str) -> None:
    assert reserved(plain(text), today=TODAY) is not None
