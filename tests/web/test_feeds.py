"""Private calendars: what a calendar program gets at their addresses, for whom, and how little it costs to ask again."""

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar
from playwright.sync_api import Browser

from db.facts import Said
from db.obligations import Filter, listing
from notifications.links import LIVES
from tests.offices import DAY, HOUR, ONE_TASK, open_desk
from tests.web.pages import POSTS, Answer, Client, Pages, Served, at_work
from tests.web.test_looks import assert_reads_well

TASKS = (
    ONE_TASK
    + "  - {id: A.2, title: Họp giao ban, lead: u3, coordinate: [u2], deadline: {by: 2026-04-10, at: '17:00'}}\n"
    + "  - {id: A.3, title: Rà soát, lead: {each: [u1, u3]}, deadline: 2026-04-26}\n"
)


def addresses(client: Client) -> list[str]:
    """The addresses on a person's page, begun if there were none."""
    shown = client.get("/lich-cua-toi")
    if "Lập địa chỉ lịch" in shown.text:
        assert client.post("/lich-cua-toi", {**shown.hidden, "viec": "lap"}).status_code == 303
        shown = client.get("/lich-cua-toi")
    return re.findall(r'readonly value="([^"]+)"', shown.text)


def fetch(pages: Pages, url: str, **headers: str) -> Answer:
    """Ask as a calendar program does: without a cookie, without anything that a browser says."""
    path = url.removeprefix(pages.settings.public_url)
    return Answer(pages.browser().http.get(path, headers=headers))


def events(answer: Answer) -> dict[str, Any]:
    assert answer.status_code == 200, answer.text
    found = Calendar.from_ical(answer.text)
    return {str(event["summary"]): event for event in found.walk("VEVENT")}


def mine(pages: Pages, post: str) -> dict[str, Any]:
    return events(fetch(pages, addresses(pages.sign_in(post))[0]))


def apply(pages: Pages, tasks: str) -> None:
    """Put rules in force, and have the pages take them over as the daemon's do."""
    pages.office.apply(tasks)
    take_over(pages)


def take_over(pages: Pages) -> None:
    with pages.desk.engine.connect() as connection:
        pages.office.office.renew(connection)


@pytest.fixture
def office(pages: Pages) -> Pages:
    apply(pages, TASKS)
    return pages


@pytest.fixture
def little(small: Pages) -> Pages:
    apply(small, TASKS)
    return small


DUE, JOINT = "Hạn: Nộp báo cáo (Sở 2)", "Hạn: Họp giao ban (Sở 3)"
REVIEW = ("Hạn: Rà soát (Sở 1)", "Hạn: Rà soát (Sở 3)")


@pytest.mark.parametrize(
    ("post", "which", "shown"),
    [
        ("head", 0, {DUE, JOINT}),  # owed, and taken part in
        ("focal", 0, {DUE, JOINT}),
        ("overseer", 0, {DUE, JOINT}),  # of u2
        ("chair", 0, {DUE, JOINT, *REVIEW}),  # no unit of their own: all of it
        ("standing", 0, {REVIEW[0]}),  # its own work
        ("standing", -1, {DUE, JOINT, *REVIEW}),  # the programme
        ("other unit", 0, {JOINT, REVIEW[1]}),
        ("other unit", -1, {JOINT, REVIEW[1]}),  # of the programme what they may see
        ("admin", 0, {DUE, JOINT, *REVIEW}),
    ],
)
def test_a_calendar_shows_what_its_reader_owes_or_may_see(
    little: Pages, post: str, which: int, shown: set[str]
) -> None:
    assert set(events(fetch(little, addresses(little.sign_in(post))[which]))) == shown


def test_a_deadline_fills_its_day_and_one_with_an_hour_has_it_in_utc(office: Pages) -> None:
    found = mine(office, "head")
    day, hour = found[DUE], found[JOINT]
    assert (day["dtstart"].dt, day["dtend"].dt) == (date(2026, 4, 3), date(2026, 4, 4))
    assert hour["dtstart"].to_ical() == b"20260410T100000Z"
    assert day["transp"] == "TRANSPARENT"
    assert str(day["url"]).startswith("https://dondoc.example/nhiem-vu/")
    assert "07-QĐ/BCĐ" in str(day["description"])


def test_the_rungs_still_to_come_before_the_day_ring_and_those_behind_do_not(office: Pages) -> None:
    def rings() -> list[bytes]:
        return [alarm["trigger"].to_ical() for alarm in mine(office, "head")[DUE].walk("VALARM")]

    # Three working days before, and on the day, at seven in Việt Nam.
    assert rings() == [b"20260331T000000Z", b"20260403T000000Z"]
    office.office.now += 2 * DAY
    assert rings() == [b"20260403T000000Z"]
    assert mine(office, "overseer")[DUE].walk("VALARM") == []


def test_what_moves_keeps_its_uid_and_counts_up_what_is_withdrawn_is_cancelled_for_ninety_days(office: Pages) -> None:
    desk, head = office.office, office.sign_in("head")
    url = addresses(head)[0]
    before = events(fetch(office, url))[DUE]
    desk.now += DAY
    apply(office, TASKS.replace("2026-04-03", "2026-04-08"))
    moved = events(fetch(office, url))[DUE]
    assert (moved["uid"], moved["dtstart"].dt) == (before["uid"], date(2026, 4, 8))
    assert moved["sequence"] > before["sequence"]
    desk.now += DAY
    apply(office, TASKS.partition("  - {id: A.2")[1] + TASKS.partition("  - {id: A.2")[2])
    [gone] = [event for event in events(fetch(office, url)).values() if event["uid"] == before["uid"]]
    assert (gone["status"], gone["sequence"] > moved["sequence"]) == ("CANCELLED", True)
    assert gone.walk("VALARM") == []
    desk.now += 91 * DAY
    assert before["uid"] not in [event["uid"] for event in events(fetch(office, url)).values()]


def test_until_rules_are_read_that_another_process_put_in_force_a_calendar_has_what_the_ledger_has(
    office: Pages,
) -> None:
    url, told = addresses(office.sign_in("head"))[0], dict[int, tuple[date, str]]()
    for tasks in (TASKS, TASKS.replace("2026-04-03", "2026-04-08"), TASKS.replace(ONE_TASK, ""), TASKS):
        office.office.now += HOUR
        for put_in_force in (office.office.apply, lambda _: take_over(office)):
            put_in_force(tasks)
            for event in events(fetch(office, url)).values():
                if "Nộp báo cáo" in event["summary"]:
                    counted, shown = int(event["sequence"]), (event["dtstart"].dt, str(event["status"]))
                    assert told.setdefault(counted, shown) == shown
    assert [(day.day, status) for day, status in told.values()] == [
        (3, "CONFIRMED"),
        (8, "CONFIRMED"),
        (8, "CANCELLED"),
        (3, "CONFIRMED"),
    ]


def test_a_withdrawn_task_keeps_its_title_in_calendars(little: Pages) -> None:
    url = addresses(little.sign_in("head"))[0]
    little.office.now += HOUR
    apply(little, TASKS.replace(ONE_TASK, ""))
    assert "Đã rút: Nộp báo cáo (Sở 2)" in events(fetch(little, url))


def test_what_comes_back_counts_up_again(little: Pages) -> None:
    desk, url = little.office, addresses(little.sign_in("head"))[0]
    counted = []
    for tasks in (TASKS, TASKS.replace(ONE_TASK, ""), TASKS):
        desk.now += HOUR
        apply(little, tasks)
        [event] = [one for one in events(fetch(little, url)).values() if one["dtstart"].dt == date(2026, 4, 3)]
        counted.append((int(event["sequence"]), str(event["status"])))
    assert counted == [(1, "CONFIRMED"), (2, "CANCELLED"), (3, "CONFIRMED")]


def test_what_is_reported_says_so_and_rings_no_more(office: Pages) -> None:
    url = addresses(office.sign_in("head"))[0]
    with office.desk.engine.connect() as connection:
        [stored] = listing(connection, Filter(task="A.1"))
    said = Said(POSTS["head"], office.office.now, "xong", via="web")
    office.desk.reported([stored], "done", said, on=date(2026, 3, 29))
    event = events(fetch(office, url))["✓ Đã báo cáo: Nộp báo cáo (Sở 2)"]
    assert "Chủ nhật 29/3/2026" in str(event["description"])
    assert event.walk("VALARM") == []


def test_a_calendar_in_english(little: Pages) -> None:
    client = little.sign_in("head")
    addresses(client)
    shown = client.get("/lich-cua-toi?lang=en")
    [first, *_] = re.findall(r'readonly value="([^"]+)"', shown.text)
    found = events(fetch(little, first))
    event = found["Due: Nộp báo cáo (Sở 2)"]
    assert "Due: Friday 3 April 2026" in str(event["description"])
    assert "X-WR-CALNAME:Follow-up: my work" in fetch(little, first).text


def test_it_asks_to_be_fetched_every_few_hours_and_lines_are_folded(little: Pages) -> None:
    answer = fetch(little, addresses(little.sign_in("head"))[0])
    data = answer.text.encode()
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    for needed in (b"REFRESH-INTERVAL;VALUE=DURATION:PT4H", b"X-PUBLISHED-TTL:PT4H", b"METHOD:PUBLISH"):
        assert needed in data.split(b"\r\n")
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert max(map(len, data.split(b"\r\n"))) <= 75


def test_where_clocks_change_hours_are_those_of_the_day(tmp_path: Path, sqlite_url: str) -> None:
    desk = open_desk(tmp_path / "office", sqlite_url, DONDOC_TIMEZONE="Europe/Paris")
    desk.now = datetime(2026, 3, 20, 6, tzinfo=UTC)
    # Clocks go forward in the night to 29 March: the day before is in winter time, the day itself in summer time.
    pages = at_work(desk, tasks="  - {id: A.1, title: Họp, lead: u2, deadline: {by: 2026-03-30, at: '17:00'}}\n")
    event = mine(pages, "head")["Hạn: Họp (Sở 2)"]
    assert event["dtstart"].to_ical() == b"20260330T150000Z"
    rings = [alarm["trigger"].to_ical() for alarm in event.walk("VALARM")]
    assert rings == [b"20260325T060000Z", b"20260330T050000Z"]
    desk.engine.dispose()


# --- asked again ------------------------------------------------------------------------------------------------------


def test_nothing_is_sent_again_until_something_changed(office: Pages) -> None:
    desk, url = office.office, addresses(office.sign_in("head"))[0]
    desk.now += HOUR
    first = fetch(office, url)
    tag, at = first.headers["etag"], first.headers["last-modified"]
    for asked in ({"if-none-match": tag}, {"if-none-match": f'"x", W/{tag}'}, {"if-modified-since": at}):
        again = fetch(office, url, **asked)
        assert (again.status_code, again.text, again.headers["etag"]) == (304, "", tag)
    desk.now += HOUR
    apply(office, TASKS.replace("2026-04-03", "2026-04-08"))
    for asked in ({"if-none-match": tag}, {"if-modified-since": at}, {"if-modified-since": "never"}):
        changed = fetch(office, url, **asked)
        assert changed.status_code == 200
        assert changed.headers["etag"] != tag


def test_the_same_state_is_the_same_bytes(little: Pages) -> None:
    url = addresses(little.sign_in("head"))[0]
    first = fetch(little, url).text
    little.office.now += timedelta(minutes=7)
    assert fetch(little, url).text == first


def test_a_calendar_that_was_asked_for_wrote_nothing(little: Pages) -> None:
    url = addresses(little.sign_in("head"))[0]
    tables = ("audit", "link_use", "feed", "web_session")
    before = [little.office.run(f"SELECT * FROM {table}") for table in tables]
    fetch(little, url)
    assert [little.office.run(f"SELECT * FROM {table}") for table in tables] == before


# --- addresses --------------------------------------------------------------------------------------------------------


def test_addresses_stay_until_new_ones_are_made_and_the_old_ones_are_over(office: Pages) -> None:
    client = office.sign_in("head")
    old = addresses(client)
    assert addresses(office.sign_in("head")) == old
    client.press("/lich-cua-toi", {"viec": "lap"})
    new = addresses(client)
    assert not set(old) & set(new)
    for url in old:
        answer = fetch(office, url)
        assert (answer.status_code, answer.title) == (410, "Địa chỉ lịch không còn dùng")
    assert fetch(office, new[0]).status_code == 200
    client.press("/lich-cua-toi", {"viec": "thu-hoi"})
    assert fetch(office, new[0]).status_code == 410
    assert [row[0] for row in office.office.run("SELECT action FROM audit WHERE action LIKE 'feed%' ORDER BY id")] == [
        "feed begun",
        "feed begun",
        "feed ended",
    ]


def test_a_form_pressed_twice_makes_addresses_once(little: Pages) -> None:
    client = little.sign_in("head")
    fields = {**client.get("/lich-cua-toi").hidden, "viec": "lap"}
    client.post("/lich-cua-toi", fields)
    first = addresses(client)
    client.post("/lich-cua-toi", fields)
    assert addresses(client) == first


@pytest.mark.parametrize("fields", [{"viec": "lap"}, {"viec": "khac", "once": "1"}, {"once": "2"}])
def test_a_form_without_its_number_or_with_another_act_does_nothing(little: Pages, fields: dict[str, str]) -> None:
    client = little.sign_in("head")
    assert client.post("/lich-cua-toi", {"form_token": client.form_token, **fields}).status_code == 400
    assert little.office.run("SELECT * FROM feed") == []


def test_forged_foreign_expired_and_other_links_show_no_calendar(little: Pages) -> None:
    url = addresses(little.sign_in("head"))[0]
    stem = url.removesuffix(".ics")
    forged = stem[:-1] + ("A" if stem[-1] != "A" else "B") + ".ics"
    assert fetch(little, forged).status_code == 404
    # A link to answer by is no calendar.
    answer = little.links.answer(POSTS["head"], 1, 0, issued_at=little.office.now).replace("/tl/", "/lich/")
    assert fetch(little, f"{answer}.ics").status_code == 404
    # Signed by us, but for nobody's number.
    made = little.links.make("feed", POSTS["focal"], issued_at=little.office.now, number="0" * 20)
    assert fetch(little, f"{made}.ics").status_code == 410
    # In another's browser.
    answer_ = little.sign_in("other unit").get(url.removeprefix(little.settings.public_url))
    assert (answer_.status_code, answer_.title) == (403, "Liên kết của người khác")
    little.office.now += LIVES["feed"] + DAY
    assert fetch(little, url).status_code == 410


def test_a_scope_is_bound_by_its_signature_and_shows_no_more_than_the_reader_may_see(little: Pages) -> None:
    addresses(little.sign_in("other unit"))
    [(number, begun_at)] = little.office.run("SELECT number, begun_at FROM feed")
    del begun_at
    scope = "unit\x1ftinh\x1fu2"
    url = little.links.make("feed", POSTS["other unit"], issued_at=little.office.now, scope=scope, number=str(number))
    assert events(fetch(little, f"{url}.ics")) == {}


def test_whoever_left_the_directory_gets_nothing_any_more(little: Pages) -> None:
    url = addresses(little.sign_in("head"))[0]
    text = (little.office.folder / "rules" / "tinh.yaml").read_text(encoding="utf-8")
    little.office.write(text.replace(POSTS["head"], "moi@tinh.example"), "tinh.yaml")
    little.office.now += HOUR
    little.office.put_in_force()
    take_over(little)
    assert (fetch(little, url).status_code, fetch(little, url).title) == (403, "Địa chỉ không còn trong danh bạ")


def test_the_calendar_itself_says_when_its_address_is_about_to_run_out(little: Pages) -> None:
    url = addresses(little.sign_in("head"))[0]
    assert "Đổi địa chỉ" not in fetch(little, url).text
    little.office.now += LIVES["feed"] - 10 * DAY
    [notice] = [one for name, one in events(fetch(little, url)).items() if name.startswith("Đổi địa chỉ lịch")]
    assert str(notice["url"]) == "https://dondoc.example/lich-cua-toi"


def test_the_page_is_used_on_a_phone(served: Served, browser: Browser) -> None:
    window = served.signed_in(browser, "head", width=360, height=740)
    page = window.new_page()
    page.goto("/lich-cua-toi")
    page.get_by_role("button", name="Lập địa chỉ lịch").click()
    page.get_by_role("heading", name="Đôn đốc: việc của tôi").wait_for()
    assert page.locator("input[readonly]").first.input_value().endswith(".ics")
    window.close()
    readable = served.signed_in(browser, "head", width=360, scripts=True)
    page = readable.new_page()
    page.goto("/lich-cua-toi")
    assert_reads_well(page, 360)
    readable.close()
