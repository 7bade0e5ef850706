"""Bring a database to the present schema: the Alembic migrations shipped in this package."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from db.engine import sqlite_path

if TYPE_CHECKING:
    from alembic.config import Config

_MIGRATIONS = Path(__file__).parent / "migrations"
_VERSION = sa.table("alembic_version", sa.column("version_num", sa.String))

# Any number will do, as long as every dondoc takes the same one.
_LOCK = 0x0D0D_0C


def migrate(engine: Engine) -> None:
    """Bring the database to the newest schema; several processes may do so at once.

    Creates the folder of a SQLite file. What is there already is only asked for its version.
    """
    if schema_version(engine) == newest_version():
        return
    # Costs a tenth of a second to import, which only what migrates should pay.
    from alembic import command

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
        if not sa.inspect(connection).has_table(_VERSION.name):
            return None
        version = connection.execute(sa.select(_VERSION.c.version_num)).scalar()
        return None if version is None else str(version)


def newest_version() -> str | None:
    """Return the revision that `migrate` leads to: the files of the migrations are named and numbered by theirs."""
    numbers = (file.name.partition("_")[0] for file in (_MIGRATIONS / "versions").glob("[0-9]*_*.py"))
    return max(numbers, default=None)


def _config() -> "Config":
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", _MIGRATIONS.as_posix())
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
