"""An office at work, on SQLite and on PostgreSQL in turn."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import chdir
from functools import cache
from itertools import count
from pathlib import Path

import pytest

from tests.db.conftest import bring_to_schema
from tests.e2e.console import at, copy_office, good
from tests.offices import MONDAY, Desk, lived_in, open_desk
from tests.postgres import Postgres, Prepare
from tests.rules.lint.folders import COMMON

Live = Callable[[Desk], None]


@cache
def having_lived(live: Live) -> Prepare:
    """What brings a new database to what it holds when an office has lived so."""
    return lambda url: lived_in(url, live)


@pytest.fixture
def prepare_database(request: pytest.FixtureRequest) -> Prepare:
    """What brings a new database to the present schema, or, for tests of `followed`, to what `three_weeks` of their
    module makes of it."""
    live: Live | None = getattr(request.module, "three_weeks", None)
    return having_lived(live) if live and "followed" in request.fixturenames else bring_to_schema


@pytest.fixture
def followed(desk: Desk, request: pytest.FixtureRequest) -> Desk:
    """An office that has lived as `three_weeks` of the module says, by its tasks `FOLLOWED`; it is Monday morning."""
    desk.write_all(request.module.FOLLOWED)
    desk.now = MONDAY
    return desk


@pytest.fixture
def desk(tmp_path: Path, database_url: str) -> Iterator[Desk]:
    """An office without rule files, on either database."""
    opened = open_desk(tmp_path / "office", database_url)
    yield opened
    opened.engine.dispose()


@pytest.fixture
def small(tmp_path: Path, sqlite_url: str) -> Iterator[Desk]:
    """An office without rule files, on SQLite."""
    opened = open_desk(tmp_path / "office", sqlite_url)
    yield opened
    opened.engine.dispose()


@pytest.fixture
def bare_office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the small office, nothing applied, which is the working directory."""
    folder = copy_office(tmp_path)
    monkeypatch.chdir(folder)
    return folder


After = Callable[[Callable[[], None]], Path]


@pytest.fixture(scope="session")
def kept_offices(tmp_path_factory: pytest.TempPathFactory) -> After:
    """What lets the small office live so, as the working directory, once for all tests that copy it."""

    @cache
    def kept(live: Callable[[], None]) -> Path:
        folder = copy_office(tmp_path_factory.mktemp("kept"))
        with chdir(folder):
            live()
        return folder

    return kept


@pytest.fixture
def office_after(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kept_offices: After) -> After:
    """What copies the small office as it is when it has lived so, which is the working directory then."""

    def copied(live: Callable[[], None]) -> Path:
        folder = Path(shutil.copytree(kept_offices(live), tmp_path / "office"))
        monkeypatch.chdir(folder)
        return folder

    return copied


def put_in_force() -> None:
    """The small office puts its rules in force on 20 March 2026."""
    with at("2026-03-20T10:00"):
        good("apply", "--yes")


@pytest.fixture
def office(office_after: After) -> Path:
    """A copy of the small office with its rules in force since 20 March 2026, which is the working directory."""
    return office_after(put_in_force)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of rule files in which the lint finds nothing."""
    root = tmp_path / "programmes"
    root.mkdir()
    for kind, data in COMMON.items():
        (root / f"{kind}.yaml").write_bytes(data)
    return root


class Databases:
    """New databases at the present schema, as many as a test wants."""

    def __init__(self, create: Callable[[], str], drop: Callable[[str], None]) -> None:
        self.create = create
        self.drop = drop


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgresql)])
def databases(request: pytest.FixtureRequest, tmp_path: Path) -> Databases:
    """Where databases come from: the test runs once on SQLite and once on PostgreSQL."""
    if request.param == "postgres":
        server: Postgres = request.getfixturevalue("postgres")
        return Databases(lambda: server.create(bring_to_schema), server.drop)
    bring_to_schema(f"sqlite:///{tmp_path}/template.db")
    numbers = count()

    def create() -> str:
        return f"sqlite:///{shutil.copy(tmp_path / 'template.db', tmp_path / f'{next(numbers)}.db')}"

    return Databases(create, lambda url: Path(url.removeprefix("sqlite:///")).unlink())
