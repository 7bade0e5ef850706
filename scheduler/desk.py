"""Desk: what the pages (`web.desk`) get from the shell, around one office."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy.engine import Connection, Engine

from db.evidence_store import EvidenceStore
from db.facts import Proof, RemarkKind, Said, Verdict
from db.facts.reports import ReportKind
from db.obligations import StoredObligation
from db.outbox import NewMessage, enqueue
from rules.indicators.entry import Entry
from rules.programme import Occurred, Rulebook
from rules.roster import Roster
from scheduler import measuring, recording
from scheduler.clock import Clock
from scheduler.letters import SIGN_IN, sign_in_key
from scheduler.office import Office
from scheduler.proofs import kept
from scheduler.web_secret import web_keys


@dataclass(frozen=True, slots=True)
class OfficeDesk:
    """The port of the pages."""

    office: Office
    clock: Clock

    @property
    def engine(self) -> Engine:
        """Return the database."""
        return self.office.engine

    @property
    def zone(self) -> ZoneInfo:
        """Return the office's own time zone."""
        return self.office.config.policy.zone

    @property
    def admins(self) -> tuple[str, ...]:
        """Return the addresses of the administrators."""
        return self.office.config.mail.admins

    @property
    def keys(self) -> tuple[bytes, ...]:
        """Return what signs links and forms, as it is now: the first key signs, all of them verify."""
        return web_keys(self.office.config.web.secret_file)

    @property
    def rulebook(self) -> Rulebook:
        """Return the rules in force."""
        return self.office.rulebook

    def now(self) -> datetime:
        """Return the present instant."""
        return self.clock()

    def roster(self, connection: Connection, *, now: datetime) -> Roster:
        """Return the rules with the events known by now."""
        return self.office.roster(connection, now=now)

    def reported(
        self,
        obligations: Sequence[StoredObligation],
        kind: ReportKind,
        said: Said,
        *,
        on: date,
        proofs: Sequence[Proof] = (),
        document: str | None = None,
    ) -> list[int]:
        """Record that obligations are done on a day, or are not after all; return the numbers of the reports."""
        return recording.reported(self.office, obligations, kind, said, on=on, proofs=proofs, document=document)

    def keep(self, data: bytes, name: str) -> Proof:
        """Keep a file and return it as a proof; Refused where it is of no kind that is accepted."""
        return kept(self._store, data, name)

    def kept(self, hashed: str) -> bytes | None:
        """Return the bytes of a file that was kept, None where they are not there any more."""
        return self._store.read(hashed)

    @property
    def _store(self) -> EvidenceStore:
        return EvidenceStore(self.office.config.web.evidence)

    def remarked(
        self,
        obligation: StoredObligation,
        kind: RemarkKind,
        said: Said,
        *,
        unit: str | None = None,
        percent: int | None = None,
    ) -> int:
        """Record what a unit says of an obligation without ending it; return the number of the remark."""
        return recording.remarked(self.office, obligation, kind, said, unit=unit, percent=percent)

    def measured(self, entry: Entry, said: Said, *, proofs: Sequence[Proof] = ()) -> int:
        """Record a value of an indicator, which answers what asks for it; return its number."""
        return measuring.measured(self.office, [entry], said, proofs={0: proofs})[0].number

    def verified(
        self, obligation: StoredObligation, verdict: Verdict, said: Said, *, document: str | None = None
    ) -> None:
        """Record the verdict on the last report; NothingToVerify where none waits for one."""
        recording.verified(self.office, obligation, verdict, said, document=document)

    def happened(
        self, programme: str, event: str, occurred: Occurred, said: Said, *, document: str | None = None
    ) -> int:
        """Record an event, and return the number of the record."""
        return recording.happened(self.office, programme, event, occurred, said, document=document)

    def did_not_happen(self, record: int, programme: str, said: Said) -> None:
        """Take a record of an event back; LookupError when there is none."""
        recording.did_not_happen(self.office, record, programme, said)

    def send_sign_in(self, person: str, number: str, *, at: datetime) -> None:
        """Put a letter with a link to sign in by into the outbox."""
        with self.engine.begin() as connection:
            enqueue(connection, [NewMessage(sign_in_key(number), person, SIGN_IN, at, at)])
