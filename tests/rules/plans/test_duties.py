"""Duties in the body text of a plan, and the many dates that are none."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.plans.duties import duties
from rules.plans.duties.found import found_in
from rules.plans.duties.subject import subject_of
from tests.rules.plans.told import CONTEXT, body


def found(*texts: str) -> list[tuple[str, str, str]]:
    """Return the lead, stated words and title of each duty in an organisation section."""
    return [(duty.lead, duty.stated, duty.title) for duty in duties(body("III. TỔ CHỨC THỰC HIỆN", *texts), CONTEXT)]


def test_a_recurring_report_is_a_duty_of_who_the_sentence_begins_with() -> None:
    (duty,) = duties(
        body(
            "III. TỔ CHỨC THỰC HIỆN",
            "2. Thủ trưởng các cơ quan, đơn vị nêu cao trách nhiệm. Định kỳ báo cáo UBND tỉnh (qua Sở Khoa học và Công nghệ) về"
            " kết quả thực hiện các nhiệm vụ, muộn nhất vào 9h00' sáng ngày thứ Sáu hằng tuần để tổng hợp.",
        ),
        CONTEXT,
    )
    assert duty.lead == "Thủ trưởng các cơ quan, đơn vị"
    assert duty.title == "Báo cáo UBND tỉnh (qua Sở Khoa học và Công nghệ) về kết quả thực hiện các nhiệm vụ"
    assert duty.stated == "muộn nhất vào 9h00' sáng ngày thứ Sáu hằng tuần"
    assert duty.reading is not None
    assert (duty.reading.rrules, str(duty.reading.at)) == (("FREQ=WEEKLY;BYDAY=FR",), "09:00:00")
    assert (duty.section, duty.basis, duty.at.line, duty.doubts) == ("III. TỔ CHỨC THỰC HIỆN", "Mục III.2", 2, ())


@pytest.mark.parametrize(
    ("text", "lead", "stated", "title"),
    [
        # The phrase opens the sentence, or the clause.
        ("3. Sở Y tế đôn đốc các đơn vị. Định kỳ trước 17h00' ngày thứ Sáu hằng tuần, tổng hợp báo cáo kết quả, tiến độ.",
         "Sở Y tế", "Định kỳ trước 17h00' ngày thứ Sáu hằng tuần", "Tổng hợp báo cáo kết quả, tiến độ"),
        ("Sở Y tế gửi báo cáo về Văn phòng UBND tỉnh trước 16 giờ hằng ngày.",
         "Sở Y tế", "trước 16 giờ hằng ngày", "Gửi báo cáo về Văn phòng UBND tỉnh"),
        # One of several tasks of a sentence.
        ("Các sở, ngành tổ chức triển khai; xây dựng kế hoạch của đơn vị và gửi về Sở Y tế trước ngày 31/3/2026.",
         "Các sở, ngành", "trước ngày 31/3/2026", "Xây dựng kế hoạch của đơn vị và gửi về Sở Y tế"),
        # The day of a recurrence in brackets after it.
        ("1. UBND các xã định kỳ hằng quý (trước ngày 20 của tháng cuối quý) báo cáo kết quả gửi Sở Nội vụ.",
         "UBND các xã", "định kỳ hằng quý (trước ngày 20 của tháng cuối quý)", "Báo cáo kết quả gửi Sở Nội vụ"),
        ("Các đơn vị đăng ký nhu cầu gửi về Sở Y tế trước 30/8 để tổng hợp.",
         "Các đơn vị", "trước 30/8", "Đăng ký nhu cầu gửi về Sở Y tế"),
        # Several recurrences in a row, each with its day.
        ("Các sở định kỳ hằng tháng (trước ngày 20), quý (trước ngày 20 tháng cuối quý), báo cáo kết quả về Sở Y tế.",
         "Các sở", "định kỳ hằng tháng (trước ngày 20), quý (trước ngày 20 tháng cuối quý)",
         "Báo cáo kết quả về Sở Y tế"),
        ("Sở Nội vụ báo cáo kết quả thực hiện 6 tháng (trước ngày 15/6) và năm (trước ngày 15/12) về Sở Y tế.",
         "Sở Nội vụ", "6 tháng (trước ngày 15/6) và năm (trước ngày 15/12)", "Báo cáo kết quả thực hiện"),
        # A month or a quarter at the end of what is to be done.
        ("Các sở, ban, ngành hoàn thành việc rà soát trong tháng 4/2026.",
         "Các sở, ban, ngành", "trong tháng 4/2026", "Hoàn thành việc rà soát"),
        ("Sở Y tế gửi kế hoạch về Sở Khoa học và Công nghệ trong tháng 3/2026.",
         "Sở Y tế", "trong tháng 3/2026", "Gửi kế hoạch về Sở Khoa học và Công nghệ"),
        ("Sở Y tế rà soát danh mục dữ liệu mở trong quý II năm 2026, báo cáo UBND tỉnh.",
         "Sở Y tế", "trong quý II năm 2026", "Rà soát danh mục dữ liệu mở"),
        ("Sở Y tế hoàn thành rà soát trong tháng 4/2026, báo cáo UBND tỉnh.",
         "Sở Y tế", "trong tháng 4/2026", "Hoàn thành rà soát, báo cáo UBND tỉnh"),
        # Nothing of what is to be done is cut off.
        ("Các sở chủ động xây dựng kế hoạch thực hiện đối với từng chỉ tiêu, nhiệm vụ của ngành, đơn vị, địa phương tại các"
         " Phụ lục kèm theo và gửi về Ủy ban nhân dân tỉnh (qua Sở Khoa học và Công nghệ) trước ngày 31/3/2026.",
         "Các sở", "trước ngày 31/3/2026",
         "Chủ động xây dựng kế hoạch thực hiện đối với từng chỉ tiêu, nhiệm vụ của ngành, đơn vị, địa phương tại các Phụ lục"
         " kèm theo và gửi về Ủy ban nhân dân tỉnh (qua Sở Khoa học và Công nghệ)"),
        # A deadline in brackets after the paragraph.
        ("Sở Tài chính bảo đảm kinh phí nâng cấp hạ tầng kỹ thuật. (Hoàn thành trước 31/12/2025)",
         "Sở Tài chính", "Hoàn thành trước 31/12/2025", "Bảo đảm kinh phí nâng cấp hạ tầng kỹ thuật"),
        ("a) Các sở, ban, ngành Tỉnh: Nghiên cứu phân cấp. (Nhiệm vụ thường xuyên)",
         "Các sở, ban, ngành Tỉnh", "Nhiệm vụ thường xuyên", "Nghiên cứu phân cấp"),
        ("Sở Tài chính bảo đảm kinh phí (Theo tiến độ thực hiện của Đề án số 05-ĐA/TU).",
         "Sở Tài chính", "Theo tiến độ thực hiện của Đề án số 05-ĐA/TU", "Bảo đảm kinh phí"),
    ],
)  # fmt: skip
def test_a_sentence_is_cut_into_who_what_and_when(text: str, lead: str, stated: str, title: str) -> None:
    assert found(text) == [(lead, stated, title)]


def test_items_are_led_by_who_introduces_them_or_by_their_heading() -> None:
    assert found(
        "1. Sở Nội vụ",
        "a) Tổng hợp kết quả, báo cáo UBND tỉnh trước ngày 25/6 và 25/12 hằng năm.",
        "2. Về sáng kiến",
        "Sở Y tế phối hợp các cơ quan thực hiện các nội dung sau:",
        "- Tham mưu quy định về hoạt động sáng kiến. (Hoàn thành trong tháng 12/2025)",
    ) == [
        ("Sở Nội vụ", "trước ngày 25/6 và 25/12 hằng năm", "Tổng hợp kết quả, báo cáo UBND tỉnh"),
        ("Sở Y tế", "Hoàn thành trong tháng 12/2025", "Tham mưu quy định về hoạt động sáng kiến"),
    ]


def test_a_standing_task_in_a_heading_is_that_of_the_items_under_it() -> None:
    texts = (
        "1. Về chỉ đạo, điều hành (nhiệm vụ thường xuyên)",
        "Sở Y tế triển khai Kế hoạch.",
        "2. Về hạ tầng",
        "Sở Nội vụ rà soát.",
    )
    assert found(*texts) == [("Sở Y tế", "nhiệm vụ thường xuyên", "Triển khai Kế hoạch")]
    run_in = f"{texts[0]} {texts[1]}"
    assert found(run_in, *texts[2:]) == found(*texts)


@pytest.mark.parametrize(
    "text",
    [
        # Dates of documents, of meetings, of what is reported.
        "Sở Y tế triển khai Kế hoạch số 254/KH-UBND ngày 15/9/2025 và Nghị quyết ngày 22/12/2024 của Bộ Chính trị.",
        "Công văn triển khai kết luận tại Hội nghị sơ kết tình hình thực hiện Nghị quyết của Bộ Chính trị trong quý III/2025.",
        "Sở Y tế theo dõi các văn bản đã ban hành trong quý II/2026.",
        "Sở Y tế đánh giá quy trình xử lý hồ sơ trong tháng 4/2026.",
        "Số liệu báo cáo tính từ ngày 15/12 của năm trước đến ngày 14/12 của kỳ báo cáo.",
        "Kế hoạch này thay thế Kế hoạch số 12/KH-UBND ngày 15/01/2025; các nội dung trước đây đều bãi bỏ.",
        # Words that only look like a deadline.
        "Chủ tịch UBND xã chịu trách nhiệm trước Ủy ban nhân dân tỉnh về kết quả thực hiện.",
        "Sở Tài chính hướng dẫn lập dự toán chi thường xuyên theo phân cấp ngân sách.",
        "Sở Tài chính bố trí kinh phí hằng năm để thực hiện Kế hoạch.",
        "Công an tỉnh duy trì trực 24/7.",
        "Các đơn vị dùng Hệ thống làm công cụ thiết yếu trong chỉ đạo, điều hành hằng ngày.",
        "Báo và Phát thanh, Truyền hình tỉnh mở chuyên mục hằng tuần về chuyển đổi số.",
        "Sở Y tế thường xuyên theo dõi, đôn đốc các đơn vị.",
        "Văn phòng rà soát quy trình (theo hướng dẫn của Trung ương).",
        "Phấn đấu đến năm 2030, 100% hồ sơ được số hóa.",
    ],
)
def test_what_only_looks_like_a_deadline_is_no_duty(text: str) -> None:
    assert found(text) == []


def test_the_preamble_the_aims_the_addressees_and_the_annexes_hold_no_duties() -> None:
    said = "Sở Y tế báo cáo kết quả trước ngày 31/3/2026."
    assert (
        duties(
            body(
                f"Căn cứ Kế hoạch, {said}",
                "I. MỤC ĐÍCH, YÊU CẦU",
                said,
                "II. NHIỆM VỤ",
                "Nơi nhận:",
                f"- {said}",
                "Phụ lục",
                said,
            ),
            CONTEXT,
        )
        == ()
    )


def test_who_is_to_do_it_is_asked_where_nothing_says_so() -> None:
    (duty,) = duties(body("II. NHIỆM VỤ", "9. Ban hành Kế hoạch chi tiết (Hoàn thành trong Quý II/2026)."), CONTEXT)
    assert (duty.lead, [doubt.field for doubt in duty.doubts]) == ("", ["lead"])


def test_a_period_that_is_not_stated_is_a_doubt() -> None:
    (duty,) = duties(body("IV. TỔ CHỨC", "- Sở Y tế định kỳ hoặc theo yêu cầu, báo cáo kết quả về UBND tỉnh."), CONTEXT)
    assert duty.stated == "định kỳ hoặc theo yêu cầu"
    assert duty.reading is not None
    assert len(duty.reading.doubts) == 1
    # a doubt of the reading is none of the row besides, or it would be asked twice
    assert duty.doubts == ()


def test_a_single_day_in_a_sentence_that_says_yearly_is_a_doubt() -> None:
    (duty,) = duties(
        body("IV. TỔ CHỨC", "- Sở Y tế xếp hạng các xã định kỳ hằng năm, công bố kết quả trước ngày 31/12."), CONTEXT
    )
    assert duty.reading is not None
    assert len(duty.reading.doubts) == 1


def test_an_event_amid_a_sentence_is_doubted() -> None:
    (one,) = found_in("Ngay sau khi các bộ, ngành công bố thủ tục hành chính thì cập nhật", CONTEXT)
    assert one.reading.kind == "event"
    assert one.reading.confidence == "check"


@pytest.mark.parametrize(
    ("text", "agencies"),
    [
        ("Sở Khoa học và Công nghệ và Công an Tỉnh tập trung hoàn thành", "Sở Khoa học và Công nghệ và Công an Tỉnh"),
        (
            "Đề nghị các cơ quan tham mưu, giúp việc Tỉnh ủy, Văn phòng Tỉnh ủy căn cứ chức năng",
            "các cơ quan tham mưu, giúp việc Tỉnh ủy, Văn phòng Tỉnh ủy",
        ),
        (
            "Công an tỉnh; Bộ Chỉ huy Quân sự tỉnh; các sở, ban, ngành",
            "Công an tỉnh; Bộ Chỉ huy Quân sự tỉnh; các sở, ban, ngành",
        ),
        ("Báo cáo kết quả về Sở Y tế", ""),
        ("Ban hành Kế hoạch", ""),
        ("Tổ chức diễn đàn", ""),
        ("Về công tác chỉ đạo, điều hành", ""),
    ],
)
def test_a_subject_is_the_agencies_a_sentence_begins_with(text: str, agencies: str) -> None:
    assert subject_of(text)[0] == agencies


WORDS = [
    "III.",
    "1.",
    "a)",
    "-",
    "(",
    ")",
    ";",
    ".",
    ":",
    "Định",
    "kỳ",
    "hằng",
    "tuần",
    "trước",
    "ngày",
    "31/3/2026",
    "báo",
    "cáo",
    "Sở",
    "Y",
    "tế",
    "và,",
    "gửi",
    "thường",
    "xuyên",
    "sau",
    "khi",
    "2)",
    "năm",
]


@given(st.lists(st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join), max_size=6))
@settings(max_examples=150, deadline=None)
def test_any_text_is_read_and_what_is_found_stands_in_it(texts: list[str]) -> None:
    for duty in duties(body(*texts), CONTEXT):
        assert duty.stated in texts[(duty.at.line or 0) - 1] or any(duty.stated in text for text in texts)
        assert duty.reading is not None
        assert duty.reading.kind not in ("unspecified", "not_a_deadline")
