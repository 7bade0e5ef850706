"""Letters: the templates of one language, an office's own files before ours, and what they make of a
digest."""

import traceback
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Template, TemplateSyntaxError

from notifications.answering import Answering
from notifications.headers import one_line
from notifications.sandbox import TemplateLoader, environment
from notifications.view import View
from notifications.words import clip, moment, numeral
from rules.days import full
from rules.digest import Digest
from rules.problem import Problem, Source
from rules.wording import Language, Wording

OURS = Path(__file__).parent / "templates"
SUBJECT_LENGTH = 120
FACTS = {"view", "today", "contact", "as_of", "subject", "reason", "letter", "salutation", "send_at", "write_by"}
"""What templates are given (that of the subject only `view`; those of a summary `letter`, `salutation` and `send_at`
in its place); `subject` and `reason` are what the templates so named came to."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A digest in words: subject, plain text, HTML."""

    subject: str
    text: str
    html: str


class Letters:
    """The compiled templates of one language. Rendering raises whatever an edited template makes it raise."""

    def __init__(self, language: Language, folder: Path | None) -> None:
        self._language = language
        found = folders(language, folder)
        self.loader = TemplateLoader(found)
        self.environment = environment(found, self.loader, language, trusted=folder is None)
        self._templates: dict[str, Template] = {}

    def write(self, digest: Digest, *, contact: str, as_of: datetime, answering: Answering | None = None) -> Letter:
        """Return the letter; `contact` is whom the reader may write to, `as_of` the local time at which the
        facts were so, `answering` what makes its links, None: it has none."""
        seen = View(digest, self._language, answering)
        facts: dict[str, Any] = {
            "view": seen,
            "today": full(digest.today).say(self._language),
            "contact": contact,
            "as_of": moment(as_of, self._language),
            "subject": self._subject(digest, seen),
        }
        facts["reason"] = one_line(self._render(f"{digest.kind}.reason.j2", facts))
        text = self._render(f"{digest.kind}.txt.j2", facts)
        return Letter(facts["subject"], text, self._render(f"{digest.kind}.html.j2", facts))

    def say(self, name: str, facts: dict[str, Any]) -> Letter:
        """Return what the templates of that name come to: its subject first, which the others may repeat."""
        facts["subject"] = clip(one_line(self._render(f"{name}.subject.j2", facts)), SUBJECT_LENGTH)
        return Letter(facts["subject"], self._render(f"{name}.txt.j2", facts), self._render(f"{name}.html.j2", facts))

    def subject(self, digest: Digest) -> str:
        """Return the subject the letter would have, without the letter."""
        return self._subject(digest, View(digest, self._language))

    def _subject(self, digest: Digest, seen: View) -> str:
        text = one_line(self._render(f"{digest.kind}.subject.j2", {"view": seen}))
        # Where it is too long, the day at its end is what makes it this letter's and no other's.
        day = f" – {numeral(digest.today, self._language)}"
        ending = day if text.endswith(day) else ""
        return clip(text.removesuffix(ending), SUBJECT_LENGTH - len(ending)) + ending

    def _render(self, name: str, facts: dict[str, Any]) -> str:
        template = self._templates.get(name)
        if template is None:
            template = self._templates[name] = self.environment.get_template(name)
            # Copied for every rendering: a plain dictionary is, quickly, what jinja keeps as a chain of them.
            template.globals = dict(template.globals)
        return template.render(facts)


@lru_cache(maxsize=8)
def letters(language: Language, folder: Path | None) -> Letters:
    """Return the letters of that language, read once for the life of the process."""
    return Letters(language, folder)


def where(fault: BaseException, searched: Sequence[Path]) -> Problem:
    """Return what went wrong in a template, with the file and line of the template itself."""
    message = f"{type(fault).__name__}: {one_line(str(fault))}"
    said = Wording(f"mẫu thư hỏng: «{message}»", message)
    if isinstance(fault, TemplateSyntaxError):
        return Problem(Source(fault.filename or fault.name or "", fault.lineno), "", said)
    for frame in reversed(traceback.extract_tb(fault.__traceback__)):
        if any(Path(frame.filename).is_relative_to(folder) for folder in searched):
            return Problem(Source(frame.filename, frame.lineno or 1), "", said)
    return Problem(Source(str(searched[0])), "", said)


def folders(language: Language, folder: Path | None) -> tuple[Path, ...]:
    """Return where a template is looked for, first to last: the office's folder, ours of that language, what
    both share."""
    ours = (OURS / language, OURS)
    return ours if folder is None else (folder.absolute(), *ours)
