"""Any text at all: it is read without an error, always the same, and however it is typed."""

from datetime import date
from unicodedata import normalize

from hypothesis import given, settings
from hypothesis import strategies as st

from rules.phrases import Context, read
from tests.rules.phrases.tables import HERE, rows_of

CONTEXT = Context(2026, date(2026, 3, 18))
PHRASES = [row["phrase"] for row in rows_of(HERE / "common.tsv") if row["phrase"].strip()]
PLAIN = [text for text in PHRASES if not any(sign in text for sign in "lIOo*_`\\<")]
WORDS = sorted({word for text in PHRASES for word in text.split()})
mixtures = st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join)


@given(st.text(max_size=120) | mixtures)
@settings(max_examples=600)
def test_any_text_is_read_without_an_error_and_always_the_same(text: str) -> None:
    reading = read(text, CONTEXT)
    assert read.__wrapped__(text, CONTEXT) == reading
    assert reading.kind == "several" or reading.why.vi
    assert (reading.confidence == "check") == bool(reading.doubts)
    if reading.start and reading.due:
        assert reading.start <= reading.due


@given(st.text(alphabet=st.characters(min_codepoint=0x3040, max_codepoint=0x9FFF), min_size=1, max_size=40))
def test_what_is_in_another_writing_is_never_sure(text: str) -> None:
    assert read(text, CONTEXT).confidence == "check"


@given(st.sampled_from(PHRASES), st.text(alphabet="一二三あいう", min_size=1, max_size=5))
def test_foreign_words_beside_a_loose_period_raise_a_doubt(phrase: str, foreign: str) -> None:
    reading = read(f"{foreign} {phrase}", CONTEXT)
    if reading.kind in ("month", "quarter", "half", "year") and reading.start:
        assert reading.confidence == "check"


@given(st.sampled_from(PHRASES))
def test_combining_marks_change_nothing(phrase: str) -> None:
    assert read(normalize("NFD", phrase), CONTEXT) == read(normalize("NFC", phrase), CONTEXT)


@given(st.sampled_from(PLAIN))
def test_blanks_and_capitals_change_nothing(phrase: str) -> None:
    plain = read(phrase, CONTEXT)
    for typed in (phrase.replace(" ", "  "), f"  {phrase}\n"):
        assert _days(read(typed, CONTEXT)) == _days(plain)


@given(st.sampled_from([text for text in PLAIN if text == text.lower()]))
def test_capitals_change_nothing(phrase: str) -> None:
    assert _days(read(phrase.upper(), CONTEXT)) == _days(read(phrase, CONTEXT))


@given(st.dates(date(2020, 1, 1), date(2035, 12, 31)), st.sampled_from(["{d:%d/%m/%Y}", "ngày {d.day} tháng {d.month} năm {d.year}",
                                                                       "{d.day}.{d.month}.{d.year}", "{d:%Y-%m-%d}"]))  # fmt: skip
def test_a_day_is_that_day_however_it_is_written(day: date, form: str) -> None:
    written = form.format(d=day)
    assert read(written, Context(2026)).due == day
    assert read(f"chậm nhất {written}", Context(2026)).due == day
    assert read(f"đến hết ngày {written.removeprefix('ngày ')}", Context(2026)).due == day


@given(st.integers(1, 99), st.integers(13, 99), st.integers(2020, 2040))
def test_what_cannot_be_is_never_guessed(day: int, month: int, year: int) -> None:
    reading = read(f"trước ngày {day}/{month}/{year}", Context(2026))
    assert (reading.kind, reading.due, reading.confidence) == ("unspecified", None, "check")


def _days(reading: object) -> tuple[object, ...]:
    return tuple(getattr(reading, name) for name in ("kind", "start", "due", "strict", "at", "rrules", "offset"))
