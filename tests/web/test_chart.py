"""The chart of an indicator: every number can be read, none lies on another."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from web.indicators import HEIGHT, TALL, WIDE, Chart, Dot

ON = date(2026, 8, 24)
DOTS = st.builds(Dot, st.floats(14, 380), st.floats(28, 202), st.just("64,5%"), st.just(ON))


def drawn(values: list[Dot], targets: list[Dot]) -> Chart:
    return Chart(tuple(values), tuple(targets), None, ())


def test_a_number_beside_a_target_stands_below_its_mark() -> None:
    """A value of 64.5% in August, and a target of 70% at the end of the year."""
    value, aim = Dot(96, 122, "64,5%", ON), Dot(131, 114, "70%", date(2026, 12, 31))
    assert drawn([value], [aim]).label(value) == 140
    assert drawn([value], []).label(value) == 113


@given(DOTS, DOTS)
def test_a_number_lies_on_a_target_only_where_it_would_above_and_below(value: Dot, aim: Dot) -> None:
    chart = drawn([value], [aim])
    y = chart.label(value)
    # From the top of a target's number to the foot of its mark, and from the top of this number to its foot.
    is_apart = abs(value.x - aim.x) >= WIDE or y <= aim.y - 24 or y - TALL >= aim.y + 6
    is_level = -3 < aim.y - value.y < 16
    assert is_apart or is_level or value.y + 18 > chart.floor
    assert 0 < y < HEIGHT
