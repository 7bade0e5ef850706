"""Done: a unit reports that an obligation is done, with its proofs, or takes the report back."""

from datetime import date

from starlette.datastructures import UploadFile

from db.facts import Proof
from rules.backdated import backdated_words, day_fault, days_backdated
from rules.evidence import MOST_BYTES, MOST_PROOFS, Refused, link, too_large, too_many
from rules.wording import Wording
from web.answers.about import About
from web.answers.held import held, released
from web.answers.kind import Given, Kind, Wrong, flagged, words
from web.visit import Visit

NOTE, DOCUMENT, DAY, FILES, LINKS, HELD, DROP = "noi_dung", "so_van_ban", "ngay", "tep", "lien_ket", "giu", "bo_tep"


def _done(visit: Visit, found: About) -> Given:
    files = files_sent(visit, found.stored.id)
    try:
        return _with_files(visit, found, files)
    except Wrong as wrong:
        # Whatever else is wrong: who sent a file from a phone need not send it again.
        wrong.held = held(visit, found.stored.id, files)
        raise


def _with_files(visit: Visit, found: About, files: tuple[Proof, ...]) -> Given:
    on = _day(visit, found)
    note, document, links = words(visit, NOTE), words(visit, DOCUMENT), words(visit, LINKS)
    proofs = with_links(files, links)
    if not (note or document or proofs):
        raise Wrong(
            NOTE,
            Wording(
                "Đề nghị ghi kết quả, số văn bản, hoặc gửi minh chứng.",
                "Write the result or the number of the document, or send a proof.",
            ),
        )
    fields = {
        DAY: on.isoformat(),
        NOTE: note,
        DOCUMENT: document,
        LINKS: links,
        HELD: held(visit, found.stored.id, proofs),
    }
    rows: tuple[tuple[Wording, Wording | str], ...] = (
        (Wording("Ngày hoàn thành", "Done on"), _day_flagged(visit, found, on)),
        (Wording("Số, ngày văn bản", "Document"), document),
        (Wording("Kết quả", "Result"), note),
    )
    return Given(fields, tuple(row for row in rows if row[1]), proofs)


def _day(visit: Visit, found: About) -> date:
    text = visit.text(DAY)
    try:
        on = date.fromisoformat(text) if text else found.today
    except ValueError:
        raise Wrong(DAY, Wording("Đề nghị chọn một ngày.", "Choose a day.")) from None
    if (fault := day_fault(on, found.first_day, today=found.today)) is not None:
        raise Wrong(DAY, fault)
    return on


def _day_flagged(visit: Visit, found: About, on: date) -> Wording:
    """Return the day, with what will be told of it to whoever verifies the report."""
    late_at = found.owed.followed.term.late_at if found.owed else None
    return flagged(on, backdated_words(days_backdated(on, visit.now, late_at, visit.desk.zone)))


def files_sent(visit: Visit, of: int | str) -> tuple[Proof, ...]:
    """Return the files sent now or before the confirmation, each once; Wrong where one is not accepted.

    They are kept at once, under their hash: a form that comes back with something missing need not bring them again.
    """
    before = () if visit.text(DROP) else released(visit, of, visit.text(HELD))
    if not all(visit.desk.holds(one.sha256 or "") for one in before):
        raise Wrong(
            FILES,
            Wording(
                "Tệp gửi trước đó không còn được lưu vì đã để quá lâu: đề nghị gửi lại.",
                "The files sent before are not kept any more, after so long: please send them again.",
            ),
            lost_files=True,
        )
    sent = [each for each in visit.form.getlist(FILES) if isinstance(each, UploadFile) and each.filename]
    try:
        if len(before) + len(sent) > MOST_PROOFS:
            raise too_many()
        files = {one.sha256: one for one in (*before, *(_kept(visit, each) for each in sent))}
    except Refused as refused:
        raise Wrong(FILES, refused.reason) from refused
    return tuple(files.values())


def with_links(files: tuple[Proof, ...], text: str) -> tuple[Proof, ...]:
    """Return the files and the links that were written, one in a line; Wrong where one is none, or too many."""
    proofs = (*files, *_links(text))
    if len(proofs) > MOST_PROOFS:
        raise Wrong(LINKS, too_many().reason)
    return proofs


def _links(text: str) -> tuple[Proof, ...]:
    try:
        return tuple(dict.fromkeys(Proof(link=link(line)) for line in text.splitlines() if line.strip()))
    except Refused as refused:
        raise Wrong(LINKS, refused.reason) from refused


def _kept(visit: Visit, sent: UploadFile) -> Proof:
    name = sent.filename or ""
    data = sent.file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise too_large(name)
    return visit.desk.keep(data, name)


def _record_done(visit: Visit, found: About, given: Given) -> None:
    fields = given.fields
    said = visit.said(fields[NOTE] or None, once=visit.text("once"))
    on, document = date.fromisoformat(fields[DAY]), fields[DOCUMENT] or None
    visit.desk.reported([found.stored], "done", said, on=on, proofs=given.proofs, document=document)


def _reopened(visit: Visit, _: About) -> Given:
    note = words(visit, NOTE, Wording("Đề nghị ghi lý do.", "Say why."))
    return Given({NOTE: note}, ((Wording("Lý do", "Why"), note),))


def _record_reopened(visit: Visit, found: About, given: Given) -> None:
    said = visit.said(given.fields[NOTE], once=visit.text("once"))
    visit.desk.reported([found.stored], "reopened", said, on=found.today)


KINDS = (
    Kind(
        name="xong",
        title=Wording("Đã hoàn thành", "Done"),
        hint=Wording("báo cáo kết quả kèm văn bản, minh chứng", "report the result with its document and proofs"),
        button=Wording("Báo cáo hoàn thành", "Report that it is done"),
        receipt=Wording(
            "Đã ghi nhận báo cáo hoàn thành. Việc nhắc dừng lại; cơ quan thường trực sẽ xác nhận hoặc trả lại.",
            "The report has been recorded. Reminders stop; the standing office accepts or returns it.",
        ),
        purpose="report done",
        by="owner",
        is_offered=lambda found: found.is_open and found.asks_for is None,
        check=_done,
        record=_record_done,
        tone="good",
        takes_files=True,
    ),
    Kind(
        name="rut-bao-cao",
        title=Wording("Rút báo cáo", "Take the report back"),
        hint=Wording("báo nhầm: nhiệm vụ được theo dõi tiếp", "reported by mistake: the task is open again"),
        button=Wording("Rút báo cáo", "Take the report back"),
        receipt=Wording(
            "Đã rút báo cáo; nhiệm vụ được theo dõi tiếp.", "The report has been taken back; the task is open again."
        ),
        purpose="report reopened",
        by="owner",
        is_offered=lambda found: found.waits_for_verdict,
        check=_reopened,
        record=_record_reopened,
    ),
)
