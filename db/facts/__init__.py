"""What people say: events, reports, silences; append-only, each with who and when. One door for every way in."""

from db.facts.assembled import facts_for, facts_of
from db.facts.audit import Audited, note_action, trail
from db.facts.events import RecordedEvent, event_records, events, record_event, retract_event
from db.facts.evidence import Proof, RecordedProof, files_kept, obligation_of, proof, proofs_of, record_proofs
from db.facts.measurements import (
    Measurement,
    measurement,
    measurements,
    of_indicator,
    record_measurement,
    retract_measurement,
)
from db.facts.remarks import Remark, RemarkKind, Via, difficulties, is_unresolved, record_remark, remarks, unresolved
from db.facts.reports import (
    RecordedReport,
    ReportKind,
    done_on,
    last_reports,
    record_report,
    recording_instants,
    reports,
    tasks_done,
)
from db.facts.said import NothingToResolve, NotSo, Said
from db.facts.silences import (
    RecordedSilence,
    active_silences,
    lift_silence,
    record_silence,
    silences,
    silences_for,
)
from db.facts.verifications import NothingToVerify, Verdict, Verification, answered, awaiting, verdicts, verify

__all__ = [
    "Audited",
    "Measurement",
    "NotSo",
    "NothingToResolve",
    "NothingToVerify",
    "Proof",
    "RecordedEvent",
    "RecordedProof",
    "RecordedReport",
    "RecordedSilence",
    "Remark",
    "RemarkKind",
    "ReportKind",
    "Said",
    "Verdict",
    "Verification",
    "Via",
    "active_silences",
    "answered",
    "awaiting",
    "difficulties",
    "done_on",
    "event_records",
    "events",
    "facts_for",
    "facts_of",
    "files_kept",
    "is_unresolved",
    "last_reports",
    "lift_silence",
    "measurement",
    "measurements",
    "note_action",
    "obligation_of",
    "of_indicator",
    "proof",
    "proofs_of",
    "record_event",
    "record_measurement",
    "record_proofs",
    "record_remark",
    "record_report",
    "record_silence",
    "recording_instants",
    "remarks",
    "reports",
    "retract_event",
    "retract_measurement",
    "silences",
    "silences_for",
    "tasks_done",
    "trail",
    "unresolved",
    "verdicts",
    "verify",
]
