"""Mails: every line of a mail, with the rung, the instant and the reader, and what was left out of it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.engine import Connection

from db.ledger import Owed, given_up, told_in
from db.outbox import StoredMessage
from rules.announced import ANNOUNCEMENTS
from rules.calendar import local_day
from rules.called import Called, called
from rules.citing import citation, clause
from rules.followed import Followed
from rules.obligation import Facts, Notice, ObligationKey
from rules.posts import standing_behind
from rules.problem import Source
from rules.prompts import EVENT_PREFIX
from rules.reasons import plain
from rules.roster import Roster
from rules.simulate import SimulatedMessage
from rules.vacancies import reads_for_head
from rules.wording import Wording
from scheduler.commands.subjects import Headings
from scheduler.config import Config
from scheduler.past import Past, past


@dataclass(frozen=True, slots=True)
class MailLine:
    """One notice of a mail. `rule`: when the rung is owed, as the ladder has it; `reader`: why it was this person on
    that day, and `post` where the directory says so.

    `term`, `clause`, `source` are those of the deadline, nothing where it is a question or a statement.
    """

    called: Called
    title: str
    notice: Notice
    rule: str
    reader: Wording
    post: Source | None
    due: date | None
    why: Wording
    clause: str
    source: str
    left_out: Wording | None = None
    """Why the mail does not speak of it, None where it does."""


@dataclass(frozen=True, slots=True)
class MailTold:
    """One mail. `at`: when it was sent, or will be tried next, or would leave; `number` None: it is yet to be made."""

    number: int | None
    key: str | None
    message_id: str | None
    to: str
    state: str
    at: datetime
    subject: str | None
    note: str | None
    lines: tuple[MailLine, ...]
    kind: str = ""
    """The kind of message, '' of one yet to be made, which tells of tasks."""


class Mails:
    """Tells mails of one database; the rules in force then are read once for each revision and day."""

    def __init__(self, connection: Connection, config: Config) -> None:
        self._connection, self._config = connection, config
        self._pasts: dict[datetime, Past | None] = {}

    def told(self, messages: Sequence[StoredMessage]) -> Iterator[MailTold]:
        """Yield each message with its lines; of one that was sent, what the same pass gave up as well."""
        notices = told_in(self._connection, [message.id for message in messages])
        for message in messages:
            at = message.sent_at or message.created_at
            roster = self._roster(at)
            beside = given_up(self._connection, message.person, at=message.created_at)
            lines = [line_of(owed, roster, at) for owed in (*notices[message.id], *beside)]
            yield MailTold(
                number=message.id,
                key=message.key,
                message_id=message.smtp_id,
                to=message.person,
                state=message.state,
                at=message.sent_at or message.next_try_at,
                subject=message.subject,
                note=message.last_error or message.verdict,
                lines=tuple(lines),
                kind=message.kind,
            )

    def _roster(self, at: datetime) -> Roster | None:
        if at not in self._pasts:
            self._pasts[at] = past(self._connection, self._config, at=at)
        found = self._pasts[at]
        return found.roster if found else None


def simulated_mails(messages: Iterable[SimulatedMessage], heading: Headings) -> Iterator[MailTold]:
    """Yield the mails of a simulation."""
    for message in messages:
        lines = []
        for look, entry, handed in message.parcels:
            followed, notice = entry.followed_as(look.followed), look.notice(handed)
            lines.append(_of_task(entry.key, notice, followed, message.at))
        subject = heading(message).subject
        yield MailTold(None, None, None, message.to, "expected", message.at, subject, None, tuple(lines))


def line_of(owed: Owed, roster: Roster | None, at: datetime) -> MailLine:
    """Return a stored notice as a line, as the rules stood at that instant."""
    key, notice = owed.key, owed.notice
    followed = None
    if roster is not None:
        followed = roster.follow(key, Facts(at), today=local_day(at, roster.policy.zone))
    if followed is not None:
        return _of_task(key, notice, followed, at)
    # A question or a statement, or an obligation that the rules of that day no longer knew.
    reader, post, title, source = Wording("", ""), None, key.task, ""
    programme = roster.rulebook.programmes.get(key.programme) if roster else None
    if roster is not None and programme is not None:
        directory, slot = roster.rulebook.directories[programme.directory], notice.slot
        reader, post = standing_behind(directory, slot.unit, slot.role, local_day(at, roster.policy.zone))
        if event := programme.events.get(key.task.removeprefix(EVENT_PREFIX)):
            title, source = event.title, str(event.source)
    nothing = Wording("", "")
    return MailLine(called(key, None), title, notice, "", reader, post, None, nothing, "", source, _left_out(notice))


def _of_task(key: ObligationKey, notice: Notice, followed: Followed, at: datetime) -> MailLine:
    day = local_day(at, followed.table.policy.zone)
    slot, task, term = notice.slot, followed.task, followed.term
    rung = next((one for one in followed.ladder.rungs if one.id == slot.rung), None)
    reader, post = standing_behind(followed.directory, slot.unit, slot.role, day)
    if head := reads_for_head(followed, slot, on=day):
        vi, en = f"nhận thay {head}, chức vụ chưa có người", f"in place of {head}, a post that nobody holds"
        reader = Wording(f"{reader.vi}; {vi}", f"{reader.en}; {en}")
    return MailLine(
        called=called(key, task),
        title=task.title,
        notice=notice,
        rule=str(rung.at) if rung else slot.rung if slot.rung in ANNOUNCEMENTS else "",
        reader=reader,
        post=post,
        due=term.due,
        why=term.why,
        clause=f"{citation(followed.programme.document)}, {clause(task.section, task.named)}",
        source=str(task.deadline_source),
        left_out=_left_out(notice),
    )


def _left_out(notice: Notice) -> Wording | None:
    return plain(notice.reason, notice.slot.rung) if notice.state == "not_sent" and notice.reason else None
