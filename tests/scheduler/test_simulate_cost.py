"""`dondoc simulate`: what it takes follows what is decided, not how many units it is decided for. Counted, never timed."""

from datetime import date
from pathlib import Path

import pytest

from benchmarks.synthetic import Size, config_for, rule_files, rulebook_of
from rules.simulate import SimulatedMessage, Simulation, simulate
from scheduler.commands.subjects import Headings, headings

TASKS = 3


def year(units: int, folder: Path) -> tuple[Simulation, Headings]:
    """A year of a few tasks that each unit owes, and what tells the headings of its mails."""
    config = config_for(folder / "none.db")
    rulebook = rulebook_of(rule_files(Size(units, TASKS, TASKS, recurring=1)))
    found = simulate(rulebook, config.policy, first=date(2026, 1, 1), last=date(2026, 12, 31))
    return found, headings(config, rulebook)


def to_heads(found: Simulation) -> list[SimulatedMessage]:
    return [message for message in found.messages if message.kind == "reminder"]


def test_what_many_units_are_told_alike_is_put_into_words_once(tmp_path: Path) -> None:
    few, heading_of_few = year(2, tmp_path)
    many, heading_of_many = year(20, tmp_path)
    assert len(to_heads(many)) > 5 * len(to_heads(few)) > 0
    # The very same heading, not an equal one: the others were not made.
    made = [
        {id(heading(message)) for message in to_heads(found)}
        for found, heading in ((few, heading_of_few), (many, heading_of_many))
    ]
    assert len(made[0]) == len(made[1])
    told = [{id(told) for message in to_heads(found) for told, _ in message.lines} for found in (few, many)]
    assert len(told[0]) == len(told[1])


@pytest.mark.parametrize("asked", ["size", "kind", "baseline"])
def test_the_figures_of_the_table_need_no_line_to_be_made(asked: str, tmp_path: Path) -> None:
    found, _ = year(2, tmp_path)
    assert [getattr(message, asked) for message in found.messages]
    assert not any(look.told for message in found.messages for look, _, _ in message.parcels)
    assert all(message.lines for message in to_heads(found))
    assert all(look.told for message in to_heads(found) for look, _, _ in message.parcels)
