"""Waiving: which findings a comment lets stand, and which of these comments are findings themselves."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from rules.lint.finding import Check, Finding, Found
from rules.lint.papers import Papers, lines_of
from rules.lint.subject import Subject
from rules.load.mistake import did_you_mean
from rules.waivers import Waiver
from rules.wording import Wording


class Judged(NamedTuple):
    """The findings that stand, and the waivers that let none through, each with the code it names in vain."""

    standing: list[tuple[Check, Found]]
    idle: list[tuple[Waiver, str]]


def waived(found: Iterable[tuple[Check, Found]], papers: Papers) -> Judged:
    """Return what no waiver covers: one covers what stands in its line and in all that begins there."""
    by_file: dict[str, list[Waiver]] = {}
    for waiver in papers.waivers:
        by_file.setdefault(waiver.source.file, []).append(waiver)
    used: set[tuple[Waiver, str]] = set()
    standing = []
    for check, each in found:
        file = each.source.file
        lines = {each.source.line} | lines_of(each.place) if file in by_file else set()
        covering = [one for one in by_file.get(file, ()) if check.code in one.codes and one.line in lines]
        used |= {(one, check.code) for one in covering}
        if not covering:
            standing.append((check, each))
    idle = [(one, code) for one in papers.waivers for code in one.codes if (one, code) not in used]
    return Judged(standing, idle)


def about_waivers(idle: Iterable[tuple[Waiver, str]], papers: Papers, checks: Mapping[str, Check]) -> Iterator[Finding]:
    """Yield what is wrong with the waivers themselves."""
    for waiver in papers.waivers:
        if not waiver.is_reasoned:
            codes = ", ".join(waiver.codes) or "?"
            yield _finding(
                NO_REASON, waiver, Wording(f"bỏ qua {codes} mà không nói vì sao", f"{codes} is waived without a reason")
            )
        if not waiver.codes:
            yield _finding(UNKNOWN, waiver, Wording("không nêu mã nào sau lint:", "no code is named after lint:"))
    for waiver, code in idle:
        if code not in checks:
            near = did_you_mean(code, checks)
            said = Wording(f"không có mã {code}{near.vi}", f"there is no code {code}{near.en}")
            yield _finding(UNKNOWN, waiver, said)
        elif not checks[code].depends_on_today and not _is_about_marking(waiver, code, papers):
            said = Wording(f"bỏ qua {code} mà ở đó không có gì để bỏ qua", f"{code} is waived where it finds nothing")
            yield _finding(IDLE, waiver, said)


def _is_about_marking(waiver: Waiver, code: str, papers: Papers) -> bool:
    lines = ((waiver.source.file, line) for line in (waiver.line, waiver.source.line))
    return code == "D701" and any(line in papers.marked for line in lines)


def _finding(check: Check, waiver: Waiver, said: Wording) -> Finding:
    return Finding(waiver.source, check.code, check.severity, "", said, check.mend)


def _none(subject: Subject) -> Iterator[Found]:  # noqa: ARG001
    """Find nothing: what is wrong with waivers shows only when everything else has been found."""
    return iter(())


NO_REASON = Check(
    "D801",
    "waiver-without-reason",
    "warning",
    Wording("bỏ qua mà không nói vì sao", "waived without a reason"),
    Wording(
        "Người đọc sau phải hiểu vì sao điều bị nhắc vẫn đúng.",
        "Who reads the file next must learn why it may stay as it is.",
    ),
    Wording(
        "viết lý do sau mã: # lint: D401 vì văn bản ghi đúng ngày ấy",
        "give the reason behind the code: # lint: D401 because the document names that very day",
    ),
    bad="# lint: D401",
    good="# lint: D401 vì văn bản ghi đúng Chủ nhật ấy",
    find=_none,
)
IDLE = Check(
    "D802",
    "waiver-idle",
    "warning",
    Wording("bỏ qua điều không có", "a waiver that lets nothing through"),
    Wording("Lời bỏ qua còn sót sẽ che lỗi thật về sau.", "A waiver left behind will hide a real fault later."),
    Wording(
        "bỏ lời bỏ qua, hoặc đặt nó ngay trên dòng được nhắc",
        "remove the waiver, or put it on the line right above the finding",
    ),
    bad="# lint: D401 vì văn bản ghi đúng ngày ấy\n    deadline: 2026-03-16  # thứ Hai",
    good="# lint: D401 vì văn bản ghi đúng ngày ấy\n    deadline: 2026-03-15  # Chủ nhật",
    find=_none,
)
UNKNOWN = Check(
    "D803",
    "waiver-unknown-code",
    "warning",
    Wording("bỏ qua một mã không có", "a waiver of no known code"),
    Wording("Gõ nhầm mã thì không bỏ qua được gì.", "A code misspelt waives nothing."),
    Wording("xem các mã: dondoc check --explain all", "the codes: dondoc check --explain all"),
    bad="# lint: D4O1 vì văn bản ghi đúng ngày ấy",
    good="# lint: D401 vì văn bản ghi đúng ngày ấy",
    find=_none,
)
CHECKS = (NO_REASON, IDLE, UNKNOWN)
