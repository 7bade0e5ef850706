"""Value: a measured value as it is written in Vietnamese (`1.234,5`, `82,5 %`, `14,5% GRDP`, `tăng 10%`, `Có`), read
for what it says."""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

from rules.wording import Wording

LONGEST_VALUE = 80

_NUMBER = re.compile(r"[-+−]?[0-9][0-9.,]*")
_GROUPED = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+(?:,[0-9]+)?")
_PLAIN = re.compile(r"[0-9]+(?:,[0-9]+)?")
_MOST_DIGITS = 18
_GROWTH = {"tăng": 1, "tăng thêm": 1, "tăng trưởng": 1, "giảm": -1, "giảm đi": -1}
_YES = frozenset({"có", "đã có", "đạt", "hoàn thành", "đã hoàn thành", "yes", "x"})
_NO = frozenset({"không", "chưa", "chưa có", "chưa đạt", "không đạt", "chưa hoàn thành", "no"})
_WITHOUT_UNIT = frozenset({"", "-", "–", "—"})
PERCENT = "%"


class NotAValue(ValueError):
    """A text that is no value; `reason` says what is accepted."""

    def __init__(self, vi: str, en: str) -> None:
        super().__init__(en)
        self.reason = Wording(vi, en)


@dataclass(frozen=True, slots=True)
class Value:
    """What a text says: a number in `measure` (folded: `%`, `% grdp`, `người`), or yes or no.

    `is_growth`: the number is by how much something has grown (`tăng 10%`), a fall being below zero.
    """

    written: str
    number: Decimal | None = None
    is_yes: bool | None = None
    measure: str = ""
    is_growth: bool = False

    @property
    def is_number(self) -> bool:
        """Say whether it is a number, not yes or no."""
        return self.number is not None

    @property
    def said(self) -> str:
        """Return it with what it counts, as it was understood: `72,5%`, `tăng 10%`; yes and no as written."""
        if self.number is None:
            return self.written
        growth = ("tăng " if self.number >= 0 else "giảm ") if self.is_growth else ""
        return growth + said_amount(abs(self.number) if self.is_growth else self.number, self.measure)


def value(text: str, unit: str = "") -> Value:
    """Return what a text says of an indicator measured in `unit`; NotAValue where it says nothing that can be told.

    A comma begins the decimals, dots part thousands. What is measured may stand behind the number; without it `unit`
    is meant.
    """
    written = " ".join(unicodedata.normalize("NFC", text).split())
    if not written or len(written) > LONGEST_VALUE:
        raise _not_a_value(written)
    said = written.casefold().rstrip(".;")
    if said in _YES or said in _NO:
        return Value(written, is_yes=said in _YES)
    found = list(_NUMBER.finditer(said))
    if len(found) != 1:
        raise _not_a_value(written)
    before, after = said[: found[0].start()].strip(), said[found[0].end() :]
    sign = _GROWTH.get(before, 0)
    if before and not sign:
        raise _not_a_value(written)
    number, own = parsed_number(found[0][0]), measured_in(after)
    if sign and number < 0:
        raise _not_a_value(written)
    return Value(written, number * sign if sign else number, None, _measure(own, unit, written), bool(sign))


def parsed_number(text: str) -> Decimal:
    """Return the number that a text writes with a decimal comma and thousand dots; NotAValue where it is none."""
    digits = text.lstrip("-+−").rstrip(".,")
    if not (_GROUPED.fullmatch(digits) or _PLAIN.fullmatch(digits)) or len(digits) > _MOST_DIGITS:
        near = digits.replace(",", "").replace(".", ",") if digits.count(".") == 1 else ""
        hint_vi, hint_en = (f"; có phải “{near}”?", f"; did you mean {near!r}?") if near else ("", "")
        raise NotAValue(
            f"“{text}” không phải một số: dấu phẩy trước phần thập phân, dấu chấm giữa hàng nghìn (1.234,5){hint_vi}",
            f"{text!r} is no number: a comma before the decimals, dots between thousands (1.234,5){hint_en}",
        )
    number = Decimal(digits.replace(".", "").replace(",", "."))
    return -number if text[0] in "-−" else number


def said_number(number: Decimal, *, places: int | None = None) -> str:
    """Return a number as it is written in Vietnamese, without needless zeros; `places`: rounded to so many decimals."""
    rounded = number if places is None else round(number, places)
    text = f"{rounded:,f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text.translate(str.maketrans(",.", ".,"))


def measured_in(text: str) -> str:
    """Return a unit of measure folded so that `%GRDP` and `% GRDP` are one, '' for none (`-`)."""
    folded = " ".join(unicodedata.normalize("NFC", text).casefold().split())
    if folded in _WITHOUT_UNIT:
        return ""
    folded = re.sub(r"\b(?:phần trăm|phan tram)\b", PERCENT, folded)
    return re.sub(r"%\s*", "% ", folded).strip()


def shown(measure: str) -> str:
    """Return a folded unit of measure as it is written: `% GRDP`."""
    return measure.replace("grdp", "GRDP")


def said_amount(number: Decimal, measure: str, *, places: int | None = None) -> str:
    """Return a number with what it counts: `70%`, `12 người`."""
    between = "" if measure.startswith(PERCENT) else " "
    return f"{said_number(number, places=places)}{between}{shown(measure)}".strip()


def _measure(own: str, unit: str, written: str) -> str:
    """Return what the number counts; NotAValue where it names another measure than the indicator's."""
    expected = measured_in(unit)
    # `%` of an indicator in `% GRDP` is short for it; of one that counts people it is something else.
    if own in ("", expected) or (own == PERCENT and expected.startswith(PERCENT)):
        return expected
    if not expected:
        return own
    raise NotAValue(
        f"“{written}” không theo đơn vị tính của chỉ tiêu ({unit})",
        f"{written!r} is not in the indicator's unit, {unit}",
    )


def _not_a_value(written: str) -> NotAValue:
    return NotAValue(
        f"“{written[:LONGEST_VALUE]}” không phải một giá trị: ghi một số (82,5 hoặc 1.200), tăng/giảm một số, "
        "hoặc Có/Không",
        f"{written[:LONGEST_VALUE]!r} is no value: write one number (82,5 or 1.200), "
        "tăng or giảm and a number, or Có/Không",
    )
