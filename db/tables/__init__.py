"""The tables: SQLModel rows that never leave `db`; queries work on their SQLAlchemy tables, named below."""

from db.tables.base import METADATA, table_of
from db.tables.facts import EventRecord, Report, SilenceLift, SilenceRecord
from db.tables.ledger import MessageBody, MessageRow, NoticeRow
from db.tables.obligations import ChangeRow, ObligationRow, ProgrammeRevision, RecastRow, RevisionRow
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

KEY = ("programme", "task", "part", "unit", "occurrence")
"""The columns that name an obligation, in the order of `ObligationKey`."""

__all__ = [
    "KEY",
    "METADATA",
    "change",
    "evaluation",
    "event_record",
    "message",
    "message_body",
    "notice",
    "obligation",
    "programme_revision",
    "pulse",
    "recast",
    "report",
    "revision",
    "silence",
    "silence_lift",
    "switch",
    "trouble",
]
