"""Verdicts: what the standing office says of a report: accepted, or returned with the reason."""

from collections.abc import Callable

from db.facts import Verdict
from rules.wording import Wording
from web.answers.about import About
from web.answers.kind import Given, Kind, flagged, words
from web.visit import Visit

REASON, NOTE, DOCUMENT = "ly_do", "noi_dung", "so_van_ban"
_REASON = Wording("Lý do trả lại", "Why it is returned")
_NOTE = Wording("Ý kiến", "Remark")
_DOCUMENT = Wording("Văn bản", "Document")


def _claimed(found: About) -> list[tuple[Wording, Wording | str]]:
    """Return what is accepted: the day that the report names, with its flag, and what came with it."""
    report = found.report
    if report is None:
        return []
    document = report.document or Wording("không ghi", "none named")
    shown: list[tuple[Wording, Wording | str]] = [
        (Wording("Đơn vị báo hoàn thành ngày", "Reported done on"), flagged(report.said_on, found.backdated)),
        (Wording("Văn bản của đơn vị", "Document of the unit"), document),
    ]
    return [*shown, (Wording("Kết quả đơn vị báo", "Reported result"), report.note)] if report.note else shown


def _accepted(visit: Visit, found: About) -> Given:
    note, document = words(visit, NOTE), words(visit, DOCUMENT)
    shown = [(label, text) for label, text in ((_NOTE, note), (_DOCUMENT, document)) if text]
    return Given({NOTE: note, DOCUMENT: document}, (*_claimed(found), *shown))


def _returned(visit: Visit, _: About) -> Given:
    missing = Wording(
        "Đề nghị ghi rõ cần bổ sung gì: đơn vị sẽ đọc nội dung này.", "Say what is missing: the unit reads it."
    )
    reason, document = words(visit, REASON, missing), words(visit, DOCUMENT)
    shown = [(label, text) for label, text in ((_REASON, reason), (_DOCUMENT, document)) if text]
    return Given({REASON: reason, DOCUMENT: document}, tuple(shown))


def _recorder(verdict: Verdict, note: str) -> Callable[[Visit, About, Given], None]:
    def record(visit: Visit, found: About, given: Given) -> None:
        said = visit.said(given.fields[note] or None, once=visit.text("once"))
        visit.desk.verified(found.stored, verdict, said, document=given.fields[DOCUMENT] or None)

    return record


KINDS = (
    Kind(
        name="xac-nhan",
        title=Wording("Xác nhận báo cáo", "Accept the report"),
        hint=Wording("hoàn thành tính theo ngày ghi trong báo cáo", "it counts as done on the day the report names"),
        button=Wording("Xác nhận", "Accept"),
        receipt=Wording("Đã xác nhận báo cáo; đơn vị sẽ được báo.", "The report has been accepted; the unit is told."),
        purpose="verify accepted",
        by="standing",
        is_offered=lambda found: found.waits_for_verdict,
        check=_accepted,
        record=_recorder("accepted", NOTE),
        tone="good",
    ),
    Kind(
        name="tra-lai",
        title=Wording("Trả lại, yêu cầu bổ sung", "Return the report"),
        hint=Wording("nhiệm vụ được theo dõi tiếp, việc nhắc tiếp tục", "the task is open again, its reminders go on"),
        button=Wording("Trả lại", "Return"),
        receipt=Wording(
            "Đã trả lại báo cáo; đơn vị sẽ nhận được lý do trong thư.",
            "The report has been returned; the unit gets the reason by mail.",
        ),
        purpose="verify returned",
        by="standing",
        is_offered=lambda found: found.waits_for_verdict,
        check=_returned,
        record=_recorder("returned", REASON),
        tone="late",
    ),
)
