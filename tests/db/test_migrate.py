"""db.migrate: the schema shipped is the schema of the tables, however often and by however many it is brought up."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.engine import Engine

from db import tables as t
from db.engine import open_engine
from db.migrate import _config, _locked, migrate, newest_version, schema_version
from tests.conftest import leave_empty
from tests.db import workers
from tests.postgres import Prepare


@pytest.fixture
def prepare_database() -> Prepare:
    return leave_empty


@pytest.fixture
def empty(database_url: str) -> Iterator[Engine]:
    engine = open_engine(database_url)
    yield engine
    engine.dispose()


def test_an_empty_database_is_brought_to_the_newest_schema_and_stays_there(empty: Engine) -> None:
    assert schema_version(empty) is None
    migrate(empty)
    assert schema_version(empty) == newest_version()
    migrate(empty)
    assert schema_version(empty) == newest_version()


def test_the_newest_schema_is_the_one_alembic_leads_to(empty: Engine) -> None:
    migrate(empty)
    with empty.connect() as connection:
        current = MigrationContext.configure(connection).get_current_revision()
    assert newest_version() == current == ScriptDirectory.from_config(_config()).get_current_head()


def test_the_migrations_leave_nothing_for_alembic_to_add(empty: Engine) -> None:
    migrate(empty)
    with empty.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), t.METADATA) == []


def test_the_migrations_make_the_checks_and_keys_of_the_tables(empty: Engine) -> None:
    migrate(empty)
    migrated = constraints(empty)
    with empty.begin() as connection:
        t.METADATA.drop_all(connection)
        t.METADATA.create_all(connection)
    assert constraints(empty) == migrated


def constraints(engine: Engine) -> dict[str, object]:
    inspector = sa.inspect(engine)
    found: dict[str, object] = {}
    for table in t.METADATA.tables:
        checks = sorted((check["name"] or "", check["sqltext"]) for check in inspector.get_check_constraints(table))
        keys = sorted((key["name"] or "", key["constrained_columns"]) for key in inspector.get_foreign_keys(table))
        uniques = sorted((key["name"] or "", key["column_names"]) for key in inspector.get_unique_constraints(table))
        indexes = sorted((index["name"] or "", index["column_names"]) for index in inspector.get_indexes(table))
        found[table] = (checks, keys, uniques, indexes)
    return found


def test_four_processes_may_migrate_at_once(database_url: str, empty: Engine) -> None:
    workers.run("migrate", database_url, 4)
    assert schema_version(empty) == newest_version()


def test_the_folder_of_a_sqlite_file_is_made(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path}/var/lib/dondoc.db")
    assert schema_version(engine) is None
    assert not (tmp_path / "var").exists()
    migrate(engine)
    assert (tmp_path / "var/lib/dondoc.db").exists()
    engine.dispose()


def test_foreign_keys_rest_while_sqlite_migrates_and_are_checked_before_the_commit(sqlite_url: str) -> None:
    engine = open_engine(sqlite_url)
    migrate(engine)
    with _locked(engine) as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 0
    lift = "INSERT INTO silence_lift (silence_id, recorded_by, recorded_at) VALUES (7, 'an', '2026-05-04')"
    with pytest.raises(ValueError, match="1 rows that refer to nothing"), _locked(engine) as connection:
        connection.exec_driver_sql(lift)
    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
        assert connection.exec_driver_sql("SELECT count(*) FROM silence_lift").scalar() == 0
    engine.dispose()
