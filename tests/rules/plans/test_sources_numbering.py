"""The numbers that Word shows and does not write."""

from rules.plans.blocks import Paragraph
from rules.plans.sources.opening import pages
from tests.rules.plans.builders.word import WORD, docx, level, listed, lists, paragraph

STYLE = '<w:style w:styleId="{}"><w:basedOn w:val="{}"/><w:pPr>{}</w:pPr></w:style>'


def shown(numbering: str, *paragraphs: str, styles: str = "") -> list[str]:
    parts = {"numbering": numbering} | ({"styles": f'<w:styles xmlns:w="{WORD}">{styles}</w:styles>'} if styles else {})
    return [block.text for block in pages(docx(*paragraphs, **parts)).blocks if isinstance(block, Paragraph)]


def at(*levels: int, list_id: int = 1) -> list[str]:
    return [listed("x", list_id=list_id, level=level) for level in levels]


def test_an_empty_numbered_paragraph_shows_its_number() -> None:
    assert shown(lists([[level(0)]], [(1, 0, "")]), *[listed("")] * 3) == ["1", "2", "3"]


def test_formats_are_those_of_offices() -> None:
    forms = ["decimal", "upperRoman", "lowerRoman", "upperLetter", "lowerLetter", "decimalZero", "bullet", "none"]
    for form, expected in zip(forms, ["4.", "IV.", "iv.", "D.", "d.", "04.", "%1.", "."], strict=True):
        made = lists([[level(0, form=form, shows="%1.", start=4)]], [(1, 0, "")])
        assert shown(made, listed("")) == [expected], form


def test_a_bullet_of_a_symbol_font_is_a_dash() -> None:
    assert shown(lists([[level(0, form="bullet", shows="\uf0b7")]], [(1, 0, "")]), listed("việc")) == ["- việc"]


def test_deeper_levels_start_anew_and_name_those_above() -> None:
    made = lists([[level(0, form="upperRoman", shows="%1."), level(1, shows="%1.%2")]], [(1, 0, "")])
    assert shown(made, *at(0, 1, 1, 0, 1)) == ["I. x", "I.1 x", "I.2 x", "II. x", "II.1 x"]


def test_a_level_may_show_the_others_as_digits() -> None:
    made = lists([[level(0, form="upperRoman"), level(1, shows="%1.%2", extra="<w:isLgl/>")]], [(1, 0, "")])
    assert shown(made, *at(0, 0, 1)) == ["I x", "II x", "2.1 x"]


def test_a_level_may_count_on_through_the_whole_list() -> None:
    made = lists([[level(0, form="upperRoman"), level(1, extra='<w:lvlRestart w:val="0"/>')]], [(1, 0, "")])
    assert shown(made, *at(0, 1, 1, 0, 1)) == ["I x", "1 x", "2 x", "II x", "3 x"]


def test_lists_of_one_model_count_on_unless_one_starts_anew() -> None:
    anew = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    made = lists([[level(0)]], [(1, 0, ""), (2, 0, ""), (3, 0, anew)])
    order = [1, 1, 2, 3, 3]
    assert shown(made, *(listed("x", list_id=n) for n in order)) == ["1 x", "2 x", "3 x", "1 x", "2 x"]


def test_a_list_may_show_a_level_its_own_way() -> None:
    own = f'<w:lvlOverride w:ilvl="0">{level(0, form="upperLetter")}</w:lvlOverride>'
    assert shown(lists([[level(0)]], [(1, 0, own)]), *at(0, 0)) == ["A x", "B x"]


def test_a_style_numbers_its_paragraphs_and_a_paragraph_may_say_no() -> None:
    styles = STYLE.format("Muc", "", '<w:numPr><w:numId w:val="1"/></w:numPr>') + STYLE.format("Con", "Muc", "")
    styled = '<w:pStyle w:val="Con"/>'
    off = styled + '<w:numPr><w:numId w:val="0"/></w:numPr>'
    made = lists([[level(0)]], [(1, 0, "")])
    assert shown(made, paragraph("a", styled), paragraph("b", off), paragraph("c", styled), styles=styles) == [
        "1 a",
        "b",
        "2 c",
    ]


def test_the_number_of_a_deleted_paragraph_goes_to_the_next() -> None:
    gone = paragraph("", '<w:numPr><w:numId w:val="1"/></w:numPr><w:rPr><w:del w:id="1"/></w:rPr>')
    assert shown(lists([[level(0)]], [(1, 0, "")]), listed("a"), gone, listed("b")) == ["1 a", "2 b"]


def test_numbers_without_end_are_kept_short() -> None:
    for form in ("upperRoman", "upperLetter"):
        made = lists([[level(0, form=form, start=999_999_999)]], [(1, 0, "")])
        assert len(shown(made, listed(""))[0]) < 20


def test_a_list_that_is_not_there_numbers_nothing() -> None:
    assert shown(lists([], [(1, 7, "")]), *at(0)) == ["x"]
    assert shown(lists([[level(0)]], [(1, 0, "")]), *at(3)) == ["x"]
