"""Tidying: what pages leave behind and nothing asks for any more is forgotten, once a day."""

from datetime import datetime, timedelta

from sqlalchemy.engine import Connection

from db.attempts import forget_attempts
from db.once import forget_uses
from db.sessions import forget_sessions
from notifications.links import LIVES

ATTEMPTS = timedelta(days=1)
"""Longer than any limit looks back."""
SESSIONS = timedelta(days=30)
USES = LIVES["answer"] + timedelta(days=15)
"""Longer than any link that acts, and any form opened by it, is good."""


def tidy(connection: Connection, *, now: datetime) -> None:
    """Forget old attempts, sessions long ended, and numbers used under links that have run out. The trail stays."""
    forget_attempts(connection, before=now - ATTEMPTS)
    forget_sessions(connection, before=now - SESSIONS)
    forget_uses(connection, before=now - USES)
