"""Story: what was said of obligations, as entries of a task's story: reports with their proofs, remarks, verdicts."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime

from sqlalchemy.engine import Connection

from db.facts.evidence import RecordedProof, proofs_of
from db.facts.remarks import Remark, remarks
from db.facts.reports import RecordedReport, reports
from db.facts.verifications import Verification, verdicts
from db.obligations import StoredObligation
from rules.chronicle import Entry
from rules.days import day_vi
from rules.wording import Wording

Day = Callable[[datetime], date]
REMARKS: Mapping[str, Wording] = {
    "progress": Wording("đang thực hiện", "in progress"),
    "difficulty": Wording("khó khăn, vướng mắc", "difficulty"),
    "resolved": Wording("đã được xử lý", "seen to"),
    "focal": Wording("đề nghị đổi đầu mối", "another focal point"),
    "not_ours": Wording("báo không thuộc trách nhiệm của đơn vị", "says it is not theirs"),
}
VERDICTS: Mapping[str, Wording] = {
    "accepted": Wording("đã xác nhận báo cáo", "report accepted"),
    "returned": Wording("trả lại báo cáo", "report returned"),
}


def answers(connection: Connection, found: Iterable[StoredObligation], day: Day) -> Iterator[Entry]:
    """Yield all that was said of these obligations, one after the other; `day` gives the local day of an instant."""
    found = list(found)
    ids = [one.id for one in found]
    remarked, judged = remarks(connection, ids), verdicts(connection, ids)
    for one in found:
        given = judged.get(one.id, [])
        yield from _reports(connection, one, {verdict.recorded_at for verdict in given})
        yield from (_remark(one, remark, day) for remark in remarked.get(one.id, ()))
        yield from (_verdict(one, verdict, day) for verdict in given)


def _reports(connection: Connection, one: StoredObligation, returned: set[datetime]) -> Iterator[Entry]:
    """Yield the reports, but for the reopening that a returned one comes to: the verdict says it."""
    told = reports(connection, one.id)
    proofs = proofs_of(connection, [report.id for report in told])
    for report in told:
        if report.kind == "done" or report.recorded_at not in returned:
            yield _report(one, report, proofs.get(report.id, []))


def _report(one: StoredObligation, report: RecordedReport, proofs: list[RecordedProof]) -> Entry:
    if report.kind == "done":
        words = Wording(f"hoàn thành ngày {day_vi(report.said_on)}", f"done on {report.said_on}")
    else:
        words = Wording("chưa hoàn thành, mở lại", "not done after all")
    evidence = [*([report.evidence] if report.evidence else []), *(proof.shown for proof in proofs)]
    more = [f"({report.note})"] if report.note else []
    more += ["[" + "; ".join(evidence) + "]"] if evidence else []
    return Entry(
        at=report.recorded_at,
        kind="report",
        words=_with(words, more),
        on=report.said_on,
        by=report.recorded_by,
        document=report.document,
        part=one.key.part,
        occurrence=one.key.occurrence,
        units=(one.key.unit,),
        details={
            "said": report.kind,
            "unit": report.unit,
            "note": report.note,
            "evidence": evidence,
            "document": report.document,
            "via": report.via,
        },
    )


def _remark(one: StoredObligation, remark: Remark, day: Day) -> Entry:
    more = [f"{remark.percent} %"] if remark.percent is not None else []
    more += [f"({remark.note})"] if remark.note else []
    return Entry(
        at=remark.recorded_at,
        kind="remark",
        words=_with(REMARKS[remark.kind], more),
        on=day(remark.recorded_at),
        by=remark.recorded_by,
        part=one.key.part,
        occurrence=one.key.occurrence,
        units=(one.key.unit,),
        details={"said": remark.kind, "percent": remark.percent, "note": remark.note, "via": remark.via},
    )


def _verdict(one: StoredObligation, verdict: Verification, day: Day) -> Entry:
    return Entry(
        at=verdict.recorded_at,
        kind="verdict",
        words=_with(VERDICTS[verdict.verdict], [f"({verdict.reason})"] if verdict.reason else []),
        on=day(verdict.recorded_at),
        by=verdict.recorded_by,
        document=verdict.document,
        part=one.key.part,
        occurrence=one.key.occurrence,
        units=(one.key.unit,),
        details={"said": verdict.verdict, "reason": verdict.reason, "via": verdict.via},
    )


def _with(words: Wording, more: list[str]) -> Wording:
    return Wording(" ".join([words.vi, *more]), " ".join([words.en, *more]))
