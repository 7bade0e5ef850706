"""Logs name no link and no mailbox."""

import io
import logging
from datetime import UTC, datetime

import pytest

from notifications.links import Links
from scheduler.discreet import DiscreetFormatter, discreet

LINK = Links("https://dondoc.example", (b"k" * 32,)).answer(
    "gd.a@tinh.example", 7, 0, issued_at=datetime(2026, 3, 30, tzinfo=UTC)
)
TOKEN = LINK.rpartition("/")[2]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("message 3 to gd.a@tinh.example: 550", "message 3 to …@tinh.example: 550"),
        ("<gd+x@so.tinh.example>", "<…@so.tinh.example>"),
        (f"GET {LINK} failed", "GET https://dondoc.example/tl/… failed"),
        (f"/tl/{TOKEN}?lang=en", "/tl/…?lang=en"),
        ("postgresql://user@host/dondoc", "postgresql://user@host/dondoc"),  # no mailbox: no dot behind it
        ("revision 3 of the rule files is in force", "revision 3 of the rule files is in force"),
    ],
)
def test_what_is_left_of_a_line(text: str, expected: str) -> None:
    assert discreet(text) == expected


def test_a_traceback_is_written_discreetly_as_well() -> None:
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(DiscreetFormatter("%(message)s"))
    log = logging.Logger("x")
    log.addHandler(handler)
    try:
        raise ValueError(f"no answer to {LINK} for gd.a@tinh.example")
    except ValueError:
        log.exception("failed for %s", "gd.a@tinh.example")
    assert "Traceback" in written.getvalue()
    assert TOKEN not in written.getvalue()
    assert "gd.a" not in written.getvalue()
