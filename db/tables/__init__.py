"""The tables: SQLModel rows that never leave `db`; queries work on their SQLAlchemy tables, named below."""

from db.tables.answers import (
    ContributionRow,
    EvidenceRow,
    ExtensionDecisionRow,
    ExtensionRow,
    MeasurementRow,
    NationalMarkRow,
    RemarkRow,
    SummaryRow,
    VerificationRow,
)
from db.tables.base import METADATA, table_of
from db.tables.facts import EventRecord, Report, SilenceLift, SilenceRecord
from db.tables.incoming import IncomingRow
from db.tables.ledger import MessageBody, MessageRow, NoticeRow
from db.tables.obligations import ChangeRow, ObligationRow, ProgrammeRevision, RecastRow, RevisionRow
from db.tables.pages import AttemptRow, AuditRow, FeedRow, LinkUseRow, SessionRow
from db.tables.running import EvaluationRow, PulseRow, SwitchRow, TroubleRow

revision = table_of(RevisionRow)
programme_revision = table_of(ProgrammeRevision)
obligation = table_of(ObligationRow)
change = table_of(ChangeRow)
recast = table_of(RecastRow)
event_record = table_of(EventRecord)
report = table_of(Report)
silence = table_of(SilenceRecord)
silence_lift = table_of(SilenceLift)
notice = table_of(NoticeRow)
message = table_of(MessageRow)
message_body = table_of(MessageBody)
evaluation = table_of(EvaluationRow)
pulse = table_of(PulseRow)
switch = table_of(SwitchRow)
trouble = table_of(TroubleRow)
remark = table_of(RemarkRow)
evidence = table_of(EvidenceRow)
verification = table_of(VerificationRow)
extension = table_of(ExtensionRow)
extension_decision = table_of(ExtensionDecisionRow)
contribution = table_of(ContributionRow)
summary = table_of(SummaryRow)
national_mark = table_of(NationalMarkRow)
measurement = table_of(MeasurementRow)
web_session = table_of(SessionRow)
link_use = table_of(LinkUseRow)
attempt = table_of(AttemptRow)
audit = table_of(AuditRow)
feed = table_of(FeedRow)
incoming = table_of(IncomingRow)

KEY = ("programme", "task", "part", "unit", "occurrence")
"""The columns that name an obligation, in the order of `ObligationKey`."""

__all__ = [
    "KEY",
    "METADATA",
    "attempt",
    "audit",
    "change",
    "contribution",
    "evaluation",
    "event_record",
    "evidence",
    "extension",
    "extension_decision",
    "feed",
    "incoming",
    "link_use",
    "measurement",
    "message",
    "message_body",
    "national_mark",
    "notice",
    "obligation",
    "programme_revision",
    "pulse",
    "recast",
    "remark",
    "report",
    "revision",
    "silence",
    "silence_lift",
    "summary",
    "switch",
    "trouble",
    "verification",
    "web_session",
]
