"""The sentence that says why: its arithmetic and every assumption, in both languages."""

from datetime import date

import pytest

from rules.phrases import Context, read

CASES = [
    ("trước ngày 15/5/2026", "trước ngày 15/5/2026: chậm nhất là hết ngày 14/5/2026"),
    ("30/6", "hạn ngày 30/6/2026; năm lấy theo chương trình"),
    ("trước 17h00 ngày 30/6/2026", "hạn 17:00 ngày 30/6/2026"),
    ("15 ngày làm việc kể từ ngày nhận được hồ sơ", "15 ngày làm việc kể từ: nhận được hồ sơ"),
]


@pytest.mark.parametrize(("phrase", "why"), CASES)
def test_the_reason_is_given_in_vietnamese(phrase: str, why: str) -> None:
    assert read(phrase, Context(2026)).why.vi == why


@pytest.mark.parametrize("phrase", ["tháng 6", "Quý II", "6 tháng đầu năm", "trước tháng 7", "cuối năm"])
def test_a_year_that_is_not_written_is_said_to_be_assumed(phrase: str) -> None:
    why = read(phrase, Context(2026)).why
    assert "năm lấy theo chương trình" in why.vi
    assert "the year is the programme’s" in why.en


@pytest.mark.parametrize("phrase", ["tháng 6/2026", "Quý II/2026", "năm 2027"])
def test_the_last_day_of_a_period_is_named(phrase: str) -> None:
    reading = read(phrase, Context(2026))
    assert reading.due is not None
    assert f"{reading.due.day}/{reading.due.month}/{reading.due.year}" in reading.why.vi
    assert str(reading.due.year) in reading.why.en


def test_a_day_counted_from_the_document_says_so() -> None:
    reading = read("tháng sau", Context(2026, date(2026, 5, 4)))
    assert reading.due == date(2026, 6, 30)
    assert [doubt.vi for doubt in reading.doubts] == ["tính theo ngày ban hành văn bản"]


@pytest.mark.parametrize(
    ("phrase", "doubt"),
    [
        ("Trước ngày 30/6/2026 (gia hạn đến 30/9/2026)", "đã dời; hạn trước là “ngày 30/6/2026”"),
        ("30/6/2026; lùi sang quý III/2026", "đã dời; hạn trước là “30/6/2026”"),
        ("Dự kiến quý II/2026", "thời gian dự kiến, chưa chắc"),
        ("Không thực hiện trong quý I/2026", "câu phủ định: có thể không phải thời hạn"),
        ("Quý I/2062", "năm cách xa năm của chương trình"),
        ("Hằng tháng (trừ tháng 12)", "có kỳ được trừ ra, quy tắc không nói điều đó"),
        ("Trước ngày 31/6 hàng năm", "không phải năm nào cũng có ngày 31/6"),
        ("T5-T7/2026", "“T5” có thể là tháng 5 hoặc thứ Năm"),
    ],
)
def test_what_is_doubtful_is_named(phrase: str, doubt: str) -> None:
    assert [one.vi for one in read(phrase, Context(2026)).doubts] == [doubt]
