"""How a summary words what stands in it: what units wrote, hours and days, what has changed since the one before."""

import json
from dataclasses import replace
from datetime import date, time, timedelta
from typing import get_args

import pytest
from hypothesis import given

from rules.periodic.drawing import Said, draw, of_unit
from rules.periodic.moved import Moved
from rules.periodic.snapshot import Contribution, Snapshot
from rules.periodic.stored import from_text, to_text
from rules.periodic.telling import tell
from rules.summary import Count
from rules.wording import Language
from tests.rules.periodic.offices import CUT, WEEK, ZONE, entry, frame, snapshots
from tests.rules.periodic.test_forms import word_of


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("- Đã trình.\r\n – Lấy ý kiến 8/12;\n\n+ -5% chi", "Sở u2:\n+ Đã trình.\n+ Lấy ý kiến 8/12;\n+ -5% chi"),
        ("-Đã trình\n-5% chi", "Sở u2:\n+ Đã trình\n+ -5% chi"),
        ("- Đã trình\n-", "Sở u2: Đã trình"),
        ("Đã trình", "Sở u2: Đã trình"),
        ("+84 277 đã thông", "Sở u2: +84 277 đã thông"),
        ("...", "Sở u2: ..."),
    ],
)
def test_the_lines_of_a_unit_stand_below_its_name_without_its_own_dashes(content: str, said: str) -> None:
    wrote = tuple(Contribution(unit, f"Sở {unit}", "results", content, CUT) for unit in ("u2", "u3"))
    found = draw([entry(1)], frame(), Said(contributions=wrote), None)
    for language in get_args(Language):
        assert tell(found, language, zone=ZONE).parts[0].lists[-1].points[0].text == said
    first, *below = said.rstrip(" .;").split("\n")
    lines = [(f"- {first}", 10), *((line, 15) for line in below)]
    lines[-1] = (f"{lines[-1][0]};", lines[-1][1])
    indented = [(one.text, one.paragraph_format.first_line_indent) for one in word_of(found).paragraphs]
    paragraphs = [(text, round(indent.mm)) for text, indent in indented if indent]
    at = paragraphs.index(lines[0])
    assert paragraphs[at : at + len(lines)] == lines


def test_the_lines_of_a_difficulty_are_told_as_one() -> None:
    key = entry(1).key
    told = tell(
        draw([entry(1)], frame(), Said(difficulties={key: "- Chờ vốn;\n- Thiếu người."}), None), "vi", zone=ZONE
    )
    assert [one.points[0].detail for one in told.parts[1].lists if one.heading == "Khó khăn đã nêu"] == [
        "Chờ vốn; Thiếu người."
    ]


def test_the_hour_of_a_deadline_stands_before_its_day_in_words() -> None:
    found = draw([entry(1, due=date(2026, 4, 8), hour=time(17))], frame(), Said(), None)
    details = [tell(found, language, zone=ZONE).parts[2].lists[0].points[0].detail for language in get_args(Language)]
    assert [one.replace("\xa0", " ") for one in details] == ["hạn 17h00 ngày 08/4/2026", "due 17:00 on 8 April 2026"]


@pytest.mark.parametrize(
    ("last", "vi", "en"),
    [
        (28, "ngày 28/4/2026", "28 April 2026"),
        (29, "từ ngày 28/4/2026 đến ngày 29/4/2026", "28 April 2026 to 29 April 2026"),
    ],
)
def test_a_week_of_one_day_is_told_as_that_day(last: int, vi: str, en: str) -> None:
    week = replace(frame(), first=date(2026, 4, 28), last=date(2026, 4, last))
    found = draw([], week, Said(), None)
    spans = [tell(found, language, zone=ZONE).span.replace("\xa0", " ") for language in get_args(Language)]
    assert spans == [vi, en]


def test_what_was_late_before_adds_up_to_what_is_late_now() -> None:
    late = {"timeliness": "late"}
    then = frame(period=WEEK.preceding, at=CUT - timedelta(7))
    before = draw([entry(number, **late) for number in range(1, 4)], then, Said(), None)
    closed = entry(3, progress="closed", timeliness="late")
    now = [entry(1, **late), entry(2, progress="done", timeliness="done_late"), closed, entry(4, **late)]
    found = draw([*now, entry(5, **late)], frame(), Said(), before)
    said = {
        "vi": "So với tuần 13 năm 2026 (quá hạn 3): mới quá hạn 2, đã khắc phục quá hạn 1, "
        "quá hạn rồi hết kỳ không báo cáo 1; nay quá hạn 3.",
        "en": "Since week 13 of 2026 (3 late): 2 newly late, 1 caught up, 1 late and then closed unreported; 3 late now.",
    }
    for language in get_args(Language):
        assert tell(found, language, zone=ZONE).parts[0].opening.split("\n")[1] == said[language]
    assert said["vi"] in [one.text for one in word_of(found).paragraphs]
    passed = draw([entry(1, **late), entry(2, **late), entry(3, "u3", **late)], frame(), Said(), before)
    assert (
        tell(passed, "vi", zone=ZONE)
        .parts[0]
        .opening.endswith("mới quá hạn 1, đã khắc phục quá hạn 0, đã rút hoặc chuyển đơn vị khác 1; nay quá hạn 3.")
    )
    assert "\n" not in tell(before, "vi", zone=ZONE).parts[0].opening


@given(snapshots())
def test_nothing_that_was_late_is_lost_between_two_summaries(snapshot: Snapshot) -> None:
    for found in (snapshot, *(of_unit(snapshot, part.unit) for part in snapshot.units)):
        if found.previous is None:
            continue
        was = found.previous.counts.of.get(Count.OPEN_LATE, 0)
        left = len(found.caught_up) + len(found.closed_late) + found.gone_late
        assert found.gone_late >= 0
        assert was + len(found.newly_late) - left == len(found.late) == found.counts.of.get(Count.OPEN_LATE, 0)


def test_deadlines_moved_and_extensions_refused_are_told_and_kept() -> None:
    moves = (
        Moved(entry(1).key, "A.1", "Việc 1", ("Sở u2",), "moved", date(2026, 4, 3), date(2026, 4, 15), "12/SKHCN-VP"),
        Moved(entry(2).key, "A.2", "Việc 2", ("Sở u2",), "moved", None, date(2026, 4, 15)),
        Moved(
            entry(3, "u3").key, "A.3", "Việc 3", ("Sở u3",), "refused", date(2026, 4, 3), date(2026, 4, 20), "", "gấp"
        ),
    )
    found = draw([entry(1), entry(2), entry(3, "u3")], frame(), Said(moved=moves), None)
    assert from_text(to_text(found)) == found
    [told] = [one for one in tell(found, "vi", zone=ZONE).parts[0].lists if one.heading.startswith("Điều chỉnh")]
    assert told.heading == "Điều chỉnh thời hạn, gia hạn trong tuần"
    assert [(one.text, one.detail) for one in told.points] == [
        ("A.1. Việc 1 (Sở u2)", "hạn từ 03/4/2026 thành 15/4/2026, theo 12/SKHCN-VP"),
        ("A.2. Việc 2 (Sở u2)", "hạn từ chưa có ngày thành 15/4/2026"),
        ("A.3. Việc 3 (Sở u3)", "không đồng ý gia hạn đến 20/4/2026 (gấp); hạn vẫn là 03/4/2026"),
    ]
    english = [one for one in tell(found, "en", zone=ZONE).parts[0].lists if one.heading.startswith("Deadlines moved")]
    assert [one.detail.replace("\xa0", " ") for one in english[0].points] == [
        "due 15 April 2026 instead of 3 April 2026, by 12/SKHCN-VP",
        "due 15 April 2026 instead of no day",
        "an extension until 20 April 2026 was refused (gấp); still due 3 April 2026",
    ]
    assert [one.number for one in of_unit(found, "u3").moved] == ["A.3"]


def test_a_summary_stored_before_moves_were_kept_is_read() -> None:
    found = draw([entry(1)], frame(), Said(), None)
    stored = json.loads(to_text(found))
    del stored["moved"]
    assert from_text(json.dumps(stored)) == found
