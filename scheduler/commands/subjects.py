"""The subject a digest's mail would carry, without the rest of the mail."""

from collections.abc import Callable

from notifications.letters import letters
from notifications.plain import plain_letter
from rules.digest import Digest
from scheduler.config import Config


def subjects(config: Config) -> Callable[[Digest], str]:
    """Return what tells the subject of a digest in the office's language and templates."""
    written = letters(config.language, config.templates)

    def subject(digest: Digest) -> str:
        try:
            return written.subject(digest)
        # An edited template may raise anything at all; the letter would then be the plain one.
        except Exception:
            return plain_letter(digest, config.language, contact="").subject

    return subject
