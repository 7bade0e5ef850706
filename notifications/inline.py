"""Inline styles: Outlook heeds little but `style` attributes, so each template gets them from one sheet when
it is loaded.

Templates are no documents (their tags may open in one file and close in another), so only the `class`
attributes
are looked at, the cascade is left to css-inline, and no line of the template moves.
"""

import re
from collections.abc import Callable
from functools import cache

from css_inline import CSSInliner

# A start tag with a fixed class and no style of its own; classes a template works out are left alone.
_CLASSED = re.compile(r'<(?P<tag>[a-z][a-z0-9]*)(?P<before>[^<>]*?)\sclass="(?P<classes>[\w -]+)"(?P<after>[^<>]*)>')
_STYLE = re.compile(r'\sstyle="([^"]*)"')
_CLASS = re.compile(r"\.([a-z][\w-]*)")
_FRAMES = {
    "tr": "<table>{}</tr></table>",
    "td": "<table><tr>{}</td></tr></table>",
    "th": "<table><tr>{}</th></tr></table>",
    "body": "{}",
}


def inliner(css: str, *, kept: str = "") -> Callable[[str], str]:
    """Return a function that gives every classed tag of a template the style `css` has for it. A class stays where the
    sheet `kept`, which goes along with the letter, speaks of it too.

    Nothing is fetched, from no address and no file. Selectors may name tags and classes, not how tags are
    nested.
    """
    speaks_of = set(_CLASS.findall(kept))
    resolver = CSSInliner(load_remote_stylesheets=False, keep_style_tags=False, extra_css=css)

    @cache
    def style(tag: str, classes: str) -> str:
        bare = f'<{tag} class="{classes}">'
        found = _STYLE.search(resolver.inline(_FRAMES.get(tag, "{}").format(bare)), 0)
        return "" if found is None else _shorter(found[1])

    def styled(found: re.Match[str]) -> str:
        declarations = style(found["tag"], found["classes"])
        if not declarations or _STYLE.search(found[0]):
            return found[0]
        needed = " ".join(name for name in found["classes"].split() if name in speaks_of)
        class_ = f' class="{needed}"' if needed else ""
        return f'<{found["tag"]}{found["before"]}{class_} style="{declarations}"{found["after"]}>'

    return lambda template: _CLASSED.sub(styled, template)


def _shorter(declarations: str) -> str:
    """Leave out the blanks css-inline writes: a long letter repeats them hundreds of times."""
    return re.sub(r"\s*([:;,])\s*", r"\1", declarations).rstrip(";")
