"""A deadline written as a rule file writes it is loaded as the same deadline."""

from dataclasses import replace

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from rules.deadline import After, AheadOf, Continuous, Deadline, Every, SetBy, Unit
from rules.load import load
from rules.load.periods import parse_period
from rules.phrases import Context, read
from rules.phrases.forms import form, form_of
from rules.phrases.reading import Reading
from tests.rules.phrases.deadlines import DEADLINES, recurrences

PROGRAMME = """
programme: p
title: Chương trình
document: {number: 1/KH, date: 2025-01-01}
directory: d
calendar: c
ladder: l
standing: a
events:
  e: {title: sự kiện, date: 2025-06-02}
tasks: []
---
directory: d
units:
  a: {name: Cơ quan A, head: {title: Giám đốc, email: a@x.example}}
---
calendar: c
---
ladder: l
rungs: [{id: due, at: due, to: [head]}]
"""


def loaded(said: object) -> Deadline:
    """Return the deadline of a task whose `deadline:` is `said`."""
    documents = list(yaml.safe_load_all(PROGRAMME))
    documents[0]["tasks"] = [{"id": "t", "title": "Việc", "lead": "a", "deadline": said}]
    text = yaml.safe_dump_all(documents, allow_unicode=True, sort_keys=False)
    found = load({"p.yaml": text.encode()})
    assert not found.problems
    assert found.rulebook is not None
    return found.rulebook.programmes["p"].tasks["t"].deadlines[""]


@given(DEADLINES)
def test_a_form_is_loaded_as_the_same_deadline(deadline: Deadline) -> None:
    named = replace(deadline, event="e") if isinstance(deadline, After | AheadOf) else deadline
    assert loaded(form(named)) == named


@given(recurrences())
def test_a_review_is_loaded_as_the_same_recurrence(every: Every) -> None:
    assert loaded(form(Continuous(every))) == Continuous(every)


@pytest.mark.parametrize(
    ("count", "unit", "written"), [(2, "week", "2 weeks"), (15, "day", "15 days"), (2, "half", "2 halves")]
)
def test_a_number_of_units_is_written_in_the_plural(count: int, unit: Unit, written: str) -> None:
    every = Every(unit, count, from_=parse_period("2026-01-05"), if_unreported="carry" if unit == "half" else "close")
    assert form(every) == {"every": written, "from": "2026-01-05"}


def test_what_differs_from_the_default_is_written() -> None:
    assert form(Every("week", if_unreported="carry")) == {"every": "week", "if_unreported": "carry"}


def test_several_deadlines_are_named_as_the_phrase_names_them() -> None:
    several = read("Phát động: tháng 4; báo cáo: tháng 6/2026", Context(2026))
    assert form_of(several) == {"deadlines": {"Phát động": "2026-04", "báo cáo": "2026-06"}}


def test_parts_without_a_name_of_their_own_are_numbered() -> None:
    assert form_of(read("Quý I, III/2026", Context(2026))) == {"deadlines": {"hạn 1": "2026-Q1", "hạn 2": "2026-Q3"}}


@pytest.mark.parametrize("sign", ["#", "-", "1.", "?!"])
def test_signs_are_no_name_of_a_part(sign: str) -> None:
    april, june = (read(phrase, Context(2026))._replace(label=sign) for phrase in ("tháng 4", "tháng 6"))
    several = Reading("several", april.why, parts=(april, june._replace(label="báo cáo")))
    assert form_of(several) == {"deadlines": {"hạn 1": "2026-04", "báo cáo": "2026-06"}}


@pytest.mark.parametrize("phrase", ["", "31/6/2026", "định kỳ"])
def test_what_was_not_understood_has_no_form(phrase: str) -> None:
    assert form_of(read(phrase, Context(2026))) is None


@given(st.text(min_size=1))
def test_a_deadline_set_elsewhere_keeps_its_words(text: str) -> None:
    assert form(SetBy(text)) == {"set_by": text}
