"""A plan, its application and what then happens agree: whatever is edited, after whatever has happened."""

import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import hypothesis.strategies as st
import pytest
from hypothesis import Phase, example, given, settings

from db.facts import record_event, record_report, record_silence
from rules.calendar import local_day
from rules.changes.mails import Said
from rules.changes.values import (
    Changes,
    Line,
    Passing,
)
from rules.obligation import ObligationKey
from rules.programme import Occurred
from tests.e2e.conftest import Databases
from tests.e2e.planning import FORESEEN, Editor, Files, Left, Letters, Lived, files, left_alone
from tests.offices import DAY, HOUR, Desk, open_desk

Edit = Callable[[Files], Files]
Lines = frozenset[Said]


def replacing(name: str, old: str, new: str) -> Edit:
    """An edit that replaces a text where it stands."""
    return lambda texts: texts | {name: texts[name].replace(old, new)}


EDITS: dict[str, Edit] = {
    "nothing": lambda texts: texts,
    "a comment": replacing("p.yaml", "tasks:", "# ghi chú\ntasks:"),
    "another edition": lambda _: files(1),
    "few tasks": lambda _: files(2),
    "earlier": lambda _: files(3),
    "a later day": replacing("p.yaml", "deadline: 2026-04-03", "deadline: 2026-04-24"),
    "an amendment": replacing(
        "p.yaml",
        "deadline: 2026-04-03",
        "deadline: 2026-04-24, amended: [{deadline: 2026-04-03, until: 9/CV of 2026-03-30}]",
    ),
    "an amendment to come": replacing(
        "p.yaml",
        "deadline: 2026-04-03",
        "deadline: 2026-04-24, amended: [{deadline: 2026-04-03, until: 9/CV of 2026-04-08}]",
    ),
    "another lead": replacing("p.yaml", "lead: u3, deadline: 2026-03-02", "lead: u2, deadline: 2026-03-02"),
    "one unit less": replacing("tinh.yaml", "members: [u1, u2, u3]", "members: [u1, u3]"),
    "one unit more": lambda _: files(units=4),
    "a holiday": replacing("common.yaml", "holidays: [", "holidays: [{date: 2026-04-03, name: Nghỉ, source: 1/CV}, "),
    "a worked Saturday": replacing("common.yaml", "announced", "worked: [{date: 2026-04-04, source: 2/CV}]\nannounced"),
    "an earlier rung": replacing("common.yaml", "3 working days before", "6 working days before"),
    "a rung less": lambda texts: texts
    | {"common.yaml": "\n".join(line for line in texts["common.yaml"].splitlines() if "due-soon" not in line)},
    "another address": replacing("tinh.yaml", "email: head2@", "email: new2@"),
    "nobody in post": replacing("tinh.yaml", "title: Giám đốc 3, email: head3@tinh.example", "title: Giám đốc 3, vacant: true"),
    "a dated event": replacing("p.yaml", "title: Ban hành Đề án, watch: {ask: u3, every: month, expected: 2026-04-30}", "title: Ban hành Đề án, date: 2026-04-01"),
    "weeks stay open": replacing("p.yaml", "on: friday, at: '09:00'", "on: friday, at: '09:00', if_unreported: carry"),
    "months close": replacing("p.yaml", "{every: month, on: 10}", "{every: month, on: 10, if_unreported: close}"),
    "another id": replacing("p.yaml", "{id: A.1, ", "{id: A.9, renamed_from: A.1, "),
    "another title": replacing("p.yaml", "title: Việc cũ", "title: Việc rất cũ"),
    "another head": replacing("p.yaml", "title: Việc cũ, lead: u3", "title: Việc cũ, lead: u3, head: [u1]"),
    "another weekday": replacing("p.yaml", "on: friday", "on: wednesday"),
    "a weekday just over": replacing("p.yaml", "on: friday", "on: monday"),
    "twice a week": replacing("p.yaml", "on: friday", "on: [tuesday, friday]"),
    "another hour": replacing("p.yaml", "on: friday, at: '09:00'", "on: thursday, at: '15:00'"),
    "another day of the month": replacing("p.yaml", "every: month, on: 10", "every: month, on: 6"),
    "another rhythm": replacing("p.yaml", "every: month, on: 10", "every: quarter"),
    "a day in place of a recurrence": replacing("p.yaml", "{every: month, on: 10}", "2026-04-20"),
    "a recurrence in place of a day": replacing("p.yaml", "deadline: 2026-04-03", "deadline: {every: week, on: tuesday}"),
    "a recurrence amended": replacing(
        "p.yaml",
        "deadline: {every: month, on: 10}",
        "deadline: {every: month, on: 20}, amended: [{deadline: {every: month, on: 10}, until: 9/CV of 2026-03-30}]",
    ),
    "another lead of months": replacing("p.yaml", "lead: u2, deadline: {every: month, on: 10}", "lead: u3, deadline: {every: month, on: 10}"),
    "joint leads of months": replacing("p.yaml", "lead: u2, deadline: {every: month, on: 10}", "lead: [u2, u3], deadline: {every: month, on: 10}"),
    "one more lead of months": replacing("p.yaml", "lead: u2, deadline: {every: month, on: 10}", "lead: {each: [u2, u3]}, deadline: {every: month, on: 10}"),
    "another lead of weeks": replacing("p.yaml", "lead: {each: all}, deadline: {every: week", "lead: u2, deadline: {every: week"),
    "coordinating units": replacing("p.yaml", "title: Việc cũ, lead: u3", "title: Việc cũ, lead: u3, coordinate: [u1]"),
}  # fmt: skip


class Office:
    """An office of which a copy is edited, and which itself goes on as it was."""

    def __init__(self, editor: Editor) -> None:
        self.editor = editor

    @classmethod
    def opened(cls, desk: Desk) -> "Office":
        """Return one whose rule files have just come into force."""
        editor = Editor(desk)
        editor.write(files())
        editor.apply()
        return cls(editor)

    def lives(self, days: int, *, event_after: int | None, reports: int) -> None:
        """Let so many days pass; on one of them an event is recorded, at their end obligations are reported."""
        desk = self.editor.desk
        for day in range(days):
            if day == event_after:
                self._event()
            self.editor.live(local_day(desk.now, desk.config.policy.zone))
            desk.now += 7 * HOUR
        desk.tick()
        for key in sorted(self.editor.open_obligations())[:reports]:
            self._report(key)
        desk.tick()
        desk.now += timedelta(minutes=1)

    def _event(self) -> None:
        desk = self.editor.desk
        on = local_day(desk.now, desk.config.policy.zone)
        with desk.engine.begin() as connection:
            record_event(
                connection, programme="p", event="de-an", occurred=Occurred(on), recorded_by="an", recorded_at=desk.now
            )

    def _report(self, key: ObligationKey) -> None:
        desk = self.editor.desk
        where = " AND ".join(f"{name} = :{name}" for name in key._fields)
        [(id_,)] = desk.run(f"SELECT id FROM obligation WHERE {where}", **key._asdict())
        on = local_day(desk.now, desk.config.policy.zone)
        with desk.engine.begin() as connection:
            record_report(
                connection,
                id_,  # type: ignore[arg-type]
                kind="done",
                said_on=on,
                unit=key.unit,
                recorded_by="an",
                recorded_at=desk.now,
                announce=True,
            )


def check_promises(editor: Editor, edit: Edit, left: Left | None = None) -> None:
    """Plan the edit, apply it, let the office live on, and compare it and one that was `left` as it was with what was
    promised."""
    editor.write(edit(files()))
    changes, since = editor.plan().changes, editor.desk.now
    left = left or left_alone(editor)
    editor.apply()
    editor.desk.evaluate()
    _check_obligations(changes, left, editor)
    editor.live(local_day(since, editor.desk.config.policy.zone) + FORESEEN)
    letters = editor.letters(since)
    _check_letters(changes, left.letters, letters, editor)
    _check_corrections(changes, letters, editor)


def _check_obligations(changes: Changes, left: Left, edited: Editor) -> None:
    was, is_ = left.open_obligations, edited.open_obligations()
    leads = _leads(changes)
    begin = {key for found in changes.appearing for key in _keys(found.line, found.units)}
    begin |= {key for found in leads for key in _keys(found.line, found.after)}
    end = {key for found in changes.ending for key in _keys(found.line, found.units)}
    end |= {key for found in leads for key in _keys(found.line, found.before)}
    assert begin == is_.keys() - was.keys()
    assert end == was.keys() - is_.keys()
    moves = [move for move in changes.moves if move.is_anew and move.from_on is None]
    moved = {key: (str(m.before.due), str(m.after.due)) for m in moves for key in _keys(m.line, m.units)}
    both = was.keys() & is_.keys()
    assert moved == {key: (was[key][1], is_[key][1]) for key in both if was[key][0] != is_[key][0]}


def _leads(changes: Changes) -> list[Passing]:
    return [passing for passing in changes.passing if passing.kind == "lead"]


def _keys(line: Line, units: Iterable[str]) -> set[ObligationKey]:
    return {ObligationKey(line.programme, line.task, line.part, unit, line.occurrence) for unit in units}


def _check_letters(changes: Changes, was: Letters, is_: Letters, editor: Editor) -> None:
    """Compare the letters that differ day by day and person by person with those that were to."""
    happened = {
        (place, kind): lines
        for place in was.keys() | is_.keys()
        for kind, lines in _differences(was.get(place, []), is_.get(place, []))
        if lines
    }
    said: dict[tuple[tuple[date, str], str], Lines] = {}
    for letter in changes.letters:
        place = (local_day(letter.at, editor.desk.config.policy.zone), letter.to)
        plus, minus = (frozenset(line for line in lines if line.rung) for lines in (letter.gained, letter.lost))
        kinds = {"more": [("more", plus)], "fewer": [("fewer", minus)], "other": [("gained", plus), ("lost", minus)]}
        for kind, lines in kinds[letter.kind]:
            if lines:
                said[place, kind] = said.get((place, kind), frozenset()) | lines
    assert said == happened


def _check_corrections(changes: Changes, is_: Letters, editor: Editor) -> None:
    """Look for the letters that were to correct notices sent before."""
    for found in changes.outdated:
        if found.corrected_at is not None:
            day = local_day(found.corrected_at, editor.desk.config.policy.zone)
            lines = frozenset[Said]().union(*is_.get((day, found.person), []))
            about = {(*line[:5], line.rung) for line in lines}
            key = found.key
            shown = key.occurrence if found.instead is None else found.instead
            assert (key.programme, key.task, key.part, shown, key.unit, found.corrected_by) in about


def _differences(old: list[Lines], new: list[Lines]) -> Iterator[tuple[str, Lines]]:
    nothing: Lines = frozenset()
    yield "more", nothing.union(*new[len(old) :])
    yield "fewer", nothing.union(*old[len(new) :])
    yield "gained", nothing.union(*(after - before for before, after in zip(old, new, strict=False)))
    yield "lost", nothing.union(*(before - after for before, after in zip(old, new, strict=False)))


OUT_OF_REACH = "head3@tinh.example", "focal1@tinh.example"
SILENT = "head2@tinh.example"


def a_few_days(office: Office) -> None:
    office.lives(3, event_after=1, reports=1)


def two_weeks(office: Office) -> None:
    office.lives(13, event_after=None, reports=0)


def out_of_reach(office: Office) -> None:
    desk = office.editor.desk
    desk.refused = set(OUT_OF_REACH)
    office.lives(5, event_after=1, reports=0)
    with desk.engine.begin() as connection:
        record_silence(
            connection,
            from_=desk.now,
            until=desk.now + 6 * DAY,
            reason="nghỉ phép",
            person=SILENT,
            recorded_by="an",
            recorded_at=desk.now,
        )


Live = Callable[[Callable[[Office], None]], Lived]


@pytest.fixture(scope="session")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """What lets an office live, in one of the ways above, once for all tests that copy it."""
    kept: dict[str, Lived] = {}

    def live(how: Callable[[Office], None]) -> Lived:
        if how.__name__ not in kept:
            folder = tmp_path_factory.mktemp("lived")
            office = Office.opened(open_desk(folder / "office", f"sqlite:///{folder / 'lived.db'}"))
            how(office)
            kept[how.__name__] = Lived(office.editor, left_alone(office.editor))
        return kept[how.__name__]

    yield live
    for each in kept.values():
        each.editor.desk.engine.dispose()


def check_edit(lived: Lived, name: str, folder: Path) -> None:
    editor = lived.copied(folder / "copied")
    try:
        check_promises(editor, EDITS[name], lived.left)
    finally:
        editor.desk.engine.dispose()


@pytest.mark.parametrize("name", EDITS)
def test_what_a_plan_promises_of_each_edit_happens(name: str, lived: Live, tmp_path: Path) -> None:
    check_edit(lived(a_few_days), name, tmp_path)


@pytest.mark.parametrize("name", ["a later day", "an amendment", "an amendment to come", "another edition"])
def test_what_a_plan_promises_when_superiors_know_of_a_delay_happens(name: str, lived: Live, tmp_path: Path) -> None:
    check_edit(lived(two_weeks), name, tmp_path)


@pytest.mark.parametrize(
    "name", ["a later day", "another edition", "another lead", "an earlier rung", "a holiday", "coordinating units"]
)
def test_a_plan_foresees_no_letter_to_whom_none_goes(name: str, lived: Live, tmp_path: Path) -> None:
    check_edit(lived(out_of_reach), name, tmp_path)


@pytest.mark.parametrize(
    "name", ["another lead", "another lead of months", "another lead of weeks", "joint leads of months"]
)
def test_what_a_plan_promises_of_a_lead_given_back_happens(name: str, lived: Live, tmp_path: Path) -> None:
    editor = lived(a_few_days).copied(tmp_path / "copied")
    try:
        editor.write(EDITS[name](files()))
        editor.apply()
        Office(editor).lives(1, event_after=None, reports=0)
        check_promises(editor, EDITS["nothing"])
    finally:
        editor.desk.engine.dispose()


@pytest.mark.parametrize("whole", [20_000, 0])
def test_a_plan_says_to_whom_no_letter_goes(small: Desk, whole: int) -> None:
    small.refused = set(OUT_OF_REACH)
    office = Office.opened(small)
    office.lives(5, event_after=1, reports=0)
    now = small.now
    with small.engine.begin() as connection:
        for person, task, since in [
            (SILENT, None, now - DAY),
            ("chair@tinh.example", "A.1", now + 20 * DAY),
            ("gone@tinh.example", None, now),
        ]:
            record_silence(
                connection,
                from_=since,
                until=since + 6 * DAY,
                reason="nghỉ phép",
                person=person,
                task=task,
                recorded_by="an",
                recorded_at=now - DAY,
            )
    office.editor.write(EDITS["another edition"](files()))
    planned = office.editor.plan(whole_up_to=whole)
    assert planned.changes.whole == bool(whole)
    told = {letter.to for letter in planned.changes.letters if letter.kind != "fewer"}
    assert not told & set(OUT_OF_REACH)
    assert told
    assert [(one.person, one.kind, one.until) for one in planned.unreached] == [
        ("focal1@tinh.example", "undeliverable", None),
        (SILENT, "silenced", now + 5 * DAY),
        ("head3@tinh.example", "undeliverable", None),
    ]


def test_what_a_plan_promises_happens(databases: Databases) -> None:
    @given(
        days=st.integers(0, 12),
        event_after=st.none() | st.integers(0, 8),
        reports=st.integers(0, 4),
        cap=st.sampled_from([1, 3]),
        undelivered=st.booleans(),
        names=st.lists(st.sampled_from(sorted(EDITS)), min_size=1, max_size=2),
    )
    # What was done, and is told of on another day, and that the rules then know under another deadline only.
    @example(0, 5, 2, 1, False, ["one unit less", "a recurrence in place of a day"])
    @settings(max_examples=3, deadline=None, derandomize=True, phases=[Phase.explicit, Phase.generate])
    def agrees(days: int, event_after: int | None, reports: int, cap: int, undelivered: bool, names: list[str]) -> None:
        url = databases.create()
        with tempfile.TemporaryDirectory() as folder:
            desk = open_desk(Path(folder) / "office", url)
            desk.config = replace(desk.config, policy=replace(desk.config.policy, daily_cap=cap))
            office = Office.opened(desk)
            try:
                office.lives(days, event_after=event_after, reports=reports)
                if undelivered:
                    # What a pass made owed has not left when the plan is made.
                    desk.now += 20 * HOUR
                    desk.evaluate()
                    desk.now += timedelta(minutes=1)

                def edit(texts: Files) -> Files:
                    for name in names:
                        texts = EDITS[name](texts)
                    return texts

                check_promises(office.editor, edit)
            finally:
                office.editor.desk.engine.dispose()
                databases.drop(url)

    agrees()
