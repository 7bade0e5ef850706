"""The loop of the daemon: its time never goes back, so that nothing that waits in it waits for ever."""

import asyncio
import time

from hypothesis import given
from hypothesis import strategies as st

from scheduler.steady import SteadyLoop

DAY = 86_400.0


@given(st.lists(st.floats(0, 1e9), min_size=1))
def test_its_time_never_goes_back(readings: list[float]) -> None:
    following = iter([readings[0], *readings, *([readings[-1]] * 10)])
    loop = SteadyLoop(lambda: next(following))
    try:
        told = [loop.time() for _ in readings]
    finally:
        loop.close()
    assert told == sorted(told)


def test_whoever_waits_is_woken_though_the_clock_went_ahead_and_was_put_right() -> None:
    ahead = 0.0
    loop = SteadyLoop(lambda: time.monotonic() + ahead)

    async def wait() -> None:
        nonlocal ahead
        ahead = 3 * DAY
        waiting = asyncio.create_task(asyncio.sleep(0.05))
        await asyncio.sleep(0)
        ahead = 0.0
        # What is begun now is not waited for: without a steady clock, the other would sleep for three days.
        await asyncio.wait_for(waiting, 30)

    with asyncio.Runner(loop_factory=lambda: loop) as runner:
        began = time.monotonic()
        runner.run(wait())
    assert time.monotonic() - began < 25
