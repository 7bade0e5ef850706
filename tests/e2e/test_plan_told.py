"""What a plan says beside deadlines: the causes with their lines, who reads instead, what closes, what is provisional."""

import pytest

from db.facts import record_report
from rules.calendar import local_day
from rules.changes.summary import summary
from tests.e2e.planning import Editor, Files
from tests.e2e.test_plan_scenarios import EVENTS, TASKS, texts
from tests.offices import DAY, HOUR, Desk, directory, programme


@pytest.fixture
def editor(desk: Desk) -> Editor:
    """An office at work since Monday, 30 March 2026; on Tuesday at 08:00 A.1 has been reminded of."""
    found = Editor(desk)
    found.write(texts())
    found.apply()
    found.desk.tick()
    found.desk.now += DAY
    found.desk.tick()
    found.desk.now += HOUR
    return found


GENTLE = """\
ladder: gentle
rungs:
  - {id: due-soon, at: 5 working days before, to: [focal]}
  - {id: late, at: 1 working day late, to: [head]}
---
"""


def line_of(text: str, found: str) -> int:
    """Return the line of a file, from 1, that holds a text."""
    return next(number for number, line in enumerate(text.splitlines(), 1) if found in line)


# --- causes ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        # A route that is added, one that the programme falls back to, and the task's own line.
        ("tasks:\n", "routes:\n  - {match: {task: A.2}, ladder: gentle}\ntasks:\n", "- {match: {task: A.2}"),
        ("ladder: standard", "ladder: gentle", "ladder: gentle"),
        ("deadline: 2026-04-17", "ladder: gentle, deadline: 2026-04-17", "ladder: gentle, deadline"),
    ],
)
def test_another_ladder_is_caused_by_the_line_that_puts_the_task_on_it(
    editor: Editor, old: str, new: str, says: str
) -> None:
    before = texts() | {"common.yaml": GENTLE + texts()["common.yaml"]}
    editor.write(before)
    editor.apply()
    edited_programme = before["p.yaml"].replace(old, new)
    changes = editor.changes(before | {"p.yaml": edited_programme})
    [cause] = {str(move.line): move for move in changes.moves}["p/A.2"].causes
    assert (cause.kind, cause.text.en) == ("ladder", "On another ladder: standard → gentle")
    assert cause.source == f"rules/p.yaml:{line_of(edited_programme, says)}"


def test_a_deadline_made_to_wait_for_an_event_ends_by_its_own_line(editor: Editor) -> None:
    elsewhere = texts()["p.yaml"].replace("deadline: 2026-04-27", 'deadline: {set_by: "Đề án 05"}')
    editor.write(texts() | {"p.yaml": elsewhere})
    editor.apply()
    dated = EVENTS.replace("watch: {ask: u3, every: month}", "date: 2026-03-30")
    waiting = elsewhere.replace('{set_by: "Đề án 05"}', "{after: de-an, within: 5 working days}")
    changes = editor.changes(texts() | {"p.yaml": waiting.replace(EVENTS, dated)})
    ends = {str(end.line): end for end in changes.ending}
    [cause] = ends["p/A.3"].causes
    assert (cause.kind, cause.source) == ("deadline", f"rules/p.yaml:{line_of(waiting, 'id: A.3')}")
    # What waited for the event before ends by the event.
    [cause] = ends["p/A.4"].causes
    assert (cause.kind, cause.source) == ("event", f"rules/p.yaml:{line_of(waiting, 'de-an:')}")


# --- what stays, and is otherwise ------------------------------------------------------------------------------------


WEEKLY = "  - {id: W.1, title: Báo cáo tuần, lead: u3, deadline: {every: week, on: friday}}\n"
CARRIED = WEEKLY.replace("on: friday", "on: friday, if_unreported: carry")


def with_weekly(weekly: str) -> Files:
    return texts() | {"p.yaml": programme(TASKS + weekly, events=EVENTS)}


def test_what_no_longer_closes_unreported_says_so_with_the_rungs_that_come(editor: Editor) -> None:
    editor.write(with_weekly(WEEKLY))
    editor.apply()
    editor.desk.now += 4 * DAY
    editor.desk.tick()
    changes = editor.changes(with_weekly(CARRIED))
    found = {str(each.line): each for each in changes.closings}
    # The one of Friday the 3rd, and the coming two: each would have closed as the next fell due.
    assert list(found) == ["p/W.1[2026-04-03]", "p/W.1[2026-04-10]", "p/W.1[2026-04-17]"]
    one = found["p/W.1[2026-04-03]"]
    assert (one.units, str(one.before), one.after) == (("u3",), "2026-04-10 17:00:00+00:00", None)
    assert [(rung.rung, rung.before, str(rung.after)) for rung in one.rungs] == [
        ("late", None, "2026-04-13 00:00:00+00:00")
    ]
    assert changes.rewordings == ()
    assert "3 occurrences no longer close unreported" in summary(changes).en
    editor.apply()
    # And back: on the 17th the first one, still open then, closes at once, as of the day the next fell due.
    editor.desk.now += 13 * DAY
    editor.desk.tick()
    back = editor.changes(with_weekly(WEEKLY)).closings
    assert [(str(each.line), each.before, str(each.after)[:10]) for each in back][:2] == [
        ("p/W.1[2026-04-03]", None, "2026-04-10"), ("p/W.1[2026-04-10]", None, "2026-04-17")
    ]  # fmt: skip
    assert {rung.after for each in back for rung in each.rungs} == {None}


@pytest.mark.parametrize(
    ("until", "is_provisional"), [("2026-04-15", True), ("2026-12-31", False)], ids=["moved back", "moved on"]
)
def test_deadlines_that_become_provisional_or_firm_are_counted(
    editor: Editor, until: str, is_provisional: bool
) -> None:
    def announced(day: str) -> Files:
        return texts() | {"common.yaml": texts()["common.yaml"].replace("2026-12-31", day)}

    editor.write(announced("2026-12-31" if is_provisional else "2026-04-15"))
    editor.apply()
    changes = editor.changes(announced(until))
    # Due on 17 and 27 April and 10 May; the others are due by the 15th, or have no day.
    assert [(str(each.line), len(each.units), each.is_provisional) for each in changes.settlings] == [
        ("p/A.2", 3, is_provisional), ("p/A.3", 1, is_provisional), ("p/B.1[2026-05-10]", 1, is_provisional)
    ]  # fmt: skip
    place = f"rules/common.yaml:{line_of(texts()['common.yaml'], 'announced_until')}"
    assert {each.source for each in changes.settlings} == {place}
    assert (changes.rewordings, changes.moves) == ((), ())
    becomes = "become provisional" if is_provisional else "become firm"
    assert f"3 deadlines {becomes}" in summary(changes).en


# --- who reads -------------------------------------------------------------------------------------------------------


HEAD3 = "{title: Giám đốc 3, email: head3@tinh.example}"
Row = tuple[str | None, str | None, str, str | None, str | None, tuple[str, ...]]
TOLD = ("focal1@tinh.example",)


def head_of_u3(editor: Editor, head: str, **more: str) -> list[Row]:
    """Return who reads for the head of u3, from when until when, and in whose place."""
    changes = editor.changes(texts() | {"tinh.yaml": directory(3, u3=head, **more)})
    return [
        (
            each.before and each.before.partition("@")[0],
            each.after and each.after.partition("@")[0],
            str(each.from_on),
            str(each.until) if each.until else None,
            each.instead,
            each.told,
        )
        for each in changes.readers
        if (each.unit, each.role) == ("u3", "head")
    ]


ACTING = "acting: [{from: 2026-04-06, until: 2026-04-10, title: Phó, email: deputy3@tinh.example}]"
OVER = "over3@tinh.example"


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        # At once, and from the day after the last one.
        ("{title: Giám đốc 3, vacant: true}", [("head3", None, "2026-03-31", None, OVER, TOLD)]),
        (HEAD3.replace("}", ", until: 2026-04-08}"), [("head3", None, "2026-04-09", None, OVER, TOLD)]),
        # An acting holder has the post for a while; then it is as before.
        (HEAD3.replace("}", f", {ACTING}}}"), [("head3", "deputy3", "2026-04-06", "2026-04-10", None, ())]),
        # After the acting period nobody is in post.
        (f"{{title: Giám đốc 3, vacant: true, {ACTING}}}", [
            ("head3", None, "2026-03-31", "2026-04-05", OVER, TOLD),
            ("head3", "deputy3", "2026-04-06", "2026-04-10", None, ()),
            ("head3", None, "2026-04-11", None, OVER, TOLD),
        ]),
    ],
)  # fmt: skip
def test_where_nobody_is_in_post_it_is_said_who_reads_instead(editor: Editor, head: str, expected: list[Row]) -> None:
    assert head_of_u3(editor, head) == expected


def test_where_nobody_is_left_up_to_the_chair_it_is_said(editor: Editor) -> None:
    vacant = directory(3).replace("title: Phó Chủ tịch 3, email: over3@tinh.example", "title: Phó 3, vacant: true")
    vacant = vacant.replace("title: Trưởng Ban, email: chair@tinh.example", "title: Trưởng Ban, vacant: true")
    editor.write(texts() | {"tinh.yaml": vacant})
    editor.apply()
    changes = editor.changes(texts() | {"tinh.yaml": vacant.replace(HEAD3, "{title: Giám đốc 3, vacant: true}")})
    [reader] = changes.readers
    assert (reader.after, reader.instead, reader.instead_role, reader.told) == (None, None, None, TOLD)


# --- what is renamed -------------------------------------------------------------------------------------------------


PARTS = "  - {id: P.1, title: Hai bước, lead: u2, deadlines: {phát động: 2026-04-02, báo cáo: 2026-06-30}}\n"


def test_a_part_under_another_name_is_said_to_end_with_what_is_lost(editor: Editor) -> None:
    def parts(text: str) -> Files:
        return texts() | {"p.yaml": programme(TASKS + text, events=EVENTS)}

    editor.write(parts(PARTS))
    editor.apply()
    editor.desk.tick()
    report_done(editor, part="phát động")
    changes = editor.changes(parts(PARTS.replace("phát động", "phát động lễ")))
    [renamed] = changes.renamings
    assert (renamed.part_of, renamed.before, renamed.after) == ("P.1", "phát động", "phát động lễ")
    # Head and focal were reminded, and it is done: the new part would have to be reported anew.
    assert (renamed.sent, renamed.reported) == (2, 1)
    assert "1 part seems renamed" in summary(changes).en
    # Another day is another part.
    other = editor.changes(parts(PARTS.replace("phát động: 2026-04-02", "khởi động: 2026-04-09")))
    assert other.renamings == ()


def report_done(editor: Editor, *, part: str) -> None:
    desk = editor.desk
    [(id_, unit)] = desk.run("SELECT id, unit FROM obligation WHERE part = :part", part=part)
    with desk.engine.begin() as connection:
        record_report(
            connection,
            int(str(id_)),
            kind="done",
            said_on=local_day(desk.now, desk.config.policy.zone),
            unit=str(unit),
            recorded_by="an",
            recorded_at=desk.now,
            announce=True,
        )


# --- another standing office -----------------------------------------------------------------------------------------


def test_statement_and_reports_to_verify_pass_to_another_standing_office(editor: Editor) -> None:
    undated = "  - {id: S.1, title: Theo đề án, lead: u2, deadline: {set_by: Đề án 05}}\n"

    def standing(unit: str) -> Files:
        text = programme(TASKS + PARTS + undated, events=EVENTS)
        return texts() | {"p.yaml": text.replace("standing: u1", f"standing: {unit}")}

    editor.write(standing("u1"))
    editor.apply()
    editor.desk.tick()
    report_done(editor, part="phát động")
    # The old office is to hear that it is done: the notice has not left yet.
    editor.desk.evaluate()
    edited_programme = standing("u3")
    changes = editor.changes(edited_programme)
    [found] = changes.handovers
    assert (found.programme, found.before, found.after) == ("p", "u1", "u3")
    assert found.source == f"rules/p.yaml:{line_of(edited_programme['p.yaml'], 'standing: u3')}"
    # The task without a day, and the event that nobody has recorded.
    assert (found.statement_at, found.matters) == (editor.desk.now, 2)
    assert [(str(each.line), each.units) for each in found.reported] == [("p/P.1[phát động]", ("u2",))]
    assert found.on_their_way == 1
    assert changes.rewordings == ()
    assert "1 programme gets another standing office" in summary(changes).en
    editor.apply()
    to = [letter.recipient for letter in editor.desk.tick()]
    assert "focal3@tinh.example" in to
    assert "focal1@tinh.example" not in to
