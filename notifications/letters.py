"""Letters: the templates of one language, an office's own files before ours, and what they make of a
digest."""

import html
import traceback
from collections.abc import Callable, MutableMapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from types import CodeType
from typing import Any, get_args

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template, TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from notifications.headers import one_line
from notifications.inline import inliner
from notifications.phrases import Tone
from notifications.view import Figure, LineView, MatterGroup, SectionView, View, view
from notifications.words import clip, figures, moment, numeral
from rules.days import full
from rules.digest import Digest, Line, Matter, Next, Question, Recipient
from rules.problem import Problem, Source
from rules.wording import Language

OURS = Path(__file__).parent / "templates"
SUBJECT_LENGTH = 120
FACTS = {"view", "today", "contact", "as_of", "subject", "reason"}
"""What templates are given (that of the subject only `view`); `subject` and `reason` are what the templates so named
came to."""


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
        self.loader = _Loader(found)
        self.environment = _environment(found, self.loader, language)
        self._templates: dict[str, Template] = {}

    def write(self, digest: Digest, *, contact: str, as_of: datetime) -> Letter:
        """Return the letter; `contact` is whom the reader may write to, `as_of` the local time at which the
        facts were so."""
        seen = view(digest, self._language)
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

    def subject(self, digest: Digest) -> str:
        """Return the subject the letter would have, without the letter."""
        return self._subject(digest, view(digest, self._language))

    def _subject(self, digest: Digest, seen: View) -> str:
        return clip(one_line(self._render(f"{digest.kind}.subject.j2", {"view": seen})), SUBJECT_LENGTH)

    def _render(self, name: str, facts: dict[str, Any]) -> str:
        template = self._templates.get(name)
        if template is None:
            template = self._templates[name] = self.environment.get_template(name)
        return template.render(facts)


@lru_cache(maxsize=8)
def letters(language: Language, folder: Path | None) -> Letters:
    """Return the letters of that language, read once for the life of the process."""
    return Letters(language, folder)


def where(fault: BaseException, searched: Sequence[Path]) -> Problem:
    """Return what went wrong in a template, with the file and line of the template itself."""
    message = f"{type(fault).__name__}: {one_line(str(fault))}"
    if isinstance(fault, TemplateSyntaxError):
        return Problem(Source(fault.filename or fault.name or "", fault.lineno), "", message)
    for frame in reversed(traceback.extract_tb(fault.__traceback__)):
        if any(Path(frame.filename).is_relative_to(folder) for folder in searched):
            return Problem(Source(frame.filename, frame.lineno or 1), "", message)
    return Problem(Source(str(searched[0])), "", message)


def folders(language: Language, folder: Path | None) -> tuple[Path, ...]:
    """Return where a template is looked for, first to last: the office's folder, ours of that language, what
    both share."""
    ours = (OURS / language, OURS)
    return ours if folder is None else (folder.absolute(), *ours)


def _environment(searched: Sequence[Path], loader: "_Loader", language: Language) -> Environment:
    environment = _Sandbox(
        loader=loader,
        undefined=StrictUndefined,
        autoescape=lambda name: name is not None and name.endswith(".html.j2"),
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        cache_size=-1,
    )
    environment.filters["clip"] = clip
    environment.filters["figures"] = lambda shown, length: figures([figure.text for figure in shown], length)
    environment.filters["day"] = lambda day: full(day).say(language)
    environment.filters["numeral"] = lambda day: numeral(day, language)
    environment.globals["kept_style"] = Markup(_read(searched, "kept.css"))
    # The class and style of each tone, for tags whose tone only the letter knows.
    environment.globals["ink"] = {tone: Markup(loader.inline(f'<i class="{tone}">')[3:-1]) for tone in get_args(Tone)}
    return environment


# What templates are given: values without behaviour. Their fields need none of the sandbox's questions, which take
# nine tenths of the time of a letter.
_OPEN: dict[type, frozenset[str]] = {
    **{kind: frozenset(kind._fields) for kind in (View, SectionView, LineView, Figure, MatterGroup)},
    **{kind: frozenset(f.name for f in fields(kind)) for kind in (Digest, Line, Matter, Question, Recipient, Next)},
}


def _escaped(value: Any) -> str:
    """Do what markupsafe's `escape` does, in a twentieth of its time: it makes an object of its own of every text."""
    if type(value) is str:
        return html.escape(value)
    return value if type(value) is Markup else escape(value)


class _Template(Template):
    """A template whose compiled code escapes quickly."""

    @classmethod
    def from_code(
        cls,
        environment: Environment,
        code: CodeType,
        globals: MutableMapping[str, Any],
        uptodate: Callable[[], bool] | None = None,
    ) -> Template:
        template = super().from_code(environment, code, globals, uptodate)
        template.root_render_func.__globals__["escape"] = _escaped
        return template


class _Sandbox(ImmutableSandboxedEnvironment):
    """Hands out the fields of our own values; everything else a template reaches for is asked about."""

    template_class = _Template

    def getattr(self, obj: Any, attribute: str) -> Any:
        allowed = _OPEN.get(type(obj))
        if allowed is not None and attribute in allowed:
            return getattr(obj, attribute)
        return super().getattr(obj, attribute)


class _Loader(FileSystemLoader):
    """Reads a template from the first folder that has it, and writes the styles into its tags."""

    def __init__(self, searched: Sequence[Path]) -> None:
        super().__init__(list(searched))
        self.inline = inliner(_read(searched, "inlined.css"))

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        source, filename, uptodate = super().get_source(environment, template)
        return (self.inline(source) if template.endswith(".html.j2") else source), filename, uptodate


def _read(searched: Sequence[Path], name: str) -> str:
    path = next(folder / name for folder in searched if (folder / name).is_file())
    return path.read_text(encoding="utf-8")
