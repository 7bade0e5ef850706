"""Heard: what a unit said of its task last, in the words that a letter repeats to those who read it."""

from datetime import date

from rules.backdated import backdated_words
from rules.days import day_en, day_vi
from rules.wording import Wording


def progress_words(percent: int | None, note: str | None, on: date) -> Wording:
    """Return how far a unit says it is: `Đơn vị đã báo: 40%, đã rà soát 120/300 (23/3/2026)`."""
    found = ", ".join(part for part in ("" if percent is None else f"{percent}%", note or "") if part)
    return _dated("Đơn vị đã báo", "The unit said", found, on)


def difficulty_words(note: str | None, on: date) -> Wording:
    """Return what a unit says is difficult."""
    return _dated("Khó khăn", "Difficulty", note or "", on)


def not_ours_words(note: str | None, on: date) -> Wording:
    """Return why a unit says that a task is not its own."""
    return _dated("Cho rằng không thuộc trách nhiệm", "Says that it is not its task", note or "", on)


def report_words(said_on: date, document: str | None, proofs: int, backdated: int) -> Wording:
    """Return what a report of completion says of itself: its day, its document, its proofs, and by how many days it
    was backdated."""
    late = backdated_words(backdated)
    proved = f"{proofs} minh chứng" if proofs else "không có minh chứng"
    proved_en = f"{proofs} proof{'' if proofs == 1 else 's'}" if proofs else "no proof"
    vi = (f"Báo hoàn thành ngày {day_vi(said_on)}", document or "không nêu văn bản", proved, late.vi if late else "")
    en = (f"Reported done on {day_en(said_on)}", document or "no document named", proved_en, late.en if late else "")
    return Wording("; ".join(filter(None, vi)), "; ".join(filter(None, en)))


def reporter_words(who: str) -> Wording:
    """Return who of several units reported it done."""
    return Wording(f"Người báo cáo: {who}", f"Reported by: {who}")


def _dated(vi: str, en: str, words: str, on: date) -> Wording:
    between = ": " if words else ""
    return Wording(f"{vi}{between}{words} ({day_vi(on)})", f"{en}{between}{words} ({day_en(on)})")
