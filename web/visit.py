"""Visit: one request with all that is known of it: who asks, when, in which language, with which form."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple
from urllib.parse import urlencode

from sqlalchemy.engine import Connection
from starlette.background import BackgroundTask
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse

from db.boards import Tallies
from db.engine import read_only
from db.facts import Said
from notifications.links import Claim, Links
from rules.access import Action, Roles, Subject, may
from rules.calendar import local_day
from rules.wording import Language, Wording
from web.desk import Desk
from web.forms import form_token
from web.issuer import Issuer
from web.kept import Kept
from web.refusal import Refusal
from web.rendering import day_in, deadline_in, moment_in, sayer, templates
from web.settings import WebSettings

LONGEST_TEXT = 10_000


class Entry(NamedTuple):
    """An entry of the menu; without an action it is for whoever is signed in."""

    path: str
    menu: Wording
    action: Action | None


@dataclass(frozen=True, slots=True)
class Hall:
    """What all visits share."""

    desk: Desk
    settings: WebSettings
    tallies: Tallies
    """The counts that the board shows, kept from one visit to the next."""
    menu: tuple[Entry, ...] = ()
    issuer: Issuer | None = None
    """Who else may say who somebody is."""
    kept: Kept = field(default_factory=Kept)
    """The pages that answered forms."""

    @property
    def links(self) -> Links:
        """Return what signs and reads links, by the keys as they are now."""
        return Links(self.settings.public_url, self.desk.keys)


@dataclass(slots=True)
class Visit:
    """One request. `session` is the hash under which a session is kept, `claim` what a signed link says."""

    hall: Hall
    request: Request
    now: datetime
    language: Language = "vi"
    roles: Roles | None = None
    session: str | None = None
    claim: Claim | None = None
    form: FormData = field(default_factory=FormData)

    @property
    def desk(self) -> Desk:
        """Return the port to the shell."""
        return self.hall.desk

    @property
    def who(self) -> Roles:
        """Return who asks: signed in, or by a link; Refusal where nobody is known."""
        if self.roles is None:
            raise Refusal("not_allowed")
        return self.roles

    @property
    def origin(self) -> str | None:
        """Return the network address it came from; behind a trusted proxy, that of the reader."""
        return self.request.client.host if self.request.client else None

    @property
    def form_token(self) -> str:
        """Return what every form carries as `form_token`."""
        return form_token(self.desk.keys, self.bound_to)

    @property
    def bound_to(self) -> str:
        """Return what the forms of this visit are bound to: the link it came by, the session, or nothing."""
        if self.claim is not None:
            return f"link\0{self.claim.number}"
        return f"session\0{self.session}" if self.session else "anyone"

    def day_of(self, at: datetime) -> date:
        """Return the local day of an instant."""
        return local_day(at, self.desk.zone)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Yield a connection for reading, which sees a single state of the database."""
        with read_only(self.desk.engine).connect() as connection:
            yield connection

    def may(self, action: Action, subject: Subject | None = None) -> bool:
        """Say whether who asks may do that."""
        return self.roles is not None and may(self.roles, action, subject)

    def demand(self, action: Action, subject: Subject | None) -> None:
        """Refuse unless who asks may do that to `subject`; of what is not there (None) nobody may."""
        if subject is None or not self.may(action, subject):
            raise Refusal("not_allowed")

    def said(self, note: str | None = None, *, once: str | None = None) -> Said:
        """Return who says it, when and from where, for what the desk records."""
        return Said(by=self.who.person, at=self.now, note=note, via="web", origin=self.origin, once=once)

    def text(self, name: str, *, longest: int = LONGEST_TEXT) -> str:
        """Return what was written into a field of the form, '' when nothing was; Refusal when it is too long."""
        value = self.form.get(name, "")
        if not isinstance(value, str):
            return ""
        if len(value) > longest:
            raise Refusal("too_large")
        return "".join(each for each in value.strip() if each.isprintable() or each in "\n\t")

    def say(self, vi: Wording | str, en: str | None = None) -> str:
        """Return a text in the language of the visit."""
        return sayer(self.language)(vi, en)

    def url(self, path: str, **query: object) -> str:
        """Return the address of a page of ours, by its path."""
        asked = urlencode({name: value for name, value in query.items() if value is not None}, doseq=True)
        return f"{self.hall.settings.prefix}{path}{'?' if asked else ''}{asked}"

    def render(
        self, template: str, *, status: int = 200, background: BackgroundTask | None = None, **facts: Any
    ) -> HTMLResponse:
        """Return a page. Templates are given `visit`, `say`, `url`, `day`, `deadline`, `moment`, `menu`, the facts."""
        shown = templates().get_template(template)
        zone = self.desk.zone
        content = shown.render(
            visit=self,
            say=sayer(self.language),
            url=self.url,
            day=day_in(self.language),
            deadline=deadline_in(self.language),
            moment=moment_in(self.language, zone),
            menu=self._menu(),
            fresh=fresh_number,
            **facts,
        )
        return HTMLResponse(content, status, background=background)

    @property
    def here(self) -> str:
        """Return the path of the page that is asked, as `url` and `go` take it."""
        return self.request.url.path.removeprefix(self.hall.settings.prefix)

    def go(self, path: str, **query: object) -> RedirectResponse:
        """Return the answer that sends the browser to another page, by GET."""
        return RedirectResponse(self.url(path, **query), 303)

    def _menu(self) -> tuple[Entry, ...]:
        if self.session is None:
            return ()
        return tuple(entry for entry in self.hall.menu if entry.action is None or self.may(entry.action))


def fresh_number() -> str:
    """Return a number nobody used, for a form that is to act once (its field `once`)."""
    return secrets.token_hex(10)
