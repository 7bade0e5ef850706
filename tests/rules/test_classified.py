"""Markings of classified matter: what is one, what only sounds like one, and that no file with one loads."""

import unicodedata
from pathlib import Path

import pytest

from rules.classified import markings
from rules.load import load
from tests.both_languages import both_languages as both_languages

PLANS = Path(__file__).parents[2] / "programmes"

MARKED = [
    ("note: Mật", "Mật", 7),
    ('note: "mật"', "mật", 8),
    ("- {id: A.1, note: Mật, lead: a}", "Mật", 19),
    ("# TỐI MẬT", "TỐI MẬT", 3),
    ("MẬT", "MẬT", 1),
    ("title: Kế hoạch phòng thủ [MẬT]", "MẬT", 28),
    ("title: Phương án (tuyệt mật)", "tuyệt mật", 19),
    ("title: Kế hoạch tác chiến Tuyệt mật", "Tuyệt mật", 27),
    ("title: Tối mật - Kế hoạch", "Tối mật", 8),
    ("title: Kế hoạch – Mật", "Mật", 19),
    ("note: tài liệu tối mật", "tài liệu tối mật", 7),
    ("Độ mật: Tối mật", "Độ mật: Tối mật", 1),
    ('note: "Độ mật: Tối mật"', "Độ mật: Tối mật", 8),
    ("note: Độ mật Tối mật", "Độ mật Tối mật", 7),
    ("note: theo độ mật là tuyệt mật", "độ mật là tuyệt mật", 12),
    ("Độ mật: C", "Độ mật: C", 1),
    ("note: đóng dấu Mật", "đóng dấu Mật", 7),
    ("number: 05-KH/TU (M)", "05-KH/TU (M)", 9),
    ("number: 12/QĐ-BCĐ-MẬT", "12/QĐ-BCĐ-MẬT", 9),
    ("basis: Kế hoạch số 3/KH-UBND (Mật)", "3/KH-UBND (Mật)", 20),
    ("basis: Tài liệu mật số 15", "Tài liệu mật số 15", 8),
    ("basis: văn bản mật số 15-CV/TU", "văn bản mật số 15-CV/TU", 8),
    ("basis: theo Công văn Tối mật số: 15-CV/TU ngày 2/3/2026", "Công văn Tối mật số: 15-CV/TU", 13),
    ("basis: theo Kế hoạch mật 15-KH/TU ngày 2/3/2026", "Kế hoạch mật 15-KH/TU", 13),
    ("15/BC-UBND/M", "15/BC-UBND/M", 1),
    ("Chỉ người có tên mới được bóc bì", "Chỉ người có tên mới được bóc bì", 1),
]  # fmt: skip

NOT_MARKED = [
    "title: Bảo mật hệ thống thông tin",
    "BẢO VỆ BÍ MẬT NHÀ NƯỚC",
    "note: bí mật nhà nước",
    "title: Mật ong rừng",
    "title: Mật độ thuê bao",
    "MẬT KHẨU, MẬT MÃ",
    "a: [Mật khẩu]",
    "Mạng mật liên thông các cơ quan",
    # Of degrees plans speak in earnest: nothing is marked by that.
    "gửi nhận văn bản và xử lý hồ sơ cấp độ mật, tối mật qua mạng diện rộng",
    "Tăng gửi nhận, xử lý hồ sơ Mật, Tối Mật qua mạng diện rộng của cơ quan Đảng",
    "Gửi nhận, xử lý văn bản mật, tối mật qua mạng diện rộng của các cơ quan Đảng",
    "Xử lý hồ sơ cấp độ mật tối mật qua mạng diện rộng",
    "note: Hồ sơ mật xử lý trên mạng phù hợp",
    "Chuyển hồ sơ mật số hóa qua mạng riêng",
    "Kế hoạch bảo mật số 15/KH-UBND",
    "Quy chế bảo vệ tài liệu mật 2026",
    "number: 07-QĐ/BCĐ",
    "number: 5039/KH-UBND",
    "60/KH-M&E",
]


@pytest.mark.parametrize(("line", "text", "column"), MARKED)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_marking_is_found_with_its_place(line: str, text: str, column: int, form: str) -> None:
    written = unicodedata.normalize(form, line)  # type: ignore[arg-type]
    [found] = markings("f", f"x: 1\n{written}\n")
    assert (found.text, found.source.line) == (text, 2)
    assert unicodedata.normalize("NFC", written[: found.source.column - 1]) == line[: column - 1]


@pytest.mark.parametrize("line", NOT_MARKED)
def test_what_sounds_like_one_is_none(line: str) -> None:
    assert list(markings("f", line)) == []


def test_a_file_with_a_marking_does_not_load_even_where_it_is_in_a_comment() -> None:
    calendar = b"# T\xe1\xbb\x90I M\xe1\xba\xacT\ncalendar: lich\n"
    loaded = load({"f": calendar})
    assert loaded.rulebook is None
    [problem] = loaded.problems
    assert str(problem).startswith("f:1:3: D701: 'TỐI MẬT' marks classified matter, which must not enter this system")


def test_a_reason_says_that_a_word_is_no_marking_and_without_one_it_stays_one() -> None:
    calendar = "calendar: lich\nholidays:\n  # lint: D701{}\n  - {{date: 2026-06-15, name: Mật, source: 9/TB-BNV}}\n"
    assert load({"f": calendar.format(" vì Mật là tên một lễ hội").encode()}).problems == ()
    assert len(load({"f": calendar.format("").encode()}).problems) == 1


def test_the_example_programmes_bear_none() -> None:
    for path in PLANS.glob("*.yaml"):
        assert list(markings(path.name, path.read_text(encoding="utf-8"))) == []
