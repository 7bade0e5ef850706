"""Feeds: the addresses of private calendars."""

from datetime import datetime
from urllib.parse import urlencode

from notifications.links import Links
from rules.feeds import FeedScope
from rules.wording import Language

ENDING = ".ics"


def feed_url(
    links: Links,
    person: str,
    scope: FeedScope,
    *,
    number: str,
    begun_at: datetime,
    language: Language | None = None,
) -> str:
    """Return the address of a calendar: the same as long as the person's number is. `language` None: that of the
    office."""
    url = links.make("feed", person, issued_at=begun_at, scope=str(scope), number=number) + ENDING
    return f"{url}?{urlencode({'lang': language})}" if language else url
