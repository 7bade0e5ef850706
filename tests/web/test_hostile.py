"""Hostile and broken requests against the real server: none does anything, none breaks it, each gets a plain answer."""

import logging
import re
import socket
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.offices import open_desk
from tests.web.pages import POSTS, Served, at_work, serve_in_thread

HOST = "HOST"
"""Stands for the host and port of the server in the requests below."""
OURS = "sec-fetch-site: same-origin\r\n"
FORM = "content-type: application/x-www-form-urlencoded\r\n"
INJECTED = "<script>xau</script>"
BOUNDARY = "content-type: multipart/form-data; boundary=b\r\n"


def get(path: str, headers: str = "", *, method: str = "GET", version: str = "1.1") -> bytes:
    return f"{method} {path} HTTP/{version}\r\nhost: {HOST}\r\nconnection: close\r\n{headers}\r\n".encode()


def post(path: str, headers: str, body: str | bytes = b"", *, length: int | None = None) -> bytes:
    content = body.encode() if isinstance(body, str) else body
    size = len(content) if length is None else length
    return get(path, f"{headers}content-length: {size}\r\n", method="POST") + content


def part(name: str, value: str, more: str = "") -> str:
    return f'--b\r\ncontent-disposition: form-data; name="{name}"{more}\r\n\r\n{value}\r\n'


@dataclass(frozen=True)
class Hostile:
    """What is sent, and which answers are right; 0: the connection is closed without one."""

    sent: bytes
    right: tuple[int, ...]


REQUESTS: dict[str, Hostile] = {
    # --- no HTTP at all
    "noise": Hostile(bytes(range(256)) * 4, (400,)),
    "a TLS greeting": Hostile(b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\0" * 200, (400,)),
    "HTTP/0.9": Hostile(b"GET /\r\n\r\n", (400,)),
    "a method of noise": Hostile(b"G\x00T / HTTP/1.1\r\n\r\n", (400,)),
    "HTTP/2 in plain": Hostile(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", (400, 404)),
    "no host": Hostile(b"GET / HTTP/1.1\r\nconnection: close\r\n\r\n", (400,)),
    "two hosts": Hostile(b"GET / HTTP/1.1\r\nhost: a\r\nhost: b\r\nconnection: close\r\n\r\n", (400,)),
    "a header of 200 kB": Hostile(get("/", f"x: {'a' * 200_000}\r\n"), (400, 431, 0)),
    "20,000 headers": Hostile(get("/", "".join(f"x{n}: 1\r\n" for n in range(20_000))), (400, 431, 0)),
    "a path of 200 kB": Hostile(get("/" + "a" * 200_000), (400, 414, 0)),
    "a folded header": Hostile(get("/", "x: a\r\n b\r\n"), (303, 400)),
    "a header name with a space": Hostile(get("/", "x y: a\r\n"), (400,)),
    # --- smuggling
    "length and chunks": Hostile(
        get("/dang-nhap", f"{OURS}{FORM}content-length: 4\r\ntransfer-encoding: chunked\r\n", method="POST")
        + b"0\r\n\r\n",
        (400,),
    ),
    "two lengths": Hostile(
        get("/dang-nhap", "content-length: 1\r\ncontent-length: 2\r\n", method="POST") + b"ab", (400,)
    ),
    "a negative length": Hostile(get("/dang-nhap", "content-length: -1\r\n", method="POST"), (400,)),
    "a length that is none": Hostile(get("/dang-nhap", "content-length: x\r\n", method="POST"), (400,)),
    "chunks of no size": Hostile(
        get("/dang-nhap", f"{OURS}{FORM}transfer-encoding: chunked\r\n", method="POST") + b"zz\r\nabc\r\n", (400, 0)
    ),
    "an unknown transfer": Hostile(get("/dang-nhap", "transfer-encoding: xau\r\n", method="POST"), (400, 501)),
    # --- paths
    "up from the style sheets": Hostile(get("/static/../../config.toml"), (404,)),
    "up, encoded": Hostile(get("/static/%2e%2e/%2e%2e/config.toml"), (404,)),
    "up, encoded twice": Hostile(get("/static/%252e%252e/config.toml"), (404,)),
    "up, in overlong UTF-8": Hostile(get("/static/%c0%ae%c0%ae/config.toml"), (400, 404)),
    "up, with backslashes": Hostile(get("/static/..\\..\\config.toml"), (400, 404)),
    "up, with encoded backslashes": Hostile(get("/static/..%5c..%5cconfig.toml"), (404,)),
    "an absolute path": Hostile(get("/static//etc/passwd"), (404,)),
    "the folder of style sheets": Hostile(get("/static/"), (404,)),
    "a NUL": Hostile(get("/static/dondoc.css%00.html"), (404,)),
    "a path of line ends": Hostile(get("/%0d%0aset-cookie:%20x=1"), (404,)),
    "another host's address": Hostile(get("http://xau.example/dang-nhap"), (200, 400, 404)),
    "two slashes": Hostile(get("//xau.example/"), (404,)),
    "a slash too many": Hostile(get("/dang-nhap/", "host2: x\r\n"), (404,)),
    "the database": Hostile(get("/var/dondoc.db"), (404,)),
    "the secret": Hostile(get("/var/web-secret"), (404,)),
    "an old page of PHP": Hostile(get("/index.php?id=1%27%20OR%201=1"), (404,)),
    "git": Hostile(get("/.git/config"), (404,)),
    # --- ways of asking
    **{
        f"{method}": Hostile(get("/dang-nhap", "content-length: 0\r\n", method=method), (405,))
        for method in ("PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND")
    },
    "CONNECT": Hostile(b"CONNECT xau.example:443 HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n", (400, 404, 405)),
    "a post where nothing is done": Hostile(post("/", OURS + FORM, "a=b"), (405,)),
    "a get where something is done": Hostile(get("/dang-xuat"), (405,)),
    "a web socket": Hostile(
        f"GET / HTTP/1.1\r\nhost: {HOST}\r\nupgrade: websocket\r\nconnection: upgrade\r\n"
        "sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\nsec-websocket-version: 13\r\n\r\n".encode(),
        (303, 400, 403, 404, 426),
    ),
    # --- forms from elsewhere
    "a form from another site": Hostile(
        post("/dang-nhap", f"sec-fetch-site: cross-site\r\n{FORM}", "address=a@b.example"), (403,)
    ),
    "a form from a neighbour": Hostile(
        post("/dang-nhap", f"sec-fetch-site: same-site\r\n{FORM}", "address=a@b.example"), (403,)
    ),
    "a form of another origin": Hostile(
        post("/dang-nhap", f"origin: https://xau.example\r\n{FORM}", "address=a@b.example"), (403,)
    ),
    "a form of no origin": Hostile(post("/dang-nhap", f"origin: null\r\n{FORM}", "address=a@b.example"), (403,)),
    "a form that says nothing": Hostile(post("/dang-nhap", FORM, "address=a@b.example"), (403,)),
    "a form typed in, of another origin": Hostile(
        post("/dang-nhap", f"sec-fetch-site: none\r\norigin: https://xau.example\r\n{FORM}", "address=a@b.example"),
        (403,),
    ),
    # --- forms that are none
    "JSON": Hostile(
        post("/dang-nhap", f"{OURS}content-type: application/json\r\n", '{"address": "a@b.example"}'), (400,)
    ),
    "plain text": Hostile(post("/dang-nhap", f"{OURS}content-type: text/plain\r\n", "address=a@b.example"), (400,)),
    "of no type": Hostile(post("/dang-nhap", OURS, "address=a@b.example"), (400,)),
    "without its token": Hostile(post("/dang-nhap", OURS + FORM, "address=a@b.example"), (400,)),
    "with a token of noise": Hostile(post("/dang-nhap", OURS + FORM, "form_token=%ff%fe&address=a@b.example"), (400,)),
    "bytes that are no UTF-8": Hostile(post("/dang-nhap", OURS + FORM, b"address=\xff\xfe"), (400,)),
    "10,000 fields": Hostile(post("/dang-nhap", OURS + FORM, "&".join(f"a{n}=" for n in range(10_000))), (400, 413)),
    "a field of 1 MB": Hostile(post("/dang-nhap", OURS + FORM, "address=" + "a" * 1_000_000), (413,)),
    "10 GB announced": Hostile(post("/dang-nhap", OURS + FORM, b"a=b", length=10_000_000_000), (413,)),
    "an endless form in chunks": Hostile(
        get("/dang-nhap", f"{OURS}{FORM}transfer-encoding: chunked\r\n", method="POST")
        + (b"10000\r\n" + b"a" * 0x10000 + b"\r\n") * 8,
        (413, 0),
    ),
    "more announced than sent": Hostile(post("/dang-nhap", OURS + FORM, b"a=b", length=100), (400, 0)),
    "parts without a boundary": Hostile(
        post("/dang-nhap", f"{OURS}content-type: multipart/form-data\r\n", "x"), (400,)
    ),
    "parts without an end": Hostile(post("/dang-nhap", OURS + BOUNDARY, part("address", "a@b.example")), (400,)),
    "parts of noise": Hostile(post("/dang-nhap", OURS + BOUNDARY, bytes(range(256))), (400,)),
    "a file where none is taken": Hostile(
        post("/dang-nhap", OURS + BOUNDARY, part("address", "x", '; filename="a.exe"') + "--b--\r\n"), (400,)
    ),
    "a file for a token": Hostile(
        post("/dang-nhap", OURS + BOUNDARY, part("form_token", "x", '; filename="t"') + "--b--\r\n"), (400,)
    ),
    "500 parts": Hostile(
        post("/dang-nhap", OURS + BOUNDARY, "".join(part(f"a{n}", "") for n in range(500)) + "--b--\r\n"), (400,)
    ),
    "a part in an unknown charset": Hostile(
        post(
            "/dang-nhap",
            f"{OURS}content-type: multipart/form-data; boundary=b; charset=xau\r\n",
            part("a", "é") + "--b--\r\n",
        ),
        (400,),
    ),
    # --- links
    "a link of noise": Hostile(get("/vao/" + "%ff%00%0a" * 20), (404,)),
    "a link of 5 kB": Hostile(get("/vao/" + "A" * 5_000), (404,)),
    "a link of dots": Hostile(get("/vao/....."), (404,)),
    "a link in Vietnamese": Hostile(get("/vao/%C4%91%C4%83ng-nh%E1%BA%ADp"), (404,)),
    "a link of script": Hostile(
        get(f"/vao/{INJECTED.replace('<', '%3C').replace('>', '%3E').replace('/', '%2F')}"), (404,)
    ),
    # --- cookies and headers
    "a cookie of noise": Hostile(get("/", "cookie: dondoc=\xff\xfe; ;;==;\r\n"), (303,)),
    "a cookie of 20 kB": Hostile(get("/", f"cookie: dondoc={'a' * 20_000}\r\n"), (303, 400, 431)),
    "a cookie made up": Hostile(get("/", "cookie: dondoc=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\r\n"), (303,)),
    "the hash for a cookie": Hostile(get("/", f"cookie: dondoc={'0' * 64}\r\n"), (303,)),
    "who it is for, made up": Hostile(
        get("/nhat-ky", f"x-forwarded-user: {POSTS['admin']}\r\nremote-user: root\r\n"), (303,)
    ),
    "a language of script": Hostile(
        get("/dang-nhap?lang=%3Cscript%3Exau%3C/script%3E", f"cookie: lang={INJECTED}\r\n"), (200,)
    ),
    "a way on of script": Hostile(get("/dang-nhap?then=javascript:alert(1)"), (200,)),
    "a way on with line ends": Hostile(get("/dang-nhap?then=/%0d%0aset-cookie:%20a=b"), (200,)),
    "a question of script": Hostile(
        get("/dang-nhap?%22%3E%3Cscript%3Exau%3C/script%3E=%22%3E%3Cscript%3Exau%3C/script%3E"), (200,)
    ),
    "another host": Hostile(b"GET / HTTP/1.1\r\nhost: xau.example\r\nconnection: close\r\n\r\n", (303,)),
    "waiting to be told to go on": Hostile(
        get("/dang-nhap", f"{OURS}{FORM}content-length: 99999999\r\nexpect: 100-continue\r\n", method="POST"),
        (100, 413),
    ),
}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder: Path = tmp_path_factory.mktemp("hostile")
    desk = open_desk(folder / "office", f"sqlite:///{folder / 'dondoc.db'}")
    with serve_in_thread(at_work(desk)) as running:
        yield running
    desk.engine.dispose()


def exchange(served: Served, sent: bytes) -> bytes:
    host, _, port = served.url.removeprefix("http://").partition(":")
    with socket.create_connection((host, int(port)), timeout=1.5) as line:
        with suppress(BrokenPipeError, ConnectionResetError):  # it has answered, and reads no further
            line.sendall(sent.replace(HOST.encode(), f"{host}:{port}".encode()))
        received = b""
        with suppress(ConnectionResetError, TimeoutError):  # it waits for the rest, which does not come
            while more := line.recv(65536):
                received += more
    return received


def count(served: Served, table: str) -> int:
    with served.pages.office.engine.connect() as connection:
        return int(connection.execute(sa.text(f"SELECT count(*) FROM {table}")).scalar_one())


TABLES = ("web_session", "link_use", "message", "audit", "report", "remark")


@pytest.mark.parametrize("name", REQUESTS)
def test_a_hostile_request_does_nothing_and_breaks_nothing(
    served: Served, caplog: pytest.LogCaptureFixture, name: str
) -> None:
    caplog.set_level(logging.INFO)
    before = {table: count(served, table) for table in TABLES}
    received = exchange(served, REQUESTS[name].sent)
    head, _, body = received.partition(b"\r\n\r\n")
    found = re.match(rb"HTTP/1\.1 (\d{3})", head)
    status = int(found[1]) if found else 0
    assert status in REQUESTS[name].right, received[:500]
    assert INJECTED.encode() not in body
    assert b"xau.example" not in head
    assert not re.search(rb"\r\nset-cookie: (dondoc|a|x)=", head, re.IGNORECASE)
    if b"text/html" in head:
        assert b"content-security-policy: default-src 'none'" in head
        assert b"<h1>" in body
    assert {table: count(served, table) for table in TABLES} == before
    assert [
        record.getMessage() for record in caplog.records if record.exc_info or record.name == "uvicorn.access"
    ] == []
    # And whoever comes next is served.
    assert exchange(served, get("/dang-nhap")).startswith(b"HTTP/1.1 200")


def test_there_are_many_of_them() -> None:
    assert len(REQUESTS) >= 80
