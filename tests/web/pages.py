"""What tests of pages share: the pages of an office, and signing in to them as any post."""

import asyncio
import atexit
import os
import re
import threading
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from email import message_from_bytes
from email.policy import default
from functools import cache, cached_property
from hashlib import sha256
from itertools import count
from typing import Any

from anyio.from_thread import BlockingPortal, start_blocking_portal
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, BrowserContext
from starlette.applications import Starlette
from starlette.testclient import TestClient

from notifications.envelope import Envelope
from notifications.links import Links
from scheduler.desk import OfficeDesk
from scheduler.serving import listener, serve
from tests.offices import ONE_TASK, Desk, lived_in
from tests.postgres import Prepare
from web.app import create_app
from web.forms import form_token
from web.kept import NUMBER
from web.settings import WebSettings

CHROMIUM = next(filter(os.path.exists, ("/usr/bin/chromium-headless-shell", "/usr/bin/chromium")), "/usr/bin/chromium")
"""Debian's Chromium: without the parts that have a screen, which costs half as much, or else whole."""
CHROMIUM_ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PUBLIC = "https://dondoc.example"
NUMBERS = count()
"""Of the links to sign in: each is good once."""

ADMIN = "quan-tri@tinh.example"
CHAIR = "chair@tinh.example"
STRANGER = "ai-do@ngoai.example"
POSTS: Mapping[str, str] = {
    "head": "head2@tinh.example",
    "focal": "focal2@tinh.example",
    "overseer": "over2@tinh.example",
    "chair": CHAIR,
    "standing": "head1@tinh.example",
    "other unit": "head3@tinh.example",
    "admin": ADMIN,
}
"""An address of each kind of post: unit u2 owes the task A.1, u1 is the standing office, u3 has nothing to do with it."""


@cache
def loop_of_all() -> BlockingPortal:
    """The loop in which pages are asked, in a thread of its own as long as the process lives: one made for each request
    would cost as much as many a page."""
    lives = ExitStack()
    atexit.register(lives.close)
    return lives.enter_context(start_blocking_portal())


def asking(app: Starlette, **how: Any) -> TestClient:
    """What asks the pages of an application, without following where they send it on."""
    client = TestClient(app, follow_redirects=False, **how)
    client.portal = loop_of_all()
    return client


@dataclass
class Pages:
    """The pages of an office, asked without a network. `office.now` is their clock, too."""

    office: Desk

    @property
    def settings(self) -> WebSettings:
        return self.office.config.pages()

    @cached_property
    def desk(self) -> OfficeDesk:
        return OfficeDesk(self.office.office, lambda: self.office.now)

    @cached_property
    def app(self) -> Starlette:
        return create_app(self.desk, self.settings)

    @property
    def links(self) -> Links:
        """What signs the links of letters and pages."""
        return self.office.config.links()

    def reached_at(self, public_url: str) -> None:
        """Have readers reach the pages at another address from now on."""
        config = self.office.config
        mail = replace(config.mail, admins=(ADMIN,))
        self.office.config = replace(config, mail=mail, web=replace(config.web, public_url=public_url, serve=True))
        self.office.office.config = self.office.config

    def browser(self) -> "Client":
        """A browser that nobody has signed in with."""
        return Client(self)

    def sign_in(self, person: str) -> "Client":
        """A browser in which a person (a post of POSTS or an address) is signed in, as one signs in: by a link from a
        letter."""
        client = self.browser()
        address = POSTS.get(person, person)
        url = self.links.sign_in(address, f"test-{next(NUMBERS)}", issued_at=self.office.now)
        answer = client.press(client.path_of(url))
        assert answer.status_code == 303, answer.text
        return client


class Client:
    """A browser as far as pages without scripts need one: cookies, and the headers that all browsers send."""

    def __init__(self, pages: Pages) -> None:
        self.pages = pages
        self.http = asking(pages.app, base_url=pages.settings.origin)

    def path_of(self, url: str) -> str:
        """The path of a link of ours."""
        assert url.startswith(self.pages.settings.public_url), url
        return url.removeprefix(self.pages.settings.public_url)

    @property
    def form_token(self) -> str:
        """What a form of this browser's session carries; without a session, one of anyone's."""
        value = self.http.cookies.get(self.pages.settings.cookie)
        bound_to = f"session\0{sha256(value.encode()).hexdigest()}" if value else "anyone"
        return form_token(self.pages.desk.keys, bound_to)

    def get(self, path: str) -> "Answer":
        """Open a page."""
        return Answer(self.http.get(path, headers={"sec-fetch-site": "none"}))

    def press(self, path: str, fields: Mapping[str, str] | None = None, **more: str) -> "Answer":
        """Open a page and send its form, or the form at another path that it leads to (`form` names its action)."""
        shown = self.get(path)
        assert shown.status_code == 200, shown.text
        return self.post(path, {**shown.hidden, **(fields or {}), **more})

    def post(self, path: str, fields: Mapping[str, object], files: object = None) -> "Answer":
        """Send a form from a page of ours."""
        headers = {"sec-fetch-site": "same-origin", "origin": self.pages.settings.origin}
        sent = Answer(self.http.post(path, data=dict(fields), files=files, headers=headers))  # type: ignore[arg-type]
        # A page that answers a form is shown by a GET; a browser goes there at once.
        on = sent.headers.get("location", "")
        return self.get(on) if f"?{NUMBER}=" in on else sent


class Answer:
    """What came back, and what is in it."""

    def __init__(self, response: object) -> None:
        self.response = response
        self.status_code: int = response.status_code  # type: ignore[attr-defined]
        self.text: str = response.text  # type: ignore[attr-defined]
        self.headers: Mapping[str, str] = response.headers  # type: ignore[attr-defined]

    @property
    def hidden(self) -> dict[str, str]:
        """The hidden fields of its last form in the page's own part."""
        main = self.text.partition("<main")[2].partition("</main>")[0]
        fields = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', main)
        return dict(fields)

    @property
    def title(self) -> str:
        """Its heading."""
        found = re.search(r"<h1[^>]*>(.*?)</h1>", self.text, re.DOTALL)
        return found[1].strip() if found else ""


@cache
def in_force(tasks: str, **environ: str) -> Prepare:
    """What brings a new database to what it holds when these tasks are in force."""
    return lambda url: lived_in(url, lambda desk: desk.apply(tasks), **environ)


def at_work(desk: Desk, *, public_url: str = PUBLIC, tasks: str = ONE_TASK) -> Pages:
    """The pages of an office, its rules put in force."""
    desk.apply(tasks)
    return found_at_work(desk, public_url=public_url, tasks=tasks)


def found_at_work(desk: Desk, *, public_url: str = PUBLIC, tasks: str = ONE_TASK) -> Pages:
    """The same where the database has them in force already (`in_force`)."""
    desk.write_all(tasks)
    pages = Pages(desk)
    pages.reached_at(public_url)
    return pages


def links_in(letter: Envelope, public_url: str = PUBLIC) -> list[str]:
    """The links to pages in the text of a letter, each once."""
    message = message_from_bytes(letter.content, policy=default)
    body = message.get_body(("plain",))
    assert body is not None
    return list(dict.fromkeys(re.findall(rf"{re.escape(public_url)}/\S+", body.get_content())))


@dataclass
class Served:
    """The pages behind a real server. `url` is where they are reached."""

    pages: Pages
    url: str
    contexts: list[BrowserContext] = field(default_factory=list)

    @property
    def now(self) -> datetime:
        return self.pages.office.now

    def context(
        self, browser: Browser, *, width: int = 1280, height: int = 900, scripts: bool = False
    ) -> BrowserContext:
        """A window of that size in which nobody is signed in. Scripts do not run, since no page needs them; with
        `scripts` axe-core stands ready in every page."""
        context = browser.new_context(
            viewport={"width": width, "height": height},
            base_url=self.url,
            locale="vi-VN",
            java_script_enabled=scripts,
        )
        if scripts:
            context.add_init_script(AXE_SCRIPT)
        return context

    def signed_in(
        self, browser: Browser, person: str, *, width: int = 1280, height: int = 900, scripts: bool = False
    ) -> BrowserContext:
        """A window in which a person (a post of POSTS or an address) is signed in."""
        context = self.context(browser, width=width, height=height, scripts=scripts)
        self.enter(context, person)
        return context

    def enter(self, context: BrowserContext, person: str | None) -> None:
        """Have a person, or nobody, be signed in in a window that another may have used before. They sign in by a link
        without the window (`test_in_chromium` does so in one): two pages more would cost as much as those to look at."""
        context.clear_cookies()
        if person is not None:
            cookies = self.pages.sign_in(person).http.cookies
            name = self.pages.settings.cookie
            context.add_cookies(
                [{"name": name, "value": cookies[name], "url": self.url, "httpOnly": True, "sameSite": "Lax"}]
            )

    def signed_in_by_a_link(self, browser: Browser, person: str, *, width: int) -> BrowserContext:
        """A window in which a person has opened a link and pressed its button to sign in."""
        context = self.context(browser, width=width)
        url = self.pages.links.sign_in(POSTS[person], f"test-{next(NUMBERS)}", issued_at=self.now)
        page = context.new_page()
        page.goto(url)
        page.locator("main button[type=submit]").click()
        # Chromium, asked to close a page that is just going elsewhere, may say yes and not do it.
        page.wait_for_url(lambda url: "/vao/" not in url)
        page.close()
        return context


@contextmanager
def serve_in_thread(pages: Pages) -> Iterator[Served]:
    """Serve pages on a free port, from a thread of its own, as the daemon serves them."""
    web = pages.office.config.web
    listening = listener(replace(web, port=0))
    pages.reached_at(f"http://127.0.0.1:{listening.getsockname()[1]}")
    loop, stop = asyncio.new_event_loop(), asyncio.Event()
    running = loop.create_task(serve(pages.app, web, listening, stop))
    thread = threading.Thread(target=loop.run_until_complete, args=(running,), daemon=True)
    thread.start()
    try:
        yield Served(pages, pages.settings.public_url)
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join(timeout=20)
        assert not thread.is_alive()
        loop.close()
