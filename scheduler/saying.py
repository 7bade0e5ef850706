"""Saying: what a letter tells its reader now, put together from what is left of its notices and what goes beside."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Literal

from sqlalchemy.engine import Connection

from db.ledger import Owed
from db.outbox import Claimed
from db.revisions import latest_revision
from db.troubles import open_troubles, were_resolved
from rules.calendar import local_day
from rules.digest import Digest, Matter, Question, Recipient
from rules.digests import digest
from rules.lines import Lines
from rules.prompts import STATEMENT
from rules.roster import Roster
from rules.wording import Language, Wording
from scheduler.config import Config
from scheduler.message_kinds import ADMIN
from scheduler.office import Office
from scheduler.prompting import RULES, UNDELIVERABLE, WAITING, matters_of, question_of
from scheduler.recheck import Rechecked
from scheduler.replies_told import UNCLEAR, unclear_digest
from scheduler.unconfirmed import unconfirmed_matters


def digest_of(connection: Connection, office: Office, claimed: Claimed, rest: Rechecked, lines: Lines) -> Digest | None:
    """Return what a letter tells now, None where nothing of it is left."""
    now, roster = lines.now, lines.roster
    if claimed.kind == UNCLEAR:
        return unclear_digest(connection, office, claimed, roster, now=now)
    if claimed.kind == ADMIN:
        matters = (
            *_troubles(connection, roster),
            *_whole_again(connection, office.config.language, claimed.created_at),
        )
        return digest(Recipient("Quản trị hệ thống", claimed.person), [], roster, now=now, matters=matters)
    if rest.is_empty or rest.recipient is None:
        return None
    matters, questions = _prompted(connection, rest.prompts, roster, office.config, now)
    return digest(rest.recipient, rest.items, roster, now=now, matters=matters, questions=questions, lines=lines)


def _prompted(
    connection: Connection, prompts: list[Owed], roster: Roster, config: Config, now: datetime
) -> tuple[tuple[Matter, ...], tuple[Question, ...]]:
    """Return what prompts come to now: after a while of silence two of them may ask or tell the same, which is said
    once."""
    matters: dict[Matter, None] = {}
    questions: dict[Question, None] = {}
    for prompt in prompts:
        programme = roster.rulebook.programmes[prompt.key.programme]
        if prompt.key.task == STATEMENT:
            matters |= dict.fromkeys(matters_of(connection, programme, roster, now=now))
            matters |= dict.fromkeys(unconfirmed_matters(connection, config, roster.rulebook, programme.id))
        elif asked := question_of(prompt.key, programme, roster, now=now):
            questions[asked] = None
    return tuple(matters), tuple(questions)


def _whole_again(connection: Connection, language: Language, at: datetime) -> Iterator[Matter]:
    """Yield that the rule files are whole again, if that was so at `at` and still is."""
    broken = any(trouble.kind == RULES for trouble in open_troubles(connection))
    latest = latest_revision(connection)
    if latest is not None and not broken and were_resolved(connection, RULES, at=at):
        said = Wording(
            f"Tệp quy tắc không còn lỗi; bản {latest.id} có hiệu lực.",
            f"The rule files are whole again; revision {latest.id} is in force.",
        )
        yield Matter("whole-again", "", latest.origin, said.say(language))


def _troubles(connection: Connection, roster: Roster) -> tuple[Matter, ...]:
    kinds: Mapping[str, Literal["undeliverable", "rules"]] = {UNDELIVERABLE: "undeliverable", WAITING: "rules"}
    return tuple(
        Matter(
            kinds.get(trouble.kind, "problem"),
            "",
            trouble.subject,
            trouble.text,
            since=_day(trouble.first_at, roster),
        )
        for trouble in open_troubles(connection)
    )


def _day(at: datetime, roster: Roster) -> date:
    return local_day(at, roster.policy.zone)
