"""Back-off: doubling, bounded, spread, always the same for the same failure."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifications.backoff import FIRST, LONGEST, retry_delay


@given(st.integers(1, 10**6), st.text())
def test_a_wait_stays_within_a_quarter_of_its_step(attempt: int, key: str) -> None:
    wait = retry_delay(attempt, key)
    step = min(FIRST * 2 ** min(attempt - 1, 20), LONGEST)
    assert step * 0.75 <= wait <= step * 1.25
    assert wait == retry_delay(attempt, key)


def test_messages_that_failed_together_do_not_return_together() -> None:
    waits = {retry_delay(3, f"message {n}") for n in range(100)}
    assert len(waits) == 100
    assert max(waits) - min(waits) > timedelta(minutes=1)


def test_attempts_count_from_one() -> None:
    with pytest.raises(ValueError, match="from 1"):
        retry_delay(0, "key")
