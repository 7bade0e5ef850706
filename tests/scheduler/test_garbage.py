"""scheduler.garbage: the search for cycles is off for as long as asked, and on again afterwards."""

import gc

import pytest

from scheduler.garbage import left_uncollected


def test_nothing_is_searched_within_the_block_and_what_it_made_counts_as_old_afterwards() -> None:
    with left_uncollected():
        assert not gc.isenabled()
        made: list[object] = []
        made.append(made)
    assert gc.isenabled()
    # Not frozen: a process that goes on must still be rid of it.
    assert gc.get_freeze_count() == 0
    assert any(found is made for found in gc.get_objects(generation=2))


def test_a_command_that_fails_leaves_the_search_on() -> None:
    with pytest.raises(ValueError, match="no such rule"), left_uncollected():
        raise ValueError("no such rule")
    assert gc.isenabled()
