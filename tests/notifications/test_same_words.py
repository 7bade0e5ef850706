"""Letters and pages say the same of a deadline: a word that both use means the same in both."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifications.phrases import tone
from notifications.plain import plain_letter
from notifications.samples import line, samples
from rules.calendar import Calendar
from rules.deadline import Before, Period, Within
from rules.digest import SECTIONS, Section
from rules.lines import section
from rules.obligation import Facts
from rules.status import NAMES, UNANSWERED, Timeliness, status
from rules.term import TermContext
from rules.terms import term
from rules.wording import Language
from web.rendering import TONES

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
DUE = date(2026, 5, 31)
"""A Sunday: the last working day before it is Friday, and on Monday a report is still on time."""
PLAIN = Calendar("plain")
TERM = term(Within(Period("day", DUE, DUE, "2026-05-31")), TermContext(PLAIN, ZONE))
SAMPLE = dict(samples())["reminder"]
FACTS = Facts(datetime(2026, 1, 1, tzinfo=UTC))
SAID: dict[Section, Timeliness] = {"overdue": Timeliness.LATE, "due_soon": Timeliness.DUE_SOON}
"""The sections of letters that are headed by a word of the axis of time."""


def headings(name: Section, language: Language) -> str:
    """Return how a letter heads a section."""
    digest = replace(SAMPLE, lines=(line(name),), questions=())
    found = re.findall(r"^== (.*) ==$", plain_letter(digest, language, contact="x").text, re.MULTILINE)
    return str(found[0])


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_section_has_the_word_of_the_pages_only_where_it_means_the_same(language: Language) -> None:
    words = {NAMES[word].say(language).upper(): word for word in Timeliness} | {"OVERDUE": Timeliness.LATE}
    headed = {name: words.get(headings(name, language)) for name in SECTIONS}
    assert headed == {name: SAID.get(name) for name in SECTIONS}


@given(st.datetimes(datetime(2026, 5, 1), datetime(2026, 6, 20), timezones=st.just(UTC)))
def test_what_a_letter_heads_with_a_word_of_the_pages_stands_so_on_the_pages(now: datetime) -> None:
    stands = status(TERM, FACTS, UNANSWERED, zone=ZONE, now=now).timeliness
    found = section(TERM, FACTS, "due-soon", "to", now=now, zone=ZONE)
    assert stands is SAID.get(found, stands)
    # What is to be finished today may be due on the day off after it.
    assert found in ({"due_today", "due_soon"} if stands is Timeliness.DUE_SOON else {found} - {"due_soon"})


@pytest.mark.parametrize(("hours", "is_today"), [(-25, False), (-23, True), (0, True), (23, True), (25, False)])
def test_before_a_day_today_is_the_day_before_it_in_letters_as_on_pages(hours: int, is_today: bool) -> None:
    before = term(Before(Period("day", date(2026, 5, 21), date(2026, 5, 21), "2026-05-21")), TermContext(PLAIN, ZONE))
    now = datetime(2026, 5, 21, tzinfo=ZONE) + timedelta(hours=hours)
    stands = status(before, FACTS, UNANSWERED, zone=ZONE, now=now).timeliness
    assert (stands is Timeliness.DUE_TODAY) == is_today
    assert (section(before, FACTS, "due-soon", "to", now=now, zone=ZONE) == "due_today") == is_today


@pytest.mark.parametrize("days", range(-3, 20))
def test_a_line_has_the_colour_of_the_pages(days: int) -> None:
    now = datetime.combine(DUE, datetime.min.time(), ZONE) - timedelta(days)
    stands = status(TERM, FACTS, UNANSWERED, zone=ZONE, now=now).timeliness
    found = section(TERM, FACTS, "due-soon", "to", now=now, zone=ZONE)
    expected = "today" if found == "due_today" else TONES[stands]
    assert tone(line(found)) == expected
