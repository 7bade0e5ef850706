"""What a folder with mistakes gets: all of them at once, each at its place, none invented on top of another."""

from time import perf_counter

import pytest

from rules.load import load
from rules.load.text import LARGEST_FILE
from tests.rules.load.files import COMMON, HEAD, programme, said

TASK = "tasks: [{id: A.1, title: Việc, lead: so-a, deadline: 2026-06}]\n"


def test_all_problems_of_all_files_come_at_once_in_order() -> None:
    first = programme("""tasks:
  - {id: A.1, title: Việc, lead: so-x, deadline: 2026-02-30}
  - {id: A.2, title: Việc, lead: so-x, deadline: {after: hop}}
  - {id: A.3, titel: Việc, lead: so-a, deadline: 2026-06}
""")
    second = b"ladder: gap\nrungs: [{id: a, at: due, to: [haed]}]\n"
    third = b"calendar: x\nholidays: [\n"

    problems = load({"c": third, "b/x": second, "a": first, "common.yaml": COMMON}).problems

    assert [str(problem) for problem in problems] == [
        "a:10:34: ke-hoach.tasks.A.1.lead: unknown unit or group 'so-x' in directory tinh; known: so-a, so-b, cac-so, lien-quan; did you mean 'so-b'?",
        "a:10:50: ke-hoach.tasks.A.1.deadline: '2026-02-30' does not exist: 2026-02 has the days 01 to 28",
        "a:11:34: ke-hoach.tasks.A.2.lead: unknown unit or group 'so-x' in directory tinh; known: so-a, so-b, cac-so, lien-quan; did you mean 'so-b'?",
        "a:11:58: ke-hoach.tasks.A.2.deadline.after: unknown event 'hop'; known: none in this programme",
        "a:12:5: ke-hoach.tasks.A.3: 'title' is missing",
        "a:12:15: ke-hoach.tasks.A.3.titel: unknown key 'titel'; accepted: id, section, title, lead, head, coordinate, product, "
        "basis, stated, note, ladder, completion, deadline, deadlines, amended, renamed_from; did you mean 'title'?",
        "b/x:2:31: rungs.a.to.1: 'haed' is not accepted here; accepted: head, focal, overseer, chair, standing; did you mean 'head'?",
        "c:3:1: not YAML: the file ends inside a list or mapping opened with '[' or '{'; close it",
    ]  # fmt: skip


def test_what_refers_to_a_broken_item_is_not_blamed() -> None:
    text = programme("""events:
  hop: {title: Họp, when_done: A.1}
  hop-sau: {titel: Họp}
tasks:
  - {id: A.1, title: Việc, lead: so-a, deadline: 31/12/2026}
  - {id: A.2, title: Việc, lead: so-a, deadline: {after: hop-sau}}
routes: [{match: {task: A.1}, ladder: chuan}]
""")
    assert [line.split(" ")[0] for line in said(text)] == ["11:12:", "11:13:", "13:50:"]


def test_what_refers_to_a_broken_unit_is_not_blamed() -> None:
    directory = b"directory: tinh\nunits:\n  so-a: {name: A, head: {title: x}}\n  so-b: {nam: B}\ngroups:\n  g: {name: G, members: [so-b]}\n"
    rest = COMMON[COMMON.index(b"---") :]
    text = programme("tasks: [{id: A.1, title: Việc, lead: [so-b, g], deadline: 2026-06}]\n")

    problems = load({"d": directory, "f": text, "rest": rest}).problems

    assert [str(problem.source) for problem in problems] == ["d:3:25", "d:4:9", "d:4:10"]


@pytest.mark.parametrize(
    "broken",
    ["{title: Việc, lead: so-a, deadline: 2026-06}", "{id: [], title: Việc, lead: so-a, deadline: 2026-06}", "''", "",
     "{ide: A.7, title: Việc, lead: so-a, deadline: 2026-06}", "{id: , title: Việc, lead: so-a, deadline: 2026-06}"],
)  # fmt: skip
def test_a_task_without_readable_id_may_be_any_that_is_referred_to(broken: str) -> None:
    rest = "events: {xong: {title: Xong, when_done: A.7}}\nroutes: [{match: {task: A.7}, ladder: chuan}]\n"
    lines = said(programme(f"{rest}tasks:\n  - {broken}\n"))
    assert {line.partition(":")[0] for line in lines} == {"12"}


@pytest.mark.parametrize("collection", ["tasks", "events"])
def test_what_refers_to_an_unreadable_list_is_not_blamed(collection: str) -> None:
    parts = {
        "tasks": "tasks: [{id: A.1, title: Việc, lead: so-a, deadline: {after: hop}}]\n",
        "events": "events: {hop: {title: Họp, when_done: A.1}}\n",
    }
    parts[collection] = f"{collection}: không có\n"
    assert len(said(programme("".join(parts.values())))) == 1


def test_an_amendment_of_a_deadline_that_could_not_be_read_is_not_blamed() -> None:
    for broken in ("deadline: Tháng 3", "deadlines: []", "deadlines: {a: Tháng 3, b: 2026-06}", "deadlin: 2026-03"):
        task = f"tasks: [{{id: A.1, title: Việc, lead: so-a, {broken}}}]\n"
        part = ", part: a" if "deadlines" in broken else ""
        amend = f"amend: [{{programme: ke-hoach, task: A.1{part}, deadline: 2026-09}}]\n"
        other = (HEAD.replace("ke-hoach", "khac") + amend).encode()
        problems = load({"c": COMMON, "f": programme(task), "x": other}).problems
        assert [problem.source.line for problem in problems] == [9]


def test_a_superior_is_not_blamed_for_a_rung_that_could_not_be_read() -> None:
    above = "  - {id: tren, at: 7 days late, to: [overseer]}\n"
    for broken in ("{id: tre, at: 1 day after, to: [head]}", "{id: tre, at: 1 day late, to: [haed]}", ""):
        assert len(said(f"ladder: x\nrungs:\n  - {broken}\n{above}")) == 1
    assert len(said(f"ladder: x\nrungs:\n  - {{id: tre, at: 1 day late, to: [focal], if_missed: skip}}\n{above}")) == 2


def test_a_document_whose_kind_is_misspelt_is_not_called_unknown() -> None:
    broken = b"directry" + COMMON[len("# What the files under bad/ refer to: loaded beside each of them.\ndirectory") :]
    assert len(load({"c": broken, "f": programme(TASK)}).problems) == 1


@pytest.mark.parametrize(
    ("kind", "written"), [("directory", "direktory"), ("ladder", "laddr"), ("calendar", "kalendar")]
)
def test_a_misspelt_first_key_is_the_one_thing_said(kind: str, written: str) -> None:
    common = COMMON.replace(f"\n{kind}: ".encode(), f"\n{written}: ".encode(), 1)
    [problem] = load({"c": common, "f": programme(TASK)}).problems
    assert problem.message.startswith(f"unknown key '{written}'; ")
    assert problem.message.endswith(f"; did you mean '{kind}'?")


def test_what_amends_a_programme_whose_first_key_is_misspelt_is_not_blamed() -> None:
    amend = "amend: [{programme: ke-hoach, task: A.1, deadline: 2026-09}]\n"
    other = (HEAD.replace("ke-hoach", "khac") + amend).encode()
    broken = programme(TASK).replace(b"programme:", b"program:", 1)
    assert len(load({"c": COMMON, "f": broken, "x": other}).problems) == 1


def test_a_programme_without_its_first_key_is_not_taken_for_a_directory() -> None:
    assert len(said(programme(TASK).replace(b"programme:", b"ma:", 1))) == 1


def test_a_duplicate_document_is_checked_all_the_same() -> None:
    lines = said(programme(TASK) + b"---\n" + programme(TASK.replace("so-a", "so-x")))
    assert [line.split(" ")[0] for line in lines] == ["11:12:", "19:38:"]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("thứ hai", "monday"), ("thứ ba", "tuesday"), ("Thứ Tư", "wednesday"), ("thứ năm", "thursday"),
        ("thứ sáu", "friday"), ("thu sau", "friday"), ("thu 6", "friday"), ("T6", "friday"), ("thứ 2", "monday"),
        ("thứ bảy", "saturday"), ("thu bay", "saturday"), ("T7", "saturday"), ("chủ nhật", "sunday"), ("CN", "sunday"),
        ("thurs", "thursday"),
    ],
)  # fmt: skip
def test_a_weekday_in_vietnamese_gets_the_english_one(written: str, meant: str) -> None:
    task = f"tasks: [{{id: A.1, title: Việc, lead: so-a, deadline: {{every: week, on: {written}}}}}]\n"
    [line] = said(programme(task))
    assert line.endswith(f"; did you mean '{meant}'?")
    [line] = said(f"calendar: x\nweekend: [{written}]\n")
    assert line.endswith(f"; did you mean '{meant}'?")


@pytest.mark.parametrize(
    "broken", [b"directory: tinh\nunits: [\n", b"directory: tinh\n\tunits:\n", b"# x\ndirectory: tinh\nunits: []\n"]
)
def test_what_refers_to_a_broken_document_is_not_blamed(broken: bytes) -> None:
    rest = COMMON[COMMON.index(b"---") :]
    problems = load({"d": broken, "f": programme(TASK), "rest": rest}).problems
    assert [problem.source.file for problem in problems] == ["d"]


@pytest.mark.parametrize(
    "lead", ["{foo: so-a}", "!x {foo: so-a}", "!x ''", "!!int 3", "!x so-a", "{<<: {each: so-a}}", "[so-a, so-a]",
             "{each: [so-b, so-a, so-b]}", "[!x so-x]"]
)  # fmt: skip
def test_one_mistake_in_a_lead_gets_one_message(lead: str) -> None:
    assert len(said(programme(f"tasks: [{{id: A.1, title: Việc, lead: {lead}, deadline: 2026-06}}]\n"))) == 1


@pytest.mark.parametrize("units", ["{a: {name: A}}\nunits: {b: {name: B}}", "{<<: {a: {name: A}}, b: {name: B}}"])
def test_units_given_twice_or_merged_are_not_called_unknown(units: str) -> None:
    assert len(said(f"directory: x\nunits: {units}\ngroups: {{g: {{name: G, members: [a, b]}}}}\n")) == 1


def test_documents_before_a_syntax_error_are_still_checked() -> None:
    assert [line.split(" ")[0] for line in said(HEAD + "rol: none\n---\nladder: [\n")] == ["9:1:", "12:1:"]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ("title: Kế hoạch".encode("utf-16"), "1:1: the file is UTF-16; save it as UTF-8"),
        ("title: Ke hoach".encode("utf-16-le"), "1:1: the file is UTF-16 without a byte order mark; save it as UTF-8"),
        ("title: Kế hoạch".encode("utf-32"), "1:1: the file is UTF-32; save it as UTF-8"),
        (b"\0" * 64, "1:1: the file is binary; save it as UTF-8"),
        ("a: ế\ntitle: đ\xe9 nghị".encode().replace(b"\xc3\xa9", b"\xe9"),
         "2:9: byte 0xE9 is not UTF-8 (Latin-1 or Windows-1258?); save the file as UTF-8"),
        (b"a" * (LARGEST_FILE + 1), "1:1: the file is larger than 5 MB; at most 5 MB are accepted: split it"),
        (b"", "1:1: the file is empty; remove it or write a document"),
        (b"# only a comment\n", "1:1: the file is empty; remove it or write a document"),
        ("ladder: x # \u2028\n".encode(), "1:13: character U+2028 (line separator) is not accepted; remove it"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_text_is_named_with_what_to_do(data: bytes, message: str) -> None:
    assert said(data) == [message]


def test_a_byte_order_mark_and_windows_line_ends_are_accepted() -> None:
    text = programme("tasks: [{id: A.1, title: Việc, lead: so-x, deadline: 2026-06}]\n")
    plain = said(text)
    assert said(b"\xef\xbb\xbf" + text.replace(b"\n", b"\r\n")) == plain != []


def test_positions_count_characters_not_bytes() -> None:
    line = "  - {id: A.1, title: 'Đôn đốc 🇻🇳 — việc', lead: so-x, deadline: 2026-06}\n"
    problem = said(programme("tasks:\n" + line))[0]
    assert problem.startswith(f"10:{line.index('so-x') + 1}: ke-hoach.tasks.A.1.lead: ")


def test_text_is_compared_in_composed_form() -> None:
    # "báo cáo" typed with combining accents (as macOS does) is the same part, and a duplicate of the same key.
    decomposed = "ba\u0301o ca\u0301o"
    amended = f"amended: [{{deadline: 2026-04, until: 2026-03-01, part: {decomposed}}}]"
    task = "tasks: [{id: A.1, title: Việc, lead: so-a, deadlines: {%s}, %s}]\n"
    assert said(programme(task % ("báo cáo: 2026-06, phát động: 2026-05", amended))) == []
    assert (
        "duplicate key 'báo cáo', first in line 9"
        in said(programme(task % (f"báo cáo: 2026, {decomposed}: 2026", "")))[0]
    )


def test_only_true_false_null_and_plain_numbers_are_not_text() -> None:
    titles = ["NO", "yes", "on", "12:30", "0123", "1_000", "1.10", "0x1F", "~", "True", "2026-03", "1e3"]
    tasks = "".join(
        f"  - {{id: A.{n}, title: {title}, lead: so-a, deadline: 2026}}\n" for n, title in enumerate(titles)
    )
    rulebook = load({"c": COMMON, "f": programme("tasks:\n" + tasks)}).rulebook
    assert rulebook is not None
    assert [task.title for task in rulebook.programmes["ke-hoach"].tasks.values()] == titles


def test_anchors_are_accepted_but_do_not_multiply_without_end() -> None:
    shared = "tasks:\n  - {id: A.1, title: Một, lead: &ai [so-a, so-b], deadline: 2026}\n  - {id: A.2, title: Hai, lead: *ai, deadline: 2026}\n"
    assert said(programme(shared)) == []
    bomb = "ladder: x\nrungs:\n  - &a [" + "1, " * 2000 + "1]\n" + "  - *a\n" * 1000
    assert said(bomb)[-1].endswith("more than 1,000,000 values, anchors (&, *) multiplied out; split the file")


@pytest.mark.parametrize("opening", ["[", "- ", "{a: ", "? ", "[{a: "])
def test_deep_nesting_is_refused_not_followed(opening: str) -> None:
    assert any("nested more than 30 deep" in line or "not YAML" in line for line in said(opening * 100_000))


def test_a_digit_number_too_long_for_python_is_text() -> None:
    assert (
        "is no deadline"
        in said(programme(f"tasks: [{{id: A.1, title: Việc, lead: so-a, deadline: {'9' * 5000}}}]\n"))[0]
    )


def test_two_documents_that_amend_on_one_day_are_a_problem() -> None:
    amend = "amend: [{programme: ke-hoach, task: A.1, deadline: 2026-0%d}]\n"
    others = [(HEAD.replace("ke-hoach", name) + amend % month).encode() for name, month in (("mot", 7), ("hai", 8))]
    problems = load({"c": COMMON, "f": programme(TASK), "x": others[0], "y": others[1]}).problems
    assert [problem.message for problem in problems] == [
        "2026-01-05 does not follow 2026-01-05, when this deadline was last replaced; the oldest comes first"
    ]


def test_a_long_chain_of_groups_is_a_problem_not_a_crash() -> None:
    chain = "".join(f"  g{n}: {{name: Nhóm {n}, members: [g{n + 1}]}}\n" for n in range(2000))
    lines = said("directory: x\nunits: {a: {name: A}}\ngroups:\n" + chain + "  g2000: {name: Cuối, members: [a]}\n")
    assert lines[0] == "24:34: groups.g20.members.1: groups within groups more than 20 deep; name the units themselves"


def test_three_hundred_tasks_load_while_one_waits() -> None:
    task = (
        "  - id: A.{n}\n    title: Xây dựng kế hoạch {n}\n    lead: [so-a, so-b]\n    stated: Tháng 6\n"
        + "    deadline: 2026-06\n"
    )
    text = programme("tasks:\n" + "".join(task.format(n=n) for n in range(300)))
    started = perf_counter()
    assert said(text) == []
    assert perf_counter() - started < 0.8
