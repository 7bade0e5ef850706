"""The database for a command: opened with its schema up to date, and what the world does to it told in one line."""

import getpass
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.engine import Engine
from sqlalchemy.exc import SQLAlchemyError

from db.engine import open_engine, sqlite_path
from db.migrate import newest_version, schema_version
from scheduler.commands.reading import Misconfigured, Refused, configuration
from scheduler.config import Config, Unreadable
from scheduler.office import NothingApplied, Office, open_office

Opening = Callable[[str], Engine]
"""What opens a database, given its URL: `open_engine`, or `open_reader` for a command that only looks."""


@contextmanager
def database(config: Config, opening: Opening = open_engine) -> Iterator[Engine]:
    """Yield the engine; a database that cannot be reached or used ends the command with one line."""
    engine = opening(config.database)
    try:
        yield engine
    except NothingApplied as fault:
        raise Refused(str(fault)) from None
    except Unreadable as fault:
        raise Misconfigured(fault.line(config.language)) from None
    except SQLAlchemyError as fault:
        reason = str(getattr(fault, "orig", None) or fault).strip().splitlines()[0]
        raise Refused(f"the database {engine.url.render_as_string()}: {reason}") from fault
    finally:
        engine.dispose()


@contextmanager
def office(file: Path | None, opening: Opening = open_engine) -> Iterator[Office]:
    """Yield the office as it was last applied; Refused when it never was, or needs a newer schema."""
    config = configuration(file)
    with database(config, opening) as engine:
        if not is_applied(engine):
            raise NothingApplied("no rule files are in force yet: run `dondoc apply` first")
        yield open_office(config, engine)


def is_applied(engine: Engine) -> bool:
    """Say whether there is a database with the present schema; Refused when it has another one."""
    path = sqlite_path(engine)
    if path is not None and not path.exists():
        return False
    version = schema_version(engine)
    if version is not None and version != newest_version():
        raise Refused("the database has the schema of another version: run `dondoc apply` to bring it up to date")
    return version is not None


def whoever(by: str | None) -> str:
    """Return who says something: as given, else the user of this machine."""
    if by:
        return by
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"
