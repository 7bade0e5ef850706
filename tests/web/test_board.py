"""The board, the list and the official summary count the same; and how many statements that costs."""

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from sqlalchemy import event
from sqlalchemy.engine import Engine

from db.axes import Axes
from db.boards import Seen, Tallies
from db.boards.cells import added
from db.boards.trend import fridays_before
from db.facts import NothingToVerify, NotSo, NotThatDay, Said, active_silences, record_silence
from db.lists import FEW_TASKS, Asked, Listed, count, listed
from db.obligations import Filter, listing
from rules.obligation import ObligationKey
from rules.status import Progress, Status, is_ahead
from scheduler.past import past
from scheduler.standing import Row, standing_then
from scheduler.summing import summary
from tests.offices import DAY, HOUR, MONDAY, Desk
from tests.web.pages import Client, Pages

TASKS = """\
  - {id: A.1, title: Nộp báo cáo quý, lead: u2, deadline: 2026-04-03}
  - {id: A.2, title: Rà soát dữ liệu, lead: {each: all}, deadline: 2026-03-30}
  - {id: A.3, title: Họp giao ban, lead: {each: all}, deadline: {every: week, on: friday, if_unreported: close}}
  - {id: B.1, section: B, title: Trả lời phiếu hỏi, lead: u3, deadline: {by: 2026-04-01, at: "10:00"}}
  - {id: B.2, section: B, title: Sau khi có hướng dẫn, lead: u2, deadline: {within: 5 working days, after: huong-dan}}
  - {id: B.3, section: B, title: Chưa rõ hạn, lead: u1, deadline: {set_by: văn bản của tỉnh}}
"""
EVENTS = "  huong-dan: {title: Có hướng dẫn}\n"
SEEN = Seen(whole=frozenset({"p"}))
Act = tuple[str, int, int]
ACTS = st.lists(
    st.tuples(
        st.sampled_from(["done", "done", "reopened", "accepted", "returned", "progress", "suspend", "wait", "apply"]),
        st.integers(0, 30),
        st.integers(0, 9),
    ),
    max_size=12,
)


def at_start(desk: Desk) -> Desk:
    desk.now = MONDAY
    desk.apply(TASKS, events=EVENTS)
    desk.evaluate()
    return desk


def do(pages: Pages, act: Act) -> None:
    """Do something to one of the obligations, or let time pass; what cannot be done is not done."""
    kind, which, days = act
    desk = pages.office
    desk.now += HOUR
    with desk.engine.connect() as connection:
        found = listing(connection, Filter(kinds=("task",)))
    one = found[which % len(found)]
    said = Said("head2@tinh.example", desk.now, "vì sao", "web")
    on = (desk.now + 7 * HOUR).date() - timedelta(days=days)
    try:
        match kind:
            case "done" | "reopened":
                pages.desk.reported([one], kind, said, on=on)
            case "accepted" | "returned":
                pages.desk.verified(one, kind, said)
            case "progress":
                pages.desk.remarked(one, "progress", said, percent=30)
            case "suspend":
                with desk.engine.begin() as connection:
                    record_silence(
                        connection,
                        from_=desk.now,
                        until=desk.now + days * DAY + HOUR,
                        reason="chờ",
                        recorded_by="an",
                        recorded_at=desk.now,
                        programme="p",
                        task=one.key.task,
                        suspends=True,
                    )
            case "apply":
                desk.apply(TASKS.replace("2026-04-03", f"2026-04-0{days % 9 + 1}"), events=EVENTS)
            case _:
                desk.now += days * DAY
                desk.evaluate()
    except (NotSo, NothingToVerify, NotThatDay):
        pass


def all_listed(pages: Pages, asked: Asked, axes: Axes) -> list[Listed]:
    with pages.office.engine.connect() as connection:
        found: list[Listed] = []
        while page := listed(connection, axes, asked, after=found[-1].place if found else None, limit=4):
            found += page
    return found


def axes_of(pages: Pages) -> Axes:
    with pages.office.engine.connect() as connection:
        return Axes(pages.office.now, pages.desk.zone, active_silences(connection, at=pages.office.now))


def standing_now(pages: Pages) -> dict[ObligationKey, Status]:
    """How all stands by `rules.status`, as reports and summaries have it."""
    return {row.key: row.status for row in rows_now(pages)}


def rows_now(pages: Pages) -> list[Row]:
    desk = pages.office
    with desk.engine.connect() as connection:
        then = past(connection, desk.config, at=desk.now)
        assert then is not None
        return list(standing_then(connection, desk.config, then))


def check_totals(pages: Pages, kept: Tallies) -> None:
    """Check that rules, list and board say the same, the board counted anew and kept."""
    desk, axes = pages.office, axes_of(pages)
    by_rules = standing_now(pages)
    everything = Asked(SEEN, ("p",), progress=frozenset(Progress))
    by_list = {one.key: one.status for one in all_listed(pages, everything, axes)}
    cancelled = {key for key, one in by_rules.items() if one.progress is Progress.CANCELLED}
    assert {key: one for key, one in by_list.items() if key not in cancelled} == {
        key: one for key, one in by_rules.items() if key not in cancelled
    }
    to_come = {row.key for row in rows_now(pages) if is_ahead(row.key, row.term, row.status, today=axes.today)}
    assert {one.key for one in all_listed(pages, Asked(SEEN, ("p",), ahead=True), axes)} == to_come
    assert {one.key for one in all_listed(pages, everything, axes) if one.is_ahead} == to_come
    with desk.engine.connect() as connection:
        then = past(connection, desk.config, at=desk.now)
        assert then is not None
        official = summary(connection, desk.config, then)
        anew = Tallies(pages.desk.zone).now(connection, desk.engine, now=desk.now)
        renewed = kept.now(connection, desk.engine, now=desk.now)
    assert (anew.units, anew.tasks) == (renewed.units, renewed.tasks)
    assert added(anew.units.values()).counts == official.counts
    assert added(anew.tasks.values()).counts == official.counts
    for unit in official.programmes[0].units:
        cells = added(cells for (_, name), cells in anew.units.items() if unit.unit in name.split("+"))
        assert cells.counts == unit.counts, unit.unit


@given(acts=ACTS)
@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
def test_board_list_and_summary_count_the_same_whatever_happens(small: Pages, acts: list[Act]) -> None:
    with small.office.engine.begin() as connection:
        for table in ("verification", "report", "remark", "silence", "notice", "change", "message_body", "message"):
            connection.execute(sa.text(f"DELETE FROM {table}"))
        connection.execute(sa.text("DELETE FROM obligation"))
    at_start(small.office)
    kept = Tallies(small.desk.zone)
    check_totals(small, kept)
    for act in acts:
        do(small, act)
    check_totals(small, kept)


def test_at_the_very_hour_of_a_deadline_they_count_the_same(pages: Pages) -> None:
    at_start(pages.office)
    kept, late = Tallies(pages.desk.zone), []
    ten = MONDAY + 2 * DAY + 3 * HOUR
    for pages.office.now in (ten - HOUR, ten, ten + timedelta(seconds=1), ten + HOUR):
        check_totals(pages, kept)
        late.append([key.task for key, one in standing_now(pages).items() if one.timeliness == "late"].count("B.1"))
    assert late == [0, 0, 1, 1]


@pytest.mark.parametrize(
    ("deadline", "said"),
    [
        (
            "{before: 2026-04-02}",
            ["due_soon", "due_soon", "due_today", "due_today", "late", "late", "late", "late", "late"],
        ),
        # A Saturday, and a Monday on which a report is still in time.
        (
            "2026-04-04",
            ["in_time", "in_time", "due_soon", "due_soon", "due_soon", "due_today", "due_soon", "due_today", "late"],
        ),
        # An hour is no fraction of the three days.
        (
            '{by: 2026-04-03, at: "06:00"}',
            ["in_time", "due_soon", "due_soon", "due_soon", "late", "late", "late", "late", "late"],
        ),
    ],
)
def test_rules_lists_and_board_say_the_same_of_the_last_days(pages: Pages, deadline: str, said: list[str]) -> None:
    pages.office.now = MONDAY
    pages.office.apply(f"  - {{id: A.1, title: Nộp báo cáo, lead: u2, deadline: {deadline}}}\n")
    kept, found = Tallies(pages.desk.zone), []
    for days, expected in enumerate(said):
        pages.office.now = MONDAY + days * DAY
        check_totals(pages, kept)
        [word] = [one.timeliness.value for one in standing_now(pages).values()]
        found.append(word)
        client = pages.sign_in("standing")
        for each in ("in_time", "due_soon", "due_today", "late"):
            assert rows_in(client, f"/danh-sach.csv?thoi_han={each}") == (each == expected), (days, each)
    assert found == said


def test_on_either_database_they_count_the_same(pages: Pages) -> None:
    at_start(pages.office)
    kept = Tallies(pages.desk.zone)
    acts = [("done", 0, 0), ("done", 1, 3), ("accepted", 1, 0), ("done", 2, 1), ("returned", 2, 0), ("progress", 3, 0),
            ("suspend", 4, 3), ("wait", 0, 5), ("done", 5, 0), ("apply", 0, 7), ("wait", 0, 9), ("reopened", 0, 0)]  # fmt: skip
    for act in acts:
        do(pages, act)
        check_totals(pages, kept)


def test_a_kept_tally_follows_the_clock(small: Pages) -> None:
    desk = at_start(small.office)
    kept = Tallies(small.desk.zone)
    for _ in range(30):
        check_totals(small, kept)
        desk.now += 5 * HOUR


@pytest.mark.parametrize(
    "asked",
    ["thoi_han=late", "thoi_han=due_today", "thoi_han=due_soon", "thoi_han=in_time", "thoi_han=undated",
     "tien_do=reported&tien_do=done", "xac_nhan=awaiting", "xac_nhan=returned", "thoi_han=late&tre_den=7",
     "thoi_han=done_late", "tien_do=closed"],
)  # fmt: skip
def test_a_number_of_the_board_is_the_length_of_the_list_it_leads_to(small: Pages, asked: str) -> None:
    at_start(small.office)
    for act in [("done", 1, 3), ("done", 2, 0), ("returned", 2, 0), ("done", 5, 0), ("wait", 0, 6), ("done", 0, 0)]:
        do(small, act)
    with small.office.engine.connect() as connection:
        cells = added(
            Tallies(small.desk.zone).now(connection, small.office.engine, now=small.office.now).units.values()
        )
    number = {
        "thoi_han=late": cells.late,
        "thoi_han=due_today": cells.due_today,
        "thoi_han=due_soon": cells.due_soon,
        "thoi_han=in_time": cells.in_time,
        "thoi_han=undated": cells.undated,
        "tien_do=reported&tien_do=done": cells.done,
        "xac_nhan=awaiting": cells.awaiting,
        "xac_nhan=returned": cells.returned,
        "thoi_han=late&tre_den=7": cells.late_1,
        "thoi_han=done_late": cells.done_late,
        "tien_do=closed": cells.closed,
    }[asked]
    standing = small.sign_in("standing")
    assert rows_in(standing, f"/danh-sach.csv?{asked}") == number
    assert f"<strong>{number}</strong>" in standing.get(f"/danh-sach?{asked}").text.replace("\n", "")


def test_board_list_and_summary_count_alike_what_has_not_begun(pages: Pages) -> None:
    at_start(pages.office)
    client = pages.sign_in("chair")
    summed = json.loads(client.get("/bao-cao/tinh/u1/2026-W14.json").text)
    of_u2 = next(one["ahead"] for one in summed["units"] if one["unit"] == "u2")
    assert 0 < of_u2 < summed["ahead"]
    for path, ahead, of in (
        ("/bang", summed["ahead"], ""),
        ("/bang?ct=p", summed["ahead"], "ct=p&"),
        ("/don-vi/tinh/u2", of_u2, "dv=tinh%3Au2&"),
    ):
        listed_at = f"/danh-sach?{of}ky=chua_den"
        assert f'<a href="{listed_at.replace("&", "&amp;")}">{ahead}</a>' in client.get(path).text, path
        assert rows_in(client, listed_at.replace("?", ".csv?")) == ahead
        page = client.get(listed_at).text
        assert f"<strong>{ahead}</strong>" in page
        assert page.count('<span class="sub">chưa đến kỳ</span>') == ahead
    assert client.get("/danh-sach.csv").text.count("Chưa thực hiện (chưa đến kỳ)") == summed["ahead"]


def test_what_has_not_begun_is_no_more_when_its_time_comes_or_the_unit_begins(small: Pages) -> None:
    desk = at_start(small.office)
    client = small.sign_in("chair")
    before = rows_in(client, "/danh-sach.csv?ky=chua_den")
    with desk.engine.connect() as connection:
        first = all_listed(small, Asked(SEEN, ("p",), ahead=True), axes_of(small))[0]
        [one] = [one for one in listing(connection, Filter(kinds=("task",))) if one.id == first.id]
    small.desk.remarked(one, "progress", Said("head2@tinh.example", desk.now, "đang làm", "web"), percent=5)
    assert rows_in(client, "/danh-sach.csv?ky=chua_den") == before - 1
    desk.now += 5 * DAY  # Saturday: the next week's has begun, the one after it not yet there
    check_totals(small, Tallies(small.desk.zone))


def rows_in(client: Client, path: str) -> int:
    return len(client.get(path).text.strip().splitlines()) - 1


def test_what_a_post_sees_is_its_own(small: Pages) -> None:
    at_start(small.office)
    posts = ("head", "other unit", "overseer", "chair", "standing", "admin")
    seen = {post: rows_in(small.sign_in(post), "/danh-sach.csv") for post in posts}
    with small.office.engine.connect() as connection:
        stored = [one.key.unit for one in listing(connection, Filter(kinds=("task",)))]
    own, other, all_ = stored.count("u2"), stored.count("u3"), len(stored)
    assert seen == {"head": own, "other unit": other, "overseer": own, "chair": all_, "standing": all_, "admin": all_}
    assert "Nộp báo cáo quý" not in small.sign_in("other unit").get("/danh-sach?tim=bao+cao").text


def test_the_list_is_walked_through_page_by_page_and_nothing_is_missed_or_shown_twice(pages: Pages) -> None:
    at_start(pages.office)
    for order in ("due", "-due"):
        asked = Asked(SEEN, ("p",), order=order)
        found = [one.id for one in all_listed(pages, asked, axes_of(pages))]
        assert len(found) == len(set(found)) == len(standing_now(pages))
        days = [one.due for one in all_listed(pages, asked, axes_of(pages)) if one.due]
        assert days == sorted(days, reverse=order == "-due")


def test_words_are_found_without_their_marks_and_odd_parts_of_an_address_are_said(small: Pages) -> None:
    at_start(small.office)
    client = small.sign_in("standing")
    assert rows_in(client, "/danh-sach.csv?tim=ra+soat+DU+lieu") == 3
    assert rows_in(client, "/danh-sach.csv?dv=tinh:u2&muc=B") == 1
    assert rows_in(client, "/danh-sach.csv?ct=khong-co") == 0
    shown = client.get("/danh-sach?tu=hom-nay&thoi_han=abc&sau=1.2.3&tre_tu=-4&xep=z")
    assert shown.status_code == 200
    assert "tu, sau" not in shown.text
    for name in ("tu", "thoi_han", "sau", "tre_tu", "xep"):
        assert name in shown.text.partition('class="note today"')[2].partition("</p>")[0], name


def test_the_workbook_holds_the_rows_of_the_list_with_a_filter_and_frozen_heads(small: Pages) -> None:
    at_start(small.office)
    answer = small.sign_in("standing").http.get("/danh-sach.xlsx")
    assert answer.headers["content-disposition"] == 'attachment; filename="danh-sach-2026-03-30.xlsx"'
    page = load_workbook(BytesIO(answer.content)).worksheets[0]
    assert page.auto_filter.ref
    assert page.freeze_panes
    titles = Counter(row[1] for row in page.iter_rows(values_only=True))
    assert titles["Rà soát dữ liệu"] == 3


@contextmanager
def statements(engine: Engine) -> Iterator[list[str]]:
    said: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        said.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield said
    finally:
        event.remove(engine, "before_cursor_execute", note)


@pytest.mark.parametrize(
    "path", ["/bang", "/danh-sach", "/viec-cua-toi", "/lich-han", "/don-vi/tinh/u2", "/nhiem-vu/1"]
)
def test_a_page_asks_the_database_as_often_however_many_obligations_there_are(small: Pages, path: str) -> None:
    asked = []
    for units in (3, 60):
        small.office.apply(TASKS, events=EVENTS, units=units)
        client = small.sign_in("standing")
        client.get(path)
        with statements(small.office.engine) as said:
            assert client.get(path).status_code == 200
        asked.append(len(said))
    # The story of a task reads the files of every revision, of which there is one more by then.
    assert asked[0] + (path == "/nhiem-vu/1") == asked[1] < 60, asked


def test_a_list_by_its_day_is_read_in_the_order_of_an_index(small: Pages) -> None:
    asked = Asked(SEEN, ("p",))
    with small.office.engine.connect() as connection:
        with statements(small.office.engine) as said:
            listed(connection, Axes(small.office.now, small.desk.zone), asked)
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {said[-1]}", (1,) * said[-1].count("?")).fetchall()
    searches = [str(row[-1]) for row in plan if "obligation" in str(row[-1])]
    assert searches
    assert all("USING INDEX ix_obligation_by_day (programme=? AND kind=? AND state=?" in one for one in searches)


def test_few_tasks_are_looked_up_by_their_names(small: Pages) -> None:
    asked = Asked(SEEN, ("p",), tasks={"p": frozenset({"A.1", "A.2"})})
    assert searched(small, asked) == {"sqlite_autoindex_obligation_1 (programme=? AND task=?)"}
    many = replace(asked, tasks={"p": frozenset({"A.1", *map(str, range(FEW_TASKS))})})
    assert {one.partition(" ")[0] for one in searched(small, many)} == {"ix_obligation_by_day"}


def searched(pages: Pages, asked: Asked) -> set[str]:
    """Return by which indexes SQLite finds what a list holds."""
    with pages.office.engine.connect() as connection:
        with statements(pages.office.engine) as said:
            listed(connection, Axes(pages.office.now, pages.desk.zone), asked)
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {said[-1]}", ("",) * said[-1].count("?")).fetchall()
    searches = [str(row[-1]) for row in plan if "SEARCH obligation" in str(row[-1])]
    return {one.partition("USING INDEX ")[2] for one in searches}


def test_what_has_not_begun_is_counted_by_an_index(small: Pages) -> None:
    asked = Asked(SEEN, ("p",), ahead=True)
    with small.office.engine.connect() as connection:
        with statements(small.office.engine) as said:
            count(connection, Axes(small.office.now, small.desk.zone), asked, most=10_000)
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {said[-1]}", (1,) * said[-1].count("?")).fetchall()
    [search] = [str(row[-1]) for row in plan if "obligation" in str(row[-1])]
    assert "USING INDEX ix_obligation_starting (programme=? AND kind=? AND state=? AND starts_on>?" in search


def test_the_trend_counts_the_fridays_that_are_over() -> None:
    assert fridays_before(date(2026, 4, 3))[-1] == date(2026, 3, 27)  # a Friday is not over on itself
    assert fridays_before(date(2026, 4, 4))[-1] == date(2026, 4, 3)
    assert len(set(fridays_before(date(2026, 4, 4)))) == 12


def test_the_trend_tells_what_was_open_late_and_done(small: Pages) -> None:
    desk = at_start(small.office)
    do(small, ("done", 0, 0))
    desk.now += 14 * DAY
    desk.evaluate()
    with desk.engine.connect() as connection:
        weeks = Tallies(small.desk.zone).now(connection, desk.engine, now=desk.now).past
    found = {one.on: one for one in weeks.weeks(weeks.spans)}
    assert found[date(2026, 3, 27)][1:] == (0, 0, 0)
    assert found[date(2026, 4, 3)].done == 1
    assert found[date(2026, 4, 3)].late >= 4
