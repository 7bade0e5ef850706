"""Deadlines in a drafted rule file: dated, undated and asked about, events, earlier ones."""

from dataclasses import replace
from datetime import date

import pytest

from rules.deadline import After, SetBy, Span, Within
from rules.load.periods import parse_period
from rules.phrases.reading import Reading
from rules.plans.blocks import Where
from rules.plans.draft import Doubt, Earlier
from rules.plans.writing import rule_file
from rules.wording import Wording
from tests.rules.plans.drafts import draft, lines, office, programme, reading, task, text

PLACE = Where(page=3)


def test_several_deadlines_stand_under_their_names() -> None:
    found = text(task("1", "Hội thi", "Phát động trong tháng 4, báo cáo tháng 6/2026"))
    assert "    deadlines: {Phát động: 2026-04, báo cáo: 2026-06}" in found


def test_a_deadline_that_was_not_understood_is_undated_and_asked_about() -> None:
    found = lines(text(task("1", "Báo cáo", "31/02/2026")), "stated")
    assert found[0] == "stated: 31/02/2026"
    assert found[1].startswith("# CHECK: ")
    assert found[-1] == "deadline: {set_by: 31/02/2026}"


def test_an_empty_cell_is_undated_and_asked_about() -> None:
    found = lines(text(task("1", "Báo cáo", "")), "lead")
    assert found[1:] == ["# CHECK: no deadline is given", "deadline: {set_by: no deadline is given}"]


def test_what_the_rule_language_refuses_becomes_a_question() -> None:
    backwards = Span(parse_period("2026-06"), parse_period("2026-02"))
    said = Reading("span", Wording("x", "x"), deadline=backwards)
    found = rule_file(draft(replace(task("1", "Ngược", "tháng 6 - tháng 2"), reading=said)), office())
    assert programme(found.text).tasks["A.I.1"].deadlines == {"": SetBy("tháng 6 - tháng 2")}
    assert "# CHECK: the rule language refuses it: '2026-02' ends before '2026-06' begins" in found.text
    assert found.tasks[0].state == "unresolved"


def test_doubts_about_a_deadline_stand_directly_above_it_with_the_alternatives() -> None:
    doubt = Doubt(Wording("ngày hay tháng trước", "day or month first"), PLACE, "stated", ("2026-03-04", "2026-04-03"))
    found = lines(text(task("1", "Báo cáo", "Tháng 5", doubts=(doubt,))), "stated")
    assert found[1] == "# CHECK: day or month first; alternatives: 2026-03-04 | 2026-04-03"
    assert found[2].startswith("deadline: 2026-05 ")


def test_the_same_words_are_the_same_event_and_that_is_asked_about() -> None:
    found = text(
        task("1", "Một", "Sau khi Trung ương ban hành Đề án"),
        task("2", "Hai", "Sau khi Trung ương ban hành Đề án"),
        task("3", "Ba", "Sau khi có hướng dẫn"),
    )
    read = programme(found)
    assert read.tasks["A.I.1"].deadlines == read.tasks["A.I.2"].deadlines == {"": After("trung-uong-ban-hanh-de-an")}
    assert len(read.events) == 2
    assert [event.watch.ask for event in read.events.values() if event.watch] == ["so-a", "so-a"]
    assert found.count("A.I.1, A.I.2 wait for it") == 1


def test_an_event_that_the_programme_has_keeps_its_id() -> None:
    one = task("1", "Một", "Sau khi họp Ban Chỉ đạo")
    found = rule_file(draft(one), office(hop="Họp Ban Chỉ đạo")).text
    assert programme(found).tasks["A.I.1"].deadlines == {"": After("hop")}


def test_an_earlier_deadline_is_an_amendment() -> None:
    earlier = Earlier(reading("Tháng 01/2026"), "Công văn số 340/SVHTTDL-VP ngày 23/01/2026", "Lùi thời gian", PLACE)
    [found] = programme(text(task("1", "Một", earlier=(earlier,)))).tasks["A.I.1"].amended
    assert (found.deadline, found.until_on) == (Within(parse_period("2026-01")), date(2026, 1, 23))
    assert found.document == "340/SVHTTDL-VP"


@pytest.mark.parametrize(
    "earlier",
    [
        Earlier(None, "Công văn số 340/SVHTTDL-VP ngày 23/01/2026", "Lùi thời gian", PLACE),
        Earlier(reading("Tháng 01/2026"), "", "Lùi thời gian", PLACE),
        Earlier(reading("Tháng 01/2026"), "Công văn ngày 31/02/2026", "Lùi thời gian", PLACE),
    ],
)
def test_an_earlier_deadline_that_is_not_fully_stated_is_a_question(earlier: Earlier) -> None:
    found = text(task("1", "Một", earlier=(earlier,)))
    assert "amended:" not in found.replace("for amended:", "")
    assert "  # CHECK: the deadline was another one before" in found


def test_a_recurrence_that_a_rule_file_cannot_say_is_asked_about_with_the_nearest_one() -> None:
    found = lines(text(task("1", "Giao ban", "Thứ Hai đầu tiên của tháng")), "stated")
    assert found[1].endswith("; alternatives: {every: month, on: first working day}")
    assert found[2] == "deadline: {set_by: Thứ Hai đầu tiên của tháng}"
