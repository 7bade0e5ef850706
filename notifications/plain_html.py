"""Plain HTML: the words of a letter in HTML as lines of text, without what it quotes."""

import re
from html.parser import HTMLParser

_BREAKS = frozenset({"br", "p", "div", "tr", "li", "h1", "h2", "h3", "h4", "table", "ul", "ol", "hr"})
_UNSEEN = frozenset({"style", "script", "head", "title"})
_VOID = frozenset({"br", "hr", "img", "input", "meta", "link", "col", "wbr", "area", "base", "source"})
_QUOTES = re.compile(
    r"gmail_quote|gmail_extra|yahoo_quoted|moz-cite-prefix|zmail_extra|divRplyFwdMsg|appendonsend|OutlookMessageHeader|"
    r"protonmail_quote|replyIntro|stopSpelling",
    re.IGNORECASE,
)
LONGEST = 2_000_000
"""Characters of HTML that are looked at."""


def plain_of(html: str) -> str:
    """Return the text of HTML; what is marked as quoted becomes lines that begin with `>`."""
    reader = _Reader()
    try:
        reader.feed(html[:LONGEST])
        reader.close()
    # What is no HTML at all is read as far as it goes.
    except (AssertionError, ValueError):
        pass
    lines = "".join(reader.pieces).split("\n")
    return re.sub(r"\n{3,}", "\n\n", "\n".join(" ".join(line.split()) for line in lines)).strip()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._open: list[tuple[str, bool, bool]] = []
        self._rest_is_quoted = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = {name: value or "" for name, value in attrs}
        marks = f"{named.get('class', '')} {named.get('id', '')}"
        quotes = tag == "blockquote" or bool(_QUOTES.search(marks))
        if re.search(r"divRplyFwdMsg|appendonsend|OutlookMessageHeader|moz-cite-prefix", marks, re.IGNORECASE):
            # Outlook and Thunderbird mark where the quotation begins, and put it beside.
            self._rest_is_quoted = True
        if tag not in _VOID:
            self._open.append((tag, quotes, tag in _UNSEEN))
        if tag in _BREAKS:
            self._break()

    def handle_endtag(self, tag: str) -> None:
        names = [name for name, _, _ in self._open]
        if tag in names:
            at = len(names) - 1 - names[::-1].index(tag)
            del self._open[at:]
        if tag in _BREAKS:
            self._break()

    def handle_data(self, data: str) -> None:
        if any(unseen for _, _, unseen in self._open):
            return
        text = re.sub(r"\s+", " ", data)
        if text.strip() and self._is_quoted() and (not self.pieces or self.pieces[-1].endswith("\n")):
            self.pieces.append("> ")
        self.pieces.append(text)

    def _is_quoted(self) -> bool:
        return self._rest_is_quoted or any(quotes for _, quotes, _ in self._open)

    def _break(self) -> None:
        if self.pieces:
            self.pieces.append("\n")
