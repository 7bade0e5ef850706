"""Fixtures for pages: an office on SQLite and on PostgreSQL, its pages in the process, and a real server with Chromium."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.db.conftest import bring_to_schema
from tests.offices import ONE_TASK, open_desk
from tests.postgres import Prepare
from tests.web.pages import CHROMIUM, CHROMIUM_ARGS, Pages, Served, found_at_work, in_force, serve_in_thread


@pytest.fixture
def prepare_database(request: pytest.FixtureRequest) -> Prepare:
    """What brings a new database to the present schema, and the rules of `pages` and `small` in force where they are
    asked for."""
    return bring_to_schema if {"pages", "small"}.isdisjoint(request.fixturenames) else in_force(ONE_TASK)


@pytest.fixture
def pages(tmp_path: Path, database_url: str) -> Iterator[Pages]:
    """The pages of an office with three units and a few tasks, on either database."""
    desk = open_desk(tmp_path / "office", database_url)
    yield found_at_work(desk)
    desk.engine.dispose()


@pytest.fixture
def small(tmp_path: Path, sqlite_url: str) -> Iterator[Pages]:
    """The same, on SQLite alone."""
    desk = open_desk(tmp_path / "office", sqlite_url)
    yield found_at_work(desk)
    desk.engine.dispose()


@pytest.fixture
def served(small: Pages) -> Iterator[Served]:
    """The pages behind a real server on a port of its own."""
    with serve_in_thread(small) as running:
        yield running


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, without a screen. A machine without it fails: pages that no browser saw are not tested.

    No longer than a module: its loop stands in the way of whoever wants one of their own in the same process.
    """
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_ARGS)
        yield opened
        opened.close()
