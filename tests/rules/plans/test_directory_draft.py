"""A directory drafted from a plan: it loads, names whom the plan names, and marks what is to be filled in."""

from hypothesis import given
from hypothesis import strategies as st

from rules.directory import Directory
from rules.load import load
from rules.plans.agencies import Resolver
from rules.plans.directory_draft import draft_directory
from rules.plans.draft import DraftTask


def task(lead: str, coordinate: str = "", head: str = "") -> DraftTask:
    """Return a task with these cells."""
    return DraftTask("1", "", "Việc", lead=lead, head=head, coordinate=coordinate)


def loaded(text: str, id: str = "song-hoa") -> Directory:
    """Return the directory that this text holds; it must have no problems."""
    found = load({"directory.yaml": text.encode()})
    assert found.problems == ()
    assert found.rulebook is not None
    return found.rulebook.directories[id]


def drafted(*tasks: DraftTask) -> Directory:
    """Return the directory drafted from these tasks."""
    return loaded(draft_directory(tasks, id="song-hoa"))


def test_agencies_every_province_has_keep_their_ids() -> None:
    directory = drafted(task("Sở KH&CN; Công an Tỉnh", "Văn phòng Tỉnh uỷ"))
    assert list(directory.units) == ["so-khcn", "cong-an", "van-phong-tinh-uy"]
    assert directory.units["so-khcn"].aliases == ("Sở KH&CN",)


def test_an_agency_of_its_own_gets_an_id_and_a_question() -> None:
    text = draft_directory([task("Trung tâm Xúc tiến Đầu tư, Thương mại và Du lịch tỉnh; Sở Y tế")], id="song-hoa")
    units = loaded(text).units
    assert list(units) == ["so-y-te", "trung-tam-xuc-tien-dau-tu-thuong-mai-va-du-lich"]
    assert text.count("# CHECK: tên như trong văn bản") == 1


def test_the_title_seen_is_that_of_the_head() -> None:
    unit = drafted(task("Trường Cao đẳng Sông Hoa", head="Hiệu trưởng Trường Cao đẳng Sông Hoa")).units
    head = unit["truong-cao-dang-song-hoa"].head
    assert head is not None
    assert head.title == "Hiệu trưởng Trường Cao đẳng Sông Hoa"


def test_every_address_is_a_placeholder_to_be_checked() -> None:
    text = draft_directory([task("Sở Y tế; Hội Nông dân tỉnh; UBND cấp xã")], id="song-hoa")
    lines = text.splitlines()
    addressed = [number for number, line in enumerate(lines) if "email:" in line]
    assert len(addressed) == 4
    assert all("@song-hoa.example" in lines[number] for number in addressed)
    assert all("# CHECK" in " ".join(lines[number - 2 : number + 1]) for number in addressed)


def test_a_collective_that_leads_has_somebody_stand_in_for_unknown_members() -> None:
    directory = drafted(task("Các trường đại học; Các sở, ban, ngành; UBND cấp xã", "Sở Y tế"))
    assert directory.groups["cac-truong-dai-hoc"].members == ("cac-truong-dai-hoc-1",)
    assert directory.groups["cac-so-nganh"].members == ("so-y-te",)
    assert directory.groups["ubnd-cap-xa"].members == ("ubnd-cap-xa-1",)


def test_a_collective_that_only_coordinates_is_open() -> None:
    groups = drafted(task("Sở Y tế", "các doanh nghiệp viễn thông; các hội, chuyên gia liên quan")).groups
    assert groups["cac-doanh-nghiep-vien-thong"].open


def test_a_slip_or_a_former_agency_is_asked_about_and_gets_no_unit() -> None:
    text = draft_directory(
        [task("Sở Y tê; Sở Y tế; Sở Thông tin và Truyền thông; Sở Khoa học và Công nghệ")], id="song-hoa"
    )
    assert list(loaded(text).units) == ["so-khcn", "so-y-te"]
    assert "# CHECK: chưa rõ “Sở Y tê”; có phải so-y-te?" in text
    assert "# CHECK: chưa rõ “Sở Thông tin và Truyền thông”; có phải so-khcn?" in text


def test_a_person_is_no_unit() -> None:
    text = draft_directory([task("Đồng chí Nguyễn Văn A, Giám đốc Sở Y tế")], id="song-hoa")
    assert list(loaded(text).units) == ["so-y-te"]
    assert "chưa rõ “Đồng chí Nguyễn Văn A”" in text


def test_without_agencies_there_is_an_empty_directory() -> None:
    assert dict(drafted().units) == {}


def test_the_plan_it_was_drafted_from_resolves_against_it() -> None:
    tasks = [
        task("Sở KH&CN, Hội Nông dân tỉnh", "Các sở, ban, ngành, địa phương", "Chủ tịch Hội Nông dân tỉnh"),
        task("Các trường đại học, cao đẳng; UBND các xã, phường", "các đơn vị có liên quan"),
    ]
    resolver = Resolver(drafted(*tasks))
    cells = [cell for each in tasks for cell in (each.lead, each.head) if cell]
    assert all(agency.sure and agency.ids for cell in cells for agency in resolver.resolve(cell, role="lead"))


PARTS = st.sampled_from(
    [
        "Sở Y tế",
        "Hội Nông dân",
        "các hội",
        "Giám đốc",
        "Phó",
        ",",
        ";",
        "(",
        ")",
        "liên quan",
        "Ban",
        "và",
        ": #",
        '"',
        "- x",
    ]
)
CELLS = st.one_of(st.text(max_size=60), st.lists(PARTS, max_size=8).map(" ".join))


@given(st.lists(st.builds(task, CELLS, CELLS, CELLS), max_size=4))
def test_whatever_the_cells_hold_the_draft_loads(tasks: list[DraftTask]) -> None:
    drafted(*tasks)
