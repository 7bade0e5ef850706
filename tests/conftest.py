"""Fixtures for all tests: databases on SQLite and PostgreSQL; and what CI asks more than a developer does."""

import os
import re
import shutil
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests import postgres as servers

IN_CI = bool(os.environ.get("CI") or os.environ.get("DONDOC_CI"))

settings.register_profile("dev", max_examples=25, deadline=None)
settings.register_profile("ci", max_examples=100, deadline=None, derandomize=True, database=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE") or ("ci" if IN_CI else "dev"))


@pytest.fixture(scope="session")
def postgres() -> Iterator[servers.Postgres]:
    """A PostgreSQL server, one for each worker of a run, started when a test first asks for it."""
    try:
        with servers.running() as server:
            yield server
    except servers.NoPostgresError as missing:
        pytest.skip(f"PostgreSQL is missing: {missing}")


@pytest.fixture(scope="session")
def sqlite_templates() -> dict[servers.Prepare, Path]:
    """The prepared SQLite files of this run, each made once and copied for every test."""
    return {}


def leave_empty(url: str) -> None:
    """Bring the new database at `url` to no schema at all."""


@pytest.fixture
def prepare_database() -> servers.Prepare:
    """What brings a new database to the schema that the tests want; a folder of tests overrides it.

    It must be one and the same function for all tests of the folder, and leave no connection open.
    """
    return leave_empty


@pytest.fixture
def sqlite_url(
    tmp_path: Path,
    tmp_path_factory: pytest.TempPathFactory,
    sqlite_templates: dict[servers.Prepare, Path],
    prepare_database: servers.Prepare,
) -> str:
    """The URL of a prepared SQLite database of the test's own."""
    if prepare_database not in sqlite_templates:
        template = tmp_path_factory.mktemp("template") / "dondoc.db"
        prepare_database(f"sqlite:///{template}")
        template.touch()
        sqlite_templates[prepare_database] = template
    return f"sqlite:///{shutil.copy(sqlite_templates[prepare_database], tmp_path)}"


@pytest.fixture
def postgres_url(postgres: servers.Postgres, prepare_database: servers.Prepare) -> Iterator[str]:
    """The URL of a prepared PostgreSQL database of the test's own."""
    url = postgres.create(prepare_database)
    yield url
    postgres.drop(url)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgresql)])
def database_url(request: pytest.FixtureRequest) -> str:
    """The URL of a prepared database: the test runs once on SQLite and once on PostgreSQL."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


# --- In CI a test that is skipped has failed: what it needs is to be installed, not to be done without. ---
# The official plans alone may be absent: their wording is no part of the project, which has plans of its own.

ABSENT_PLANS = re.compile("the (five|real) plans are not")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Make a failure of a skipped test; one expected to fail stays as it is."""
    report = yield
    if not hasattr(report, "wasxfail"):
        _fail_if_skipped(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Make a failure of a skipped module."""
    report = yield
    _fail_if_skipped(report)
    return report


def _fail_if_skipped(report: pytest.TestReport | pytest.CollectReport) -> None:
    if IN_CI and report.skipped and not ABSENT_PLANS.search(str(report.longrepr)):
        report.outcome = "failed"
        report.longrepr = f"skipped, which CI does not allow: {report.longrepr}"
