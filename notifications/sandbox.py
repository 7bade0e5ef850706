"""Sandbox: where templates are read, compiled and kept from everything but the values of a letter. Our own, alone, need
no keeping."""

import html
from collections.abc import Callable, MutableMapping, Sequence
from dataclasses import fields
from functools import lru_cache
from pathlib import Path
from types import CodeType
from typing import Any, get_args

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from notifications.figures import Figure
from notifications.fragments import Fragments, told
from notifications.inline import inliner
from notifications.phrases import Tone
from notifications.view import PARTS, LineView, MatterGroup, SectionView, View
from notifications.words import capital, clip, figures, is_contact, numeral
from rules.days import full
from rules.digest import Digest, Line, Matter, Next, Question, Recipient
from rules.wording import Language

# What templates are given: values without behaviour. Their fields need none of the sandbox's questions, which take
# as long as the rest of a letter.
_OPEN: dict[type, frozenset[str]] = {
    **{kind: frozenset(kind._fields) for kind in (SectionView, LineView, Figure, MatterGroup)},
    View: PARTS,
    **{kind: frozenset(f.name for f in fields(kind)) for kind in (Digest, Line, Matter, Question, Recipient, Next)},
}


def _escaped(value: Any) -> str:
    """Do what markupsafe's `escape` does, in a twentieth of its time: it makes an object of its own of every text."""
    if type(value) is str:
        return _escaped_text(value)
    return value if type(value) is Markup else escape(value)


# Most of what one letter says, the next one says as well.
_escaped_text = lru_cache(maxsize=8192)(html.escape)


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


class _Direct(CodeGenerator):
    """Compiles `a.b` to just that, without the questions even a plain environment asks."""

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802 (the visitor goes by this name)
        self.visit(node.node, frame)
        self.write(f".{node.attr}")


class _Trusted(Environment):
    """Runs our own templates, in a third of the time the sandbox takes. What a template names and nobody gave it is an
    error here as well."""

    template_class = _Template
    code_generator_class = _Direct


class TemplateLoader(FileSystemLoader):
    """Reads a template from the first folder that has it, and writes the styles into its tags."""

    def __init__(self, searched: Sequence[Path]) -> None:
        super().__init__(list(searched))
        self.inline = inliner(_read(searched, "inlined.css"), kept=_read(searched, "kept.css"))

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        """Return the template with its styles, the file it comes from, and what tells that it has not changed."""
        source, filename, uptodate = super().get_source(environment, template)
        return (self.inline(source) if template.endswith(".html.j2") else source), filename, uptodate


def _read(searched: Sequence[Path], name: str) -> str:
    path = next(folder / name for folder in searched if (folder / name).is_file())
    return path.read_text(encoding="utf-8")


def environment(
    searched: Sequence[Path], loader: TemplateLoader, language: Language, *, trusted: bool = False
) -> Environment:
    """Return the environment in which the templates of that language are compiled: strict, HTML escaped, and sandboxed
    unless all of them are `trusted`."""
    made = (_Trusted if trusted else _Sandbox)(
        loader=loader,
        undefined=StrictUndefined,
        autoescape=lambda name: name is not None and name.endswith(".html.j2"),
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        cache_size=-1,
    )
    made.filters["capital"] = capital
    made.filters["clip"] = clip
    made.filters["is_contact"] = is_contact
    made.filters["figures"] = lambda shown, length: figures([figure.text for figure in shown], length)
    made.filters["day"] = lambda day: full(day).say(language)
    made.filters["numeral"] = lambda day: numeral(day, language)
    made.globals["told"] = Fragments(_escaped).told if trusted else told
    made.globals["kept_style"] = Markup(_read(searched, "kept.css"))
    # The class and style of each tone, for tags whose tone only the letter knows.
    made.globals["ink"] = {tone: Markup(loader.inline(f'<i class="{tone}">')[3:-1]) for tone in get_args(Tone)}
    return made
