"""The server itself: behind a proxy, with TLS of its own, and within the daemon."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from ssl import create_default_context
from time import monotonic, sleep

import httpx2
import pytest
import trustme

from scheduler.serving import listener
from tests.e2e.test_daemon import Running
from tests.web.pages import POSTS, Pages, Served, serve_in_thread


@contextmanager
def served_with(pages: Pages, **web: object) -> Iterator[Served]:
    config = pages.office.config
    pages.office.config = replace(config, web=replace(config.web, **web))  # type: ignore[arg-type]
    with serve_in_thread(pages) as running:
        yield running


def sign_in(served: Served, **headers: str) -> None:
    link = served.pages.links.sign_in(POSTS["head"], f"n{headers}", issued_at=served.now)
    with httpx2.Client(headers={"sec-fetch-site": "same-origin", **headers}) as client:
        token = client.get(link).text.partition('name="form_token" value="')[2].partition('"')[0]
        assert client.post(link, data={"form_token": token}).status_code == 303


def origins(pages: Pages) -> list[object]:
    return [origin for (origin,) in pages.office.run("SELECT origin FROM audit ORDER BY id")]


def test_who_a_trusted_proxy_asks_for_is_believed(small: Pages) -> None:
    with served_with(small, proxies=("127.0.0.0/8",)) as served:
        sign_in(served, **{"x-forwarded-for": "203.0.113.7"})
        sign_in(served, **{"x-forwarded-for": "198.51.100.1, 203.0.113.8"})  # the first is what the reader made up
    assert origins(small) == ["203.0.113.7", "203.0.113.8"]


def test_who_anybody_else_says_to_ask_for_is_not(small: Pages) -> None:
    with served_with(small, proxies=("192.0.2.1",)) as served:
        sign_in(served, **{"x-forwarded-for": "203.0.113.7", "forwarded": "for=203.0.113.7"})
    with served_with(small, proxies=()) as served:
        sign_in(served, **{"x-forwarded-for": "203.0.113.9"})
    assert origins(small) == ["127.0.0.1", "127.0.0.1"]


def test_the_pages_may_do_the_encryption_themselves(small: Pages, tmp_path: Path) -> None:
    authority = trustme.CA()
    issued = authority.issue_cert("127.0.0.1")
    certificate, key = tmp_path / "cert.pem", tmp_path / "key.pem"
    issued.cert_chain_pems[0].write_to_path(certificate)
    issued.private_key_pem.write_to_path(key)
    trusting = create_default_context()
    authority.configure_trust(trusting)
    with (
        served_with(small, tls_certificate=certificate, tls_key=key) as served,
        httpx2.Client(verify=trusting) as client,
    ):
        answer = client.get(f"{served.url.replace('http:', 'https:')}/dang-nhap")
        assert answer.status_code == 200
        with pytest.raises(httpx2.HTTPError):
            client.get(f"{served.url}/dang-nhap")


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


def answer(url: str, seconds: float = 30) -> httpx2.Response:
    deadline = monotonic() + seconds
    while True:
        try:
            return httpx2.get(url)
        except httpx2.TransportError:
            assert monotonic() < deadline
            sleep(0.1)


@contextmanager
def daemon_at(pages: Pages, port: int) -> Iterator[Running]:
    """The daemon as a process of its own, told to serve at that port."""
    running = Running(
        pages.office,
        {
            "DONDOC_WEB__SERVE": "true",
            "DONDOC_WEB__LISTEN": f"127.0.0.1:{port}",
            "DONDOC_WEB__PUBLIC_URL": f"http://127.0.0.1:{port}",
            "DONDOC_DATABASE": pages.office.engine.url.render_as_string(hide_password=False),
        },
    )
    try:
        yield running
    finally:
        running.process.kill()
        running.process.wait(10)
        for stream in (running.process.stdout, running.process.stderr):
            assert stream is not None
            stream.close()


def test_the_daemon_serves_the_pages_and_stops_with_them(small: Pages) -> None:
    port = free_port()
    with daemon_at(small, port) as daemon:
        shown = answer(f"http://127.0.0.1:{port}/dang-nhap")
        assert "Gửi liên kết đăng nhập" in shown.text
        daemon.until("pass")
        assert daemon.stop() < 10


def test_a_port_that_is_taken_stops_no_letter(small: Pages) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken, daemon_at(small, taken.getsockname()[1]) as daemon:
        daemon.until("pages cannot be served")
        daemon.until("pass")
        assert daemon.stop() < 10


def test_it_listens_on_either_kind_of_address(small: Pages) -> None:
    web = small.office.config.web
    for host, family in (("127.0.0.1", socket.AF_INET), ("::1", socket.AF_INET6)):
        with listener(replace(web, host=host, port=0)) as listening:
            assert listening.family == family
