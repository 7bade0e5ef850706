"""Problems in the words of who edits rule files in Vietnamese: what was found, what may be written, an example."""

import pytest

from rules.load import load
from rules.load.mistake import Mistake, shown, unknown
from rules.load.periods import parse_day
from rules.problem import Problem, Source
from rules.wording import Wording
from tests.rules.load.files import COMMON, programme

TASK = "tasks: [{{id: A.1, title: Việc, lead: {lead}, deadline: {deadline}{more}}}]\n"


def problems(text: bytes) -> list[str]:
    loaded = load({"common.yaml": COMMON, "f": text})
    return [problem.line("vi").removeprefix("f:") for problem in loaded.problems]


def task(lead: str = "so-a", deadline: str = "2026-06", more: str = "") -> bytes:
    return programme(TASK.format(lead=lead, deadline=deadline, more=more))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            task(lead="so-x"),
            "ke-hoach.tasks.A.1.lead: không có đơn vị hay nhóm 'so-x' trong danh bạ tinh; "
            "hiện có: so-a, so-b, cac-so, lien-quan; có phải 'so-b'?",
        ),
        (
            task(deadline="2026-02-30"),
            "ke-hoach.tasks.A.1.deadline: không có ngày '2026-02-30': 2026-02 có các ngày 01 đến 28",
        ),
        (
            task(deadline="Tháng 3"),
            "ke-hoach.tasks.A.1.deadline: 'Tháng 3' không phải thời hạn; được ghi: 2026-06-30, 2026-06, 2026-Q2, 2026-H1, "
            "2026, continuous, hoặc khóa after, ahead_of, before, from và by, every, continuous hoặc set_by",
        ),
        (
            task(deadline="{after: hop}"),
            "ke-hoach.tasks.A.1.deadline.after: không có sự kiện 'hop'; chương trình này chưa có sự kiện nào",
        ),
        (
            task(deadline="{every: week, on: thu sau}"),
            "ke-hoach.tasks.A.1.deadline.on: 'thu sau' không phải ngày của một kỳ; được ghi: friday, 25, last, "
            "last working day, first working day, last friday, working day, 06-20; có phải 'friday'?",
        ),
        (task(more=", note: [x]"), "ke-hoach.tasks.A.1.note: gặp một danh sách; được ghi: chữ"),
        (
            task(more=", completion: both"),
            "ke-hoach.tasks.A.1.completion: 'both' không dùng được ở đây; được ghi: joint, each",
        ),
        (
            programme("tasks: [{id: A.1, titel: Việc, lead: so-a, deadline: 2026-06}]\n"),
            "ke-hoach.tasks.A.1.titel: không có khóa 'titel'; được ghi: id, section, title, lead, head, coordinate, "
            "product, basis, stated, note, ladder, completion, deadline, deadlines, amended, renamed_from; có phải 'title'?",
        ),
        (programme("tasks: [{id: A.1, title: Việc, deadline: 2026-06}]\n"), "ke-hoach.tasks.A.1: thiếu 'lead'"),
        (programme("title: Lần nữa\n"), "trùng khóa 'title', đã có ở dòng 2; giữ lại một"),
        (programme("tasks: [\n"), "sai cú pháp YAML: tệp hết khi danh sách hoặc nhóm khóa mở bằng '[' hoặc '{' chưa đóng"),
        (
            b"directry: tinh\nunits: {}\n",
            "directry: không có khóa 'directry'; mỗi văn bản mở đầu bằng một trong các khóa programme, directory, ladder, "
            "calendar, scenario; có phải 'directory'?",
        ),
        ("title: Kế hoạch\n".encode("utf-16"), "tệp là UTF-16; hãy lưu thành UTF-8"),
        (
            programme('indicators: [{id: I.1, title: Tỷ lệ, targets: {2026: "≥ 70"}, owner: []}]\n'),
            "ke-hoach.indicators.I.1.owner: không ai chịu trách nhiệm về chỉ tiêu; ghi một đơn vị hoặc một nhóm",
        ),
        (
            task(more=", amended: [{deadline: 2026-03, until: 2026-05-01, part: mở}]"),
            "ke-hoach.tasks.A.1.amended.1.part: nhiệm vụ chỉ có một thời hạn; bỏ part: 'mở'",
        ),
        (
            task(deadline="{every: year, on: 13-01}"),
            "ke-hoach.tasks.A.1.deadline.on: '13-01': không có tháng 13; được ghi: tháng-ngày, như 06-20",
        ),
        (
            task(deadline="{after: hop, within: [10 days]}"),
            "ke-hoach.tasks.A.1.deadline.within: một danh sách không phải khoảng thời gian; được ghi: 30 days, 15 working days",
        ),
        (
            task(more=f", section: {'a' * 2001}"),
            f"ke-hoach.tasks.A.1.section: '{'a' * 57}…' dài 2001 ký tự; được ghi: nhiều nhất 2000",
        ),
        (
            b"calendar: l\nholidays: [{date: 2026-01-01, until: 2026-01-02, name: T, source: 1/TB}]\n",
            "holidays.1: ngày nghỉ ghi hoặc date, hoặc from và until; giữ lại một cách",
        ),
        (
            b"calendar: l\nworked: [{date: 2026-01-10, source: 1/TB}, {date: 2026-01-10, source: 2/TB}]\n",
            "worked.2: 2026-01-10 được ghi là ngày làm việc hai lần; giữ lại một",
        ),
        (
            b"calendar: l\nweekend: [monday, tuesday, wednesday, thursday, friday, saturday, sunday]\n",
            "weekend: nghỉ hằng tuần lấy hết bảy ngày; phải còn ít nhất một ngày làm việc",
        ),
    ],
)  # fmt: skip
def test_a_mistake_is_told_in_vietnamese(text: bytes, expected: str) -> None:
    assert any(line.partition(": ")[2].startswith(expected) for line in problems(text)), problems(text)


def test_what_programs_and_logs_read_stays_in_english() -> None:
    problem = Problem(Source("f", 3, 5), "units.so-a", Wording("thiếu 'name'", "'name' is missing"))
    assert str(problem) == "f:3:5: units.so-a: 'name' is missing"
    assert problem.message == "'name' is missing"
    assert problem.line("vi") == "f:3:5: units.so-a: thiếu 'name'"
    assert problem.told("vi") == "units.so-a: thiếu 'name'"


def test_the_order_of_problems_does_not_hang_on_the_language() -> None:
    source = Source("f")
    first, second = Problem(source, "", Wording("sự việc", "an affair")), Problem(source, "", Wording("ấy", "beyond"))
    assert sorted([second, first]) == [first, second]


def test_a_mistake_knows_both_languages_and_reads_as_english() -> None:
    with pytest.raises(Mistake) as raised:
        parse_day("31/12/2026")
    assert str(raised.value) == "'31/12/2026' is no day; accepted: 2026-06-30; did you mean '2026-12-31'?"
    assert raised.value.said.vi == "'31/12/2026' không phải ngày; được ghi: 2026-06-30; có phải '2026-12-31'?"


def test_a_value_is_shown_by_what_it_is() -> None:
    assert shown({"a": 1}) == ("một nhóm khóa", "a mapping")
    assert shown([1]) == ("một danh sách", "a list")
    assert shown(None) == ("giá trị trống", "nothing")
    assert shown(True) == ("true", "true")
    assert shown("so  a") == ("'so a'", "'so a'")


def test_where_there_is_none_nothing_is_listed() -> None:
    nobody = unknown(Wording("đơn vị", "unit"), "so-x", [])
    assert nobody == ("không có đơn vị 'so-x'; chưa có đơn vị nào", "unknown unit 'so-x'; known: none")
