"""Bring a database to the present schema: the Alembic migrations shipped in this package."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.engine import Connection, Engine

from db.engine import sqlite_path

# Any number will do, as long as every dondoc takes the same one.
_LOCK = 0x0D0D_0C


def migrate(engine: Engine) -> None:
    """Bring the database to the newest schema; several processes may do so at once.

    Creates the folder of a SQLite file.
    """
    path = sqlite_path(engine)
    if path is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
    with _locked(engine) as connection:
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def schema_version(engine: Engine) -> str | None:
    """Return the revision the database is at, None when it holds no schema."""
    path = sqlite_path(engine)
    if path is not None and not path.exists():
        return None
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def newest_version() -> str | None:
    """Return the revision that `migrate` leads to."""
    return ScriptDirectory.from_config(_config()).get_current_head()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", (Path(__file__).parent / "migrations").as_posix())
    config.set_main_option("path_separator", "os")
    return config


@contextmanager
def _locked(engine: Engine) -> Iterator[Connection]:
    """Yield a connection in a transaction that no other migration runs beside; it is committed at the end."""
    with engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            with connection.begin():
                connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))
                yield connection
            return
        with _foreign_keys_off(connection), connection.begin():
            yield connection
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
            if broken:
                raise ValueError(f"the migration left {len(broken)} rows that refer to nothing: {broken[:3]}")


@contextmanager
def _foreign_keys_off(connection: Connection) -> Iterator[None]:
    # A batch migration copies a table and drops the old one; with the keys on, rows that refer to it would go.
    driver = connection.connection.driver_connection
    assert driver is not None
    driver.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        driver.execute("PRAGMA foreign_keys=ON")
