"""`dondoc simulate` with a database: what was recorded counts, and nothing is written."""

from pathlib import Path

from tests.e2e.console import at, good

SPAN = ("--from", "2026-03-30", "--to", "2026-04-03", "--format", "json")


def tasks_told(*more: str) -> set[str]:
    messages = good("simulate", *SPAN, *more).json["messages"]
    return {line["task"] for message in messages for line in message["lines"]}


def test_what_was_reported_is_not_simulated_and_an_event_is(office: Path) -> None:
    assert {"A.1", "A.3"} <= tasks_told()
    with at("2026-03-25T08:00"):
        good("report", "done", "A.1")
        good("event", "record", "de-an", "--on", "2026-03-04")
        good("event", "record", "de-an", "--on", "2026-03-01")
        good("event", "retract", "2")
        good("silence", "add", "--task", "A.3", "--until", "2026-04-30", "--reason", "x")
        database = (office / "var/dondoc.db").read_bytes()
        assert {"A.1", "A.2", "A.3"} & tasks_told() == {"A.2"}
        assert {"A.1", "A.2", "A.3"} & tasks_told("--no-facts") == {"A.1", "A.3"}
        assert {"A.1", "A.2", "A.3"} & tasks_told("--rules", "rules") == {"A.1", "A.3"}
        dues = {line["due"] for each in good("simulate", *SPAN).json["messages"] for line in each["lines"]}
        assert dues & {"2026-04-03", "2026-03-31"} == {"2026-04-03"}
    assert (office / "var/dondoc.db").read_bytes() == database
