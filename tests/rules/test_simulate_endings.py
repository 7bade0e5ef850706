"""Whatever was owed ends with a reason, also what only waited for mail to be allowed to leave."""

from rules.obligation import Silence
from tests.rules.books import at, book, mails, not_sent, one, run, started, task

HOURS = """
ladder: chuan
rungs:
  - {id: late, at: 1 hour late, to: [head]}
  - {id: later, at: 3 hours late, to: [head]}
"""


def test_a_rung_that_waits_for_the_morning_when_the_next_occurrence_takes_over_is_closed() -> None:
    """Friday 24 April 16:00; three hours late is after hours, and on Saturday 16:00 the next occurrence takes over."""
    daily = '{every: day, at: "16:00", from: 2026-04-24, until: 2026-04-25}'
    found = run(book(task(daily), ladder=HOURS), "2026-04-24", "2026-04-28")
    assert mails(found)[0] == "04-24 17:00 gd.a late"
    assert "04-25 16:00 gd.a later: closed" in not_sent(found.not_sent)


def test_a_silence_keeps_reminders_back_and_not_the_news_that_a_deadline_moved() -> None:
    found = started(book("tasks:\n" + one("2026-03-31", id="T.1")), "2026-03-02")
    found.until(at("2026-03-18"))
    for name in [name for name in found.world.entries if name.task == "T.1"]:
        found.world.silence(name, Silence(at("2026-03-18"), None), now=at("2026-03-18"))
    found.world.edit(book("tasks:\n" + one("2026-05-29", id="T.1")), now=at("2026-03-19"))
    found.until(at("2026-05-30"))
    assert mails(found, "gd.a") == ["03-19 07:00 gd.a moved"]
