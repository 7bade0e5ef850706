"""Cells of a plan against an invented directory: whom they name, and what is asked rather than guessed."""

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.directory import Directory, Group, OrgUnit, Post
from rules.plans.agencies import Resolver, resolve
from rules.plans.agencies.words import composed, tokens
from rules.plans.draft import Agency

UNITS = {
    "so-y-te": ("Sở Y tế", "Giám đốc Sở Y tế"),
    "so-noi-vu": ("Sở Nội vụ", "Giám đốc Sở Nội vụ"),
    "so-khcn": ("Sở Khoa học và Công nghệ", "Giám đốc Sở Khoa học và Công nghệ"),
    "so-vhttdl": ("Sở Văn hóa, Thể thao và Du lịch", "Giám đốc Sở Văn hóa, Thể thao và Du lịch"),
    "dai-ptth": ("Đài Phát thanh và Truyền hình tỉnh", "Giám đốc Đài"),
    "cong-an": ("Công an tỉnh", "Giám đốc Công an tỉnh"),
    "van-phong-ubnd": ("Văn phòng Ủy ban nhân dân tỉnh", "Chánh Văn phòng"),
    "van-phong-tinh-uy": ("Văn phòng Tỉnh ủy", "Chánh Văn phòng"),
    "tinh-doan": ("Tỉnh Đoàn", "Bí thư Tỉnh Đoàn"),
    "to-giup-viec": ("Tổ Giúp việc", "Tổ trưởng"),
    "ubnd-binh-an": ("UBND phường Bình An", "Chủ tịch UBND phường Bình An"),
    "ubnd-tan-phu": ("UBND xã Tân Phú", "Chủ tịch UBND xã Tân Phú"),
}
GROUPS = (
    Group("cac-so-nganh", "Các sở, ban, ngành", ("so-y-te", "so-noi-vu", "so-khcn", "so-vhttdl", "cong-an")),
    Group("ubnd-cap-xa", "UBND cấp xã", ("ubnd-binh-an", "ubnd-tan-phu")),
    Group("don-vi-lien-quan", "Các cơ quan, đơn vị liên quan", (), open=True),
    Group("to-cong-tac-1", "Tổ công tác", ("so-y-te",)),
    Group("to-cong-tac-2", "Các tổ công tác", ("so-noi-vu",)),
)
DIRECTORY = Directory(
    "song-hoa",
    Post("Chủ tịch UBND tỉnh", "chu-tich@songhoa.example"),
    None,
    {id: OrgUnit(id, name, head=Post(title, f"{id}@songhoa.example")) for id, (name, title) in UNITS.items()},
    {group.id: group for group in GROUPS},
)
RESOLVER = Resolver(DIRECTORY)
ROWS = [
    line.split("\t")
    for line in (Path(__file__).parent / "agencies.tsv").read_text("utf-8").splitlines()
    if not line.startswith("#")
]


def shown(agencies: tuple[Agency, ...], role: str) -> str:
    """Return the agencies as the table writes them."""
    return " ".join(_shown(agency) for agency in agencies)


def _shown(agency: Agency) -> str:
    if not agency.sure:
        return "?"
    marks = "*" * agency.each + "~" * agency.open + (f"@{agency.role}" if agency.role else "")
    return "+".join(agency.ids) + marks


@pytest.mark.parametrize("row", ROWS, ids=[row[1] or "empty" for row in ROWS])
def test_a_cell_names_these_agencies(row: list[str]) -> None:
    role, cell, *expected = row
    found = resolve(cell.replace("\\n", "\n"), DIRECTORY, role=role)  # type: ignore[arg-type]
    assert shown(found, role) == (expected[0] if expected else "")
    suggested = {id for agency in found for id in agency.suggestions}
    assert set(expected[1].split() if len(expected) > 1 else ()) == suggested or len(expected) < 2


def test_those_concerned_who_cannot_lead_are_not_suggested_as_lead() -> None:
    (_, concerned) = resolve("Sở Y tế; các cơ quan, đơn vị liên quan", DIRECTORY, role="lead")
    assert (concerned.sure, concerned.suggestions) == (False, ())


def test_a_question_has_no_ids_and_says_why() -> None:
    for role, cell, *_ in ROWS:
        for agency in RESOLVER.resolve(cell, role=role):  # type: ignore[arg-type]
            assert agency.sure == (agency.why is None)
            assert agency.sure or not agency.ids


def test_an_open_collective_is_not_expanded() -> None:
    (agency,) = resolve("Các sở, ban, ngành có liên quan", DIRECTORY, role="coordinate")
    assert (agency.sure, agency.open, agency.ids) == (True, True, ())


def test_a_very_long_cell_is_a_question() -> None:
    assert [agency.sure for agency in resolve("(" * 100_000, DIRECTORY, role="lead")] == [False]


def test_a_question_names_what_it_is_about() -> None:
    (agency,) = resolve("Sở Y tê", DIRECTORY, role="lead")
    assert agency.why is not None
    assert agency.why.en == "“Sở Y tê”: not in the directory"


NAMES = (*(name for name, _ in UNITS.values()), *(group.name for group in GROUPS))
PARTS = ("sở", "Sở", "Y", "tế", "tỉnh", "các", "Công", "an", "và", "UBND", "xã", "phường", "khác", "trừ", "báo cáo")
SIGNS = (
    ";",
    ",",
    " - ",
    "\n",
    "(",
    ")",
    "/",
    ":",
    "1.",
    "Giám đốc",
    "liên quan",
    "phối hợp với",
    "chủ trì",
    "Đ/c",
    "Văn A",
)
WORDS = st.sampled_from((*NAMES, *PARTS, *SIGNS, "Sở KH&CN", "hoà"))
CELLS = st.lists(WORDS, max_size=12).map(" ".join)
ROLES = st.sampled_from(["lead", "head", "coordinate"])
JOINING = "và cùng với chủ trì thực hiện đồng phối hợp chặt chẽ cơ quan đơn vị 1"


def outcome(cell: str, role: str) -> list[tuple[object, ...]]:
    """Return what was made of a cell, without its wording."""
    found = Resolver(DIRECTORY).resolve(cell, role=role)  # type: ignore[arg-type]
    return [(agency.ids, agency.sure, agency.each, agency.open, agency.role, agency.suggestions) for agency in found]


@given(st.text(max_size=200), ROLES)
def test_any_text_is_read(cell: str, role: str) -> None:
    outcome(cell, role)


@given(CELLS, ROLES)
def test_composition_and_blanks_do_not_matter(cell: str, role: str) -> None:
    assert outcome(unicodedata.normalize("NFD", cell).replace(" ", "  "), role) == outcome(cell, role)


@given(CELLS, ROLES, st.booleans())
def test_the_case_of_first_letters_does_not_matter(cell: str, role: str, is_upper: bool) -> None:
    turned = [(word[0].upper() if is_upper else word[0].lower()) + word[1:] if word else "" for word in cell.split(" ")]
    assert outcome(" ".join(turned), role) == outcome(cell, role)


@given(CELLS, ROLES)
def test_every_word_is_in_an_agency_or_joins_agencies(cell: str, role: str) -> None:
    found = RESOLVER.resolve(cell, role=role)  # type: ignore[arg-type]
    left = _words(cell)
    for agency in found:
        for word in _words(agency.text):
            assert word in left
            left.remove(word)
    assert set(left) <= set(_words(JOINING))


def _words(text: str) -> list[str]:
    return [token.text for token in tokens(composed(text)) if token.is_word]


@given(CELLS, ROLES)
def test_a_deputy_or_an_exception_is_never_sure(cell: str, role: str) -> None:
    for agency in RESOLVER.resolve(f"Phó Giám đốc Sở Y tế; {cell}", role=role)[:1]:  # type: ignore[arg-type]
        assert not agency.sure
