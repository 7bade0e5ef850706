"""What notes say about the tasks of another annex, and about a task's own earlier deadline."""

import pytest

from rules.phrases import Context
from rules.plans.amending import amends, earlier, with_earlier
from rules.plans.draft import DraftTask

CONTEXT = Context(2026)


def task(note: str = "", change: str = "", no: str = "1") -> DraftTask:
    return DraftTask(no, "", "Việc", note=note, extra={"Nội dung điều chỉnh": change} if change else {})


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        # A task of another annex, renamed.
        ("Nhiệm vụ số 03 Phụ lục II cập nhật lại tên theo Kế hoạch số 07-KH/BCĐ", [("Nhiệm vụ số 03 Phụ lục II", "title")]),
        ("Nhiệm vụ số 122 phụ lục II cập nhật lại tên theo Kế hoạch số 07-KH/BCĐ", [("Nhiệm vụ số 122 phụ lục II", "title")]),
        # Which task it is stands nowhere.
        ("Điều chỉnh lại thời gian hoàn thành theo Kế hoạch số 07-KH/BCĐ", [("", "deadline")]),
        ("Nhiệm vụ số 5 và 6 Phụ lục I thay đổi cơ quan chủ trì", [("Nhiệm vụ số 5 và 6 Phụ lục I", "lead")]),
        ("Nhiệm vụ số 7 Phụ lục I điều chỉnh tên và thời hạn", [("Nhiệm vụ số 7 Phụ lục I", "title"), ("Nhiệm vụ số 7 Phụ lục I", "deadline")]),
        ("Nhiệm vụ số 8 bãi bỏ", [("Nhiệm vụ số 8", "other")]),
        # An added task amends nothing.
        ("Nhiệm vụ bổ sung theo kế hoạch số 07-KH/BCĐ", []),
        ("Bổ sung theo Chương trình số 02-CTr/BCĐTW ngày 02/02/2026", []),
        ("(Đã thực hiện)", []),
    ],
)  # fmt: skip
def test_a_column_of_changes_says_what_is_amended(change: str, expected: list[tuple[str, str]]) -> None:
    assert [(found.target, found.what) for found in amends([task(change=change)])] == expected


def test_an_amendment_names_the_row_that_states_it_and_its_words() -> None:
    (found,) = amends([task(no="14", change="Nhiệm vụ số 122 phụ lục II cập nhật lại tên")])
    assert (found.task, found.said) == ("14", "Nhiệm vụ số 122 phụ lục II cập nhật lại tên")


def test_a_note_states_the_earlier_deadline_and_what_changed_it() -> None:
    said = "Thay đổi thời gian từ tháng 01/2026 theo Công văn số 340/SVHTTDL-VP ngày 23/01/2026"
    (found,) = earlier(task(said), CONTEXT)
    assert found.reading is not None
    assert str(found.reading.start) == "2026-01-01"
    assert (found.document, found.said) == ("Công văn số 340/SVHTTDL-VP ngày 23/01/2026", said)
    assert amends([task(said)]) == ()


def test_an_earlier_deadline_that_is_not_stated_is_doubted_and_not_guessed() -> None:
    (found,) = with_earlier([task("Thay đổi thời gian theo Công văn số: 1005/CAT-PTM ngày 18/2/2026")], CONTEXT)
    assert found.earlier[0].reading is None
    assert found.earlier[0].document == "Công văn số: 1005/CAT-PTM ngày 18/2/2026"
    assert [doubt.field for doubt in found.doubts] == ["note"]


def test_a_note_that_runs_on_in_the_next_row_is_about_both() -> None:
    rows = [
        task("Thay đổi thời gian từ tháng 01/2026 theo"),
        task("Công văn số 340/SVHTTDL-VP ngày 23/01/2026"),
        task(),
    ]
    first, second, third = with_earlier(rows, CONTEXT)
    assert first.earlier == second.earlier
    assert first.earlier[0].document == "Công văn số 340/SVHTTDL-VP ngày 23/01/2026"
    assert first.doubts
    assert second.doubts
    assert (third.earlier, third.doubts) == ((), ())


@pytest.mark.parametrize(
    "note", ["", "Bổ sung theo Chương trình số 02-CTr/BCĐTW", "Công văn số 340/SVHTTDL-VP ngày 23/01/2026"]
)
def test_other_notes_say_nothing_of_an_earlier_deadline(note: str) -> None:
    assert earlier(task(note), CONTEXT) == ()
