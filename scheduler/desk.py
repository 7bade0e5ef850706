"""Desk: what the pages (`web.desk`) get from the shell, around one office."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.engine import Connection, Engine

from db.evidence_store import EvidenceStore
from db.facts import Proof, RemarkKind, Said, Verdict
from db.facts.reports import ReportKind
from db.obligations import StoredObligation
from db.outbox import NewMessage, enqueue
from rules.calendar import instant
from rules.chronicle import Entry
from rules.extensions import Allowed
from rules.indicators.entry import Entry as Measured
from rules.periodic.period import Period
from rules.periodic.schedule import Schedule
from rules.periodic.snapshot import Section, Snapshot, StandingOffice
from rules.programme import Occurred, Rulebook, Task
from rules.requests import Request
from rules.requests import Verdict as ExtensionVerdict
from rules.roster import Roster
from scheduler import extending, feeds, measuring, posting, recording
from scheduler.chronicle import Place, chronicle
from scheduler.clock import Clock
from scheduler.forgotten import Forgotten
from scheduler.letters import sign_in_key
from scheduler.message_kinds import SIGN_IN
from scheduler.office import Office
from scheduler.periodic import writing
from scheduler.periodic.files import SummaryForm, file_of
from scheduler.periodic.gathering import snapshot_at
from scheduler.periodic.writing import kept as kept_summary
from scheduler.proofs import kept
from scheduler.unclear import seen_to
from scheduler.web_secret import web_keys


@dataclass(frozen=True, slots=True)
class OfficeDesk:
    """The port of the pages."""

    office: Office
    clock: Clock
    _forgotten: Forgotten = field(default_factory=Forgotten, repr=False)

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

    def task(self, connection: Connection, stored: StoredObligation) -> Task | None:
        """Return the task of an obligation; of one that was withdrawn, as the rules had it last.

        Until the next pass another process may have put rules in force that are not read here yet.
        """
        programme = self.office.rulebook.programmes.get(stored.key.programme)
        known = programme.task(stored.key.task) if programme else None
        return known if known is not None else self._forgotten.task(connection, stored)

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

    def chronicle(self, connection: Connection, stored: StoredObligation) -> list[Entry]:
        """Return the story of the task of an obligation, as far as it bears on its unit, in order of time."""
        key = stored.key
        loaded = {self.office.revision: self.office.rulebook}
        directory = self.rulebook.directories[self.rulebook.programmes[key.programme].directory]
        told = chronicle(
            connection,
            self.office.config,
            Place(key.programme, key.task),
            unit=key.unit,
            loaded=loaded,
            chair=directory.chair.title if directory.chair else "",
        )
        here = {(key.part, key.occurrence), ("", "")}
        return [one for one in told.entries if (one.part, one.occurrence) in here]

    def keep(self, data: bytes, name: str) -> Proof:
        """Keep a file and return it as a proof; Refused where it is of no kind that is accepted."""
        return kept(self._store, data, name)

    def kept(self, hashed: str) -> bytes | None:
        """Return the bytes of a file that was kept, None where they are not there any more."""
        return self._store.read(hashed)

    def holds(self, hashed: str) -> bool:
        """Say whether a file is still kept; it is for some days more."""
        return self._store.hold(hashed)

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

    def measured(self, entry: Measured, said: Said, *, proofs: Sequence[Proof] = ()) -> int:
        """Record a value of an indicator, which answers what asks for it; return its number."""
        return measuring.measured(self.office, [entry], said, proofs={0: proofs})[0].number

    def value_taken_back(self, number: int, said: Said) -> None:
        """Take a value of an indicator back; LookupError when no such value stands."""
        measuring.taken_back(self.office, number, said)

    def verified(
        self, obligation: StoredObligation, verdict: Verdict, said: Said, *, document: str | None = None
    ) -> None:
        """Record the verdict on the last report; NothingToVerify where none waits for one."""
        recording.verified(self.office, obligation, verdict, said, document=document)

    def asked_extension(
        self,
        obligation: StoredObligation,
        wanted: date,
        said: Said,
        *,
        as_exception: bool = False,
        unit: str | None = None,
    ) -> Allowed:
        """Record a request for a later deadline; NotExtended with the rule that does not let it be made."""
        return extending.asked_extension(self.office, obligation, wanted, said, as_exception=as_exception, unit=unit)

    def decided_extension(
        self,
        request: int,
        verdict: ExtensionVerdict,
        said: Said,
        *,
        due: date | None = None,
        document: str | None = None,
    ) -> Request:
        """Record what becomes of a request and return it as it was; NotExtended with the rule that does not let it,
        LookupError when there is none of that number."""
        return extending.decided_extension(self.office, request, verdict, said, due=due, document=document)

    def happened(
        self, programme: str, event: str, occurred: Occurred, said: Said, *, document: str | None = None
    ) -> int:
        """Record an event, and return the number of the record."""
        return recording.happened(self.office, programme, event, occurred, said, document=document)

    def did_not_happen(self, record: int, programme: str, said: Said) -> None:
        """Take a record of an event back; LookupError when there is none."""
        recording.did_not_happen(self.office, record, programme, said)

    def reply_seen_to(self, number: int, said: Said) -> None:
        """Note that the standing office saw to a reply that nobody could make out."""
        seen_to(self.office, number, said)

    def feed_begun(self, said: Said) -> None:
        """Begin the private calendars of who says it anew: addresses made before are void."""
        feeds.feed_begun(self.office, said.by, said)

    def feed_ended(self, said: Said) -> None:
        """Make the private calendars of who says it void."""
        feeds.feed_ended(self.office, said.by, said)

    @property
    def schedule(self) -> Schedule:
        """Return when summaries are drawn up and leave."""
        return self.office.config.summaries.schedule

    def summary(
        self, connection: Connection, office: StandingOffice, period: Period, *, now: datetime, anew: bool = False
    ) -> tuple[str, Snapshot] | None:
        """Return the summary of a period as it is kept, else as all stands; None when no rules are in force."""
        if not anew and (found := kept_summary(connection, str(office), period)):
            return found
        at = now if anew else min(now, instant(period.last, None, self.zone) - timedelta(microseconds=1))
        snapshot = snapshot_at(connection, self.office.config, str(office), period, at=at)
        return ("live", snapshot) if snapshot else None

    def summary_file(self, step: str, snapshot: Snapshot, form: SummaryForm) -> bytes:
        """Return a summary as a file."""
        return file_of(self.office.config, step, snapshot, form)

    def contributed(
        self, directory: str, unit: str, period: Period, contents: Mapping[Section, str], said: Said
    ) -> list[int]:
        """Record what a unit writes for a period; AlreadySent or TooLong when it cannot be taken."""
        return writing.contributed_all(self.office, directory, unit, period, contents, said)

    def confirmed_summary(
        self, office: StandingOffice, period: Period, said: Said, *, anew: bool = False
    ) -> Snapshot | None:
        """Confirm the summary of a period; AlreadySent when it has left."""
        return writing.confirmed(self.office, str(office), period, said, anew=anew)

    def entered(self, obligation: StoredObligation, entered_on: date, said: Said) -> bool:
        """Record that the state of an obligation was entered in the national system."""
        return writing.marked(self.office, obligation, entered_on, said)

    def retried(self, letters: Sequence[int], said: Said) -> int:
        """Have letters that wait or were set aside tried with the next delivery; return how many."""
        return self._posted(posting.retried, letters, said)

    def dropped(self, letters: Sequence[int], said: Said) -> int:
        """Drop letters that wait or were set aside, for the reason that is said; return how many."""
        return self._posted(posting.dropped, letters, said)

    def _posted(self, act: Callable[[Office, Sequence[int], Said], int], letters: Sequence[int], said: Said) -> int:
        try:
            return act(self.office, letters, said)
        except posting.NotWaiting:
            # Somebody else was quicker, or it has left meanwhile: the page shows how it stands.
            return 0

    def send_sign_in(self, person: str, number: str, *, at: datetime) -> None:
        """Put a letter with a link to sign in by into the outbox."""
        with self.engine.begin() as connection:
            enqueue(connection, [NewMessage(sign_in_key(number), person, SIGN_IN, at, at)])
