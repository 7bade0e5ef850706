"""The subject a digest's mail would carry, without the rest of the mail."""

from collections.abc import Callable

from notifications.headers import one_line
from notifications.letters import SUBJECT_LENGTH, letters
from notifications.view import view
from notifications.words import clip
from rules.digest import Digest
from scheduler.config import Config


def subjects(config: Config) -> Callable[[Digest], str]:
    """Return what tells the subject of a digest in the office's language and templates."""
    written = letters(config.language, config.templates)

    def subject(digest: Digest) -> str:
        template = written.environment.get_template(f"{digest.kind}.subject.j2")
        return clip(one_line(template.render(view=view(digest, config.language))), SUBJECT_LENGTH)

    return subject
