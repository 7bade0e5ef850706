"""An office at work, on SQLite and on PostgreSQL in turn."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.db.conftest import bring_to_schema
from tests.offices import Desk, open_desk
from tests.postgres import Prepare


@pytest.fixture
def prepare_database() -> Prepare:
    """What brings a new database to the present schema."""
    return bring_to_schema


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
