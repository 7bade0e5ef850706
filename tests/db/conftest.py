"""Databases at the present schema, for the tests of `db`."""

from collections.abc import Iterator

import pytest
from sqlalchemy.engine import Connection, Engine

from db.engine import open_engine
from db.migrate import migrate
from tests.postgres import Prepare


def bring_to_schema(url: str) -> None:
    engine = open_engine(url)
    migrate(engine)
    engine.dispose()


@pytest.fixture
def prepare_database() -> Prepare:
    """What brings a new database to the present schema."""
    return bring_to_schema


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """An engine on a migrated database, SQLite and PostgreSQL in turn."""
    opened = open_engine(database_url)
    yield opened
    opened.dispose()


@pytest.fixture
def connection(engine: Engine) -> Iterator[Connection]:
    """A connection in a transaction."""
    with engine.begin() as opened:
        yield opened
