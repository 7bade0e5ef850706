"""Desk: the one port through which pages reach the shell. They read with `engine`, and write by what stands here."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Literal, Protocol
from zoneinfo import ZoneInfo

from sqlalchemy.engine import Connection, Engine

from db.facts import Proof, RemarkKind, Said, Verdict
from db.facts.reports import ReportKind
from db.obligations import StoredObligation
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

SummaryForm = Literal["docx", "xlsx", "json"]
"""The files that a summary comes as."""


class Desk(Protocol):
    """What the shell gives the pages. All of it may be called from several threads.

    What records takes a `Said`; one with a number (`once`) raises UsedUp the second time, and nothing is recorded.
    """

    @property
    def engine(self) -> Engine:
        """Return the database."""
        ...

    @property
    def zone(self) -> ZoneInfo:
        """Return the office's own time zone."""
        ...

    @property
    def admins(self) -> tuple[str, ...]:
        """Return the addresses of the administrators."""
        ...

    @property
    def keys(self) -> tuple[bytes, ...]:
        """Return what signs links and forms, as it is now: the first key signs, all of them verify."""
        ...

    @property
    def rulebook(self) -> Rulebook:
        """Return the rules in force."""
        ...

    def now(self) -> datetime:
        """Return the present instant: the only clock of the pages, read once for each request (`visit.now`)."""
        ...

    def roster(self, connection: Connection, *, now: datetime) -> Roster:
        """Return the rules with the events known by now."""
        ...

    def task(self, connection: Connection, stored: StoredObligation) -> Task | None:
        """Return the task of an obligation; of one that was withdrawn, as the rules had it last. None where nobody
        knows it any more."""
        ...

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
        """Record that obligations are done on a day, or are not after all; return the numbers of the reports. NotSo
        where one of them is not such that this can be said of it, NotThatDay where it cannot have been done then."""
        ...

    def chronicle(self, connection: Connection, stored: StoredObligation) -> list[Entry]:
        """Return the story of the task of an obligation, as far as it bears on its unit, in order of time."""
        ...

    def keep(self, data: bytes, name: str) -> Proof:
        """Keep a file and return it as a proof; Refused where it is of no kind that is accepted."""
        ...

    def holds(self, hashed: str) -> bool:
        """Say whether a file is still kept; it is for some days more."""
        ...

    def kept(self, hashed: str) -> bytes | None:
        """Return the bytes of a file that was kept, None where they are not there any more."""
        ...

    def remarked(
        self,
        obligation: StoredObligation,
        kind: RemarkKind,
        said: Said,
        *,
        unit: str | None = None,
        percent: int | None = None,
    ) -> int:
        """Record what a unit says of an obligation without ending it; return the number of the remark. NotSo where it
        is not open, NothingToResolve where nothing is to be resolved."""
        ...

    def measured(self, entry: Measured, said: Said, *, proofs: Sequence[Proof] = ()) -> int:
        """Record a value of an indicator, which answers what asks for it; return its number."""
        ...

    def value_taken_back(self, number: int, said: Said) -> None:
        """Take a value of an indicator back, recorded by mistake as is said; what it alone answered is open again.
        LookupError when no such value stands."""
        ...

    def verified(
        self, obligation: StoredObligation, verdict: Verdict, said: Said, *, document: str | None = None
    ) -> None:
        """Record the verdict on the last report; NothingToVerify where none waits for one."""
        ...

    def asked_extension(
        self,
        obligation: StoredObligation,
        wanted: date,
        said: Said,
        *,
        as_exception: bool = False,
        unit: str | None = None,
    ) -> Allowed:
        """Record a request for a later deadline, its reason the note of what is said; NotExtended with the rule that
        does not let it be made."""
        ...

    def decided_extension(
        self,
        request: int,
        verdict: ExtensionVerdict,
        said: Said,
        *,
        due: date | None = None,
        document: str | None = None,
    ) -> Request:
        """Record what becomes of a request and return it as it was; a grant moves the deadline at once. NotExtended
        with the rule that does not let it be decided so, LookupError when there is none of that number."""
        ...

    def happened(
        self, programme: str, event: str, occurred: Occurred, said: Said, *, document: str | None = None
    ) -> int:
        """Record an event, and return the number of the record."""
        ...

    def did_not_happen(self, record: int, programme: str, said: Said) -> None:
        """Take a record of an event back; LookupError when there is none."""
        ...

    def reply_seen_to(self, number: int, said: Said) -> None:
        """Note that the standing office saw to a reply that nobody could make out."""
        ...

    def feed_begun(self, said: Said) -> None:
        """Begin the private calendars of who says it anew: addresses made before are void."""
        ...

    def feed_ended(self, said: Said) -> None:
        """Make the private calendars of who says it void."""
        ...

    @property
    def schedule(self) -> Schedule:
        """Return when summaries are drawn up and leave."""
        ...

    def summary(
        self, connection: Connection, office: StandingOffice, period: Period, *, now: datetime, anew: bool = False
    ) -> tuple[str, Snapshot] | None:
        """Return the summary of a period with how far it has come: sent, confirmed or a draft as it is kept, else
        `live`, as all stands (with `anew` in any case). None when no rules of that office are in force."""
        ...

    def summary_file(self, step: str, snapshot: Snapshot, form: SummaryForm) -> bytes:
        """Return a summary as a file."""
        ...

    def contributed(
        self, directory: str, unit: str, period: Period, contents: Mapping[Section, str], said: Said
    ) -> list[int]:
        """Record what a unit writes for a period; AlreadySent when that was summed up and sent, TooLong when one of the
        texts is longer than LONGEST_CONTRIBUTION."""
        ...

    def confirmed_summary(
        self, office: StandingOffice, period: Period, said: Said, *, anew: bool = False
    ) -> Snapshot | None:
        """Confirm the draft of a period, or, with `anew` and where there is none, the summary as all stands.
        None when no rules of that office are in force; AlreadySent when it has left."""
        ...

    def entered(self, obligation: StoredObligation, entered_on: date, said: Said) -> bool:
        """Record that the state of an obligation was entered in the national system; False when the rules no longer
        know it."""
        ...

    def retried(self, letters: Sequence[int], said: Said) -> int:
        """Have letters that wait or were set aside tried with the next delivery; return how many."""
        ...

    def dropped(self, letters: Sequence[int], said: Said) -> int:
        """Drop letters that wait or were set aside, for the reason that is said; return how many."""
        ...

    def send_sign_in(self, person: str, number: str, *, at: datetime) -> None:
        """Have a letter with a link sent to an address of the directory, by which it signs in once."""
        ...
