"""db.engine: transactions, instants and foreign keys on both databases."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError, StatementError

from db import tables as t
from db.engine import open_engine, open_reader, read_only, sqlite_path
from db.migrate import migrate
from db.passes import beat, pulses
from tests.db.samples import DAY, NOW

ZONES = st.integers(-14 * 4, 14 * 4).map(lambda quarters: timezone(timedelta(minutes=15 * quarters)))
INSTANTS = st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1), timezones=ZONES)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(at=INSTANTS)
def test_an_instant_comes_back_as_the_same_one_in_utc(connection: Connection, at: datetime) -> None:
    beat(connection, "tick", at=at)
    found = pulses(connection)["tick"].at
    assert found == at
    assert found.tzinfo is UTC


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(one=INSTANTS, other=INSTANTS)
def test_instants_compare_in_the_database_as_in_python(connection: Connection, one: datetime, other: datetime) -> None:
    beat(connection, "tick", at=one)
    earlier = connection.execute(sa.select(t.pulse.c.name).where(t.pulse.c.at < other)).all()
    assert bool(earlier) == (one < other)


def test_an_instant_without_a_zone_is_refused(connection: Connection) -> None:
    with pytest.raises(StatementError, match="timezone"):
        beat(connection, "tick", at=datetime(2026, 5, 4, 7, 0))


def test_a_row_that_refers_to_nothing_is_refused(engine: Engine) -> None:
    with pytest.raises(IntegrityError), engine.begin() as connection:
        connection.execute(sa.insert(t.message_body).values(message_id=1, content=b"", rendered_at=NOW))


def test_no_update_is_lost_between_threads_on_sqlite(sqlite_url: str) -> None:
    engine = open_engine(sqlite_url)
    with engine.begin() as connection:
        beat(connection, "count", at=NOW, text="0")

    def add_one(_: int) -> None:
        with engine.begin() as connection:
            count = int(pulses(connection)["count"].text or 0)
            beat(connection, "count", at=NOW, text=str(count + 1))

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(add_one, range(100)))
    with engine.begin() as connection:
        assert pulses(connection)["count"].text == "100"
    engine.dispose()


def test_readers_do_not_wait_for_a_writer(engine: Engine) -> None:
    with engine.begin() as writer:
        beat(writer, "tick", at=NOW)
        with read_only(engine).connect() as reader:
            assert pulses(reader) == {}


def test_a_reader_cannot_write(database_url: str) -> None:
    engine = open_reader(database_url)
    with pytest.raises(DBAPIError, match=r"read-?only"), engine.begin() as connection:
        beat(connection, "tick", at=NOW)
    engine.dispose()


def test_a_reader_of_sqlite_cannot_be_talked_into_writing(sqlite_url: str) -> None:
    engine = open_reader(sqlite_url)
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA query_only = OFF")
        with pytest.raises(OperationalError, match="readonly"):
            connection.exec_driver_sql("DELETE FROM pulse")
    engine.dispose()


def test_a_reader_sees_one_state_of_the_database(engine: Engine, database_url: str) -> None:
    reading = open_reader(database_url)
    with reading.connect() as reader:
        assert pulses(reader) == {}
        with engine.begin() as writer:
            beat(writer, "tick", at=NOW)
        assert pulses(reader) == {}
    with reading.connect() as reader:
        assert pulses(reader)["tick"].at == NOW
    reading.dispose()


def test_a_reader_makes_no_database(tmp_path: Path) -> None:
    engine = open_reader(f"sqlite:///{tmp_path}/what? 100%#.db")
    with pytest.raises(OperationalError, match="unable to open"):
        engine.connect()
    assert list(tmp_path.iterdir()) == []


def test_a_reader_minds_no_letters_that_mean_something_in_a_url(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/100%25 #1.db"
    migrate(open_engine(url))
    engine = open_reader(url)
    with engine.connect() as reader:
        assert pulses(reader) == {}
    engine.dispose()


def test_sqlite_is_set_up_to_keep_what_is_committed(sqlite_url: str) -> None:
    engine = open_engine(sqlite_url)
    with engine.connect() as connection:
        found = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 15_000}
    engine.dispose()


def test_all_threads_see_one_database_in_memory() -> None:
    engine = open_engine("sqlite://")
    migrate(engine)
    with engine.begin() as connection:
        beat(connection, "tick", at=NOW)
    found: list[datetime] = []

    def read() -> None:
        with engine.begin() as connection:
            found.append(pulses(connection)["tick"].at)

    thread = threading.Thread(target=read)
    thread.start()
    thread.join()
    assert found == [NOW]
    engine.dispose()


def test_only_the_two_databases_are_accepted(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="accepted are"):
        open_engine("mysql://localhost/dondoc")
    assert sqlite_path(open_engine("sqlite://")) is None
    assert sqlite_path(open_engine(f"sqlite:///{tmp_path}/a.db")) == tmp_path / "a.db"
    assert sqlite_path(open_engine("postgresql://localhost/dondoc")) is None


def test_what_was_not_committed_is_gone(engine: Engine) -> None:
    def break_off() -> None:
        with engine.begin() as connection:
            beat(connection, "tick", at=NOW + DAY)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        break_off()
    with engine.begin() as connection:
        assert pulses(connection) == {}
