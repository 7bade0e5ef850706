"""History stands: no edit of the rule files, nor any number of them, changes what was sent, reported, ended or noted."""

import tempfile
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

import hypothesis.strategies as st
from hypothesis import Phase, given, settings

from tests.e2e.conftest import Databases
from tests.e2e.planning import Editor, files
from tests.e2e.test_plan_agrees import EDITS, Office
from tests.offices import open_desk

SETTLED = {
    "notices": "SELECT * FROM notice WHERE state <> 'owed'",
    "letters": "SELECT id, person, sent_at, smtp_id, subject FROM message WHERE state = 'sent'",
    "reports": "SELECT * FROM report",
    "events": "SELECT * FROM event_record",
    "changes": "SELECT * FROM change",
    "ended": "SELECT id, programme, task, part, unit, occurrence, state, ended_at, edition, due_on, late_at"
    " FROM obligation WHERE state IN ('done', 'closed')",
    "revisions": "SELECT id, digest, applied_at, applied_by, origin, git_commit FROM revision",
}
"""What is settled for good, by the id in the first column."""


def settled(editor: Editor) -> Mapping[str, Mapping[object, tuple[object, ...]]]:
    return {name: {row[0]: tuple(row) for row in editor.desk.run(query)} for name, query in SETTLED.items()}


def test_no_edit_changes_what_was_judged_or_sent(databases: Databases) -> None:
    @given(
        days=st.integers(1, 9),
        reports=st.integers(0, 5),
        edits=st.lists(st.tuples(st.sampled_from(sorted(EDITS)), st.integers(0, 5)), min_size=1, max_size=3),
    )
    @settings(max_examples=4, deadline=None, derandomize=True, phases=[Phase.explicit, Phase.generate])
    def stands(days: int, reports: int, edits: list[tuple[str, int]]) -> None:
        url = databases.create()
        with tempfile.TemporaryDirectory() as folder:
            office = Office.opened(open_desk(Path(folder) / "office", url))
            editor = office.editor
            try:
                office.lives(days, event_after=0, reports=reports)
                for name, more in edits:
                    before = settled(editor)
                    editor.write(EDITS[name](files()))
                    editor.plan()
                    assert settled(editor) == before, "planning wrote something"
                    editor.apply()
                    office.lives(more, event_after=None, reports=1)
                    editor.desk.now += timedelta(minutes=1)
                    after = settled(editor)
                    for kind, rows in before.items():
                        assert rows.items() <= after[kind].items(), kind
            finally:
                editor.desk.engine.dispose()
                databases.drop(url)

    stands()
