"""Owing: what letters say to those who report for a unit, and to those who only know that it is late."""

import re
from dataclasses import replace
from typing import Literal

import pytest

from notifications.answering import label
from notifications.figures import figures
from notifications.letters import letters
from notifications.samples import ANSWERING, line, samples
from rules.digest import Change, Digest, Kind, Line, OwesAs, Section
from rules.wording import Language

OFFICE = dict(samples())["reminder, information only"]
REPORTS = "Người đứng đầu đã được nhắc; đầu mối báo cáo khi có kết quả"
ANSWER = "Trả lời: báo cáo kết quả, khó khăn, gia hạn"


def copied(owes_as: OwesAs, **changes: object) -> Line:
    told = replace(line("overdue"), as_="cc", owes_as=owes_as, head_told=True)
    return replace(told, **changes)  # type: ignore[arg-type]


def written(digest: Digest) -> str:
    return " ".join(letters("vi", None).write(digest, contact="x", as_of=digest.made_at).text.split())


@pytest.mark.parametrize(
    ("owes_as", "says", "not_"),
    [
        ("focal", REPORTS, "không phải trả lời"),
        ("head", "chịu trách nhiệm thực hiện", "không phải trả lời"),
        ("", "không phải trả lời", REPORTS),
    ],
)
def test_whoever_reports_for_the_unit_is_not_told_that_no_answer_is_needed(
    owes_as: OwesAs, says: str, not_: str
) -> None:
    told = written(replace(OFFICE, lines=(copied(owes_as),)))
    assert says in told
    assert not_ not in told


@pytest.mark.parametrize("kind", ["reminder", "standing"])
@pytest.mark.parametrize(
    ("owes_as", "changes", "says"),
    [
        ("focal", {"head_told": False}, ". Đầu mối báo cáo khi có kết quả."),
        (
            "focal",
            {"vacant": ("Giám đốc Sở A",)},
            "Giám đốc Sở A: chức vụ chưa có người, cấp trên nhận thư thay; đầu mối",
        ),
        ("head", {}, ""),
    ],
)
def test_no_head_is_said_to_have_been_reminded_who_was_not(
    kind: Kind, owes_as: OwesAs, changes: dict[str, object], says: str
) -> None:
    text = written(replace(OFFICE, kind=kind, lines=(copied(owes_as, **changes),)))
    assert says in text
    assert "đã được nhắc" not in text


@pytest.mark.parametrize("as_", ["to", "cc"])
def test_a_unit_is_not_said_to_owe_what_it_only_works_with(as_: Literal["to", "cc"]) -> None:
    own, others = copied("focal", as_=as_), copied("", section="new")
    says = "Nhiệm vụ của đơn vị khác ghi trong thư là để biết, phối hợp."
    assert says in written(replace(OFFICE, lines=(own, others)))
    assert says not in written(replace(OFFICE, lines=(own, own)))


def test_a_focal_post_is_only_informed_of_what_is_done() -> None:
    done = copied("focal", section="information", change="done")
    assert "không phải trả lời" in written(replace(OFFICE, lines=(done,)))


def test_a_standing_office_answers_for_what_it_owes_itself() -> None:
    own, others = copied("standing"), copied("")
    assert label(own, "standing", "vi") == ANSWER
    assert label(others, "standing", "vi") == "Xem nhiệm vụ và tình hình báo cáo"
    assert REPORTS in written(replace(OFFICE, kind="standing", lines=(own, others)))
    assert REPORTS not in written(replace(OFFICE, kind="standing", lines=(others,)))


@pytest.mark.parametrize("section", ["new", "ahead", "information"])
def test_whoever_is_told_that_no_answer_is_needed_is_not_asked_for_one(section: Section) -> None:
    coordinates = replace(copied(""), section=section)
    digest = replace(OFFICE, lines=(coordinates,))
    mail = letters("vi", None).write(digest, contact="x", as_of=digest.made_at, answering=ANSWERING)
    for text in (mail.text, mail.html):
        assert "không phải trả lời" in text
        assert "Trả lời:" not in text
        assert "Xem nhiệm vụ và tình hình báo cáo" in text


def test_what_is_late_is_said_to_be_late_also_to_those_who_need_only_know() -> None:
    late = copied("", section="information")
    done = replace(late, change="done")
    found = figures(replace(OFFICE, lines=(late, late, line("information"), done)), "vi")
    assert [(one.tone, one.text) for one in found] == [("late", "2 quá hạn (để biết)"), ("calm", "2 để biết")]


def test_who_owes_a_value_is_asked_to_record_it() -> None:
    value = replace(line("ahead"), key=line("ahead").key._replace(task="indicator:CT.1"))
    assert label(value, "reminder", "vi") == "Trả lời: ghi số liệu chỉ tiêu, khó khăn, gia hạn"


def test_a_long_subject_keeps_its_day_and_one_ellipsis() -> None:
    long = replace(line("overdue"), unit_names=("Sở Khoa học và Công nghệ", "Sở Tài chính"), title="Rà soát " * 20)
    above = replace(dict(samples())["escalation"], lines=(long,))
    subject = letters("vi", None).subject(above)
    assert subject.endswith("… – 03/4/2026")
    assert "……" not in subject
    assert len(subject) <= 120


@pytest.mark.parametrize(
    ("language", "says"), [("vi", "Đã báo cáo lên đồng chí Chủ tịch"), ("en", "Told above: Chủ tịch")]
)
def test_that_a_delay_was_told_above_does_not_read_as_a_report_of_the_unit(language: Language, says: str) -> None:
    digest = replace(OFFICE, lines=(replace(line("overdue"), reported_to=("Chủ tịch",)),))
    mail = letters(language, None).write(digest, contact="x", as_of=digest.made_at)
    assert says in mail.text
    assert says in mail.html


@pytest.mark.parametrize(("change", "beside"), [("extension_refused", "Gia hạn"), ("returned", "Xác nhận")])
def test_what_was_said_stands_beside_what_it_is_about(change: Change, beside: str) -> None:
    told = replace(line("overdue"), change=change, said="gắn với kỳ họp")
    digest = replace(OFFICE, lines=(told,))
    html = letters("vi", None).write(digest, contact="x", as_of=digest.made_at).html
    assert re.search(rf">{beside}</td><td><b>[^<]*gắn với kỳ họp", html)
