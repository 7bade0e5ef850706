"""Hostile requests, made by the hundred: every page with every kind of nonsense that people, scanners and scripts
send."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

import web.pages
from notifications.links import LIVES, Links
from tests.web.pages import POSTS, Pages
from web.page import Page

MARK = "<script>xau</script>"
"""Nothing that is shown may hold it as it stands here."""
VALUES: Mapping[str, str] = {
    "markup": f'">{MARK}<img src=x onerror=xau>',
    "SQL": "1' OR '1'='1'; DROP TABLE report; --",
    "a path": "../../../../etc/passwd",
    "a NUL": "a\0b",
    "line ends": "a\r\nSet-Cookie: xau=1",
    "turned round": "\u202exau\u202c\ufeff\u200b",
    "long": "ă" * 4_500,
    "huge": "9" * 40,
    "negative": "-1",
    "no day": "0000-13-45",
    "no number": "NaN",
    "a template": "{{ 7 * 191 }}{% for x in y %}",
    "digits of another script": "١٢٣",
    "composed otherwise": "e\u0302\u0301",
}
TEMPLATES = Path(__file__).parents[2] / "web" / "templates"
FIELDS = sorted(
    {name for page in TEMPLATES.glob("*.j2") for name in re.findall(r'\bname="([a-z_]+)"', page.read_text("utf-8"))}
    | {
        "ct",
        "don_vi",
        "truoc",
        "tre_tu",
        "tre_den",
        "person",
        "state",
        "subject",
        "code",
        "tep",
        "xong",
        "then",
        "lang",
    }
)
"""The name of every field of every form, and of what pages read from their address."""
PARAMETERS = ("id", "number", "directory", "unit", "period", "form", "programme", "event", "indicator")
GOOD: Mapping[str, str] = {
    "id": "1",
    "number": "1",
    "directory": "tinh",
    "unit": "u2",
    "period": "2026-W14",
    "form": "docx",
    "programme": "p",
    "event": "de-an",
    "indicator": "I.1",
}
AT_ONCE = ("/dang-xuat", "/lich-cua-toi", "/dong-gop")
"""What these do, they do by a good form whatever else is in it: to send them one is no attack."""


@dataclass(frozen=True)
class Sent:
    """A request. `who` sends it, None: nobody known. `token` is what its form carries: that of the session, of somebody
    else, none."""

    who: str | None
    method: str
    path: str
    fields: Mapping[str, str] | None = None
    token: str = "own"
    headers: Mapping[str, str] = field(default_factory=dict)


def everything(pages: Pages) -> Mapping[str, list[Sent]]:
    """All requests, by what is wrong with them."""
    return {
        "questions": list(_questions()),
        "places": list(_places()),
        "forms": list(_forms()),
        "forms of others": list(_forms_of_others()),
        "ways of asking": list(_ways()),
        "hosts": list(_hosts()),
        "links": list(_links(pages)),
    }


def _some(turn: int, number: int) -> list[str]:
    """Some of the values, others for each page: all of them for every page would be more of the same."""
    values = list(VALUES.values())
    return [values[(turn * number + each) % len(values)] for each in range(number)]


def _known() -> Iterator[tuple[Page, str]]:
    for page in web.pages.PAGES:
        if page.door != "link":
            yield page, page.path.format(**GOOD)


def _who(page: Page) -> str:
    return "admin" if page.action in ("see_outbox", "see_audit") else "standing"


def _questions() -> Iterator[Sent]:
    for turn, (page, path) in enumerate(_known()):
        if page.show is not None and not path.startswith("/oidc"):
            for value in _some(turn, 5):
                asked = "&".join(f"{name}={quote(value[:60])}" for name in FIELDS)
                yield Sent(_who(page), "GET", f"{path}?{asked}")


def _places() -> Iterator[Sent]:
    for turn, page in enumerate(web.pages.PAGES):
        for name in PARAMETERS:
            if f"{{{name}}}" in page.path:
                for value in (*_some(turn, 6), "", "..", "%2e%2e%2f", "１"):
                    yield Sent(_who(page), "GET", page.path.format(**{**GOOD, name: quote(value, safe="%")}))


def _forms() -> Iterator[Sent]:
    """Good forms but for what is in every field of theirs, choices included."""
    for page, path in _known():
        if page.act is not None and not path.startswith(AT_ONCE):
            for value in VALUES.values():
                yield Sent(_who(page), "POST", path, dict.fromkeys(FIELDS, value))


def _forms_of_others() -> Iterator[Sent]:
    for page, path in _known():
        if page.act is None:
            continue
        who, fields = _who(page), {"lam": "xong", "noi_dung": "x", "once": "x"}
        yield Sent(who, "POST", path, fields, token="none")
        yield Sent(who, "POST", path, fields, token="theirs")
        yield Sent(who, "POST", path, fields, headers={"sec-fetch-site": "cross-site"})
        yield Sent(who, "POST", path, fields, headers={"sec-fetch-site": "", "origin": "https://xau.example"})
        yield Sent(who, "POST", path, fields, headers={"content-type": "application/json"})
        yield Sent(who, "POST", path, fields, headers={"content-type": "multipart/form-data"})
        yield Sent(None, "POST", path, fields)


def _ways() -> Iterator[Sent]:
    for page, path in _known():
        for method in ("PUT", "TRACE"):
            yield Sent(_who(page), method, path)


def _hosts() -> Iterator[Sent]:
    for page, path in _known():
        if page.show is not None:
            headers = {"host": "xau.example", "x-forwarded-host": "xau.example", "x-forwarded-for": MARK}
            yield Sent(_who(page), "GET", path, headers=headers | {"x-original-url": "/nhat-ky", "referer": MARK})


def _links(pages: Pages) -> Iterator[Sent]:
    now, ours = pages.office.now, pages.links
    foreign = Links(ours.public_url, (b"x" * 32,))
    person = POSTS["head"]
    # That of OIDC is no link, but what a browser keeps.
    for purpose in (one for one in LIVES if one != "oidc"):
        made = ours.make(purpose, person, issued_at=now, obligation_id=1, scope="p")
        path = made.removeprefix(ours.public_url)
        start, _, token = path.rpartition("/")
        other = ours.make("list" if purpose == "answer" else "answer", person, issued_at=now, obligation_id=1)
        wrong = {
            foreign.make(purpose, person, issued_at=now, obligation_id=1).rpartition("/")[2],
            other.rpartition("/")[2],
            ours.make(purpose, person, issued_at=now - LIVES[purpose] - timedelta(days=1)).rpartition("/")[2],
            ours.make(purpose, person, issued_at=now + timedelta(days=1)).rpartition("/")[2],
            ours.make(purpose, "ai-do@ngoai.example", issued_at=now, obligation_id=1).rpartition("/")[2],
            token[:-1],
            token[:-1] + ("A" if token[-1] != "A" else "B"),
            token.swapcase(),
            token + "=",
            token * 20,
            quote(MARK, safe=""),
            "%00",
        }
        end = ".ics" if purpose == "feed" else ""
        for each in sorted(wrong):
            yield Sent(None, "GET", f"{start}/{each}{end}")
            yield Sent(None, "POST", f"{start}/{each}{end}", {"lam": "xong", "noi_dung": "x"}, token="none")
        yield Sent("focal", "POST", path + end, {"lam": "xong", "noi_dung": "x", "buoc": "ghi"})
