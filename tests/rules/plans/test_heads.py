"""Heads: one who heads no agency in the lead is asked about, and only where all is certain."""

import pytest

from rules.directory import Directory, Group, OrgUnit
from rules.plans.draft import DraftTask
from rules.plans.reading import read_plan
from rules.plans.sources.text import text_pages
from tests.rules.plans.tabled import tabs

HEAD = "TT ¦ Nhiệm vụ ¦ Cơ quan chủ trì ¦ Người đứng đầu ¦ Cơ quan phối hợp ¦ Thời hạn\n"
UNITS = {
    id: OrgUnit(id, name)
    for id, name in (("so-tai-chinh", "Sở Tài chính"), ("so-noi-vu", "Sở Nội vụ"), ("so-y-te", "Sở Y tế"))
}
GROUPS = {"hai-so": Group("hai-so", "Các sở", ("so-tai-chinh", "so-noi-vu"))}
DIRECTORY = Directory("tinh", None, None, units=UNITS, groups=GROUPS)


def only(lead: str, head: str) -> DraftTask:
    text = tabs(f"{HEAD}1 ¦ Rà soát ¦ {lead} ¦ {head} ¦ Sở Y tế ¦ Quý II")
    (task,) = read_plan(text_pages(text.encode()), directory=DIRECTORY, year=2026).tasks
    return task


@pytest.mark.parametrize(
    ("lead", "head", "asked"),
    [
        ("Sở Tài chính", "Giám đốc Sở Tài chính", 0),
        ("Sở Tài chính", "Giám đốc Sở Nội vụ", 1),
        ("Sở Tài chính; Sở Nội vụ", "Giám đốc Sở Nội vụ", 0),
        ("Sở Tài chính; Sở Nội vụ", "Giám đốc Sở Y tế", 1),
        # The head of one member of a group heads one of the agencies in the lead.
        ("Các sở", "Giám đốc Sở Nội vụ", 0),
        ("Các sở", "Giám đốc Sở Y tế", 1),
        # Nothing is certain here: nobody in the lead, an agency that is not in the directory, a head without an agency.
        ("", "Giám đốc Sở Nội vụ", 0),
        ("Sở Không rõ", "Giám đốc Sở Nội vụ", 0),
        ("Sở Tài chính", "Đồng chí Nguyễn Văn A", 0),
    ],
)
def test_a_head_who_heads_no_agency_in_the_lead_is_asked_about(lead: str, head: str, asked: int) -> None:
    said = [doubt.said.en for doubt in only(lead, head).doubts if doubt.field == "head"]
    assert said == [f"«{head}» does not head any agency in the lead («{lead}»)."] * asked
