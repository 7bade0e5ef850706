"""A province at work: the five programmes, followed since January, looked at in June with all that may be said of it."""

import shutil
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from db.facts import Said, record_silence
from db.obligations import Filter, StoredObligation, listing
from rules.calendar import local_day
from rules.programme import Occurred
from tests.offices import Desk
from tests.web.pages import PUBLIC, Pages

BEGINS = datetime(2026, 1, 12, 1, tzinfo=UTC)
LOOKED_AT = datetime(2026, 6, 15, 2, tzinfo=UTC)
"""09:00 of a Monday in Việt Nam."""
PROGRAMMES = Path(__file__).resolve().parents[2] / "programmes"
STANDING, HEAD, OVERSEER = "gd.skhcn@dongthap.example", "gd.stc@dongthap.example", "pct-vx@dongthap.example"
CHAIR = "truong-ban@dongthap.example"
UNIT_PAGE = "/don-vi/dong-thap/so-tai-chinh"


def province(desk: Desk) -> Pages:
    """The pages of that province."""
    (desk.folder / "rules").mkdir()
    for file in PROGRAMMES.glob("*.yaml"):
        shutil.copy(file, desk.folder / "rules" / file.name)
    desk.now = BEGINS
    desk.put_in_force()
    pages = Pages(desk)
    pages.reached_at(PUBLIC)
    happen(pages)
    desk.now = LOOKED_AT - timedelta(days=3)
    desk.evaluate()
    say_all(pages)
    desk.now = LOOKED_AT
    desk.tick()
    return pages


def happen(pages: Pages) -> None:
    """Record a few events, so that some deadlines begin."""
    desk = pages.office
    for programme in desk.office.rulebook.programmes.values():
        for event in list(programme.events.values())[:2]:
            if not (event.dates or event.after or event.when_done):
                said = Said(STANDING, desk.now, None, "cli")
                pages.desk.happened(programme.id, event.id, Occurred(date(2026, 1, 10)), said)


def say_all(pages: Pages) -> None:
    """Say something of about half of what is followed: progress, difficulties, reports, some verified, some returned."""
    desk = pages.office
    with desk.engine.connect() as connection:
        found = [one for one in listing(connection, Filter(kinds=("task",))) if one.state == "open"]
    for number, one in enumerate(found):
        desk.now += timedelta(seconds=1)
        if number % 9 == 1:
            say(pages, one, number)
    with desk.engine.begin() as connection:
        record_silence(
            connection,
            from_=desk.now,
            until=None,
            reason="chờ chỉ đạo",
            recorded_by=STANDING,
            recorded_at=desk.now,
            programme=found[5].key.programme,
            task=found[5].key.task,
            suspends=True,
        )


def say(pages: Pages, one: StoredObligation, number: int) -> None:
    desk, now = pages.desk, pages.office.now
    today, issued = local_day(now, desk.zone), desk.rulebook.programmes[one.key.programme].document.date
    done = max(min(one.due_on or date.max, today - timedelta(days=number % 40)), issued or date(2026, 1, 13))
    # An occurrence is not done before it began.
    done = today if one.key.occurrence else done
    match number // 9 % 6:
        case 0:
            desk.remarked(one, "progress", Said(HEAD, now, "Đang lấy ý kiến các cơ quan", "web"), percent=number % 100)
        case 1:
            desk.remarked(one, "difficulty", Said(HEAD, now, "Chưa bố trí được kinh phí cho hạng mục này", "web"))
        case 2 | 3:
            desk.reported([one], "done", Said(HEAD, now, "Đã ban hành", "web"), on=done, document="Số 12/BC-STC")
        case 4:
            desk.reported([one], "done", Said(HEAD, now, None, "web"), on=done)
            desk.verified(one, "accepted", Said(STANDING, now, None, "web"))
        case _:
            desk.reported([one], "done", Said(HEAD, now, None, "web"), on=done)
            desk.verified(one, "returned", Said(STANDING, now, "Thiếu số liệu của các xã", "web"))
