"""Whatever was read, the drafted rule file loads, and gives back what was read."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from rules.deadline import After, AheadOf, Deadline, SetBy, Span
from rules.load.periods import parse_period
from rules.phrases.reading import Reading
from rules.plans.blocks import Where
from rules.plans.draft import Agency, Amends, Doubt, Draft, DraftDocument, DraftIndicator, DraftTask, Earlier, Further
from rules.plans.merging import Merged, merged
from rules.plans.writing import rule_file
from rules.plans.writing.clean import clean
from rules.wording import Wording
from tests.rules.phrases.deadlines import DEADLINES
from tests.rules.plans.drafts import office, programme

TEXTS = st.text(max_size=40) | st.sampled_from(
    [
        "",
        "null",
        "12",
        "a: b",
        "- x",
        "# y",
        '"',
        "'",
        "x: >-",
        "Sở A, Sở B",
        "Từ “a” đến “b”",
        "a\tb\nc",
        "‮x",
        "x" * 300,
    ]
)
WORDINGS = st.builds(Wording, TEXTS, TEXTS)
PLACES = st.builds(Where, page=st.none() | st.integers(1, 99), row=st.none() | st.integers(1, 99))
EVENTS = st.builds(After, TEXTS)
BACKWARDS = st.just(Span(parse_period("2026-06"), parse_period("2026-02")))
DOUBTS = st.builds(
    Doubt, WORDINGS, PLACES, st.sampled_from(["", "stated", "lead", "title", "no", "Kinh phí"]),
    st.lists(TEXTS, max_size=2).map(tuple),
)  # fmt: skip
AGENCIES = st.lists(
    st.builds(
        Agency, TEXTS, st.lists(st.sampled_from(["so-a", "so-b", "cac-so", "lien-quan", "so-x"]), max_size=2).map(tuple),
        sure=st.booleans(), each=st.booleans(), open=st.booleans(),
        role=st.sampled_from([None, "lead", "head", "coordinate"]),
    ),
    max_size=3,
).map(tuple)  # fmt: skip


@st.composite
def readings(draw: st.DrawFn) -> Reading:
    """Return what might have been understood: one deadline, several, or nothing."""
    deadlines = draw(st.lists(DEADLINES | EVENTS | BACKWARDS, max_size=3))
    parts = tuple(
        Reading(
            "date", draw(WORDINGS), deadline=each, label=draw(TEXTS), doubts=tuple(draw(st.lists(WORDINGS, max_size=1)))
        )
        for each in deadlines
    )
    return parts[0] if len(parts) == 1 else Reading("several" if parts else "unspecified", draw(WORDINGS), parts=parts)


EARLIER = st.lists(
    st.builds(
        Earlier, st.none() | readings(),
        st.sampled_from(["", "Công văn số 1/CV ngày 05/01/2026", "ngày 06/01/2026", "31/02/2026"]), TEXTS, PLACES,
    ),
    max_size=2,
).map(tuple)  # fmt: skip
FURTHER = st.builds(Further, st.sampled_from(["product", "title"]), TEXTS, readings())
TASKS = st.builds(
    DraftTask,
    no=TEXTS, section=TEXTS, title=TEXTS, lead=TEXTS, head=TEXTS, coordinate=TEXTS, product=TEXTS, basis=TEXTS,
    stated=TEXTS, note=TEXTS, extra=st.dictionaries(TEXTS, TEXTS, max_size=2), at=PLACES, reading=st.none() | readings(),
    leads=AGENCIES, heads=AGENCIES, coordinates=AGENCIES, earlier=EARLIER,
    secondary=st.lists(FURTHER, max_size=1).map(tuple), doubts=st.lists(DOUBTS, max_size=2).map(tuple),
)  # fmt: skip
INDICATORS = st.builds(
    DraftIndicator, TEXTS, TEXTS, TEXTS, TEXTS, st.dictionaries(st.integers(0, 9999), TEXTS, max_size=2), TEXTS,
    AGENCIES, TEXTS, TEXTS, PLACES, st.lists(DOUBTS, max_size=1).map(tuple),
)  # fmt: skip
DOCUMENTS = st.builds(
    DraftDocument, TEXTS, st.none() | st.dates(date(1, 1, 1)), TEXTS, TEXTS, st.none() | st.integers(0, 9999)
)
DRAFTS = st.builds(
    Draft, DOCUMENTS, st.lists(TASKS, max_size=3).map(tuple), st.lists(INDICATORS, max_size=2).map(tuple),
    st.lists(st.builds(Amends, TEXTS, st.just("other"), TEXTS, TEXTS, PLACES), max_size=1).map(tuple),
    st.lists(DOUBTS, max_size=2).map(tuple),
)  # fmt: skip


def deadlines_read(task: DraftTask) -> list[Deadline] | None:
    """Return the deadlines of a task as they were read, None where there is none to be written."""
    if task.reading is None:
        return None
    found = [part.deadline for part in (task.reading.parts or (task.reading,))]
    return None if None in found else [each for each in found if each]


def named(deadline: Deadline, event: Callable[[str], str]) -> Deadline:
    """Return a deadline with other words for its event."""
    return replace(deadline, event=event(deadline.event)) if isinstance(deadline, After | AheadOf) else deadline


def words(event: str) -> str:
    """Return the words of an event as a rule file has them, in lower case, without the mark they end with."""
    return (clean(event) or "su-kien").casefold().rstrip(".;,")


@settings(max_examples=40, deadline=None)
@given(DRAFTS)
def test_the_file_of_any_draft_loads(draft: Draft) -> None:
    written = rule_file(draft, office())
    found = programme(written.text)
    assert len(found.tasks) == len(draft.tasks)
    assert len(found.indicators) == len(draft.indicators)
    for task, row in zip(draft.tasks, written.tasks, strict=True):
        loaded = found.tasks[row.id]
        assert loaded.note is None or clean(task.note) in loaded.note
        refused = any("the rule language refuses it" in check for entry in row.entries for check in entry.checks)
        expected = deadlines_read(task)
        if expected is None or refused:
            assert all(isinstance(each, SetBy) for each in loaded.deadlines.values())
        else:
            titled = [named(each, lambda id: words(found.events[id].title)) for each in loaded.deadlines.values()]
            assert titled == [named(each, words) for each in expected]


@settings(max_examples=15, deadline=None)
@given(DRAFTS)
def test_the_same_plan_read_again_changes_nothing(draft: Draft) -> None:
    text = rule_file(draft, office()).text
    assert merged(text, text) == Merged(text, ())


@settings(max_examples=25, deadline=None)
@given(DRAFTS, DRAFTS)
def test_any_plan_merged_into_any_other_loads(old: Draft, new: Draft) -> None:
    before = rule_file(old, office()).text
    events = {event.id: event.title for event in programme(before).events.values()}
    found = merged(before, rule_file(new, office(**events)).text, "en")
    ids = set(programme(found.text).tasks)
    assert set(programme(before).tasks) <= ids
    assert len(ids) >= len(new.tasks)
