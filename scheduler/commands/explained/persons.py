"""Persons: why somebody gets these mails, and why so many: the posts behind the address, the mails, what comes next."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

from sqlalchemy.engine import Connection

from db.outbox import to_person
from rules.calendar import instant, local_day
from rules.posts import Tenure, tenures
from rules.programme import Rulebook
from scheduler.commands.explained.mails import MailLine, Mails, MailTold, simulated_mails
from scheduler.commands.naming import check_address
from scheduler.commands.subjects import headings
from scheduler.config import Config

BACK, AHEAD = 30, 14
"""How many days are told of by default, before and after the instant that is asked about."""


@dataclass(frozen=True, slots=True)
class PersonTold:
    """What is told of a person. `mails` went out or wait; `coming` would follow if nothing is reported meanwhile."""

    address: str
    first: date
    last: date
    now: datetime
    cap: int
    tenures: tuple[Tenure, ...]
    mails: tuple[MailTold, ...]
    coming: tuple[MailTold, ...]

    @property
    def told(self) -> list[MailTold]:
        """Return all mails, those to come included."""
        return [*self.mails, *self.coming]

    def merged(self) -> int:
        """Return how many lines came in mails of more than one line: merged, each would have been a mail."""
        return sum(len(_said(mail)) - 1 for mail in self.told if _said(mail))

    def per_day(self, config: Config) -> Counter[date]:
        """Return how many mails there are on each day that use up the day's share."""
        from scheduler.putting_off import NOBODYS_SHARE

        counted = (mail for mail in self.told if mail.state in ("sent", "expected") and mail.kind not in NOBODYS_SHARE)
        return Counter(local_day(mail.at, config.policy.zone) for mail in counted)

    def by(self, what: str) -> Counter[str]:
        """Return how many lines each `rung`, `task` or `role` makes."""
        lines = [line for mail in self.told for line in _said(mail)]
        match what:
            case "rung":
                return Counter(line.notice.slot.rung for line in lines)
            case "task":
                # A mail calls a task as it was called then: of several names the last stands.
                names = {line.called.first: line.called.place for line in lines}
                return Counter(names[line.called.first] for line in lines)
            case _:
                return Counter(f"{line.notice.slot.role} {line.notice.slot.unit}" for line in lines)


def _said(mail: MailTold) -> list[MailLine]:
    return [line for line in mail.lines if line.left_out is None]


def person_in_ledger(
    connection: Connection,
    config: Config,
    rulebook: Rulebook,
    address: str,
    *,
    span: tuple[date, date],
    now: datetime,
    clock: datetime,
) -> PersonTold:
    """Return what is told of a person from the database: mails up to `now` from the outbox, the rest rehearsed."""
    from scheduler.simulating import simulate_on

    check_address(address, rulebook)
    (first, last), zone = span, config.policy.zone
    begins, known_to = instant(first, time(0), zone), min(now, clock)
    messages = to_person(connection, address, from_=begins, until=known_to + timedelta(seconds=1))
    coming: tuple[MailTold, ...] = ()
    if local_day(clock, zone) <= last and now >= clock:
        found = simulate_on(connection, rulebook, config.policy, (), now=clock, last=last)
        mine = [message for message in found.messages if message.to == address]
        coming = tuple(simulated_mails(mine, headings(config, rulebook)))
    sent = tuple(mail for mail in Mails(connection, config).told(messages) if mail.state == "sent" or not coming)
    return PersonTold(address, first, last, now, config.policy.daily_cap, _posts(rulebook, address, span), sent, coming)


def person_by_rules(
    config: Path | None, rules: Path | None, address: str, *, span: tuple[date, date], now: datetime
) -> PersonTold:
    """Return what is told of a person by the rules alone, as on a first start on the first day."""
    from rules.simulate import simulate
    from scheduler.commands.reading import read_all

    read = read_all(config, rules)
    check_address(address, read.rulebook)
    first, last = span
    found = simulate(read.rulebook, read.config.policy, first=first, last=last)
    mine = [message for message in found.messages if message.to == address]
    mails = tuple(simulated_mails(mine, headings(read.config, read.rulebook)))
    before = tuple(mail for mail in mails if mail.at <= now)
    policy = read.config.policy
    return PersonTold(
        address, first, last, now, policy.daily_cap, _posts(read.rulebook, address, span), before, mails[len(before) :]
    )


def _posts(rulebook: Rulebook, address: str, span: tuple[date, date]) -> tuple[Tenure, ...]:
    found = (one for directory in rulebook.directories.values() for one in tenures(directory, address, *span))
    return tuple(found)
