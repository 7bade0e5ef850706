"""Transport: one callable, whatever carries the mail. Which one, the settings say."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from notifications.envelope import Envelope, Verdict
from notifications.maildir import Maildir, MaildirSettings
from notifications.smtp import SmtpPool, SmtpSettings

Send = Callable[[Envelope], Awaitable[Verdict]]
TransportSettings = MaildirSettings | SmtpSettings


@asynccontextmanager
async def open_transport(settings: TransportSettings) -> AsyncIterator[Send]:
    """Yield what sends one envelope and returns its verdict; it never raises but when cancelled. Connections
    close at the end."""
    if isinstance(settings, MaildirSettings):
        yield Maildir(settings).send
        return
    pool = SmtpPool(settings)
    try:
        yield pool.send
    finally:
        await pool.close()
