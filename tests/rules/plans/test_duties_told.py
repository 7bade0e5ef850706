"""Duties as texts without headings, articles, and sentences that begin with their day tell them."""

import pytest

from rules.phrases import Context
from rules.plans.draft import DraftTask
from rules.plans.duties import duties
from rules.plans.duties.outline import parts
from tests.rules.plans.told import body

CONTEXT = Context(2026)
SAID = "Sở Y tế báo cáo kết quả trước ngày 31/3/2026."


def told(*texts: str) -> tuple[DraftTask, ...]:
    """Return the duties of a text with these paragraphs."""
    return duties(body(*texts), CONTEXT)


def test_a_text_without_headings_holds_duties_from_its_first_sentence_on() -> None:
    head = ("ỦY BAN NHÂN DÂN TỈNH", "Thái Nguyên, ngày 05 tháng 02 năm 2026", f"Căn cứ Kế hoạch, {SAID}")
    assert [(duty.lead, duty.stated, duty.basis) for duty in told(*head, SAID)] == [
        ("Sở Y tế", "trước ngày 31/3/2026", "")
    ]


def test_articles_are_parts_of_the_text_with_numbers_of_their_own() -> None:
    (one, other) = told(
        "Điều 2. Giao Sở Nội vụ tham mưu Đề án vị trí việc làm (hoàn thành trước ngày 30/4/2026).",
        "Điều 3. Chế độ báo cáo",
        "1. Các sở báo cáo trước ngày 20 hằng tháng.",
    )
    assert (one.lead, one.title, one.basis) == ("Sở Nội vụ", "Tham mưu Đề án vị trí việc làm", "Điều 2")
    assert (other.lead, other.section, other.basis) == ("Các sở", "Điều 3. Chế độ báo cáo", "Điều 3.1")


def test_an_article_behind_the_table_begins_the_text_whatever_its_number() -> None:
    assert [duty.basis for duty in told(f"Điều 3. {SAID}")] == ["Điều 3"]


def test_what_looks_like_a_heading_and_has_nothing_under_it_is_a_duty() -> None:
    said = "1. Giao Sở Nội vụ tham mưu Đề án vị trí việc làm (hoàn thành trước ngày 30/4/2026)"
    assert [duty.lead for duty in told("II. TỔ CHỨC", said, "2. Sở Y tế phối hợp.")] == ["Sở Nội vụ"]


def test_a_sentence_without_a_subject_is_not_led_by_the_sentence_above_it() -> None:
    (_, duty) = told(f"Điều 3. {SAID}", "Chế độ báo cáo: 6 tháng (trước 10/6), năm (trước 10/12).")
    assert (duty.lead, [doubt.field for doubt in duty.doubts]) == ("", ["lead"])


@pytest.mark.parametrize(
    ("text", "lead", "stated", "title"),
    [
        # Who is to do it stands behind the day.
        ("Trước ngày 20 hằng tháng, các sở, ban, ngành báo cáo kết quả về Sở Y tế.",
         "các sở, ban, ngành", "Trước ngày 20 hằng tháng", "Báo cáo kết quả về Sở Y tế"),
        ("Định kỳ hằng quý, UBND các xã, phường gửi báo cáo về Sở Nội vụ.",
         "UBND các xã, phường", "Định kỳ hằng quý", "Gửi báo cáo về Sở Nội vụ"),
        ("Chậm nhất ngày 30/6/2026 Sở Y tế hoàn thành việc số hóa hồ sơ.",
         "Sở Y tế", "Chậm nhất ngày 30/6/2026", "Hoàn thành việc số hóa hồ sơ"),
        ("Trong quý II/2026, Sở Tài chính trình UBND tỉnh phương án kinh phí.",
         "Sở Tài chính", "Trong quý II/2026", "Trình UBND tỉnh phương án kinh phí"),
        # Behind the verb.
        ("UBND tỉnh Thái Nguyên giao Sở Nội vụ chủ trì tham mưu Đề án vị trí việc làm, hoàn thành trước ngày 30/4/2026.",
         "Sở Nội vụ", "hoàn thành trước ngày 30/4/2026", "Chủ trì tham mưu Đề án vị trí việc làm"),
        ("Chủ tịch UBND tỉnh yêu cầu Giám đốc các sở báo cáo kết quả thực hiện trước ngày 15/6/2026.",
         "Giám đốc các sở", "trước ngày 15/6/2026", "Báo cáo kết quả thực hiện"),
        ("Hoàn thành Đề án vị trí việc làm trước ngày 30/4/2026 (giao Sở Nội vụ chủ trì).",
         "Sở Nội vụ", "trước ngày 30/4/2026", "Hoàn thành Đề án vị trí việc làm"),
        ("Việc rà soát dữ liệu mở do Sở Y tế chủ trì, hoàn thành trước ngày 30/6/2026.",
         "Sở Y tế", "hoàn thành trước ngày 30/6/2026", "Việc rà soát dữ liệu mở do Sở Y tế chủ trì"),
        ("Sở Tài chính chủ trì, trình UBND tỉnh trong quý II/2026.",
         "Sở Tài chính", "trong quý II/2026", "Chủ trì, trình UBND tỉnh"),
    ],
)  # fmt: skip
def test_who_is_to_do_it_is_found_behind_the_day_and_behind_the_verb(
    text: str, lead: str, stated: str, title: str
) -> None:
    assert [(duty.lead, duty.stated, duty.title, duty.doubts) for duty in told("II. TỔ CHỨC", text)] == [
        (lead, stated, title, ())
    ]


@pytest.mark.parametrize(
    ("text", "stated", "rules"),
    [
        # The day stands before the rhythm, and is part of it.
        ("báo cáo UBND tỉnh vào thứ Sáu hằng tuần", "vào thứ Sáu hằng tuần", ["FREQ=WEEKLY;BYDAY=FR"]),
        ("báo cáo UBND tỉnh vào ngày 20 hằng tháng", "vào ngày 20 hằng tháng", ["FREQ=MONTHLY;BYMONTHDAY=20"]),
        ("theo dõi, đôn đốc; báo cáo Chủ tịch UBND tỉnh vào thứ Hai đầu tiên của tháng",
         "vào thứ Hai đầu tiên của tháng", ["FREQ=MONTHLY;BYDAY=1MO"]),
        ("gửi báo cáo ngày 25 tháng cuối quý", "ngày 25 tháng cuối quý",
         ["FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=25"]),
        # Several rhythms, each with its day.
        ("báo cáo 6 tháng (trước 10/6), năm (trước 10/12)", "6 tháng (trước 10/6), năm (trước 10/12)",
         ["FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=10", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=10"]),
        ("báo cáo quý (trước ngày 20 tháng cuối quý), 6 tháng (trước ngày 15/6), năm (trước ngày 15/12) về Sở Nội vụ",
         "quý (trước ngày 20 tháng cuối quý), 6 tháng (trước ngày 15/6), năm (trước ngày 15/12)",
         ["FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=20", "FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=15",
          "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=15"]),
        ("gửi báo cáo tháng trước ngày 20, báo cáo quý trước ngày 15 tháng cuối quý, báo cáo năm trước ngày 10/12",
         "tháng trước ngày 20, báo cáo quý trước ngày 15 tháng cuối quý, báo cáo năm trước ngày 10/12",
         ["FREQ=MONTHLY;BYMONTHDAY=20", "FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=15",
          "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=10"]),
    ],
)  # fmt: skip
def test_a_rhythm_has_its_day_and_several_in_a_sentence_are_several_recurrences(
    text: str, stated: str, rules: list[str]
) -> None:
    (duty,) = told("II. TỔ CHỨC", f"1. Sở Y tế {text}.")
    assert duty.reading is not None
    assert (duty.lead, duty.stated, list(duty.reading.rrules)) == ("Sở Y tế", stated, rules)


@pytest.mark.parametrize(
    "text",
    [
        # Where figures are cut off, what was done already, what is in force, what others issued.
        "Số liệu báo cáo tính từ ngày 15 của tháng trước đến ngày 14 của tháng báo cáo.",
        "Trong quý III/2025, Sở Y tế đã ban hành 12 kế hoạch.",
        "Điều 2. Quyết định này có hiệu lực thi hành kể từ ngày 15/3/2026.",
        "Các sở thực hiện Kế hoạch do UBND tỉnh ban hành ngày 12/3/2025.",
        "Sở Y tế sơ kết 6 tháng (theo Kế hoạch số 12), năm (theo Kế hoạch số 13).",
        "Công an tỉnh duy trì trực vào chủ nhật hằng tuần.",
        "Chánh Văn phòng UBND tỉnh, Giám đốc các sở chịu trách nhiệm thi hành Quyết định này.",
    ],
)
def test_what_only_looks_like_one_of_them_is_no_duty(text: str) -> None:
    assert told("II. TỔ CHỨC", text) == told(text) == ()


def test_a_text_without_paragraphs_is_read_in_pieces_of_whole_sentences() -> None:
    texts = ("II. TỔ CHỨC", "1. " + " ".join([SAID] * 400))
    assert len(told(*texts)) == 400
    assert max(len(part.text) for part in parts(body(*texts))) < 7_000
