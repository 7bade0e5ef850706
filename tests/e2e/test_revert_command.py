"""`dondoc apply --revert`: forwards in history, facts and letters staying, the folder left alone or written back whole."""

from pathlib import Path

import pytest

from tests.e2e.conftest import After
from tests.e2e.console import at, edit, good, refused

RULES = Path("rules/office.yaml")


def put_in_force_and_edit() -> None:
    with at("2026-03-20T10:00"):
        good("apply", "--yes", "--by", "an")
    edit("deadline: 2026-03\n", "deadline: 2026-04-15\n")
    edit("  - id: B.2\n", "  - {id: B.9, title: Việc mới, lead: so-b, deadline: 2026-05}\n  - id: B.2\n")
    with at("2026-03-23T10:00"):
        good("apply", "--yes", "--by", "binh")


@pytest.fixture
def office(office_after: After) -> Path:
    """A copy of the small office, with its rules in force since 20 March and an edit of them since 23 March."""
    return office_after(put_in_force_and_edit)


def due(task: str) -> list[str]:
    return [row["due"] for row in good("status", "--format", "json").lines if row.get("task") == task]


@pytest.mark.usefixtures("office")
def test_a_revert_is_a_new_revision_with_the_files_of_the_earlier_one() -> None:
    with at("2026-03-24T10:00"):
        done = good("apply", "--revert", "1", "--yes", "--by", "chi", "--format", "json").json
        assert (done["revision"], done["reverts"], done["moved"], done["withdrawn"]) == (3, 1, 1, 1)
        assert due("A.1") == ["2026-03-31"]
        assert due("B.9") == []
        newest = good("history", "--format", "json").lines[0]
        assert (newest["revision"], newest["applied_by"], newest["reverts"]) == (3, "chi", 1)
        assert newest["origin"] == "revision 1"
        story = good("history", "A.1", "--format", "json").json["entries"]
    assert ("edit", "thời hạn: ngày 15/4/2026 → tháng 3/2026") in [(one["kind"], one["vi"]) for one in story]


@pytest.mark.usefixtures("office")
def test_it_says_that_the_folder_still_differs_and_leaves_it_alone() -> None:
    before = RULES.read_bytes()
    with at("2026-03-24T10:00"):
        told = good("apply", "--revert", "1", "--yes").out
    assert told == (
        "revision 3 is in force, the files of revision 1: 1 moved, 1 withdrawn\n"
        "the folder still differs from what is in force: rules/office.yaml\n"
        "the daemon leaves it alone until it agrees or somebody applies it; `dondoc history --revision 3` shows what was "
        "reverted\n"
    )
    assert RULES.read_bytes() == before


@pytest.mark.usefixtures("office")
def test_what_was_reported_and_recorded_since_stays_and_is_named() -> None:
    with at("2026-03-24T08:00"):
        good("report", "done", "B.9", "--on", "2026-03-24")
        good("report", "done", "A.1", "--on", "2026-03-24")
        good("event", "record", "de-an", "--on", "2026-03-24")
    with at("2026-03-24T10:00"):
        told = good("apply", "--revert", "1", "--yes").out
        assert "given since revision 1 was replaced, and staying as it is: 2 reports, 1 event\n" in told
        assert "reported, and unknown to revision 1: chuong-trinh/B.9 (so-b); it stays in the history only\n" in told
        rows = {row["task"]: row for row in good("status", "--format", "json").lines if "task" in row}
        assert (rows["A.1"]["progress"], rows["A.1"]["due"]) == ("reported", "2026-04-15")
        assert rows["A.2"]["due"] == "2026-04-23"
        assert "B.9" not in rows
        kinds = [entry["kind"] for entry in good("history", "B.9", "--format", "json").json["entries"]]
        assert kinds == ["first", "new", "report", "removed"]
        good("tick")
        assert good("audit").out == "nothing found\n"


@pytest.mark.usefixtures("office")
def test_written_back_the_folder_agrees_with_what_is_in_force() -> None:
    first = (Path(__file__).parent / "office/rules/office.yaml").read_bytes()
    with at("2026-03-24T10:00"):
        told = good("apply", "--revert", "1", "--write", "--yes").out
        assert "differs" not in told
        assert RULES.read_bytes() == first
        assert "the same files as before" in good("apply", "--yes").out
    assert [path.name for path in Path("rules").iterdir()] == ["office.yaml"]


@pytest.mark.usefixtures("office")
def test_what_somebody_edited_since_it_was_applied_is_kept_beside_and_said() -> None:
    edit("Báo cáo tuần", "Báo cáo tuần mới")
    edited = RULES.read_bytes()
    added = RULES.with_name("them.yaml")
    added.write_text("ladder: khac\nrungs: [{id: a, at: due, to: [head]}]\n")
    with at("2026-03-24T10:00"):
        done = good("apply", "--revert", "1", "--write", "--yes", "--format", "json").json
    assert [Path(path).name for path in done["kept"]] == ["office.yaml.bak", "them.yaml.bak"]
    assert RULES.with_name("office.yaml.bak").read_bytes() == edited
    assert not added.exists()
    edit("Báo cáo tuần", "Báo cáo tuần khác")
    with at("2026-03-25T10:00"):
        done = good("apply", "--revert", "2", "--write", "--yes", "--format", "json").json
    assert [Path(path).name for path in done["kept"]] == ["office.yaml.2.bak"]


@pytest.mark.usefixtures("office")
def test_where_the_folder_cannot_be_written_nothing_is_in_force() -> None:
    RULES.rename("office.yaml")
    RULES.parent.rmdir()
    RULES.parent.write_text("no folder")
    with at("2026-03-24T10:00"):
        assert refused("apply", "--revert", "1", "--write", "--yes").endswith("/rules: File exists")
        assert len(good("history", "--format", "json").lines) == 2


@pytest.mark.usefixtures("office")
def test_what_cannot_be_reverted_is_one_line() -> None:
    nothing = "there is nothing to revert"
    assert refused("apply", "--revert", "9", "--yes") == "there is no revision 9: see `dondoc history`"
    assert refused("apply", "--revert", "2", "--yes") == f"revision 2 is in force: {nothing}"
    with at("2026-03-24T10:00"):
        good("apply", "--revert", "1", "--yes")
    same = f"revision 1 has the same files as revision 3, in force: {nothing}"
    assert refused("apply", "--revert", "1", "--yes") == same
    assert refused("apply", "--revert", "2") == "nobody is there to be asked: say --yes"
    assert refused("apply", "--write", "--yes").startswith("Invalid value for --write: only a revert writes")


@pytest.mark.usefixtures("office")
def test_a_broken_folder_does_not_keep_from_reverting() -> None:
    RULES.write_text("programme: [")
    with at("2026-03-24T10:00"):
        assert "revision 3 is in force" in good("apply", "--revert", "1", "--yes").out
