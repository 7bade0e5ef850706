"""Fetching: the mailbox is read every so often, within the daemon. That it cannot be read stops no letter."""

import asyncio
import contextlib
import logging

from scheduler.clock import Clock
from scheduler.office import Office

AGAIN = 300.0
"""Seconds after which a mailbox that could not be read is tried again, at the latest."""

log = logging.getLogger("dondoc.replies")


async def fetch_replies(office: Office, clock: Clock, stop: asyncio.Event, wake: asyncio.Event) -> None:
    """Read the mailbox until told to stop, if one is configured; `wake` is set when something came of it."""
    imap = office.config.mail.imap
    if imap is None:
        return
    # Costs a tenth of a second to import, which only who has a mailbox should pay.
    from scheduler.mailbox import MailboxFault, fetch

    while not stop.is_set():
        pause = float(imap.interval)
        try:
            done = await asyncio.to_thread(fetch, office, clock, stopping=stop.is_set)
            if done.counts:
                log.info("letters that came in: %s; %s left", done.told, done.left)
                wake.set()
        except MailboxFault as fault:
            log.warning("the mailbox at %s cannot be read: %s", imap.host, fault)
            pause = max(pause, AGAIN)
        except Exception:
            log.exception("the mailbox could not be seen to; it is tried again")
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), pause)
