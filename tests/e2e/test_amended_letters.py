"""Letters about amended deadlines: the chain of the earlier ones stays visible, each with the document that replaced
it, whichever way the amendment was written."""

import re

import pytest

from tests.offices import DAY, MONDAY, ONE_TASK, Desk, directory, programme, text_of

FIRST = "  - {id: A.1, title: Nộp báo cáo, lead: u2, deadline: 2026-04-03}\n"
LETTER = "340/SVHTTDL-VP of 2026-04-01"


def amended(deadline: str, *earlier: str) -> str:
    return f"  - {{id: A.1, title: Nộp báo cáo, lead: u2, deadline: {deadline}, amended: [{', '.join(earlier)}]}}\n"


def by_another(deadline: str, day: str = "2026-04-01", number: str = "12/KH-BCĐ", why: str = "") -> str:
    """Another programme, whose document amends the task."""
    text = programme("  - {id: B.1, title: Việc khác, lead: u3, deadline: 2026-12}\n", id="q")
    text = text.replace("number: 07-QĐ/BCĐ, date: 2026-01-05", f"number: {number}, date: {day}")
    more = f", why: {why}" if why else ""
    return text + f"amend:\n  - {{programme: p, task: A.1, deadline: {deadline}{more}}}\n"


def chain(desk: Desk) -> list[str]:
    """The earlier deadlines as the next letter to the head has them, once each."""
    found: list[str] = []
    for _ in range(60):
        for letter in desk.tick():
            text = text_of(letter)
            if letter.recipient == "head2@tinh.example" and "Nộp báo cáo" in text:
                found += [line for line in re.findall(r"Hạn cũ: ([^\r\n]*)", text) if line not in found]
        if found:
            return found
        desk.now += DAY
    return found


@pytest.mark.parametrize(
    ("tasks", "expected"),
    [
        (
            amended("2026-05-15", f"{{deadline: 2026-04-03, until: {LETTER}, why: chờ số liệu}}"),
            ["03/4/2026, điều chỉnh theo 340/SVHTTDL-VP ngày 01/4/2026 (chờ số liệu)"],
        ),
        (
            amended(
                "2026-05-15",
                f"{{deadline: 2026-04-03, until: {LETTER}}}",
                "{deadline: 2026-04-10, until: 415/SVHTTDL-VP of 2026-04-02}",
            ),
            [
                "03/4/2026, điều chỉnh theo 340/SVHTTDL-VP ngày 01/4/2026",
                "10/4/2026, điều chỉnh theo 415/SVHTTDL-VP ngày 02/4/2026",
            ],
        ),
        (
            amended("2026-05-15", f"{{deadline: {{every: month, on: 25}}, until: {LETTER}, why: gộp báo cáo}}"),
            ["“Ngày 25 hằng tháng”, điều chỉnh theo 340/SVHTTDL-VP ngày 01/4/2026 (gộp báo cáo)"],
        ),
        (
            amended("{every: month, on: 25}", f"{{deadline: 2026-04-03, until: {LETTER}}}"),
            ["03/4/2026, điều chỉnh theo 340/SVHTTDL-VP ngày 01/4/2026"],
        ),
        (
            amended("2026-05-15", f"{{deadline: {{set_by: Đề án số 05}}, until: {LETTER}}}"),
            ["trước không có hạn, nay theo 340/SVHTTDL-VP ngày 01/4/2026"],
        ),
        (
            amended("2026-05-15", "{deadline: 2026-04-03, until: 2026-04-01}"),
            ["03/4/2026, điều chỉnh theo văn bản ngày 01/4/2026"],
        ),
    ],
    ids=["once", "twice", "recurring to dated", "dated to recurring", "undated to dated", "a day without a document"],
)
def test_a_letter_tells_the_deadlines_that_were_amended_in_the_file(
    small: Desk, tasks: str, expected: list[str]
) -> None:
    before = re.search(r"\[\{deadline: (\{.*?\}|[^,]*),", tasks)
    assert before
    small.apply(FIRST.replace("2026-04-03", before.group(1)))
    small.tick()
    small.now = MONDAY + 4 * DAY  # Friday, 3 April: all amendments are made
    small.apply(tasks)
    assert chain(small) == expected


@pytest.mark.parametrize(
    ("tasks", "other", "expected"),
    [
        (FIRST, by_another("2026-05-15", why="lùi"), ["03/4/2026, điều chỉnh theo 12/KH-BCĐ ngày 01/4/2026 (lùi)"]),
        (
            FIRST.replace("2026-04-03", "{every: month, on: 25}"),
            by_another("2026-05-15"),
            ["“Ngày 25 hằng tháng”, điều chỉnh theo 12/KH-BCĐ ngày 01/4/2026"],
        ),
        (
            amended("2026-04-10", "{deadline: 2026-04-03, until: 340/SVHTTDL-VP of 2026-03-31}"),
            by_another("2026-05-15"),
            [
                "03/4/2026, điều chỉnh theo 340/SVHTTDL-VP ngày 31/3/2026",
                "10/4/2026, điều chỉnh theo 12/KH-BCĐ ngày 01/4/2026",
            ],
        ),
    ],
    ids=["dated", "recurring to dated", "after one in the file"],
)
def test_a_letter_tells_the_deadlines_that_another_programme_amended(
    small: Desk, tasks: str, other: str, expected: list[str]
) -> None:
    small.apply(tasks)
    small.tick()
    small.now = MONDAY + 4 * DAY
    small.apply(tasks, q=other)
    assert chain(small) == expected


def test_two_other_programmes_amend_in_the_order_of_their_documents(small: Desk) -> None:
    small.apply(ONE_TASK)
    small.tick()
    small.now = MONDAY + 4 * DAY
    later = by_another("2026-05-15", "2026-04-02", "20/KH").replace("programme: q", "programme: r", 1)
    small.apply(ONE_TASK, q=by_another("2026-04-20"), r=later, tinh=directory(3))
    assert chain(small) == [
        "03/4/2026, điều chỉnh theo 12/KH-BCĐ ngày 01/4/2026",
        "20/4/2026, điều chỉnh theo 20/KH ngày 02/4/2026",
    ]


AT_FIVE, AT_TEN = (f"{{by: 2026-04-03, at: '{hour}:00'}}" for hour in (17, 10))


@pytest.mark.parametrize(
    ("tasks", "by"),
    [
        (FIRST.replace("2026-04-03", AT_TEN), "bản sửa quy tắc ngày 31/3/2026"),
        (
            amended(AT_TEN, f"{{deadline: {AT_FIVE}, until: {LETTER.replace('04-01', '03-30')}}}"),
            "340/SVHTTDL-VP ngày 30/3/2026",
        ),
    ],
    ids=["edited", "amended"],
)
def test_a_deadline_of_which_the_hour_alone_is_another_says_which_it_was(desk: Desk, tasks: str, by: str) -> None:
    desk.apply(FIRST.replace("2026-04-03", AT_FIVE))
    desk.tick()
    desk.now += DAY
    desk.apply(tasks)
    assert chain(desk) == [f"03/4/2026, 17h00, điều chỉnh theo {by}"]
