"""Discreet: what goes into a log names no link and no mailbox, whoever wrote it: faults of libraries carry both."""

import logging
import re

from notifications.links import redacted

_MAILBOX = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+(?=@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)")


class DiscreetFormatter(logging.Formatter):
    """Writes records, with the tracebacks they have, as `discreet` leaves them."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as one text."""
        return discreet(super().format(record))


def discreet(text: str) -> str:
    """Return the text with `…` for every token of a link and for what stands before the @ of every address."""
    return _MAILBOX.sub("…", redacted(text))
