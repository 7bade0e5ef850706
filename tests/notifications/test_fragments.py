"""Fragments: a letter reads the same whether its lines are put into words anew, in the sandbox, or remembered."""

from dataclasses import replace
from datetime import date, datetime
from html import escape
from pathlib import Path
from typing import get_args

import pytest
from markupsafe import Markup

from notifications.fragments import Fragments
from notifications.letters import Letter, Letters
from notifications.samples import line, samples
from notifications.view import LineView, line_view
from rules.digest import Digest, Earlier, Next
from rules.wording import Language, Wording

SAMPLES = dict(samples())
AS_OF = datetime(2026, 4, 3, 7)


def written(letters: Letters, digest: Digest) -> Letter:
    return letters.write(digest, contact="Văn phòng <tt@tinh.example>", as_of=AS_OF)


@pytest.mark.parametrize("language", get_args(Language))
def test_our_templates_say_the_same_in_the_sandbox_and_out_of_it(language: Language, tmp_path: Path) -> None:
    ours, sandboxed = Letters(language, None), Letters(language, tmp_path)
    assert "_Sandbox" in type(sandboxed.environment).__name__
    for name, digest in SAMPLES.items():
        # The same lines again, of other units, the last one first.
        lines = tuple(replace(each, unit_names=("Sở <Y tế> & 'khác'",)) for each in reversed(digest.lines))
        for each in (digest, replace(digest, lines=lines), digest):
            assert written(ours, each) == written(sandboxed, each), name


def test_what_a_template_asks_for_in_vain_is_an_error_out_of_the_sandbox_too() -> None:
    template = Letters("vi", None).environment.from_string("{{ view.figure }}")
    with pytest.raises(AttributeError, match="figure"):
        template.render(view=SAMPLES["reminder"])
    with pytest.raises(Exception, match="'nobody' is undefined"):
        Letters("vi", None).environment.from_string("{{ nobody.there }}").render()


def view(number: int, agency: str, **changes: object) -> LineView:
    told = replace(line(), unit_names=(agency,) if agency else (), **changes)  # type: ignore[arg-type]
    return line_view(told, "vi", number=number, reader="")


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("title", "Khác", "title"),
        ("part", "kỳ 2", "title"),
        ("days_late", 9, "status"),
        ("change", "done", "tone"),
        ("unit_names", ("Sở Y tế",), "agency"),
        ("clause", "B.1", "citation"),
        ("due", date(2030, 1, 2), "deadline"),
        ("grace_until", date(2030, 1, 2), "around"),
        ("stated", "Quý II", "stated"),
        ("product", None, "product"),
        ("why", Wording("thế này", "so"), "why"),
        ("missed_before", 7, "missed"),
        ("amended", (Earlier(None, "1/QĐ"),), "earlier"),
        ("next", (Next("chair", date(2030, 1, 2), None, "Chủ tịch", goes_up=True),), "ahead"),
        ("provisional", True, "provisional"),
        ("source", "x.yaml:1", "source"),
    ],
)
def test_what_differs_in_a_line_differs_in_its_words(field: str, value: object, said: str) -> None:
    before, other = line(), replace(line(), **{field: value})  # type: ignore[arg-type]
    assert getattr(line_view(other, "vi", number=1, reader=""), said) != getattr(
        line_view(before, "vi", number=1, reader=""), said
    )
    assert line_view(other, "vi", number=2, reader="")[:2] == (other, 2)
    assert line_view(other, "vi", number=1, reader="") != line_view(other, "en", number=1, reader="")


def test_a_line_is_put_into_words_once_for_all_units() -> None:
    made: list[LineView] = []

    def macro(line: LineView) -> str:
        made.append(line)
        return f"{line.number}. {line.title}{': ' + line.agency if line.agency else ''}"

    fragments = Fragments(escape)
    told = [fragments.told(macro, view(1, "Sở Y tế")), fragments.told(macro, view(12, "Sở <Nội vụ>"))]
    assert told == [
        "1. Chuẩn bị họp Quý I của Ban Chỉ đạo: Sở Y tế",
        "12. Chuẩn bị họp Quý I của Ban Chỉ đạo: Sở <Nội vụ>",
    ]
    assert len(made) == 1
    assert fragments.told(macro, view(3, "")) == "3. Chuẩn bị họp Quý I của Ban Chỉ đạo"
    assert fragments.told(macro, view(1, "Sở Y tế", title="Khác")) == "1. Khác: Sở Y tế"
    assert len(made) == 3


def test_the_name_of_a_unit_stays_text_in_html() -> None:
    fragments = Fragments(escape)
    found = fragments.told(lambda line: Markup("<b>{}</b>").format(line.agency), view(1, "Sở <Y tế>"))
    assert (found, type(found)) == ("<b>Sở &lt;Y tế&gt;</b>", Markup)


def test_characters_that_mean_nothing_are_never_taken_for_a_number() -> None:
    odd = view(7, "Sở \x01 Y tế", why=Wording("\x01\x02", ""))
    assert (
        Fragments(escape).told(lambda line: f"{line.number} {line.why} {line.agency}", odd)
        == f"7 \x01\x02 {odd.agency}"
    )
