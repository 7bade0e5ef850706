"""Edits: every difference of two rulebooks, in words, and nothing where nothing differs."""

import pytest

from rules.edits import edits
from rules.load import load
from rules.programme import Rulebook
from tests.rules.books import DIRECTORY, STANDARD, book, task

CALENDAR = """
calendar: viet-nam
holidays: [{date: 2026-04-30, name: Ngày Giải phóng, source: Điều 112 BLLĐ 2019}]
worked: [{date: 2026-05-09, source: 12729/VPCP-KGVX}]
announced_until: 2026-12-31
"""
PROGRAMME = """
programme: ct
title: Chương trình
document: {number: 01/CTr, date: 2025-12-01, issuer: Tỉnh}
period: 2026
directory: tinh
calendar: viet-nam
ladder: chuan
standing: tt
events:
  de-an: {title: Ban hành Đề án, watch: {ask: b, every: month, expected: 2026-06-30}}
tasks:
  - id: T.1
    title: Báo cáo
    lead: a
    product: Báo cáo quý
    deadline: 2026-03-31
  - id: T.2
    title: Kế hoạch
    lead: {each: [a, b]}
    deadline: {after: de-an, within: 30 days}
indicators:
  - {id: I.1, title: Tỷ lệ, section: Hạ tầng, unit: "%", targets: {2026: "70"}, owner: a}
"""


def rulebook(*replaced: tuple[str, str]) -> Rulebook:
    text = "\n---".join((PROGRAMME, STANDARD, DIRECTORY, CALENDAR))
    for old, new in replaced:
        assert old in text
        text = text.replace(old, new, 1)
    loaded = load({"ct.yaml": text.strip().encode()})
    assert loaded.rulebook is not None, "\n".join(map(str, loaded.problems))
    return loaded.rulebook


def said(*replaced: tuple[str, str]) -> list[str]:
    return [f"{one.kind} {one.id}: {one.words.vi}" for one in edits(rulebook(), rulebook(*replaced))]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("deadline: 2026-03-31", "deadline: 2026-04", ["task ct/T.1: thời hạn: ngày 31/3/2026 → tháng 4/2026"]),
        (
            "deadline: 2026-03-31",
            "deadline: 2026-04\n    amended: [{deadline: 2026-03-31, until: 5/CV of 2026-02-01, why: chờ}]",
            [
                "task ct/T.1: thời hạn: ngày 31/3/2026 → tháng 4/2026",
                "task ct/T.1: thêm điều chỉnh 01/02/2026: hạn cũ ngày 31/3/2026, theo 5/CV (chờ)",
            ],
        ),
        (
            "    deadline: 2026-03-31",
            "    deadlines: {dự thảo: 2026-02, trình: 2026-03-31}",
            [
                "task ct/T.1: thêm thời hạn dự thảo: tháng 02/2026",
                "task ct/T.1: thêm thời hạn trình: ngày 31/3/2026",
                "task ct/T.1: bỏ thời hạn: ngày 31/3/2026",
            ],
        ),
        ("title: Báo cáo\n", "title: Báo cáo mới\n", ["task ct/T.1: tên: Báo cáo → Báo cáo mới"]),
        ("    lead: a\n", "    lead: [a, b]\n", ["task ct/T.1: chủ trì: Sở A → Sở A, Sở B"]),
        ("{each: [a, b]}", "[a, b]", ["task ct/T.2: chủ trì: từng đơn vị: Sở A, Sở B → Sở A, Sở B"]),
        ("    product: Báo cáo quý\n", "", ["task ct/T.1: bỏ sản phẩm: Báo cáo quý"]),
        ("30 days", "15 working days", [
            "task ct/T.2: thời hạn: trong 30 ngày kể từ khi Ban hành Đề án → "
            "trong 15 ngày làm việc kể từ khi Ban hành Đề án"
        ]),
        ("expected: 2026-06-30", "expected: 2026-07-31", ["event ct/de-an: hỏi: Sở B, hằng tháng, dự kiến 30/6/2026 → Sở B, hằng tháng, dự kiến 31/7/2026"]),
        ('{2026: "70"}', '{2026: "75"}', ["indicator ct/I.1: chỉ tiêu: 2026: 70 → 2026: 75"]),
        ("number: 01/CTr", "number: 02/CTr", [
            "programme ct: văn bản: 01/CTr ngày 01/12/2025 của Tỉnh → 02/CTr ngày 01/12/2025 của Tỉnh"
        ]),
        ("2026-05-09", "2026-05-16", [
            "calendar viet-nam: thêm ngày làm bù 16/5/2026: 12729/VPCP-KGVX",
            "calendar viet-nam: bỏ ngày làm bù 09/5/2026: 12729/VPCP-KGVX",
        ]),
        ("2026-12-31", "2027-12-31", ["calendar viet-nam: công bố đến hết: 31/12/2026 → 31/12/2027"]),
        ("email: gd.a@x.example", "email: moi.a@x.example", [
            "directory tinh: chức vụ người đứng đầu Sở A: Giám đốc Sở A <gd.a@x.example> → Giám đốc Sở A <moi.a@x.example>"
        ]),
        ("at: 7 days late,", "at: 5 days late,", [
            "ladder chuan: bậc báo lãnh đạo phụ trách: "
            "7 ngày sau hạn, gửi cấp trên phụ trách; để biết người đứng đầu, cơ quan thường trực; nếu lỡ gộp vào lần sau → "
            "5 ngày sau hạn, gửi cấp trên phụ trách; để biết người đứng đầu, cơ quan thường trực; nếu lỡ gộp vào lần sau"
        ]),
        ("standing: tt\n", "standing: c\n", ["programme ct: cơ quan thường trực: Thường trực → Sở C"]),
        ("owner: a}", "owner: cac-so}", ["indicator ct/I.1: phụ trách: Sở A → Các sở"]),
        ("members: [a, b, c]", "members: [a, c]", [
            "directory tinh: nhóm cac-so: Các sở: Sở A, Sở B, Sở C → Các sở: Sở A, Sở C"
        ]),
        ("  - id: T.2\n", "  - {id: T.3, title: Việc mới, lead: b, deadline: 2026-05}\n  - id: T.2\n", ["task ct/T.3: thêm: Việc mới"]),
        ("programme: ct\n", "# ghi chú\nprogramme: ct\n", []),
    ],
)  # fmt: skip
def test_an_edit_is_said_in_words(old: str, new: str, expected: list[str]) -> None:
    assert said((old, new)) == expected


def test_what_is_gone_is_said_with_its_title() -> None:
    before, after = rulebook(), book(task("2026-03"))
    found = [f"{one.kind} {one.id}: {one.words.vi}" for one in edits(before, after)]
    assert "task ct/T.2: bỏ: Kế hoạch" in found
    assert next(one.words.en for one in edits(Rulebook(), before)) == "added: Chương trình"


def test_in_english_a_deadline_is_as_the_file_has_it() -> None:
    [edit] = edits(rulebook(), rulebook(("30 days", "15 working days")))
    assert edit.words.en == ("deadline: {after: de-an, within: 30 days} → {after: de-an, within: 15 working days}")


WEEKLY = "deadline: {every: week, on: friday"
CARRIED = WEEKLY + ", if_unreported: carry"


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (WEEKLY, CARRIED, [
            "task ct/T.1: kỳ không báo cáo: kỳ sau thay thế → vẫn phải thực hiện"
        ]),
        # A month's report is owed until it is given, unless the file says otherwise.
        (WEEKLY, "deadline: {every: month", [
            "task ct/T.1: thời hạn: thứ Sáu hằng tuần → hằng tháng",
            "task ct/T.1: kỳ không báo cáo: kỳ sau thay thế → vẫn phải thực hiện",
        ]),
        # A recurrence that begins says all of itself.
        ("deadline: {by: 2026-03-31", WEEKLY, ["task ct/T.1: thời hạn: ngày 31/3/2026 → thứ Sáu hằng tuần"]),
    ],
)  # fmt: skip
def test_what_becomes_of_unreported_occurrences_is_an_edit_of_its_own(
    before: str, after: str, expected: list[str]
) -> None:
    books = [rulebook(("deadline: 2026-03-31", f"{deadline}}}")) for deadline in (before, after)]
    assert [f"{one.kind} {one.id}: {one.words.vi}" for one in edits(*books)] == expected


def test_a_programme_says_in_words_how_it_counts() -> None:
    [edit] = edits(rulebook(), rulebook(("programme: ct\n", "programme: ct\nroll: none\nbefore_means: strict\n")))
    assert edit.words.vi == (
        "cách tính: “trước ngày”: trễ khi đã qua ngày đó; hạn vào ngày nghỉ: nhắc đến ngày làm việc trước, "
        "trễ sau ngày làm việc kế tiếp → “trước ngày”: trễ từ ngày đó; hạn vào ngày nghỉ: không dời"
    )
    assert edit.words.en == "counting: before_means: named, roll: on → before_means: strict, roll: none"
