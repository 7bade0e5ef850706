"""The screen of the daemon: how things stand when it starts, and every pass and delivery that did something."""

from datetime import datetime, timedelta

import typer
from sqlalchemy.engine import Connection

from db.obligations import Filter, count_open
from db.outbox import listing
from db.switches import is_stopped
from rules.window import opening
from scheduler.commands.printing import print_table
from scheduler.deliver import Delivered
from scheduler.discreet import discreet
from scheduler.office import Office
from scheduler.passes import PassCounts

SOON = timedelta(days=14)
SHOWN = 8
"""How many of the first letters are named."""


class Screen:
    """What a person in front of the daemon sees; it goes into the journal, and names no link and no address."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._has_shown_how = False

    def overview(self, now: datetime) -> None:
        """Print what is open, late and due soon in each programme, and whether and where letters go."""
        with self._office.engine.connect() as connection:
            counts = {
                programme.title: _counts(connection, programme.id, now)
                for programme in self._office.rulebook.programmes.values()
            }
            counts["all"] = _counts(connection, None, now)
            stopped = is_stopped(connection)
        print_table(
            ("obligations of", "open", "late", "due in 14 days"), [(title, *each) for title, each in counts.items()]
        )
        mail = self._office.config.mail
        where = f"files in {mail.maildir}" if mail.transport == "maildir" else f"{mail.smtp.host}:{mail.smtp.port}"
        typer.echo(f"letters go to {where}")
        if stopped:
            typer.echo("the stop switch is ON: no letter leaves until `dondoc resume`")
        self._say_when_it_opens(now)

    async def told(self, counts: PassCounts | None, done: Delivered | None) -> None:
        """Print what a pass decided or a delivery sent, when it did anything."""
        if counts is not None and (counts.looked_at or counts.daily):
            typer.echo(
                f"pass: {counts.looked_at} looked at, {counts.owed} notices owed, "
                f"{counts.not_sent} not sent, {counts.messages} new letters"
            )
        if done is not None:
            typer.echo(f"delivery: {done.sent} sent, {done.failed} failed, {done.parked} set aside")
            if done.paused:
                typer.echo(f"the mail does not leave, tried again in 5 minutes: {discreet(done.paused)}", err=True)
            self._say_how_to_look(done)

    def _say_how_to_look(self, done: Delivered) -> None:
        if done.sent and not self._has_shown_how:
            self._has_shown_how = True
            with self._office.engine.connect() as connection:
                newest = listing(connection, states={"sent"}, limit=SHOWN)
            print_table(("letter", "subject"), [(found.id, discreet(found.subject or "")) for found in newest])
            example = newest[0].id if newest else 1
            typer.echo(f"look at one: dondoc outbox show {example}; at all of them: dondoc outbox list")
            typer.echo("how things stand: dondoc status --late")

    def _say_when_it_opens(self, now: datetime) -> None:
        """Print when letters may leave, unless they may now: a first start at night shows none, and must say why."""
        policy, calendars = self._office.config.policy, self._office.rulebook.calendars.values()
        opens = min((opening(now, policy, calendar) for calendar in calendars), default=now)
        if opens > now:
            when = f"{opens.astimezone(policy.zone):%Y-%m-%dT%H:%M}"
            typer.echo(f"outside the send window: reminders leave from {when} on")
            typer.echo(f"see now what will leave then: dondoc tick --rehearse --at {when}")


def _counts(connection: Connection, programme: str | None, now: datetime) -> tuple[int, int, int]:
    which = Filter(programme=programme, kinds=("task",))
    found = count_open(connection, now=now, soon_until=now + SOON, which=which)
    return found.total, found.late, found.due_soon
