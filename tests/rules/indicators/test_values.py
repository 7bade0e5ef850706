"""Values and targets as Vietnamese offices write them, and how the ones are held against the others."""

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.indicators.duties import duty
from rules.indicators.entry import doubt
from rules.indicators.target import NotComparable, Target, said_targets, target, unit_of
from rules.indicators.value import NotAValue, Value, said_number, value
from rules.programme import Indicator, Rulebook
from scheduler.folder import load_rules, read_rules

PROGRAMMES = Path(__file__).parents[3] / "programmes"


@pytest.mark.parametrize(
    ("unit", "targets", "text", "is_doubted"),
    [
        ("%", ("≥ 70", "100"), "150", True),
        ("%", ("≥ 70", "100"), "100,1 %", True),
        ("%", ("≥ 70", "100"), "-5", True),
        ("%", ("≥ 70", "100"), "100", False),
        ("%", ("≥ 70", "100"), "0", False),
        ("%", ("≥ 70", "120"), "150", False),  # a target beyond the whole: no share of one
        ("%", ("tăng 10%",), "150", False),
        ("%", ("tăng 10%",), "tăng 150%", False),
        ("%", ("Nhóm dẫn đầu",), "150", False),
        ("Đơn", ("≥ 10",), "150", False),
        ("% GRDP", ("2",), "150", False),
    ],
)
def test_a_share_outside_of_the_whole_is_doubted(
    unit: str, targets: tuple[str, ...], text: str, is_doubted: bool
) -> None:
    one = Indicator("I.1", "Chỉ tiêu", "", unit, dict(enumerate(targets, 2026)), ("a",))
    assert (doubt(one, value(text, unit)) is not None) is is_doubted


@pytest.mark.parametrize(
    ("text", "unit", "number", "measure"),
    [
        ("70", "%", "70", "%"),
        ("82,5", "%", "82.5", "%"),
        ("82,5%", "%", "82.5", "%"),
        ("82,5 %", "%", "82.5", "%"),
        ("82,5 phần trăm", "%", "82.5", "%"),
        ("1.234,5", "", "1234.5", ""),
        ("1.200", "Người", "1200", "người"),
        ("12.345.678", "", "12345678", ""),
        ("05", "Sản phẩm", "5", "sản phẩm"),
        ("12 doanh nghiệp", "Doanh nghiệp", "12", "doanh nghiệp"),
        ("14,5% GRDP", "%GRDP", "14.5", "% grdp"),
        ("14,5%GRDP", "% GRDP", "14.5", "% grdp"),
        ("14,5%", "%GRDP", "14.5", "% grdp"),
        ("2% GRDP", "", "2", "% grdp"),
        ("-3,2", "%", "-3.2", "%"),
        ("  7 ", "-", "7", ""),
        ("70.", "%", "70", "%"),
    ],
)
def test_a_number_is_read_as_it_is_written_here(text: str, unit: str, number: str, measure: str) -> None:
    found = value(text, unit)
    assert (found.number, found.measure, found.is_growth) == (Decimal(number), measure, False)


@pytest.mark.parametrize(
    ("text", "is_yes"),
    [("Có", True), ("có", True), ("Đã có", True), ("Hoàn thành", True), ("Không", False), ("Chưa có", False)],
)
def test_yes_and_no_are_words(text: str, is_yes: bool) -> None:
    assert value(text, "-").is_yes is is_yes


@pytest.mark.parametrize(("text", "number"), [("tăng 10%", "10"), ("Tăng thêm 2,5 %", "2.5"), ("giảm 5%", "-5")])
def test_a_growth_is_no_level(text: str, number: str) -> None:
    found = value(text, "%")
    assert (found.number, found.is_growth) == (Decimal(number), True)


@pytest.mark.parametrize(
    ("text", "unit", "said"),
    [
        ("", "%", "is no value"),
        ("nhiều", "%", "is no value"),
        ("72.5", "%", "did you mean '72,5'"),
        ("1,234,567", "", "is no number"),
        ("1.23", "", "did you mean '1,23'"),
        ("60-70", "%", "is no value"),
        ("12/20", "", "is no value"),
        ("khoảng 70", "%", "is no value"),
        ("12 người", "%", "is not in the indicator's unit"),
        ("14% GRDP", "%", "is not in the indicator's unit"),
        ("9" * 90, "", "is no value"),
        ("tăng -5%", "%", "is no value"),
        ("=1+1", "", "is no value"),
        ("٣", "", "is no value"),
    ],
)
def test_what_is_no_value_is_told_with_what_is(text: str, unit: str, said: str) -> None:
    with pytest.raises(NotAValue, match=said.replace("?", r"\?")):
        value(text, unit)


@given(st.decimals(min_value=0, max_value=10**9, places=3))
def test_a_number_that_is_said_is_read_again_as_it_was(number: Decimal) -> None:
    assert value(said_number(number)).number == number


@pytest.mark.parametrize(
    ("text", "unit", "said"),
    [
        ("≥ 70", "%", "≥ 70%"),
        (">= 70%", "%", "≥ 70%"),
        ("100", "%", "≥ 100%"),
        ("Tối thiểu 80 %", "%", "≥ 80%"),
        ("Không dưới 80%", "%", "≥ 80%"),
        ("Từ 12 trở lên", "Người", "≥ 12 người"),
        ("trên 50%", "%", "> 50%"),
        ("≤ 5", "%", "≤ 5%"),
        ("không quá 5%", "%", "≤ 5%"),
        ("dưới 3", "", "< 3"),
        ("5 trở xuống", "", "≤ 5"),
        ("= 4", "Tổ chức", "= 4 tổ chức"),
        ("Đạt 2% GRDP", "", "≥ 2% GRDP"),
        ("≥ 14,5", "%GRDP", "≥ 14,5% GRDP"),
        ("Phấn đấu đạt trên 1.200", "Đơn", "> 1.200 đơn"),
        ("tăng 10%", "%", "≥ tăng 10%"),
        ("05", "Sản phẩm", "≥ 5 sản phẩm"),
        ("Có", "-", "Có"),
        ("Không", "-", "Không"),
    ],
)
def test_a_target_is_read_from_its_words(text: str, unit: str, said: str) -> None:
    found = target(text, unit)
    assert isinstance(found, Target)
    assert found.said == said


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Thuộc nhóm dẫn đầu", "names no number"),
        ("70-80", "names several numbers"),
        ("từ 70 đến 80", "names several numbers"),
        ("Nhóm 10 tỉnh dẫn đầu", "is no value"),
        ("≥ Có", "compares without a number"),
        ("", "names no number"),
    ],
)
def test_a_target_that_cannot_be_compared_says_why(text: str, why: str) -> None:
    found = target(text, "%")
    assert isinstance(found, NotComparable)
    assert why in found.reason.en


@pytest.mark.parametrize(
    ("wanted", "unit", "measured", "is_reached"),
    [
        ("≥ 70", "%", "70", True),
        ("≥ 70", "%", "69,9", False),
        ("> 70", "%", "70", False),
        ("≤ 5", "%", "5", True),
        ("≤ 5", "%", "5,1", False),
        ("< 5", "%", "5", False),
        ("= 4", "", "4", True),
        ("= 4", "", "5", False),
        ("05", "Sản phẩm", "6", True),
        ("100", "%", "99,99", False),
        ("Đạt 2% GRDP", "% GRDP", "2,1", True),
        ("tăng 10%", "%", "tăng 12%", True),
        ("tăng 10%", "%", "giảm 1%", False),
        ("tăng 10%", "%", "12%", None),
        ("giảm 5%", "%", "giảm 6%", True),
        ("giảm 5%", "%", "giảm 4%", False),
        ("Có", "-", "Có", True),
        ("Có", "-", "Chưa", False),
        ("Không", "-", "Không", True),
        ("Có", "-", "5", None),
        ("≥ 70", "%", "Có", None),
    ],
)
def test_values_are_held_against_targets_of_their_kind(
    wanted: str, unit: str, measured: str, is_reached: bool | None
) -> None:
    found = target(wanted, unit)
    assert isinstance(found, Target)
    assert found.is_reached(value(measured, unit)) is is_reached


def test_a_value_of_nothing_is_compared_with_nothing() -> None:
    assert Target("≥ 70", "≥", Decimal(70)).is_reached(Value("?")) is None


@pytest.fixture(scope="module")
def real() -> Rulebook:
    loaded = load_rules(read_rules([str(PROGRAMMES)], PROGRAMMES.parent))
    assert loaded.rulebook is not None
    return loaded.rulebook


def test_every_target_of_the_real_programmes_can_be_compared(real: Rulebook) -> None:
    found = [
        (programme.id, indicator.id, year, target(text, indicator.unit))
        for programme in real.programmes.values()
        for indicator in programme.indicators
        for year, text in indicator.targets.items()
    ]
    assert len({(programme, indicator) for programme, indicator, *_ in found}) == 55
    assert [one for one in found if not isinstance(one[3], Target)] == []


def test_a_unit_left_blank_is_that_of_the_targets(real: Rulebook) -> None:
    units = {one.id: unit_of(one) for one in real.programmes["lam-dong-nq57"].indicators}
    assert (units["II.2"], units["V.15"], units["IV.3"], units["I.3"]) == ("% GRDP", "%GRDP", "", "")


@pytest.mark.parametrize(
    ("unit", "texts", "told"),
    [
        ("%", ("≥ 80", "≥ 90%", "100 %"), ["≥ 80%", "≥ 90%", "≥ 100%"]),
        ("", ("≥ 80%", "90"), ["≥ 80%", "≥ 90%"]),
        ("Đơn", ("10", "khoảng 10 đến 20"), ["≥ 10 đơn", "khoảng 10 đến 20"]),
        ("-", ("Có",), ["Có"]),
    ],
)
def test_targets_are_told_with_what_they_count_wherever_they_are_asked_for(
    unit: str, texts: tuple[str, ...], told: list[str]
) -> None:
    one = Indicator("I.1", "Chỉ tiêu", "", unit, dict(enumerate(texts, 2026)), ("a",))
    assert [text for _, text in said_targets(one)] == told
    asked = duty(one)
    assert asked is not None
    assert all(text in str(asked.product) for text in told)
    assert said_targets(one, since=2027) == said_targets(one)[1:]


@pytest.mark.parametrize(
    ("text", "unit", "said"),
    [("72,5 %", "%", "72,5%"), ("72,5", "%", "72,5%"), ("1.200", "Người", "1.200 người"), ("tăng 10%", "%", "tăng 10%"),
     ("Có", "-", "Có"), ("2%", "%GRDP", "2% GRDP"), ("-5", "%", "-5%")],
)  # fmt: skip
def test_a_value_is_told_with_what_it_counts_once(text: str, unit: str, said: str) -> None:
    assert value(text, unit).said == said
